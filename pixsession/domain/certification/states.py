"""What each student of a session needs now, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.clock import personal_end
from pixsession.domain.certification.day import DayState, Presence, RoomTotals, StudentDay
from pixsession.domain.certification.session import Session
from pixsession.domain.pix.eligibility import Eligibility

_BY_VERDICT = {
    Eligibility.NOT_ELIGIBLE: DayState.TO_REDIRECT,
    Eligibility.NOT_IN_EXPORT: DayState.NOT_IN_EXPORT,
    Eligibility.NOT_SENT: DayState.NOT_SENT,
}


def day_state(row: BoardRow, day: StudentDay, session: Session, now: datetime) -> DayState:
    """What the student needs now.

    A test that runs outdoes the verdict: Pix has let the student start, and taking them out would lose the
    test; that the export says otherwise stands beside the clock. Until then the verdict comes first, so that
    who falls under the rule while ready, or after being called back, is to be redirected once more.
    """
    if day.finished_at is not None or day.stopped_at is not None:
        return DayState.FINISHED
    end = personal_end(day, session, extra_time_of(row), now)
    if end is not None:
        return DayState.OVERTIME if now > end else DayState.RUNNING
    if is_absent(day):
        return DayState.ABSENT
    if row.eligibility is Eligibility.ELIGIBLE:
        if is_to_call_back(day):
            return DayState.TO_CALL_BACK
        return DayState.EXPECTED if day.presence is Presence.UNKNOWN else DayState.READY
    if row.eligibility is Eligibility.TO_CHECK:
        # Also when redirected: the profile in doubt may be the one just sent, and the check sets them free.
        return DayState.TO_CHECK
    if is_away(day):
        return DayState.IN_REMEDIATION
    return _BY_VERDICT[row.eligibility]


def extra_time_of(row: BoardRow) -> float | None:
    """The extra time of a candidate, as a fraction."""
    return row.expected.extra_time if row.expected is not None else None


def is_absent(day: StudentDay) -> bool:
    """Whether the student was marked absent, and nothing later shows otherwise.

    Whoever sent a profile from the remediation after that is there, and must be called back.
    """
    if day.presence is not Presence.ABSENT or day.started_at is not None:
        return False
    again, marked = day.eligible_again_at, day.presence_at
    return again is None or (marked is not None and marked >= again)


def is_away(day: StudentDay) -> bool:
    """Whether the student was redirected, and not seen eligible, authorised to start or back since."""
    # A redirection voids what came before: an authorisation or a return that is there came after.
    since = (day.eligible_again_at, day.authorised_at, day.back_at)
    return day.redirected_at is not None and all(moment is None for moment in since)


def is_to_call_back(day: StudentDay) -> bool:
    """Redirected and, the student being eligible now, still to be fetched for the test.

    What ends it: a start; an authorisation to start after the redirection, which is only given to somebody
    who sits there; the mark "present" made once more. While the student is away that mark is refused (see
    `refusals`), so that no roll call of the remediation passes for a return; of two programs one may not
    have known, and a mark older than the export that showed the student eligible does not count.
    """
    if day.redirected_at is None or day.started_at is not None or day.authorised_at is not None:
        return False
    again, back = day.eligible_again_at, day.back_at
    return back is None or (again is not None and back < again)


def room_totals(
    session: Session, rooms: Mapping[int, str], states: Mapping[int, DayState]
) -> tuple[RoomTotals, ...]:
    """How many students of each room are in each state; every state is there, even at zero.

    The rooms of the session in its order, then any other that a student is called to.
    """
    names = dict.fromkeys(room.name for room in session.rooms)
    names.update(dict.fromkeys(sorted({rooms[student] for student in states if student in rooms})))
    counts = {name: dict.fromkeys(DayState, 0) for name in names}
    for student, state in states.items():
        if student in rooms:
            counts[rooms[student]][state] += 1
    return tuple(RoomTotals(name, sum(count.values()), count) for name, count in counts.items())
