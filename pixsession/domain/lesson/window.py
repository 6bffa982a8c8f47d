"""When a lesson takes place: its exports, and from when on a file is too late to speak of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from pixsession.domain.certification.session import Session
from pixsession.foundation.room_time import from_room, room_day


def lesson_exports(session: Session, times: Iterable[datetime]) -> tuple[datetime, ...]:
    """The exports that were taken during the lesson, oldest first; of the newest day where none was that day.

    Where the start is known, what another group did before it is left out, and what was done at home long
    after: a lesson may run over, but not to more than twice its length.
    """
    known = sorted(times)
    if not known:
        return ()
    days = [room_day(at, session.timezone) for at in known]
    day = session.date if session.date in days else days[-1]
    of_day = tuple(at for at, its_day in zip(known, days, strict=True) if its_day == day)
    begin = planned_begin(session)
    if begin is None or session.date != day:
        return of_day
    end = _latest_end(begin, session)
    return tuple(at for at in of_day if begin <= at <= end) or of_day


def planned_begin(session: Session) -> datetime | None:
    """The start that the session file names, in Paris; None without one."""
    if session.start is None:
        return None
    return from_room(datetime.combine(session.date, session.start), session.timezone)


def _latest_end(begin: datetime, session: Session) -> datetime:
    return begin + 2 * timedelta(minutes=session.duration_minutes)


def day_start(session: Session, exports: Iterable[datetime]) -> datetime:
    """When the day of the lesson begins, in Paris: that of the session, or that of earlier exports."""
    day = min([session.date, *(room_day(at, session.timezone) for at in exports)])
    return from_room(datetime.combine(day, time.min), session.timezone)


def lesson_evening(session: Session) -> datetime:
    """The end of the day of the lesson, in Paris."""
    return from_room(datetime.combine(session.date, time.max), session.timezone)


def facts_until(session: Session, evaluations: Iterable[datetime]) -> datetime:
    """The last moment, in Paris, whose exports speak of the lesson; `evaluations`: times of their exports.

    Twice the length after its start, where exports were taken meanwhile; else the end of its day. What is
    dropped into the folder later may be true, but was not so in the lesson.
    """
    evening = lesson_evening(session)
    begin = planned_begin(session)
    if begin is None:
        return evening
    end = _latest_end(begin, session)
    of_day = [at for at in evaluations if room_day(at, session.timezone) == session.date]
    return end if not of_day or any(begin <= at <= end for at in of_day) else evening
