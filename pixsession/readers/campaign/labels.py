"""The words of campaign exports: every label since 2020, in every language of Pix, and its yes and no.

Sources: the labels of the campaign exports of Pix Orga from 2020 to 2026 in French, English, Dutch, Spanish,
German and Italian. A file speaks the language of the Pix Orga user who downloads it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from pixsession.domain.people.students import name_key
from pixsession.domain.pix.competences import COMPETENCES
from pixsession.foundation.encoded_twice import repaired
from pixsession.foundation.text import unescaped


class Column(StrEnum):
    """What a column of a campaign export is, apart from those about one competence, badge or skill."""

    ORGANISATION = "organisation"
    CAMPAIGN_ID = "campaign_id"
    CAMPAIGN_CODE = "campaign_code"
    CAMPAIGN_NAME = "campaign_name"
    PATH = "path"  # evaluations, as those further down
    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    GROUP = "group"
    DIVISION = "division"
    STUDENT_NUMBER = "student_number"
    EXTERNAL_ID = "external_id"
    SENT = "sent"
    SENT_AT = "sent_at"
    PIX = "pix"
    CERTIFIABLE = "certifiable"
    CERTIFIABLE_COMPETENCES = "certifiable_competences"
    PROGRESS = "progress"
    STARTED_AT = "started_at"
    SHARED = "shared"
    SHARED_AT = "shared_at"
    STAGE = "stage"
    MASTERY = "mastery"


# What every export of a campaign begins with.
_HEAD_LABELS: dict[Column, tuple[str, ...]] = {
    Column.ORGANISATION: (
        "Nom de l'organisation",
        "Organisation's name",
        "Naam van de organisatie",
        "Nombre de la organización",
        "Name der Organisation",
        "Nome dell'organizzazione",
    ),
    Column.CAMPAIGN_ID: ("ID Campagne", "Campaign ID", "ID Kampagne"),
    Column.CAMPAIGN_CODE: ("Code", "Campaign code", "Código", "Codice"),
    Column.CAMPAIGN_NAME: (
        "Nom de la campagne",
        "Campaign's name",
        "Campagne naam",
        "Nombre de la campaña",
        "Name der Kampagne",
        "Nome della campagna",
    ),
    Column.LAST_NAME: (
        "Nom du Participant",
        "Participant's last name",
        "Naam deelnemer",
        "Apellido del participante",
        "Name des Teilnehmers",
        "Cognome del partecipante",
    ),
    Column.FIRST_NAME: (
        "Prénom du Participant",
        "Participant's first name",
        "Voornaam deelnemer",
        "Nombre del participante",
        "Vorname des Teilnehmers",
        "Nome del partecipante",
    ),
    Column.GROUP: ("Groupe", "Group", "Groep", "Grupo", "Gruppe", "Gruppo"),
    Column.DIVISION: ("Classe", "Class", "Klasse", "Clase"),
    Column.STUDENT_NUMBER: (
        "Numéro Étudiant",
        "Student number",
        "Studentennummer",
        "Número de estudiante",
        "Numero dello studente",
    ),
}

_LABELS: dict[Column, tuple[str, ...]] = {
    Column.SENT: (
        "Envoi (O/N)",
        "Sent (Y/N)",
        "Verzenden (J/N)",
        "Enviar (sí/no)",
        "Enviar (S/N)",
        "Senden (J/N)",
        "Inviare (S/N)",
    ),
    Column.SENT_AT: (
        "Date de l'envoi",
        "Date et heure de l'envoi (Europe/Paris)",
        "Date et heure de l'envoi",
        "Date et heure de l'envoi (UTC)",
        "Sent on",
        "Sent on (Europe/Paris)",
        "Sent on (UTC)",
        "Datum van verzending",
        "Fecha de expedición",
        "Datum und Uhrzeit der Absendung (Europa/Paris)",
        "Data e ora di spedizione (Europa/Parigi)",
    ),
    Column.PIX: (
        "Nombre de pix total",
        "Total pix score",
        "Totaal aantal pix",
        "Número total de píxeles",
        "Número total de pix",
        "Anzahl der Pix insgesamt",
        "Numero totale di pixel",
        "Numero totale di pix",
    ),
    Column.CERTIFIABLE: (
        "Certifiable (O/N)",
        "Eligible for certification (Y/N)",
        "Certificeerbaar (J/N)",
        "Certificable (sí/no)",
        "Certificable (S/N)",
        "Zertifizierbar (J/N)",
        "Certificabile (S/N)",
    ),
    Column.CERTIFIABLE_COMPETENCES: (
        "Nombre de compétences certifiables",
        "Number of competences eligible for certification",
        "Aantal certificeerbare vaardigheden",
        "Número de competencias certificables",
        "Anzahl der zertifizierbaren Kompetenzen",
        "Numero di competenze certificabili",
    ),
}

_LEVEL_PREFIXES = (
    "Niveau pour la compétence",
    "Level reached in the competence",
    "Niveau voor vaardigheid",
    "Nivel de la habilidad",
    "Stufe für die Fertigkeit",
    "Livello per l'abilità",
)
_PIX_PREFIXES = (
    "Nombre de pix pour la compétence",
    "Pix score for the competence",
    "Aantal pix voor vaardigheid",
    "Número de píxeles de la habilidad",
    "Número de pix de la habilidad",
    "Anzahl der Pix für die Fertigkeit",
    "Numero di pixel per l'abilità",
    "Numero di pix per l'abilità",
)

# Dutch says "geen" and German "nicht" for no: so Pix Orga translated it.
YES = frozenset({"oui", "yes", "ja", "si", "o", "y", "j", "s"})
NO = frozenset({"non", "no", "geen", "nee", "nein", "nicht", "n"})
MISSING = frozenset({"", "na", "n/a", "-", "non disponible"})


@lru_cache(maxsize=1024)
def label_key(label: str) -> str:
    """A label without case, accents, punctuation; names inside labels are escaped by Pix as for a page.

    A file saved twice in two encodings has its labels encoded twice too.
    """
    label = repaired(label)
    return name_key(unescaped(label))


def columns_of(labels: Mapping[Column, tuple[str, ...]]) -> dict[str, Column]:
    """The column of each label (as a key)."""
    return {label_key(label): column for column, spellings in labels.items() for label in spellings}


HEAD_COLUMN_OF = columns_of(_HEAD_LABELS)
COLUMN_OF = HEAD_COLUMN_OF | columns_of(_LABELS)
CODE_OF = {label_key(competence.name): competence.code for competence in COMPETENCES}


def _pattern(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(re.escape(label_key(p)) for p in prefixes) + ")(?: (.*))?")


# The name of the competence is the first group; some languages print a placeholder, or nothing, instead.
LEVEL = _pattern(_LEVEL_PREFIXES)
COMPETENCE_PIX = _pattern(_PIX_PREFIXES)


def is_known(key: str) -> bool:
    """Whether a label (as a key) is one of a profile collection, its competence known by name."""
    match = LEVEL.fullmatch(key) or COMPETENCE_PIX.fullmatch(key)
    return key in COLUMN_OF or (match is not None and match[1] in CODE_OF)
