"""The sheet of the session that a board shows, whatever its kind."""

from __future__ import annotations

from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.day import DayView
from pixsession.domain.lesson.view import LessonView
from pixsession.foundation.i18n import _
from pixsession.reports.certification.check import session_json
from pixsession.reports.certification.sheet import certification_sheet
from pixsession.reports.certification.text import session_text
from pixsession.reports.common.facts import NoSession
from pixsession.reports.document import Document
from pixsession.reports.lesson.check import lesson_json
from pixsession.reports.lesson.facts import Submissions
from pixsession.reports.lesson.sheet import lesson_sheet
from pixsession.reports.lesson.text import lesson_text

NO_SUBMISSIONS: Submissions = {}


def session_sheet(snapshot: Snapshot, now: datetime, submissions: Submissions = NO_SUBMISSIONS) -> Document:
    """The sheet of the lesson or of the day; `submissions` is for a lesson. Raises NoSession."""
    match supervised(snapshot):
        case LessonView() as lesson:
            return lesson_sheet(snapshot, lesson, submissions, now)
        case DayView() as day:
            return certification_sheet(snapshot, day, now)


def supervised_text(snapshot: Snapshot, now: datetime, *, ascii_only: bool) -> str:
    """The day or the lesson once, as plain text; raises NoSession."""
    match supervised(snapshot):
        case LessonView() as lesson:
            return lesson_text(snapshot, lesson, ascii_only=ascii_only)
        case DayView() as day:
            return session_text(snapshot, day, now, ascii_only=ascii_only)


def supervised_json(snapshot: Snapshot, now: datetime) -> str:
    """The day or the lesson once, for programs; raises NoSession."""
    match supervised(snapshot):
        case LessonView() as lesson:
            return lesson_json(snapshot, lesson, now)
        case DayView() as day:
            return session_json(snapshot, day, now)


def supervised_day(snapshot: Snapshot) -> DayView:
    """The day of the certification that the board supervises; raises NoSession where there is none."""
    match supervised(snapshot):
        case DayView() as day:
            return day
        case LessonView():
            raise NoSession(_("this session is a lesson; its sheet: pixsession report FILE"))


def supervised(snapshot: Snapshot) -> DayView | LessonView:
    """What the board supervises; raises NoSession where that is nothing."""
    if view := snapshot.supervised:
        return view
    raise NoSession(_("no session is open: there is nothing to hand over."))
