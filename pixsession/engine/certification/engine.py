"""The session of a board: which lists it asks for, who is called, and the day of each student."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pixsession.domain.board.snapshot import BoardRow, Expectation
from pixsession.domain.certification.actions import effective_actions
from pixsession.domain.certification.alerts import need_of_day
from pixsession.domain.certification.corrections import corrected, corrections_of, typed_in
from pixsession.domain.certification.day import DayView, Who
from pixsession.domain.certification.session import Session, SessionKind
from pixsession.domain.lesson.doubts import with_doubts
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.identities import asked_keys, place_keys
from pixsession.domain.people.matches import OpenDoubt, PersonLabel
from pixsession.domain.people.resolver import MergedRows, PeopleList
from pixsession.engine.board.looking_back import Moment
from pixsession.engine.certification.calls import Called, called_people, missing_lists
from pixsession.engine.certification.named_lists import NamedLists
from pixsession.engine.certification.session_source import SessionSource
from pixsession.engine.certification.supervision import Calling, Supervision, who_of
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.lesson.belonging import Belonging
from pixsession.engine.lesson.called_then import CalledThen
from pixsession.foundation.clock import Clock
from pixsession.foundation.i18n import _
from pixsession.foundation.room_time import room_day, use_room_zone
from pixsession.readers import Export
from pixsession.store.session_notes import is_narrowed_before, note_session
from pixsession.store.store import Store

if TYPE_CHECKING:  # a certification needs none of these
    from pixsession.domain.lesson.view import GoneStudent, LessonView
    from pixsession.domain.pix.assessment import AssessmentLine
    from pixsession.engine.lesson.engine import Lesson


class Seen(NamedTuple):
    """The students of a session in the order of what they need, with the day or the lesson of them."""

    rows: tuple[BoardRow, ...]
    doubts: tuple[OpenDoubt, ...] = ()
    day: DayView | None = None
    lesson: LessonView | None = None
    others: tuple[BoardRow, ...] = ()


class SessionEngine:
    """What a session adds to a board; what is done there goes to `recorder`."""

    def __init__(
        self,
        session: Session,
        log: EntryLog,
        now: Clock,
        dossier: Path | None = None,
        read: Callable[[], Session] | None = None,
    ) -> None:
        """`dossier`: where it is noted that it is held, and who is called. `read`: its file, once more."""
        self._source = SessionSource(session, read)
        self._lists = NamedLists()
        self._dossier = dossier
        self._lists_missing: tuple[str, ...] = ()
        self._called = Called(())
        self._on_lists: tuple[ExpectedStudent, ...] = ()  # of a lesson
        # By student, what the last list with the name said: their extra time and room stay theirs.
        self._listed: dict[int, Expectation | None] = {}
        # Differs from anything to note, so that the first note is written.
        self._noted: tuple[tuple[Who, ...] | None, Set[tuple[str, str]]] = (), frozenset()
        is_certification = session.kind is SessionKind.CERTIFICATION
        self.recorder = Supervision(session, log, now) if is_certification else _lesson(session, log, now)
        self.belonging = None if is_certification else Belonging(session)
        self._then = None if is_certification else CalledThen(dossier, now)
        self._is_narrowed = dossier is not None and is_narrowed_before(dossier, session.date)
        self._note(None)

    def _note(self, rows: Iterable[BoardRow] | None, names: Set[tuple[str, str]] = frozenset()) -> None:
        """Write down who is called, where that has changed; what a disk refuses is tried again.

        None: it is not known. `names` of the exports may be theirs.
        """
        by_name = sorted(rows or (), key=lambda row: (row.last_name, row.first_name, row.keys))
        called = None if rows is None else tuple(map(who_of, by_name))
        if self._dossier is None or (called, names) == self._noted:
            return
        if self._then and self._then.is_of_notes:
            return
        lists = self._then.lists(self._session) if self._then and rows is not None else None
        with suppress(OSError):  # the notice about exports that could not be kept covers this
            note_session(self._dossier, self._session, called, names, lists)
            self._noted = called, names

    @property
    def _session(self) -> Session:
        return self._source.session

    @property
    def trouble(self) -> str:
        """What became of a change of the session file, where it was not taken over."""
        return self._source.trouble

    @property
    def has_moved(self) -> bool:
        """Whether the session file has changed; from any thread."""
        return self._source.has_moved

    def take_over(self) -> bool:
        """Follow the session file; true where the session, or what is said of its file, is another one."""
        if not self._source.take_over():
            return False
        use_room_zone(self._session.timezone)
        self.recorder.session = self._session
        if self.belonging:
            self.belonging.follow(self._session)
        self._noted = (), frozenset()
        self._note(None)
        return True

    @property
    def is_lesson(self) -> bool:
        return self._session.kind is SessionKind.HALF_GROUP

    def lists(self) -> tuple[tuple[Path, ...], frozenset[str]]:
        """Of the lists named outside the folders: those that are new or changed, and the names of all."""
        return self._lists.look(self._session)

    def look_again(self, path: Path) -> None:
        """Count a list as changed at the next look, though it may not be."""
        self._lists.look_again(path)

    def notices(self, exports: Iterable[Export]) -> tuple[str, ...]:
        """What the user should know: a session file that is refused, lists that are named and are nowhere."""
        narrowed = (_narrowed_words(),) if self._is_narrowed else ()
        return (*filter(None, (self._source.trouble,)), *narrowed, *self._missing(exports))

    def _missing(self, exports: Iterable[Export]) -> tuple[str, ...]:
        there = tuple(exports)
        if self._then and self._then.people(self._session, there) is not None:
            return ()
        words = _("{file}: this list of the session is not there")
        return tuple(words.format(file=name) for name in missing_lists(self._session, there))

    def people(self, exports: Sequence[Export]) -> tuple[PeopleList, ...]:
        self._lists_missing = self._missing(exports)
        self._called = called_people(self._session, exports)
        if isinstance(self.recorder, Supervision):
            return (*self._called.people, *typed_in(effective_actions(self.recorder.actions())))
        self._on_lists = tuple(student for export in exports for student in export.contents.expected)
        if self._then and (people := self._then.people(self._session, exports)) is not None:
            self._called = Called(people)
        return self._called.people

    @property
    def places(self) -> frozenset[str]:
        """The classes and groups that the session's file names."""
        expected = [room.expected for room in self._session.rooms]
        return frozenset(name for source in expected for name in (*source.classes, *source.groups))

    @property
    def _is_open(self) -> bool:
        return all(room.expected.is_open for room in self._session.rooms)

    def _is_called(self, everybody: MergedRows, added: Collection[int] = ()) -> Callable[[BoardRow], bool]:
        """Whether a student is of the session: on its lists, in a class or group that it names, or added."""
        named = asked_keys(self.places)
        listed = everybody.called.union(added)
        return lambda row: self._called.everybody or row.student_id in listed or bool(named & _places(row))

    def see(self, everybody: MergedRows, moment: Moment, store: Store, campaigns: frozenset[str]) -> Seen:
        """The session at a moment: of all these, its students, with what they need.

        `campaigns`, by code or key, say which evaluation a lesson shows.
        """
        recorder = self.recorder
        if not isinstance(recorder, Supervision):
            rows = tuple(filter(self._is_called(everybody), everybody.rows))
            rows, lesson = recorder.seen(rows, everybody.merged, moment, store, campaigns)
            if moment.at is None and not self._lists_missing and not self._is_open:
                names = _names_in_exports(rows, everybody.doubts, moment.board.rows)
                self._note(rows, names | _names_in_evaluations(rows, lesson, everybody, moment, store))
            if self.belonging and not rows:
                lesson = lesson._replace(unknown=self.belonging.unknown(everybody.rows, self._on_lists))
            lesson = with_doubts(lesson, rows, everybody.doubts)
            if self.belonging:
                lesson = lesson._replace(left_out_until=self.belonging.left_out_until)
            return Seen(rows, everybody.doubts, lesson=lesson)
        return self._certification(recorder, everybody, moment)

    def _certification(self, recorder: Supervision, everybody: MergedRows, moment: Moment) -> Seen:
        actions = effective_actions(recorder.actions(moment.at))
        corrections = corrections_of(actions, everybody.rows)
        is_listed = self._is_called(everybody, corrections.added)
        off_list = self._off_list(everybody.rows, is_listed, corrections.started)
        is_called = self._is_called(everybody, corrections.added | off_list)
        self._listed |= {row.student_id: row.expected for row in everybody.rows if is_listed(row)}
        rows = tuple(
            corrected(row._replace(expected=self._listed.get(row.student_id)), corrections)
            for row in everybody.rows
            if is_called(row)
        )
        others = tuple(row for row in everybody.rows if _is_exported(row) and not is_called(row))
        warnings = (*self._lists_missing, *self._called.warnings)
        calling = Calling(others, self._called.everybody, warnings, off_list)
        doubts = tuple(doubt for doubt in everybody.doubts if _is_about(doubt, rows))
        if moment.at is None:
            if not self._lists_missing and not self._called.everybody:
                self._note(rows, _names_in_exports(rows, doubts, moment.board.rows))
            day = recorder.see(rows, moment.changes, calling)
        else:
            day = recorder.as_of(rows, moment.changes, moment.at, calling)
        day = day._replace(sources=moment.sources, has_exports=bool(moment.board.exports))
        return Seen(tuple(sorted(rows, key=lambda row: need_of_day(row, day))), doubts, day, others=others)

    def _off_list(
        self,
        rows: Iterable[BoardRow],
        is_listed: Callable[[BoardRow], bool],
        started: Mapping[int, datetime],
    ) -> frozenset[int]:
        """Whose test was started on the day, and whom no list calls (any more)."""
        session = self._session
        today = {one for one, at in started.items() if room_day(at, session.timezone) == session.date}
        return frozenset(row.student_id for row in rows if row.student_id in today and not is_listed(row))

    def has_aged(self) -> bool:
        """Whether time alone has changed what somebody needs."""
        return self.recorder.has_aged()


def _narrowed_words() -> str:
    return _(
        "the exports kept from earlier days hold only the students called then: for anybody else, save their "
        "campaigns in the folder once more"
    )


def _lesson(session: Session, log: EntryLog, now: Clock) -> Lesson:
    from pixsession.engine.lesson.engine import Lesson  # noqa: PLC0415 - (d): 2 ms, which a certification does without

    return Lesson(session, log, now)


def _names_in_exports(
    rows: Sequence[BoardRow], doubts: Iterable[OpenDoubt], exported: Mapping[int, BoardRow]
) -> frozenset[tuple[str, str]]:
    """Last and first names under which exports may tell of these students, and of whom they may be."""
    people: list[BoardRow | PersonLabel] = [*rows]
    people += (exported[row.student_id] for row in rows if row.student_id in exported)
    for doubt in doubts:
        if _is_about(doubt, rows):
            people += (doubt.person, *(one.person for one in doubt.candidates))
    return frozenset((one.last_name, one.first_name) for one in people)


def _names_in_evaluations(
    rows: Iterable[BoardRow], lesson: LessonView, everybody: MergedRows, moment: Moment, store: Store
) -> frozenset[tuple[str, str]]:
    """Last and first names under which evaluations tell of these students, and of those gone from them."""
    here = {row.student_id for row in rows}
    merged = {student for student, whom in everybody.merged.items() if whom in here}
    exports = moment.evaluations if merged else ()
    found = (one for export in exports for one in store.assessments(export.content_id))
    people: list[AssessmentLine | GoneStudent] = [line for student, line in found if student in merged]
    return frozenset((one.last_name, one.first_name) for one in (*people, *lesson.gone))


def _is_about(doubt: OpenDoubt, rows: Iterable[BoardRow]) -> bool:
    """Whether one of these is, perhaps, one of the two."""
    about = {doubt.person.key, *(one.person.key for one in doubt.candidates)}
    return any(about & set(row.keys) for row in rows)


def _is_exported(row: BoardRow) -> bool:
    return row.origin is not None or bool(row.participations)


def _places(row: BoardRow) -> frozenset[str]:
    return place_keys(row.division or "", row.group or "")
