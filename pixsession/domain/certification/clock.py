"""The times of a session's day: personal ends, pauses, authorisations, and the limits of Pix."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from pixsession.domain.certification.day import Pause, StudentDay
from pixsession.domain.certification.session import Session
from pixsession.foundation.room_time import from_room

# Nobody starts later than this after the first start of the session (1024pix/pix, pull request 17009).
LAST_START_AFTER = timedelta(hours=24)
# A test takes no answer later than this after its start (16725), and cannot be resumed (16957).
CLOSED_AFTER = timedelta(hours=24)

_NOTHING = timedelta(0)
_Span = tuple[datetime, datetime]


def personal_end(
    day: StudentDay, session: Session, extra_time: float | None, now: datetime | None = None
) -> datetime | None:
    """When the student's time is over: start + duration x (1 + extra time) + pauses; None before the start.

    Pix leaves the extra time out of the end that it shows (pull request 6192). A pause that has not ended
    counts as far as `now`, and not at all where `now` is not given.
    """
    if day.started_at is None:
        return None
    extra = extra_time if extra_time is not None and extra_time > 0 else 0.0
    length = timedelta(seconds=round(session.duration_minutes * 60 * (1 + extra)))
    planned, incident = paused_for(day, now)
    return day.started_at + length + planned + incident


def paused_for(day: StudentDay, now: datetime | None) -> tuple[timedelta, timedelta]:
    """The time out of the test so far: planned, and by incidents. A minute counts once, as planned if it is.

    What lies before the start or after the end of the test is no time of the test. A pause that has not
    ended lasts until `now`; it does not count where `now` is None.
    """
    if day.started_at is None:
        return _NOTHING, _NOTHING
    spans = []
    for pause in day.pauses:
        over = pause.end if pause.end is not None else now, day.finished_at, day.stopped_at
        ends = [end for end in over if end is not None]
        if pause.end is not None or now is not None:
            spans.append((pause.planned, (max(pause.begin, day.started_at), min(ends))))
    planned = _union(span for is_planned, span in spans if is_planned)
    return planned, _union(span for _is_planned, span in spans) - planned


def _union(spans: Iterable[_Span]) -> timedelta:
    """The total length of the spans; overlaps count once."""
    total, reached = _NOTHING, None
    for begin, end in sorted(spans):
        since = begin if reached is None else max(begin, reached)
        if end > since:
            total += end - since
            reached = end
    return total


def open_pause(day: StudentDay) -> Pause | None:
    """The pause that has not ended, the student's own before the room's; None while the clock runs."""
    lasting = [pause for pause in day.pauses if pause.end is None]
    return min(lasting, key=lambda pause: (pause.of_room, pause.begin), default=None)


def authorised_until(day: StudentDay, session: Session) -> datetime | None:
    """When the authorisation to start runs out; None where none was given."""
    if day.authorised_at is None:
        return None
    return day.authorised_at + timedelta(minutes=session.limits.authorisation_minutes)


def latest_start(session: Session) -> datetime | None:
    """The latest useful start, on the day of the session; None where the session file gives none."""
    latest = session.limits.latest_start
    return _of_session(session, latest) if latest is not None else None


def is_too_late(session: Session, now: datetime) -> bool:
    """Whether nobody can usefully start any more; never where the session file gives no latest start."""
    latest = latest_start(session)
    return latest is not None and now > latest


def planned_start(session: Session) -> datetime | None:
    """When the session begins by its file."""
    return _of_session(session, session.start) if session.start is not None else None


def _of_session(session: Session, at: time) -> datetime:
    """A time of the session file, which is in the room's zone, as a moment in Paris time."""
    return from_room(datetime.combine(session.date, at), session.timezone)


def first_start(days: Iterable[StudentDay]) -> datetime | None:
    """The first start of the session, from which Pix counts the 24 hours within which others may start."""
    return min((day.started_at for day in days if day.started_at is not None), default=None)


def is_closed(day: StudentDay, now: datetime) -> bool:
    """Whether Pix takes no more answers: 24 hours after the start."""
    return day.started_at is not None and now >= day.started_at + CLOSED_AFTER
