"""The words of evaluation exports: every label since 2018, in every language of Pix.

Sources: the labels of the campaign exports of Pix Orga in French, English, Dutch, Spanish, German, Italian.
Dutch and most of the Spanish labels print no name of a competence, area or badge: its translator took the
placeholder along.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.pix.assessment import SkillState
from pixsession.domain.pix.competences import AREAS, COMPETENCES
from pixsession.foundation.text import unescaped
from pixsession.readers.campaign.labels import HEAD_COLUMN_OF, Column, columns_of, label_key

_LABELS: dict[Column, tuple[str, ...]] = {
    Column.PATH: (
        "Parcours",
        "Nom du Profil Cible",
        "Customised test",
        "Target profile's name",
        "Parken",
        "Curso",
        "Corso",
    ),
    Column.PROGRESS: (
        "% de progression",
        "% of progression",
        "% toename",
        "% de aumento",
        "% Fortschritt",
        "Aumento %",
    ),
    Column.STARTED_AT: (
        "Date de début",
        "Date et heure de début",
        "Date et heure de début (Europe/Paris)",
        "Date et heure de début (UTC)",
        "Started on",
        "Started on (Europe/Paris)",
        "Started on (UTC)",
        "Startdatum",
        "Fecha de inicio",
        "Datum und Uhrzeit des Beginns (Europa/Paris)",
        "Data e ora di inizio (Europa/Parigi)",
    ),
    Column.SHARED: (
        "Partage (O/N)",
        "Shared (Y/N)",
        "Delen (J/N)",
        "Compartir (sí/no)",
        "Compartir (S/N)",
        "Teilen (J/N)",
        "Condivisione (S/N)",
    ),
    Column.SHARED_AT: (
        "Date du partage",
        "Date et heure du partage",
        "Date et heure du partage (Europe/Paris)",
        "Date et heure du partage (UTC)",
        "Shared on",
        "Shared on (Europe/Paris)",
        "Shared on (UTC)",
        "Datum van splitsing",
        "Fecha de separación",
        "Datum und Uhrzeit der Teilung (Europa/Paris)",
        "Data e ora della condivisione (Europa/Parigi)",
    ),
    Column.MASTERY: (
        "% maitrise de l'ensemble des acquis du profil",
        "% de maitrise de l'ensemble des acquis du profil",
        "% of items successfully completed in the target profile",
        "% beheersing van alle vaardigheden in het profiel",
        "% de dominio de todas las competencias del perfil",
        "% Beherrschung aller Errungenschaften des Profils",
        "% di padronanza di tutte le competenze del profilo",
    ),
}

COLUMN_OF = HEAD_COLUMN_OF | columns_of(_LABELS)

# How many stages there are above the first is the first group; some languages do not print it.
STAGE = re.compile(
    r"(?:palier obtenu|success rate|verkregen niveau|nivel obtenido|erreichte stufe|cuscinetto ottenuto)"
    r"(?: (\d+))?",
    re.ASCII,
)
# The title is the first group; the label as in the file, unescaped: titles are shown.
BADGE = re.compile(
    r"(.*?)\s*(?:obtenu\s*\(O/N\)|\(Y/N\)|verkregen\s*\(J/N\)|obtenido\s*\((?:sí/no|S/N)\)"
    r"|erhalten\s*\(J/N\)|ottenuto\s*\(S/N\))",
    re.DOTALL | re.IGNORECASE,
)


class Measure(StrEnum):
    """What one column measures of a competence or an area."""

    RATE = "rate"
    TARGETED = "targeted"
    MASTERED = "mastered"


class Prefix(NamedTuple):
    """The measure that a label names before the name of a competence or of an area."""

    is_area: bool
    measure: Measure


_COMPETENCE = {
    Measure.RATE: (
        "% de maitrise des acquis de la compétence",
        "% of items successfully completed in the competence",
        "% beheersing van verworven vaardigheden",
        "% dominio de las habilidades adquiridas",
        "% Beherrschung der Lernergebnisse der Kompetenz",
        "% di padronanza delle competenze acquisite",
    ),
    Measure.TARGETED: (
        "Nombre d'acquis du profil cible dans la compétence",
        "Number of items of the target profile in the competence",
        "Aantal prestaties van het doelprofiel in de vaardigheid",
        "Número de logros del perfil de destino en la habilidad",
        "Anzahl der Lernergebnisse des Zielprofils in der Kompetenz",
        "Numero di risultati ottenuti dal profilo di destinazione nell'abilità",
    ),
    Measure.MASTERED: (
        "Acquis maitrisés dans la compétence",
        "Items of the target profile successfully completed in the competence",
        "Vaardigheden beheerst in de competentie",
        "Habilidades dominadas en la competencia",
        "Beherrschte Lernergebnisse in der Kompetenz",
        "Abilità padroneggiate nell'abilità",
    ),
}
_AREA = {
    Measure.RATE: (
        "% de maitrise des acquis du domaine",
        "% of items successfully completed in the competence area",
        "% beheersing van vaardigheden in het domein",
        "Dominio de las competencias en el ámbito",
        "% Beherrschung der Lernergebnisse im Bereich",
        "% di padronanza della conoscenza del dominio",
    ),
    Measure.TARGETED: (
        "Nombre d'acquis du profil cible du domaine",
        "Number of items of the target profile in the competence area",
        "Aantal prestaties van het doelprofiel van het domein",
        "Número de realizaciones del perfil de destino del dominio",
        "Anzahl der Lernergebnisse des Zielprofils des Bereichs",
        "Numero di realizzazioni del profilo di destinazione del dominio",
    ),
    Measure.MASTERED: (
        "Acquis maitrisés du domaine",
        "Items of the target profile successfully completed in the competence area",
        "Kennis verworven in het veld",
        "Conocimientos adquiridos en el ámbito",
        "Beherrschte Lernergebnisse im Bereich",
        "Competenze acquisite sul campo",
    ),
}
_PREFIXES = {
    label: Prefix(is_area, measure)
    for is_area, labels in ((False, _COMPETENCE), (True, _AREA))
    for measure, spellings in labels.items()
    for label in spellings
}
_PREFIX_OF = {label_key(label): prefix for label, prefix in _PREFIXES.items()}
# In English the words for a competence begin those for an area: the longest prefix is the right one.
_LENGTHS = sorted({len(label.split()) for label in _PREFIXES}, reverse=True)
_AS_WRITTEN = tuple(sorted(_PREFIXES, key=len, reverse=True))

COMPETENCE_OF = {label_key(competence.name): competence.code for competence in COMPETENCES}
# Pix's own English titles; in other languages an area keeps the title of the file.
_ENGLISH_AREAS = (
    "Information and data",
    "Communication and collaboration",
    "Content creation",
    "Protection and security",
    "Digital environment",
)
AREA_OF = {label_key(area.name): area.number for area in AREAS} | {
    label_key(title): area.number for title, area in zip(_ENGLISH_AREAS, AREAS, strict=True)
}

SKILL_STATES = {
    "ok": SkillState.OK,
    "ko": SkillState.KO,
    "kb": SkillState.KO,  # the Spanish translation has it so
    "non teste": SkillState.NOT_TESTED,
    "not tested": SkillState.NOT_TESTED,
    "niet getest": SkillState.NOT_TESTED,
    "no probado": SkillState.NOT_TESTED,
    "nicht getestet": SkillState.NOT_TESTED,
    "non testato": SkillState.NOT_TESTED,
}


def shown_label(header: str) -> str:
    """A label as people read it: names inside it are escaped by Pix as for a page."""
    return unescaped(header)


def split_label(label: str) -> tuple[Prefix, str] | None:
    """What a column of a competence or an area measures, and the name; None for every other label.

    `label` is unescaped. The name is empty where the language prints none.
    """
    for prefix in _AS_WRITTEN:
        if label.startswith(prefix) and label[len(prefix) : len(prefix) + 1] in {"", " "}:
            return _PREFIXES[prefix], _name(label[len(prefix) :])
    words = label.split()
    for length in _LENGTHS:
        found = _PREFIX_OF.get(label_key(" ".join(words[:length])))
        if found is not None:
            return found, _name(" ".join(words[length:]))
    return None


def _name(text: str) -> str:
    """The name without the full stop that ends the sentence in some languages."""
    return text.strip().removesuffix(".").rstrip()
