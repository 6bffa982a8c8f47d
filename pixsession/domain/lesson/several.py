"""Several campaigns in one lesson: each student is followed in the one that is the student's own that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, Campaign
from pixsession.domain.certification.day import Action
from pixsession.domain.certification.session import Session
from pixsession.domain.lesson.states import lesson_view
from pixsession.domain.lesson.view import CampaignPart, LessonView, ProgressPoint


class Followed(NamedTuple):
    """One campaign that was exported in the lesson, and how far each student came in it."""

    campaign: Campaign
    points: Mapping[int, Sequence[ProgressPoint]]


def own_campaigns(followed: Sequence[Followed], students: Iterable[int]) -> dict[int, int]:
    """By student, the place in `followed` of the campaign that is the student's own.

    It is the one begun last, else the one that an export shows last; the first of `followed` for who is in
    none, and of equals.
    """
    found = {}
    for student in students:
        known = [
            (_begun_last(one.points[student]), -place)
            for place, one in enumerate(followed)
            if one.points.get(student)
        ]
        found[student] = -max(known)[1] if known else 0
    return found


def _begun_last(points: Sequence[ProgressPoint]) -> tuple[str, datetime]:
    last = points[-1]
    return last.started_at or "", last.at


def lesson_of_campaigns(
    session: Session,
    followed: Sequence[Followed],
    campaigns: Sequence[Campaign],
    expected: Iterable[int],
    actions: Sequence[Action],
    rows: Sequence[BoardRow],
    now: datetime,
) -> LessonView:
    """The lesson of the students `expected`; each is compared with those of the same campaign alone."""
    ids = tuple(expected)
    if not followed:
        return lesson_view(session, None, campaigns, {}, ids, actions, rows, now)
    own = own_campaigns(followed, ids)
    views = [
        lesson_view(
            session,
            one.campaign,
            campaigns,
            {student: points for student, points in one.points.items() if own.get(student) == place},
            [student for student in ids if own[student] == place],
            actions,
            rows,
            now,
        )
        for place, one in enumerate(followed)
    ]
    parts = tuple(
        CampaignPart(one.campaign, view.group, frozenset(view.students))
        for one, view in zip(followed, views, strict=True)
        if view.students
    )
    students = {student: lesson for view in views for student, lesson in view.students.items()}
    return views[0]._replace(students=students, parts=parts if len(parts) > 1 else ())
