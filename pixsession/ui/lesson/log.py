"""What the exports of a lesson tell, as lines of the log: who came to the end, and who sent the results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise

from textual.content import Content

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import full_moment_words
from pixsession.domain.lesson.view import LessonState, LessonView, ProgressPoint
from pixsession.domain.lesson.words import lesson_state_symbol, percent_words
from pixsession.foundation.i18n import _
from pixsession.ui.board.mode import LogLine
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.lesson.filters import lesson_of
from pixsession.ui.lesson.symbols import LESSON_COLOURS


def lesson_changes(
    rows: Iterable[BoardRow], lesson: LessonView, now: datetime, symbols: Symbols, time_width: int
) -> Iterator[LogLine]:
    """Each at the export of the lesson that showed it first; one that showed it from the start is none."""
    for row in rows:
        times = {point.at for point in lesson.group_of(row.student_id)}
        points = lesson_of(row, lesson).points
        for before, point in pairwise(points):
            state = _news(before, point) if point.at in times else None
            if state is None:
                continue
            sign = lesson_state_symbol(state, symbols.ascii_only)
            content = Content.assemble(
                (f"{full_moment_words(point.at, now).rjust(time_width)}  ", "$board-calm"),
                (f"{sign} ", f"bold {LESSON_COLOURS[state]}"),
                _words(state, point).format(name=row.shown_name, percent=percent_words(point.mastery)),
            )
            yield LogLine(point.at, f"{row.student_id}", content, is_change=True)


def _news(before: ProgressPoint, point: ProgressPoint) -> LessonState | None:
    """What an export shows of a student that the one before did not."""
    if point.shared and not before.shared:
        return LessonState.FINISHED
    if point.shared is False and (point.progress or 0) >= 1 > (before.progress or 0):
        return LessonState.NOT_SHARED
    return None


def _words(state: LessonState, point: ProgressPoint) -> str:
    if state is LessonState.NOT_SHARED:
        return _("{name} is through, and has not sent the results yet")
    if point.mastery is None:
        return _("{name} has sent the results")
    return _("{name} has sent the results: {percent} mastered")
