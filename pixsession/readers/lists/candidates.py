"""The reader of candidate lists and attendance sheets of a session: one session, and who is called to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pixsession.domain.people.expected import ExpectedStudent, SessionFacts
from pixsession.foundation.i18n import N_, _
from pixsession.readers.dates import read_day
from pixsession.readers.export import Contents, ExportKind, FileDescription
from pixsession.readers.lists.cells import read_clock
from pixsession.readers.lists.labels import (
    STUDENT_KEYS,
    Item,
    base_key,
    column_uses,
    read_positions,
    repeated_column_notes,
)
from pixsession.readers.lists.remarks import Remarks
from pixsession.readers.lists.rows import ListRows
from pixsession.readers.lists.students import StudentReader
from pixsession.readers.table import Row, Table

# One of these is beside the birth name and first name in every model that Pix Certif has handed out.
_MARKS = frozenset(
    map(base_key, ("Temps majoré ?", "E-mail de convocation", "Identifiant local", "Code Insee"))
)
_BLOCK: Mapping[str, Item] = {
    base_key(label): item
    for label, item in (
        ("N° de session", Item.SESSION_NUMBER),
        ("Numéro de session", Item.SESSION_NUMBER),
        ("Nom du site", Item.SITE),
        ("Nom de la salle", Item.ROOM),
        ("Date", Item.DATE),
        ("Heure locale (début)", Item.START),
        ("Heure", Item.START),
        ("Session surveillée par :", Item.INVIGILATORS),
        ("Surveillant(s) :", Item.INVIGILATORS),
    )
}
# Other texts of the block, which are no values.
_OTHER_TEXTS = ("signature", "la session", "participants", "instructions", "liste des candidats", "lieu de")
_CUT, _CUT_AT = ("...", "…"), 21  # attendance-sheet-pdf.js @b9c54442: names and class, longer ones cut


def looks_like_candidates(header: Sequence[str]) -> bool:
    """A birth name and a first name beside a column that only Pix Certif's own sheets have."""
    keys = set(map(base_key, header))
    if not {"nom de naissance", "prenom"} <= keys or "nom du site" in keys:
        return False
    return bool(_MARKS & keys) or _is_signed(keys)


def read_candidates(table: Table, file: FileDescription) -> Contents:  # noqa: ARG001 - as every reader
    """Who is called to one session; raises UnreadableExport with line and cause.

    Numbered empty rows are no candidates. The session is in the block over the header; a sheet without that
    block gives candidates of no session, and a note.
    """
    positions = read_positions(table.header, STUDENT_KEYS)
    session = _session(table.above)
    rows = ListRows(table, positions)
    students = StudentReader(rows)
    number = 0 if session is not None else None
    found = tuple(
        [
            _uncut(rows.remarks, candidate)
            for row in rows
            if (candidate := students.read(row, session=number)) is not None
        ]
    )
    notes = list(repeated_column_notes(table.header, positions))
    notes += students.notes()
    notes += _session_notes(session)
    if not found:
        notes.append(_("no candidate in this list"))
    return Contents(
        kind=ExportKind.CANDIDATES,
        generation=_generation(table.header),
        origin=table.origin,
        columns=column_uses(table.header, positions),
        sessions=() if session is None else (session,),
        expected=found,
        rejects=tuple(rows.remarks.rejects),
        notes=tuple(notes),
    )


def _generation(header: Sequence[str]) -> str:
    """By the labels that changed: the address that results go to (pull request 16533 of Pix), a signature."""
    keys = set(map(base_key, header))
    if _is_signed(keys):
        return "attendance"
    if any(key.startswith("e mail du prescripteur") for key in keys):
        return "2026-06"
    return "2020" if any(key.startswith("adresse e mail du destinataire") for key in keys) else "2021"


def _is_signed(keys: Collection[str]) -> bool:
    return any(key.startswith("signature") for key in keys)


def _uncut(remarks: Remarks, candidate: ExpectedStudent) -> ExpectedStudent:
    """The candidate without a class that is not whole; a name that is not whole is kept, and noted."""
    if _is_cut(candidate.last_name) or _is_cut(candidate.first_name):
        remarks.unread(N_("name cut short by Pix on line {lines}"), candidate.line)
    if candidate.division is not None and _is_cut(candidate.division):
        remarks.unread(N_("class cut short by Pix, not read on line {lines}"), candidate.line)
        return candidate._replace(division=None)
    return candidate


def _is_cut(text: str) -> bool:
    return len(text) > _CUT_AT and text.endswith(_CUT)


def _session(above: Sequence[Row]) -> SessionFacts | None:
    """The session that the block over the header describes; None where no label of it is there."""
    cells = {(line, column): cell.strip() for line, row in above for column, cell in enumerate(row)}
    values: dict[Item, str] = {}
    found = False
    for (line, column), cell in cells.items():
        item = _BLOCK.get(base_key(cell))
        if item is None:
            continue
        found = True
        beside, below = cells.get((line, column + 1), ""), cells.get((line + 1, column), "")
        # The invigilators are below their label, the other values to the right of theirs.
        order = (below, beside) if item is Item.INVIGILATORS else (beside, below)
        value = next((text for text in order if text and not _is_label(text)), None)
        if value is not None:
            values.setdefault(item, value)
    if not found:
        return None
    return SessionFacts(
        values.get(Item.SESSION_NUMBER),
        values.get(Item.SITE),
        values.get(Item.ROOM),
        read_day(values.get(Item.DATE, "")),
        read_clock(values.get(Item.START, "")),
        invigilators_of(values.get(Item.INVIGILATORS, "")),
    )


def invigilators_of(cell: str) -> tuple[str, ...]:
    """The invigilators that one cell names, between commas, semicolons or line breaks."""
    names = cell.replace(";", ",").replace("\n", ",").split(",")
    return tuple(dict.fromkeys(text for name in names if (text := " ".join(name.split()))))


def _is_label(text: str) -> bool:
    key = base_key(text)
    return key in _BLOCK or key.startswith(_OTHER_TEXTS)


def _session_notes(session: SessionFacts | None) -> list[str]:
    if session is None:
        return [_("no session above the list: number, room and time are not known")]
    unknown = {
        _("number of the session not found"): session.number,
        _("date of the session not found, or not read"): session.date,
        _("start of the session not found, or not read"): session.start,
    }
    return [sentence for sentence, value in unknown.items() if value is None]
