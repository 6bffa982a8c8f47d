"""The reader of class lists: the bases that schools import into Pix, and plain lists of names and classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pixsession.errors import NotPix
from pixsession.i18n import N_, _
from pixsession.readers.candidates import looks_like_candidates
from pixsession.readers.export import Contents, ExportKind, FileDescription
from pixsession.readers.labels import COLUMN_OF, Column, label_key
from pixsession.readers.list_labels import (
    STUDENT_KEYS,
    Item,
    Places,
    base_key,
    column_uses,
    read_places,
    repeated_labels,
)
from pixsession.readers.list_rows import ListRows
from pixsession.readers.sessions import looks_like_sessions
from pixsession.readers.table import Table

# The bases of Pix Orga by labels that no other list has together (its import formats of 2021 to 2026).
_BASES = (
    ("fregata", frozenset({"identifiant unique", "division"})),
    ("sup", frozenset({"numero etudiant", "premier prenom", "composante"})),
    ("onde", frozenset({"nom eleve", "prenom eleve", "libelle classe"})),
)
# Labels of Pix's other files: results with names and classes, which list who took part, not who is expected.
_OF_PIX = frozenset(map(base_key, ("Numéro de certification", "Score Pix", "Tests Réalisés"))) | {
    "partage", "shared", "delen", "compartir", "teilen", "condivisione"
}  # fmt: skip
_CAMPAIGN = frozenset({Column.ORGANISATION, Column.CAMPAIGN_ID, Column.SENT, Column.PIX, Column.CERTIFIABLE})
_SECRETS = ("mot de passe", "mots de passe", "password", "mdp")
# Labels that a list of groups may have besides those it is read by, and still be one of students.
_HARMLESS = frozenset(
    map(
        base_key,
        ("N°", "Numéro", "Rang", "Niveau", "Cycle", "MEF", "Code MEF", "Diplôme", "Régime", "LV1", "LV2"),
    )
)
_OF_STUDENTS = frozenset({Item.DIVISION, Item.STUDENT_NUMBER, Item.STUDENT})


def looks_like_roster(header: Sequence[str], columns: Mapping[str, str] | None = None) -> bool:
    """Whether a header is that of a list of students: names, and a class or a group.

    `columns` are the headers that the settings map (header as written → meaning). A folder of downloads holds
    many lists of people, and one of them taken for a class would call strangers to the exam. So names alone
    are never enough, whatever else there is (e-mail, birth date). "Classe" is a word of schools and makes a
    list one of students. "Groupe" is a word of everybody (customers, players, choirs): without a class, a
    student number or a column called "Élève", every other column must be of a list of students too, unless
    the settings speak of this file. Files of Pix that have names and classes are results, not lists of who is
    expected; and a list with passwords is none, whatever else it holds.
    """
    keys = {label_key(label) for label in header}
    if any(secret in key.split() or key.startswith(secret) for key in keys for secret in _SECRETS):
        return False
    if any("mot de passe" in key for key in keys) or _is_other_file_of_pix(header):
        return False
    places = _places(header, columns)
    if not _has_names(places) or not {Item.DIVISION, Item.GROUP} & set(places):
        return False
    if _OF_STUDENTS & set(places) or _mapped(header, columns):
        return True
    return all(
        not label.strip() or base_key(label) in STUDENT_KEYS or base_key(label) in _HARMLESS
        for label in header
    )


def read_roster(table: Table, file: FileDescription, columns: Mapping[str, str] | None = None) -> Contents:  # noqa: ARG001
    """The students of a class list; raises NotPix where it is none, UnreadableExport with line and cause.

    `columns` as in `looks_like_roster`. Students without a class are kept where name and first name are two
    cells, and noted: nothing else would tell them from a title or a total.
    """
    if not looks_like_roster(table.header, columns):
        raise NotPix(_("not a class list: no column of names, or none of classes or groups"))
    places = _places(table.header, columns)
    rows = ListRows(table, places)
    found = []
    for row in rows:
        student = rows.student(row)
        if student is None:
            continue
        if student.division is None and student.group is None:
            rows.doubt(N_("neither class nor group on line {lines}"), student.line)
        found.append(student)
    notes = [
        _("column “{header}” is not read: another one tells the same").format(header=label)
        for label in repeated_labels(table.header, STUDENT_KEYS, places)
    ]
    notes += rows.notes()
    if not found:
        notes.append(_("no student in this list"))
    return Contents(
        kind=ExportKind.ROSTER,
        generation=_generation(table.header, columns),
        origin=table.origin,
        columns=column_uses(table.header, places),
        expected=tuple(found),
        rejects=tuple(rows.rejects),
        notes=tuple(notes),
    )


def _generation(header: Sequence[str], columns: Mapping[str, str] | None) -> str:
    keys = set(map(base_key, header))
    known = next((name for name, labels in _BASES if labels <= keys), "plain")
    return "mapped" if _mapped(header, columns) else known


def _mapped(header: Sequence[str], columns: Mapping[str, str] | None) -> bool:
    wanted = set(map(label_key, columns or ()))
    return any(label.strip() and label_key(label) in wanted for label in header)


def _is_other_file_of_pix(header: Sequence[str]) -> bool:
    if looks_like_candidates(header) or looks_like_sessions(header):
        return True
    return any(base_key(label) in _OF_PIX or COLUMN_OF.get(label_key(label)) in _CAMPAIGN for label in header)


def _has_names(places: Places) -> bool:
    return Item.STUDENT in places or {Item.LAST_NAME, Item.FIRST_NAME} <= set(places)


def _places(header: Sequence[str], columns: Mapping[str, str] | None) -> Places:
    """Where everything stands; names in two columns are surer than in one."""
    places = dict(read_places(header, STUDENT_KEYS, columns))
    if Item.STUDENT not in places:
        return places
    if Item.FIRST_NAME in places and Item.LAST_NAME not in places:
        places[Item.LAST_NAME] = places.pop(Item.STUDENT)
    elif Item.FIRST_NAME in places:
        del places[Item.STUDENT]
    else:
        places.pop(Item.LAST_NAME, None)
    return places
