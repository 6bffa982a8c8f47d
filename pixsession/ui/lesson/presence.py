"""For whom a teacher may say who is there: nobody is absent who has begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.certification.refusals import refusal
from pixsession.domain.certification.supervision import days_of
from pixsession.domain.lesson.view import LessonView
from pixsession.foundation.i18n import _
from pixsession.ui.board.mode import Judged
from pixsession.ui.lesson.filters import lesson_of


def judged_presence(
    lesson: LessonView, kind: ActionKind, targets: Sequence[BoardRow], now: datetime
) -> Judged:
    """Those of whom this may be said now; the others with the reason, as the engine gives it."""
    days = days_of(lesson.actions, targets, {}, {})
    causes = [
        (row, _begun(lesson, kind, row) or refusal(kind, row, days[row.student_id], lesson.session, now))
        for row in targets
    ]
    return Judged(
        tuple(row for row, cause in causes if cause is None),
        tuple((row, cause) for row, cause in causes if cause is not None),
    )


def _begun(lesson: LessonView, kind: ActionKind, row: BoardRow) -> str | None:
    begun = lesson_of(row, lesson).has_begun
    return _("An export shows that the campaign was begun.") if kind is ActionKind.ABSENT and begun else None
