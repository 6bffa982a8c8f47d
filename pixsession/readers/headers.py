"""The header dictionary of profile collections: every spelling since 2020, in every language of Pix.

Sources: the labels that Pix Orga's campaign export has used from 2020 to 2026 in French, English, Dutch,
Spanish, German and Italian. The file speaks the language of the Pix Orga user who downloads it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from pixsession.domain.competences import CODES, COMPETENCES
from pixsession.domain.students import name_key


class Column(StrEnum):
    """What a column of a profile collection is, apart from the competences."""

    ORGANISATION = "organisation"
    CAMPAIGN_ID = "campaign_id"
    CAMPAIGN_CODE = "campaign_code"
    CAMPAIGN_NAME = "campaign_name"
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


_LABELS: dict[Column, tuple[str, ...]] = {
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
        "Date and time sent (Europe/Paris)",
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

YES = frozenset({"oui", "yes", "ja", "si", "o", "y"})
NO = frozenset({"non", "no", "geen", "nee", "nein", "nicht", "n"})
MISSING = frozenset({"", "na", "n/a", "-"})


def normalised(header: str) -> str:
    """A header made comparable: no BOM, straight apostrophes, single spaces, NFC, no case."""
    text = unicodedata.normalize("NFC", header.lstrip("\ufeff")).replace("’", "'").replace("\u00a0", " ")
    return " ".join(text.split()).casefold()


_COLUMN_OF = {normalised(label): column for column, labels in _LABELS.items() for label in labels}
_CODE_OF = {name_key(competence.name): competence.code for competence in COMPETENCES}


def _pattern(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(re.escape(normalised(p)) for p in prefixes) + r")(?:\s+(.*))?")


_LEVEL = _pattern(_LEVEL_PREFIXES)
_PIX = _pattern(_PIX_PREFIXES)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands in one file: positions of columns, of levels and pix in the order of CODES."""

    width: int
    at: dict[Column, int]
    levels: tuple[int | None, ...]
    competence_pix: tuple[int | None, ...]
    notes: tuple[tuple[str, str], ...]  # (code of the note, header): see profiles.py for the sentences
    external_label: str | None = None

    @property
    def is_whole(self) -> bool:
        """Every one of the 16 competences has its two columns."""
        return None not in self.levels and None not in self.competence_pix


def looks_like_profiles(header: list[str]) -> bool:
    """The signature of a profile collection: a sent column and a total of pix, or 16 pairs of competences."""
    found = {_COLUMN_OF.get(normalised(cell)) for cell in header}
    if {Column.SENT, Column.PIX} <= found:
        return True
    pairs = sum(1 for cell in header if _LEVEL.fullmatch(normalised(cell)))
    return pairs >= 8 and bool({Column.SENT, Column.PIX} & found)


def read_layout(header: list[str]) -> Layout:
    """Map a header row by name; what no dictionary knows is located between its neighbours, or reported."""
    names = [normalised(cell) for cell in header]
    at: dict[Column, int] = {}
    notes: list[tuple[str, str]] = []
    sent = next((i for i, name in enumerate(names) if _COLUMN_OF.get(name) is Column.SENT), len(names))
    firsts = [i for i, name in enumerate(names[:sent]) if _COLUMN_OF.get(name) is Column.FIRST_NAME]
    extras: list[int] = []
    for position, name in enumerate(names):
        column = _COLUMN_OF.get(name)
        # Italian and Spanish exports head both names alike: the last name always stands first.
        if column is Column.FIRST_NAME and len(firsts) > 1 and position == firsts[0]:
            column = Column.LAST_NAME
        if column is not None and column not in at:
            at[column] = position
        elif column is not None:
            # A label typed by the creator of the campaign may be any text, even "Classe".
            if Column.FIRST_NAME in at and at[Column.FIRST_NAME] < position < sent:
                extras.append(position)
            else:
                notes.append(("duplicate", header[position]))
        elif Column.FIRST_NAME in at and at[Column.FIRST_NAME] < position < sent:
            extras.append(position)
    levels, level_notes = _competences(header, names, _LEVEL)
    pix, _pix_notes = _competences(header, names, _PIX)
    _locate_sent_at(names, at)
    external = _locate_external_id(extras, at)
    label = header[external] if external is not None else None
    return Layout(len(header), at, levels, pix, (*notes, *level_notes), label)


def _competences(
    header: list[str], names: list[str], pattern: re.Pattern[str]
) -> tuple[tuple[int | None, ...], list[tuple[str, str]]]:
    """Positions in the order of CODES of the columns of one sort, and notes on what was not recognised."""
    found: dict[str, int] = {}
    unknown: list[int] = []
    for position, name in enumerate(names):
        match = pattern.fullmatch(name)
        if match is None:
            continue
        code = _CODE_OF.get(name_key(match[1] or ""))
        if code is None or code in found:
            unknown.append(position)
        else:
            found[code] = position
    if not found and len(unknown) == len(CODES):
        # Dutch and Spanish exports print their placeholder instead of the name, English ones translate it:
        # Pix always writes the sixteen in the order of the CRCN.
        return tuple(unknown), [("by_order", header[unknown[0]])]
    notes = [("unknown_competence", header[position]) for position in unknown]
    return tuple(found.get(code) for code in CODES), notes


def _locate_sent_at(names: list[str], at: dict[Column, int]) -> None:
    """In every generation the date stands right after the sent column, whatever its label says."""
    if Column.SENT_AT in at or Column.SENT not in at:
        return
    candidate = at[Column.SENT] + 1
    if candidate < len(names) and candidate not in at.values() and not _LEVEL.fullmatch(names[candidate]):
        at[Column.SENT_AT] = candidate


def _locate_external_id(extras: list[int], at: dict[Column, int]) -> int | None:
    """The label a campaign creator typed is the last extra column, right before the sent column.

    Columns of the organisation's own import format stand before the class, group and student number.
    """
    known = [at[c] for c in (Column.GROUP, Column.DIVISION, Column.STUDENT_NUMBER) if c in at]
    after = [position for position in extras if not known or position > max(known)]
    if not after or Column.SENT not in at or after[-1] != at[Column.SENT] - 1:
        return None
    at[Column.EXTERNAL_ID] = after[-1]
    return after[-1]
