"""A lesson for programs: the contract `pixsession/session/1`, with the states of a lesson."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.day import StudentDay
from pixsession.domain.certification.opening import warnings_of_any
from pixsession.domain.certification.supervision import days_of
from pixsession.domain.lesson.view import LessonState, LessonView
from pixsession.domain.lesson.words import lesson_words, unknown_words
from pixsession.foundation.i18n import N_, _
from pixsession.reports.common.session_json import PRESENT, session_document, student_head, verdict_facts

_NEXT = {
    LessonState.NOT_STARTED: N_("have the course begun"),
    LessonState.STUCK: N_("go and see"),
    LessonState.NOT_SHARED: N_("have the results sent"),
    LessonState.BEHIND: N_("go and see"),
}
# Of a certification alone: null here, so that a program reads both kinds alike.
_OF_CERTIFICATION = ("redirected_at", "started_at", "ends_at")


def lesson_json(snapshot: Snapshot, lesson: LessonView, now: datetime) -> str:
    """Those of the lesson in the order of need; `progress` and `since_start` are fractions."""
    days = days_of(lesson.actions, snapshot.rows, {}, {})
    states = [one.state for one in lesson.students.values()]
    return session_document(
        snapshot,
        lesson.session,
        now,
        counts={state.value: states.count(state) for state in LessonState},
        students=(
            _student(row, lesson, days[row.student_id])
            for row in snapshot.rows
            if row.student_id in lesson.students
        ),
        warnings=_warnings(snapshot, lesson, now),
    )


def _student(row: BoardRow, lesson: LessonView, day: StudentDay) -> dict[str, Any]:
    student, rooms = lesson.students[row.student_id], lesson.session.rooms
    said = (lesson_words(student), *(seen.text for seen in student.observations))
    what = _NEXT.get(student.state)
    return {
        **student_head(row, rooms[0].name if len(rooms) == 1 else None),
        "state": student.state.value,
        "reasons": list(filter(None, said)),
        "next": _(what) if what else None,
        **verdict_facts(row),
        "extra_time": None,
        "present": PRESENT.get(day.presence),
        **dict.fromkeys(_OF_CERTIFICATION),
        "incidents": [],
        "progress": student.progress,
        "since_start": student.since_start,
    }


def _warnings(snapshot: Snapshot, lesson: LessonView, now: datetime) -> Iterator[str]:
    yield from warnings_of_any(snapshot, lesson.session, now)
    if lesson.campaign is None:
        yield _("No evaluation was read: progress is not known.")
    if lesson.unknown is not None:
        yield _("Class or group {words}").format(words=unknown_words(lesson.unknown))
