"""Which students of a lesson are asked for, by what they need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from pixsession.domain.board.snapshot import BoardRow, Snapshot, narrowed
from pixsession.domain.lesson.view import LessonState, LessonView, StudentLesson

_NOTHING_KNOWN = StudentLesson(LessonState.NOT_STARTED, (), None, None, None, None)


def lesson_of(row: BoardRow, lesson: LessonView) -> StudentLesson:
    """How far the student is; not started where the lesson does not know the student."""
    return lesson.students.get(row.student_id, _NOTHING_KNOWN)


def students_there(
    snapshot: Snapshot, lesson: LessonView, places: frozenset[str]
) -> tuple[StudentLesson, ...]:
    """Of the classes or groups shown, all but those who are absent."""
    found = (lesson_of(row, lesson) for row in narrowed(snapshot, places).rows)
    return tuple(one for one in found if not one.is_absent)


def rows_of_lesson(
    rows: Iterable[BoardRow], lesson: LessonView, wanted: StrEnum | None
) -> tuple[BoardRow, ...]:
    """The rows in this state, in their order; None: all of them."""
    return tuple(row for row in rows if wanted is None or lesson_of(row, lesson).state is wanted)


def counts_of_lesson(rows: Iterable[BoardRow], lesson: LessonView) -> dict[StrEnum, int]:
    """How many of these are in each state; every state is there, even at zero."""
    found = Counter(lesson_of(row, lesson).state for row in rows)
    return {state: found[state] for state in LessonState}
