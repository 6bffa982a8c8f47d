"""An invented half-group at work, export by export, for the tests of the screens of a lesson."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median, quantiles

from pixsession.domain.board.snapshot import BoardRow, Campaign, Snapshot
from pixsession.domain.certification.day import Action, ActionKind, Who
from pixsession.domain.certification.session import LessonRules, SessionKind
from pixsession.domain.lesson.objectives import Objective
from pixsession.domain.lesson.view import (
    GroupPoint,
    LessonState,
    LessonView,
    Observation,
    ProgressPoint,
    StudentLesson,
)
from pixsession.domain.pix.competences import PIX_PER_LEVEL
from pixsession.domain.pix.eligibility import Eligibility, Profile
from tests.factories.certification_screens import SESSION
from tests.factories.snapshots import CAMPAIGN, NOW, row, snapshot

EVALUATION = Campaign("BASES6789", "BASES6789", "Les bases du numérique")
OTHER = Campaign("SECU12345", "SECU12345", "Protéger ses données")
SEEN = ("identifiants oubliés", "clavier", "matériel", "aidé", "aide les autres")
LESSON = SESSION._replace(
    kind=SessionKind.HALF_GROUP,
    title="4eB groupe 1",
    duration_minutes=55,
    lesson=LessonRules(
        observations=SEEN,
        objectives=(Objective("certifiable", 5, 1), Objective("5e", 5, 1, 1)),
    ),
)
TIMES = tuple(NOW - timedelta(minutes=minutes) for minutes in (43, 33, 23, 13, 3))

_S = LessonState
_NOBODY_YET = Eligibility.NOT_SENT
# Name, state, progress at each export (None: not in it yet), idle minutes, sent.
_STORY: tuple[tuple[str, str, LessonState, tuple[float | None, ...], int | None, bool], ...] = (
    ("PETIT", "Tom", _S.NOT_STARTED, (0.0, 0.0, 0.0, 0.0, 0.0), None, False),
    ("GIRAUD", "Léa", _S.STUCK, (0.1, 0.25, 0.3, 0.3, 0.3), 20, False),
    ("MOREL", "Enzo", _S.NOT_SHARED, (0.3, 0.55, 0.8, 1.0, 1.0), 10, False),
    ("BARBIER", "Lou", _S.BEHIND, (0.05, 0.1, 0.2, 0.3, 0.35), 0, False),
    ("CHEVALIER", "Adam", _S.WORKING, (0.1, 0.25, 0.4, 0.5, 0.62), 0, False),
    ("NGUYEN", "Linh", _S.WORKING, (0.1, 0.3, 0.4, 0.55, 0.6), 0, False),
    ("EL AMRANI", "Youssef", _S.AHEAD, (0.25, 0.4, 0.6, 0.75, 0.9), 0, False),
    ("ALLARD", "Manon", _S.FINISHED, (0.4, 0.7, 1.0, 1.0, 1.0), 20, True),
)


def _levels(student_id: int) -> tuple[int, ...]:
    """Levels that differ from student to student; 3.4 is nobody's strength."""
    levels = [(student_id * 3 + position * 5) % 7 // 2 for position in range(16)]
    levels[10] = 1 if student_id == 7 else 0
    return tuple(levels)


def profile(student_id: int) -> Profile:
    """Sixteen levels, and the pix to them; of those at zero some were never opened."""
    levels = _levels(student_id)
    pix = (level * PIX_PER_LEVEL + (1 if level else position % 2) for position, level in enumerate(levels))
    return Profile(levels, tuple(pix))


def student(student_id: int) -> BoardRow:
    """One of the half-group."""
    last, first, *_story = _STORY[student_id - 1]
    if student_id in {1, 3}:
        found = row(student_id, last, first, state=_NOBODY_YET, place="4eB")
        return found._replace(keys=(f"key-{student_id}",))
    levels = profile(student_id)
    count = levels.count_at(1)
    state = Eligibility.ELIGIBLE if count >= 5 else Eligibility.NOT_ELIGIBLE
    found = row(student_id, last, first, state=state, place="4eB", count=count)
    pix = sum(value or 0 for value in levels.competence_pix)
    return found._replace(profile=levels, pix=pix, keys=(f"key-{student_id}",))


ROWS = tuple(student(number + 1) for number in range(len(_STORY)))


def by_teacher(kind: ActionKind, entry_id: str, student_id: int, minutes: int, text: str = "") -> Action:
    """What was done about one of the half-group so many minutes ago."""
    found = ROWS[student_id - 1]
    who = Who(found.keys, found.last_name, found.first_name, found.place)
    return Action(entry_id, NOW - timedelta(minutes=minutes), kind, (who,), text=text)


OBSERVED = by_teacher(ActionKind.OBSERVE, "obs-1", 2, 8, "clavier")


def _points(progress: Sequence[float | None], shared: bool) -> tuple[ProgressPoint, ...]:
    points = []
    for at, value in zip(TIMES, progress, strict=False):
        sent = shared and value == 1.0
        mastery, stage, badges = (0.72, 3, 1) if sent else (None, None, None)
        points.append(ProgressPoint(at, value, sent, mastery, stage, 5, badges, 2))
    return tuple(points)


def _quartiles(known: Sequence[float]) -> tuple[float, float] | None:
    if len(known) < 5:
        return None
    first, _median, third = quantiles(known, method="inclusive")
    return first, third


def _group(exports: int) -> tuple[GroupPoint, ...]:
    found = []
    for number in range(exports):
        values = [story[3][number] or 0.0 for story in _STORY]
        found.append(
            GroupPoint(
                TIMES[number],
                median(values),
                sum(value > 0 for value in values),
                sum(value >= 0.5 for value in values),
                sum(value == 1 for value in values),
                sum(story[5] and story[3][number] == 1 for story in _STORY),
                len(values),
                quartiles=_quartiles([value for value in values if value > 0]),
            )
        )
    return tuple(found)


def lesson_view(exports: int = 5, *, campaigns: tuple[Campaign, ...] = (EVALUATION,)) -> LessonView:
    """The lesson after so many exports."""
    students = {}
    for student_id, (_last, _first, state, progress, idle, shared) in enumerate(_STORY, start=1):
        points = _points(progress[:exports], shared)
        first, last = points[0].progress or 0.0, points[-1].progress or 0.0
        before = (points[-2].progress or 0.0) if len(points) > 1 else None
        seen = (Observation(OBSERVED.at, OBSERVED.text, OBSERVED.entry_id),) if student_id == 2 else ()
        students[student_id] = StudentLesson(
            state, points, last, None if before is None else last - before, last - first, idle, seen
        )
    return LessonView(LESSON, EVALUATION, campaigns, students, _group(exports), (OBSERVED,))


def lesson_board(exports: int = 5, *, campaigns: tuple[Campaign, ...] = (EVALUATION,)) -> Snapshot:
    """The board after so many exports, live."""
    board = snapshot(ROWS, newest_export_at=TIMES[exports - 1])
    return board._replace(
        campaigns=(CAMPAIGN, *campaigns),
        lesson=lesson_view(exports, campaigns=campaigns),
        export_times=TIMES[:exports],
    )


def as_of(at: datetime | None) -> Snapshot:
    """What the pipeline shows of that moment; None: live."""
    if at is None:
        return lesson_board()
    then = lesson_board(TIMES.index(at) + 1)
    return then._replace(as_of=at, export_times=TIMES)
