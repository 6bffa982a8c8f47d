"""The hand-over sheet of a session as facts: who came, who was sent where, what happened, what was read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import NamedTuple

from pixsession.domain.board.changes import Change, ChangeKind
from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.day import Action, ActionKind, DayView, Presence, StudentDay
from pixsession.domain.certification.session import Session, SessionKind
from pixsession.domain.certification.supervision import orphans_of, paused_for, personal_end
from pixsession.domain.certification.words import action_words
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.text import shown
from pixsession.reports.common.facts import (
    LONGEST_NOTE,
    Head,
    Remark,
    each,
    full_name,
    head_of,
    look_of,
)

_NOTHING = StudentDay()


class SheetStudent(NamedTuple):
    """One student of the sheet; texts are fit to be shown, `birth_date` is there only between namesakes."""

    room: str
    last_name: str
    first_name: str
    place: str
    birth_date: str  # ISO 8601
    eligibility: Eligibility
    day: StudentDay
    extra_time: float | None  # fraction
    personal_end: datetime | None
    paused: timedelta  # planned, in the minutes that the end shows
    disturbed: timedelta  # incident time, too
    fell_at: datetime | None = None  # by the export that showed it, while the test ran or after

    @property
    def name(self) -> str:
        """`LAST First`, with the birth date where it is needed to tell two students apart."""
        return full_name(self.last_name, self.first_name, self.birth_date)

    @property
    def label(self) -> str:
        return f"{self.name} ({self.place})" if self.place else self.name

    @property
    def incidents(self) -> tuple[Remark, ...]:
        return tuple(
            Remark(
                one.at,
                self.name,
                self.place,
                shown(one.text, LONGEST_NOTE),
                shown(one.code),
                handled_at=one.handled_at,
                handled_by=shown(one.handled_by),
            )
            for one in self.day.incidents
        )

    @property
    def notes(self) -> tuple[Remark, ...]:
        return tuple(
            Remark(note.at, self.name, self.place, shown(note.text, LONGEST_NOTE)) for note in self.day.notes
        )

    @property
    def has_come(self) -> bool:
        """Somebody said so, or saw the student begin."""
        return self.day.presence in {Presence.PRESENT, Presence.LATE} or self.day.started_at is not None

    @property
    def is_absent(self) -> bool:
        """Somebody said so, and nobody saw the student begin."""
        return self.day.presence is Presence.ABSENT and not self.has_come

    @property
    def has_fallen(self) -> bool:
        return self.eligibility in {Eligibility.NOT_ELIGIBLE, Eligibility.TO_CHECK}

    @property
    def is_forgotten(self) -> bool:
        """Came without being eligible, and was neither redirected nor started."""
        day = self.day
        idle = day.redirected_at is None and day.started_at is None
        return idle and self.has_come and self.eligibility is not Eligibility.ELIGIBLE


class SheetPause(NamedTuple):
    """A pause of one student, or of a room (`place` empty, `who` empty too: of every room)."""

    begin: datetime
    end: datetime | None
    who: str
    place: str
    planned: bool
    cause: str


class Elsewhere(NamedTuple):
    """Something done to a student whom the board does not show: it is not lost with an export or a list.

    `done` is in words, `text` the note that goes with it.
    """

    at: datetime
    last_name: str
    first_name: str
    place: str
    done: str
    text: str


class Sheet(NamedTuple):
    """Everything the sheet says, fit to be shown. Moments are of Paris."""

    head: Head
    kind: SessionKind
    invigilators: tuple[str, ...]
    sites: tuple[str, ...]
    numbers: tuple[str, ...]  # of the sessions of Pix Certif
    remediation: str
    remediation_code: str
    students: tuple[SheetStudent, ...]
    incidents: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    elsewhere: tuple[Elsewhere, ...]
    checklist: tuple[tuple[str, datetime | None], ...]
    pauses: tuple[SheetPause, ...] = ()
    actions: int = 0  # in the journal, undone ones too
    seal: str = ""  # of these: eight hexadecimal digits, another one once any of them is

    @property
    def fallen(self) -> list[SheetStudent]:
        """Whose test began, and who is not eligible any more by the newest export."""
        fell = [one for one in self.students if one.day.started_at is not None and one.has_fallen]
        return sorted(fell, key=lambda one: (one.fell_at is None, str(one.fell_at), one.name))

    @property
    def usual_end(self) -> time | None:
        """When a student without extra time would end who began on time."""
        head = self.head
        return None if head.start is None else (datetime.combine(head.day, head.start) + head.duration).time()


class Count(NamedTuple):
    """How many, in one room or in all (`room` empty)."""

    room: str
    called: int
    came: int
    late: int
    absent: int
    redirected: int
    eligible_since: int
    started: int
    finished: int


def sheet_of(snapshot: Snapshot, view: DayView, now: datetime) -> Sheet:
    """The facts of the sheet.

    On it are those who are called; without a list, those of a room and those to whom something happened.
    """
    session = view.session
    rows = _called(snapshot, view)
    facts = [row.expected.session for row in rows if row.expected and row.expected.session]
    students = _students(rows, view, now, _falls(snapshot.changes))
    return Sheet(
        head=head_of(session, snapshot, now),
        kind=session.kind,
        invigilators=each(name for fact in facts for name in fact.invigilators),
        sites=each(fact.site for fact in facts),
        numbers=each(fact.number for fact in facts),
        remediation=shown(session.remediation.label),
        remediation_code=shown(session.remediation.code or ""),
        students=students,
        incidents=_remarks(students, view.actions, ActionKind.INCIDENT),
        notes=_remarks(students, view.actions, ActionKind.NOTE),
        elsewhere=tuple(_elsewhere(snapshot, view)),
        checklist=_checklist(session, view.ticked),
        pauses=_pauses(students, view),
        actions=len(view.actions) + len(view.undone),
        seal=_seal((*view.actions, *(one.action for one in view.undone))),
    )


def _seal(actions: Iterable[Action]) -> str:
    """The same on every computer: not the time by a post's own clock is in it, but the place in the order."""
    told = [
        [one.rank, one.kind, one.who, one.room, one.text, one.code, one.planned, one.undoes, one.extra_time]
        for one in sorted(actions, key=lambda action: action.rank)
    ]
    return sha256(json.dumps(told).encode()).hexdigest()[:8] if told else ""


def counts(sheet: Sheet) -> tuple[Count, ...]:
    """The counts of each room where there are several, then those of the session."""
    by_room = [
        _count(room, [student for student in sheet.students if student.room == room])
        for room in dict.fromkeys(student.room for student in sheet.students)
        if room
    ]
    return (*(by_room if len(by_room) > 1 else ()), _count("", sheet.students))


def _count(room: str, students: Iterable[SheetStudent]) -> Count:
    here = list(students)
    redirected = [student for student in here if student.day.redirected_at is not None]
    return Count(
        room,
        called=len(here),
        came=sum(student.has_come for student in here),
        late=sum(student.day.presence is Presence.LATE for student in here),
        absent=sum(student.is_absent for student in here),
        redirected=len(redirected),
        eligible_since=sum(student.eligibility is Eligibility.ELIGIBLE for student in redirected),
        started=sum(student.day.started_at is not None for student in here),
        finished=sum(student.day.finished_at is not None for student in here),
    )


def _called(snapshot: Snapshot, view: DayView) -> list[BoardRow]:
    if not view.calls_everybody:
        return list(snapshot.rows)
    ids = view.rooms.keys() | {number for number, day in view.days.items() if day != _NOTHING}
    return [row for row in snapshot.rows if row.student_id in ids] if ids else list(snapshot.rows)


def _students(
    rows: list[BoardRow], view: DayView, now: datetime, falls: Mapping[int, datetime]
) -> tuple[SheetStudent, ...]:
    """In the order of the rooms of the session, then of the alphabet."""
    order = {room.name: rank for rank, room in enumerate(view.session.rooms)}
    ranked = sorted(
        rows,
        key=lambda row: (
            order.get(view.rooms.get(row.student_id, ""), len(order)),
            look_of(row),
            row.student_id,
        ),
    )
    namesakes = Counter(map(look_of, rows))
    return tuple(
        _student(row, view, now, is_namesake=namesakes[look_of(row)] > 1)._replace(
            fell_at=falls.get(row.student_id)
        )
        for row in ranked
    )


def _falls(changes: Iterable[Change]) -> dict[int, datetime]:
    """When the exports last showed a student as not eligible any more, or in doubt."""
    fell = {ChangeKind.NO_LONGER_ELIGIBLE, ChangeKind.TO_CHECK}
    return {change.student_id: change.at for change in changes if change.kind in fell}


def _in_shown_minutes(
    end: datetime | None, planned: timedelta, incident: timedelta
) -> tuple[timedelta, timedelta]:
    """The pauses as the difference of the ends that are shown, whose seconds are cut off."""
    if end is None:
        return planned, incident
    usual, delayed, last = (
        moment.replace(second=0, microsecond=0) for moment in (end - planned - incident, end - incident, end)
    )
    return delayed - usual, last - delayed


def _student(row: BoardRow, view: DayView, now: datetime, *, is_namesake: bool) -> SheetStudent:
    day = view.days.get(row.student_id, _NOTHING)
    expected = row.expected
    extra_time = expected.extra_time if expected else None
    end = personal_end(day, view.session, extra_time, now)
    paused, disturbed = _in_shown_minutes(end, *paused_for(day, now))
    return SheetStudent(
        room=shown(view.rooms.get(row.student_id, "")),
        last_name=shown(row.last_name),
        first_name=shown(row.first_name),
        place=row.shown_place,
        birth_date=shown(expected.birth_date or "") if expected and is_namesake else "",
        eligibility=row.eligibility,
        day=day,
        extra_time=extra_time,
        personal_end=end,
        paused=paused,
        disturbed=disturbed,
    )


def _remarks(
    students: Iterable[SheetStudent], actions: Sequence[Action], kind: ActionKind
) -> tuple[Remark, ...]:
    """Of the students, and of whole rooms or the session; in the order of time."""
    is_incident = kind is ActionKind.INCIDENT
    found = [remark for one in students for remark in (one.incidents if is_incident else one.notes)]
    found += [
        Remark(
            one.at,
            shown(one.room or ""),
            "",
            shown(one.text, LONGEST_NOTE),
            shown(one.code),
            False,
            *_handled(one, actions),
        )
        for one in actions
        if one.kind is kind and not one.who
    ]
    return tuple(sorted(found, key=lambda remark: remark[:5]))


def _handled(incident: Action, actions: Iterable[Action]) -> tuple[datetime | None, str]:
    """When an incident of a room was handled, and by whom."""
    for one in actions:
        after = one.kind is ActionKind.HANDLED and not one.who and one.rank > incident.rank
        if after and one.room == incident.room and one.code in {"", incident.code}:
            return one.at, shown(one.text)
    return None, ""


def _pauses(students: Iterable[SheetStudent], view: DayView) -> tuple[SheetPause, ...]:
    """Each pause of a student, and each of a room once, in the order of time."""
    several = len(view.session.rooms) > 1
    found = dict.fromkeys(
        SheetPause(
            pause.begin,
            pause.end,
            (student.room if several else "") if pause.of_room else student.name,
            "" if pause.of_room else student.place,
            pause.planned,
            shown(pause.cause, LONGEST_NOTE),
        )
        for student in students
        for pause in student.day.pauses
    )
    return tuple(sorted(found, key=lambda pause: (pause.begin, pause.who)))


def _elsewhere(snapshot: Snapshot, view: DayView) -> Iterator[Elsewhere]:
    for action in orphans_of(view.actions, snapshot.rows):
        done = action_words(action._replace(who=(), room=None, text=""))
        for who in action.who:
            name, first = shown(who.last_name), shown(who.first_name)
            yield Elsewhere(
                action.at, name, first, shown(who.place or ""), done, shown(action.text, LONGEST_NOTE)
            )


def _checklist(session: Session, ticked: Mapping[str, datetime]) -> tuple[tuple[str, datetime | None], ...]:
    """The items of the session file, then those ticked that it does not hold any more."""
    items = dict.fromkeys((*session.checklist, *ticked))
    return tuple((shown(item), ticked.get(item)) for item in items)
