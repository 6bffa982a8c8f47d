"""The session of a desk: which lists it asks for, who is called, and the day of each student."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pixsession.desk.calls import called_people, lists_to_read, missing_lists
from pixsession.desk.entry_log import EntryLog
from pixsession.desk.supervision import Supervision
from pixsession.domain.changes import Change
from pixsession.domain.clock import Clock
from pixsession.domain.day import DayView
from pixsession.domain.gathering import PeopleList
from pixsession.domain.identities import class_key
from pixsession.domain.session import Session, SessionKind
from pixsession.domain.snapshot import BoardRow
from pixsession.domain.supervision import need_of_day
from pixsession.i18n import _
from pixsession.readers import Export

_Stamp = tuple[int, int]  # size and time of a file


class SessionDesk:
    """What a session adds to a board; `supervision` is None where nothing is done but to look."""

    def __init__(self, session: Session, log: EntryLog, now: Clock) -> None:
        self._session = session
        self._stamps: dict[Path, _Stamp] = {}
        is_certification = session.kind is SessionKind.CERTIFICATION
        self.supervision = Supervision(session, log, now) if is_certification else None

    def lists(self) -> tuple[tuple[Path, ...], frozenset[str]]:
        """Of the lists named outside the folders: those that are new or changed, and the names of all."""
        stamps = {path: _stamp(path) for path in lists_to_read(self._session)}
        there = {path: stamp for path, stamp in stamps.items() if stamp is not None}
        changed = tuple(path for path, stamp in there.items() if self._stamps.get(path) != stamp)
        self._stamps = there
        return changed, frozenset(path.name for path in there)

    def notices(self, exports: Iterable[Export]) -> tuple[str, ...]:
        """What the user should know: lists that are named and are nowhere."""
        words = _("{file}: this list of the session is not there")
        return tuple(words.format(file=name) for name in missing_lists(self._session, exports))

    def people(self, exports: Sequence[Export]) -> tuple[PeopleList, ...]:
        """Who is called, by room."""
        return called_people(self._session, exports)

    def called(self, rows: Iterable[BoardRow]) -> tuple[BoardRow, ...]:
        """The students of the session: on its lists, or in a class or group that it names."""
        expected = [room.expected for room in self._session.rooms]
        if all(source.is_open for source in expected):
            return tuple(rows)
        named = {class_key(name) for source in expected for name in (*source.classes, *source.groups)}
        return tuple(row for row in rows if row.expected is not None or named & _places(row))

    def day(
        self, rows: tuple[BoardRow, ...], changes: Iterable[Change]
    ) -> tuple[DayView | None, tuple[BoardRow, ...]]:
        """The day of these students, and the students in the order of what they need."""
        if self.supervision is None:
            return None, rows
        day = self.supervision.see(rows, changes)
        return day, tuple(sorted(rows, key=lambda row: need_of_day(row, day.states[row.student_id])))

    def has_aged(self) -> bool:
        """Whether time alone has changed what somebody needs."""
        return self.supervision is not None and self.supervision.has_aged()


def _places(row: BoardRow) -> set[str]:
    return {class_key(place) for place in (row.division, row.group) if place}


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
