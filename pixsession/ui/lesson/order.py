"""The orders that the columns of a lesson give to the board."""

from __future__ import annotations

from collections.abc import Mapping

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.lesson.mastery import missing_of
from pixsession.domain.lesson.view import LessonState, LessonView, ProgressPoint, StudentLesson
from pixsession.ui.board.grid.columns import Column
from pixsession.ui.board.mode import SortKey
from pixsession.ui.lesson.cells import to_group
from pixsession.ui.lesson.filters import lesson_of

_RANKS = {state: rank for rank, state in enumerate(LessonState)}


def lesson_sort_keys(lesson: LessonView) -> Mapping[Column, SortKey]:
    """What the columns of a lesson sort by: see `BoardMode.sort_keys`."""

    def last(row: BoardRow) -> ProgressPoint | None:
        points = lesson_of(row, lesson).points
        return points[-1] if points else None

    def missing(row: BoardRow) -> int | None:
        found = missing_of(row, lesson.own_campaign(row.student_id), lesson.session.rule.min_level)
        return None if found is None else -len(found)

    return {
        Column.STATE: lambda row: _RANKS[lesson_of(row, lesson).state],
        Column.BAR: lambda row: lesson_of(row, lesson).progress,
        Column.WON: lambda row: lesson_of(row, lesson).since_start,
        Column.TO_GROUP: lambda row: to_group(row, lesson),
        Column.IDLE: lambda row: lesson_of(row, lesson).idle_minutes,
        Column.SHARED: lambda row: getattr(last(row), "shared", None),
        Column.MASTERY: lambda row: getattr(last(row), "mastery", None),
        Column.STAGE: lambda row: getattr(last(row), "stage", None),
        Column.BADGES: lambda row: getattr(last(row), "badges", None),
        Column.MISSING: missing,
        Column.NOTED: lambda row: -_noted(lesson_of(row, lesson)),
    }


def _noted(student: StudentLesson) -> int:
    return len(student.observations) + len(student.notes)
