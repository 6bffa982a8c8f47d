"""What is doubtful about the day of a lesson: that of the session file, that of its exports."""

from __future__ import annotations

from datetime import date, datetime

from pixsession.domain.board.wording import day_words
from pixsession.domain.lesson.view import LessonView
from pixsession.foundation.i18n import _
from pixsession.foundation.room_time import room_day


def lesson_warnings(lesson: LessonView, now: datetime) -> list[str]:
    """The session file of another day; exports of another day. `now` is that of a clock which is right."""
    session = lesson.session
    today = room_day(now, session.timezone)
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
