"""The reader of the mass import of sessions: several sessions in one file, and who is called to each."""

from __future__ import annotations

from collections.abc import Sequence

from pixsession.domain.people.expected import ExpectedStudent, SessionFacts
from pixsession.foundation.i18n import _
from pixsession.readers.export import Contents, ExportKind, FileDescription
from pixsession.readers.lists.candidates import invigilators_of
from pixsession.readers.lists.labels import SESSION_KEYS, Item, base_key, column_uses, read_positions
from pixsession.readers.lists.rows import ListRow, ListRows
from pixsession.readers.lists.students import StudentReader
from pixsession.readers.table import Table

_SIGNATURE = frozenset({"nom du site", "nom de naissance", "prenom"})
_WHEN_AND_WHERE = (Item.SITE, Item.ROOM, Item.DATE, Item.START)
_PERSON = (Item.LAST_NAME, Item.FIRST_NAME, Item.BIRTH_DATE, Item.SEX, Item.EXTERNAL_ID, Item.EXTRA_TIME)

# Number, site, room, date and start as written: rows that agree in all of them are of one session.
_Key = tuple[str | None, ...]


def looks_like_sessions(header: Sequence[str]) -> bool:
    """The site of a session beside a birth name and a first name."""
    return set(map(base_key, header)) >= _SIGNATURE


def read_sessions(table: Table, file: FileDescription) -> Contents:  # noqa: ARG001 - as every reader
    """Several sessions and who is called to each; raises UnreadableExport with line and cause.

    Sessions are grouped by number, site, room, date and time; a row without any of them belongs to the
    session of the row above it (sessions-import.js @2b0e336e), and may add an invigilator.
    """
    positions = read_positions(table.header, SESSION_KEYS)
    rows = ListRows(table, positions)
    students = StudentReader(rows)
    sessions = _Sessions(rows)
    found: list[ExpectedStudent] = []
    for row in rows:
        session = sessions.of(row)
        if session is None or not any(row.text(item) for item in _PERSON):
            continue
        candidate = students.read(row, session=session)
        if candidate is not None:
            found.append(candidate)
    notes = list(students.notes())
    if not found:
        notes.append(_("no candidate in this list"))
    return Contents(
        kind=ExportKind.SESSIONS,
        generation=_generation(table.header),
        origin=table.origin,
        columns=column_uses(table.header, positions),
        sessions=sessions.facts(),
        expected=tuple(found),
        rejects=tuple(rows.remarks.rejects),
        notes=tuple(notes),
    )


def _generation(header: Sequence[str]) -> str:
    """Since April 2023 (pull request 5992 of Pix) the first column asks for a session that exists already."""
    return "2023-04" if "numero de session preexistante" in map(base_key, header) else "before 2023-04"


class _Sessions:
    """The sessions met so far, in the order of the file."""

    def __init__(self, rows: ListRows) -> None:
        self._rows = rows
        self._keys: dict[_Key, int] = {}
        self._facts: list[SessionFacts] = []
        self._current: int | None = None

    def facts(self) -> tuple[SessionFacts, ...]:
        return tuple(self._facts)

    def of(self, row: ListRow) -> int | None:
        """The position of the session a row belongs to; None, and rejected, where the file does not say."""
        number, where = row.text(Item.SESSION_NUMBER), tuple(row.text(item) for item in _WHEN_AND_WHERE)
        key = (number, *where)
        if any(key):
            self._current = self._named(row, key)
        if self._current is None:
            cause = _("part of the session is missing: site, room, date or time") if any(key) else None
            self._rows.remarks.reject(row.line, cause or _("no session on this line nor above it"))
            return None
        self._add_invigilators(self._current, row)
        return self._current

    def _named(self, row: ListRow, key: _Key) -> int | None:
        """The session that the cells of a row name; None for an incomplete one."""
        if key in self._keys:
            return self._keys[key]
        if None in key[1:]:
            if key[0] is None:
                return None
            if not any(key[1:]):  # a session that exists already may be called by its number alone
                known = [session for known_key, session in self._keys.items() if known_key[0] == key[0]]
                if known:
                    return known[-1]
        day, start = self._rows.typed(row, Item.DATE), self._rows.typed(row, Item.START)
        date = day if isinstance(day, str) else None
        time = start if isinstance(start, str) else None
        self._keys[key] = len(self._facts)
        self._facts.append(SessionFacts(key[0], key[1], key[2], date, time, ()))
        return len(self._facts) - 1

    def _add_invigilators(self, session: int, row: ListRow) -> None:
        known = self._facts[session]
        more = invigilators_of(row.text(Item.INVIGILATORS) or "")
        names = tuple(dict.fromkeys((*known.invigilators, *more)))
        self._facts[session] = known._replace(invigilators=names)
