"""Which students of a session are asked for: by what they need, by room, or those nobody has seen yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import Alert, DayState, DayView, Presence, StudentDay
from pixsession.ui.board.filters import Filters
from pixsession.ui.certification.groups import DayGroup

# Each student is in one state, and may be in alerts beside it.
GROUP_CALLS: Mapping[DayGroup, tuple[DayState | Alert, ...]] = {
    DayGroup.TO_CALL_BACK: (DayState.TO_CALL_BACK,),
    DayGroup.INCIDENT: (Alert.INCIDENT,),
    DayGroup.OVERTIME: (DayState.OVERTIME,),
    DayGroup.FALLEN: (Alert.FALLEN, Alert.DOUBT),
    DayGroup.TO_REDIRECT: (DayState.TO_REDIRECT,),
    DayGroup.TO_CHECK: (DayState.TO_CHECK,),
    DayGroup.NOT_SENT: (DayState.NOT_IN_EXPORT, DayState.NOT_SENT),
    DayGroup.IN_REMEDIATION: (Alert.SEND_AGAIN, DayState.IN_REMEDIATION),
    DayGroup.ABSENT: (DayState.ABSENT,),
    DayGroup.TO_START: (DayState.EXPECTED, DayState.READY),
    DayGroup.RUNNING: (DayState.RUNNING,),
    DayGroup.FINISHED: (DayState.FINISHED,),
}
NOWHERE = ""  # the room of those who are called to none


def state_of(row: BoardRow, day: DayView) -> DayState:
    """What the student needs now; to check where the day does not know the student."""
    return day.states.get(row.student_id, DayState.TO_CHECK)


def day_of(row: BoardRow, day: DayView) -> StudentDay:
    """The day of the student so far."""
    return day.days.get(row.student_id) or StudentDay()


def is_missing(row: BoardRow, day: DayView) -> bool:
    """Called, and not seen yet: no gesture says that the student is there, or is absent."""
    so_far = day_of(row, day)
    begun = so_far.started_at or so_far.redirected_at or so_far.authorised_at
    return so_far.presence is Presence.UNKNOWN and begun is None


def rows_of_room(rows: Iterable[BoardRow], day: DayView, room: str | None) -> tuple[BoardRow, ...]:
    """The rows of a room, in their order; None: of every room, NOWHERE: of those who have none."""
    return tuple(row for row in rows if room is None or day.rooms.get(row.student_id, NOWHERE) == room)


def rows_of_day(rows: Iterable[BoardRow], day: DayView, filters: Filters) -> tuple[BoardRow, ...]:
    """The rows asked for by what they need and by room, in their order."""
    wanted = filters.state
    calls = frozenset(GROUP_CALLS[wanted]) if isinstance(wanted, DayGroup) else None
    return tuple(
        row
        for row in rows_of_room(rows, day, filters.room)
        if (calls is None or calls & calls_of(row, day)) and (not filters.missing or is_missing(row, day))
    )


def calls_of(row: BoardRow, day: DayView) -> frozenset[DayState | Alert]:
    """The state of a student, and the alerts beside it."""
    return frozenset((state_of(row, day), *day.alerts.get(row.student_id, ())))


def counts_of_day(rows: Iterable[BoardRow], day: DayView) -> dict[StrEnum, int]:
    """How many of these are in each state and in each alert; all are there, even at zero."""
    found = Counter(call for row in rows for call in calls_of(row, day))
    return {call: found[call] for call in (*DayState, *Alert)}
