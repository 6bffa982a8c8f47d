"""Who seems to have done nothing only because a line of an export may be of a namesake."""

from __future__ import annotations

from collections.abc import Iterable

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.lesson.view import LessonView
from pixsession.domain.people.matches import OpenDoubt


def with_doubts(lesson: LessonView, rows: Iterable[BoardRow], doubts: Iterable[OpenDoubt]) -> LessonView:
    """The lesson in which those are doubtful whom no export shows, and an open doubt is about."""
    about = {key for one in doubts for key in (one.person.key, *(two.person.key for two in one.candidates))}
    found = {
        row.student_id for row in rows if about & set(row.keys) and not lesson.students[row.student_id].points
    }
    if not found:
        return lesson
    students = {
        student: one._replace(is_doubtful=student in found) for student, one in lesson.students.items()
    }
    return lesson._replace(students=students)
