"""The reader of class lists: the bases that schools import into Pix, and plain lists of names and classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pixsession.domain.people.expected import ExpectedStudent
from pixsession.foundation.errors import NotPix
from pixsession.foundation.i18n import _
from pixsession.readers.campaign.labels import COLUMN_OF, Column, label_key
from pixsession.readers.export import Contents, ExportKind, FileDescription
from pixsession.readers.lists.candidates import looks_like_candidates
from pixsession.readers.lists.enrolled import EnrolledRows
from pixsession.readers.lists.labels import (
    PUPIL_KEYS,
    STUDENT_KEYS,
    Item,
    Positions,
    base_key,
    column_uses,
    read_positions,
    repeated_column_notes,
)
from pixsession.readers.lists.rows import ListRow, ListRows
from pixsession.readers.lists.sessions import looks_like_sessions
from pixsession.readers.lists.students import StudentReader
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
_CODES = ("code d activation", "code activation", "activation code", "code d acces")
# Labels of lists of parents, of which only the pupils that they name are read.
_OF_GUARDIANS = frozenset(
    map(
        base_key,
        (
            "Lien", "Lien de parenté", "Lien avec l'élève", "Lien avec l'enfant", "Lien familial", "Parenté",
            "Lien élève", "Type de responsable", "Civilité responsable", "Type responsable", "Relationship",
        ),
    )
)  # fmt: skip
_OF_CHILD = re.compile(r"\b(?:enfant|eleve|etudiant|child|pupil|student)\b")
# Labels that a list of groups may have besides those it is read by, and still be one of students.
_HARMLESS = frozenset(
    map(
        base_key,
        ("N°", "Numéro", "Rang", "Niveau", "Cycle", "MEF", "Code MEF", "Diplôme", "Régime", "LV1", "LV2"),
    )
)
_OF_STUDENTS = frozenset({Item.DIVISION, Item.STUDENT_NUMBER, Item.STUDENT})


def looks_like_roster(
    header: Sequence[str], columns: Mapping[str, str] | None = None, division: str | None = None
) -> bool:
    """Whether a header is that of a list of students: names, and a class or a group.

    `columns` are the headers that the settings map (header as written → meaning), `division` the class that
    stands over the header or that the sheet is called by. A folder of downloads holds many lists of people,
    and one of them taken for a class would call strangers to the exam. So names alone are never enough,
    whatever else there is (e-mail, birth date). "Classe" is a word of schools and makes a list one of
    students, and so does a class over the list, or "Élève" over the names beside a birth date. "Groupe" is a
    word of everybody (customers, players, choirs): without a class, a student number or a column called
    "Élève", every other column must be of a list of students too, unless the settings speak of this file.
    Files of Pix that have names and classes are results, not lists of who is expected; and a list with
    passwords is none, whatever else it holds.
    """
    positions = _positions(header, columns)
    if not _may_be_roster(header, positions):
        return False
    if division is not None or Item.HOME_DIVISION in positions:
        return True
    if not {Item.DIVISION, Item.GROUP} & set(positions):
        return Item.BIRTH_DATE in positions and any(label_key(label) in PUPIL_KEYS for label in header)
    if _OF_STUDENTS & set(positions) or _mapped(header, columns):
        return True
    return all(_is_of_students(label) for label in header)


def lacks_a_class(header: Sequence[str], columns: Mapping[str, str] | None = None) -> bool:
    """Whether a header would be that of a list of students if there were a class: nothing else is in it."""
    positions = _positions(header, columns)
    return _may_be_roster(header, positions) and all(_is_of_students(label) for label in header)


def _is_of_students(label: str) -> bool:
    return not label.strip() or base_key(label) in STUDENT_KEYS or base_key(label) in _HARMLESS


def _may_be_roster(header: Sequence[str], positions: Positions) -> bool:
    """Whether there are names of students, and nothing that another kind of file has."""
    if not _has_names(positions):
        return False
    keys = {label_key(label) for label in header}
    if any(secret in key.split() or key.startswith(secret) for key in keys for secret in _SECRETS):
        return False
    return not any("mot de passe" in key for key in keys) and not _is_other_file_of_pix(header)


def read_roster(table: Table, file: FileDescription, columns: Mapping[str, str] | None = None) -> Contents:
    """The students of a class list; raises NotPix where it is none, UnreadableExport with line and cause.

    `columns` as in `looks_like_roster`. Students without a class are kept where name and first name are two
    cells, or where a whole name splits surely and has a birth date, and noted: nothing else would tell them
    from a title or a total. Accounts of an ENT are students only where they say so.
    """
    if not looks_like_roster(table.header, columns, table.division):
        raise NotPix(_("not a class list: no column of names, or none of classes or groups"))
    positions = _positions(table.header, columns)
    rows = ListRows(table, positions)
    students = StudentReader(rows)
    enrolled = EnrolledRows(rows, file.exported_at.date().isoformat())
    has_titles = Item.DIVISION not in positions
    found = tuple(_students(enrolled, rows, students, table.division, has_titles=has_titles))
    notes = [*repeated_column_notes(table.header, positions), *enrolled.notes(), *students.notes()]
    if any(label_key(label).startswith(_CODES) for label in table.header):
        notes.append(_("this file holds activation codes, which were not kept: delete it after use"))
    if not found:
        notes.append(_("no student in this list"))
    return Contents(
        kind=ExportKind.ROSTER,
        generation=_generation(table.header, columns),
        origin=table.origin,
        columns=column_uses(table.header, positions),
        expected=found,
        rejects=tuple(rows.remarks.rejects),
        notes=tuple(notes),
    )


def _students(
    enrolled: Iterable[ListRow],
    rows: ListRows,
    students: StudentReader,
    division: str | None,
    *,
    has_titles: bool,
) -> Iterator[ExpectedStudent]:
    """The students of the rows, in the class of the title above them where the list `has_titles`."""
    for row in enrolled:
        if has_titles and (title := rows.title(row)):
            division = title
        elif student := students.read(row, division=division):
            if student.division is None and student.group is None:
                students.without_class(student.line)
            yield student


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


def _has_names(positions: Positions) -> bool:
    return Item.STUDENT in positions or {Item.LAST_NAME, Item.FIRST_NAME} <= set(positions)


def _positions(header: Sequence[str], columns: Mapping[str, str] | None) -> Positions:
    """The positions of all items; names in two columns are preferred to one, except those of parents."""
    positions = dict(read_positions(header, STUDENT_KEYS, columns))
    if _OF_GUARDIANS & set(map(base_key, header)):
        _without_guardians(header, positions)
    if Item.STUDENT not in positions:
        return positions
    if Item.FIRST_NAME in positions and Item.LAST_NAME not in positions:
        positions[Item.LAST_NAME] = positions.pop(Item.STUDENT)
    elif Item.FIRST_NAME in positions:
        del positions[Item.STUDENT]
    else:
        positions.pop(Item.LAST_NAME, None)
    return positions


def _without_guardians(header: Sequence[str], positions: dict[Item, tuple[int, ...]]) -> None:
    """Take the names that do not say that they are a pupil's out of a list of parents."""
    for item in (Item.LAST_NAME, Item.FIRST_NAME):
        at = positions.get(item, ())
        if any(not _OF_CHILD.search(base_key(header[position])) for position in at):
            del positions[item]
    if Item.STUDENT in positions:
        positions.pop(Item.LAST_NAME, None)
        positions.pop(Item.FIRST_NAME, None)
