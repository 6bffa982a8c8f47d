"""What is doubtful about the day of a lesson: that of the session file, that of its exports."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pixsession.domain.board.wording import day_words
from pixsession.domain.lesson.view import LessonView
from pixsession.foundation.i18n import _
from pixsession.foundation.room_time import room_day

_CLOCKS_DIFFER = timedelta(minutes=2)


def lesson_warnings(lesson: LessonView, now: datetime) -> list[str]:
    """Exports from the future; the session file of another day; exports of another day.

    `now` is that of a clock which is right, as far as that is known.
    """
    session = lesson.session
    today = room_day(now, session.timezone)
    if lesson.left_out_until is not None and lesson.left_out_until > now + _CLOCKS_DIFFER:
        words = _("exports of {day}, still to come, are left out: set this computer's clock")
        return [words.format(day=day_words(room_day(lesson.left_out_until, session.timezone), today))]
    day = day_words(session.date, today)
    if session.date < today:
        words = _("this lesson is of {day}, not of today: change the date in its file")
        return [words.format(day=day)]
    if session.date > today:
        words = _("this lesson is of {day}, still to come: check the date in its file and this clock")
        return [words.format(day=day)]
    return _old_export(lesson, today)


def _old_export(lesson: LessonView, today: date) -> list[str]:
    """That nothing was exported today, where something of another day is shown."""
    if not lesson.group:
        return []
    newest = room_day(lesson.group[-1].at, lesson.session.timezone)
    if newest == today:
        return []
    words = _("no export of today yet: what is shown is of {day}")
    return [words.format(day=day_words(newest, today))]
