"""What a student's line says during a lesson: state, bar, what was won, idle minutes, what was sent."""

from __future__ import annotations

from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.lesson.lesson import LessonState, LessonView, ProgressPoint, StudentLesson
from pixsession.domain.lesson.words import lesson_state_symbol, percent_words
from pixsession.foundation.i18n import _, pgettext
from pixsession.ui.lesson.filters import lesson_of
from pixsession.ui.lesson.symbols import lesson_word, points_won


class LessonCells(NamedTuple):
    """The words of one line; a line is written again only when one of them is another."""

    state: LessonState
    symbol: str
    word: str
    progress: float | None
    percent: str
    won: str
    idle: str
    shared: str
    mastery: str
    stage: str
    badges: str


def lesson_cells(row: BoardRow, lesson: LessonView, *, ascii_only: bool) -> LessonCells:
    """What is said of this student in the campaign shown."""
    student = lesson_of(row, lesson)
    last = student.points[-1] if student.points else None
    return LessonCells(
        student.state,
        lesson_state_symbol(student.state, ascii_only),
        lesson_word(student.state),
        student.progress,
        _percent(student.progress),
        won_words(student),
        "" if student.idle_minutes is None else _("{n} min").format(n=student.idle_minutes),
        shared_word(last),
        _percent(last.mastery) if last else "",
        _of(last.stage, last.stage_max) if last else "",
        _of(last.badges, last.badges_max) if last and last.badges_max else "",
    )


def won_words(student: StudentLesson) -> str:
    """Since the last export and since the start of the lesson, in points of a hundred: `+12/+40`.

    At the first export there is one of them only.
    """
    last, start = points_won(student.since_last_export), points_won(student.since_start)
    return f"{last}/{start}" if last and start else start or last


def shared_word(point: ProgressPoint | None) -> str:
    """Whether the results were sent; nothing where the export does not tell."""
    if point is None or point.shared is None:
        return ""
    return pgettext("results", "sent") if point.shared else _("no")


def _percent(fraction: float | None) -> str:
    return "" if fraction is None else percent_words(fraction)


def _of(count: int | None, most: int | None) -> str:
    if count is None:
        return ""
    return f"{count}/{most}" if most else f"{count}"
