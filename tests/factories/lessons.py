"""Invented lessons for the tests: progress by minute, and the exports that a teacher downloads meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from pixsession.domain.board.snapshot import BoardRow, Campaign
from pixsession.domain.certification.day import Action
from pixsession.domain.certification.session import (
    LessonRules,
    Limits,
    Remediation,
    Room,
    Session,
    SessionKind,
)
from pixsession.domain.lesson.states import lesson_view
from pixsession.domain.lesson.view import LessonState, LessonView, ProgressPoint
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.eligibility import Profile, Rule
from tests.factories.exports import moment

FOLLOWED = Campaign("RNTRHG317", "RNTRHG317", "Rentrée 3eA - groupe 1")
LESSON = Session(
    path=None,
    kind=SessionKind.HALF_GROUP,
    title="Rentrée 3eA",
    date=date(2026, 3, 12),
    start=None,
    duration_minutes=55,
    rooms=(Room("Salle 1"),),
    folders=(),
    rule=Rule(),
    remediation=Remediation(),
    limits=Limits(),
    checklist=(),
    bell=False,
    lesson=LessonRules(),
)
LETTERS = {
    LessonState.NOT_STARTED: "N",
    LessonState.STUCK: "S",
    LessonState.NOT_SHARED: "U",
    LessonState.BEHIND: "B",
    LessonState.WORKING: "W",
    LessonState.AHEAD: "A",
    LessonState.FINISHED: "F",
}


def lesson_of(
    day: date, start: time | None = None, *, minutes: int = 55, rules: LessonRules | None = None
) -> Session:
    """The lesson on a day, perhaps with its start."""
    return LESSON._replace(date=day, start=start, duration_minutes=minutes, lesson=rules or LessonRules())


def point(
    at: str,
    progress: float | None,
    *,
    shared: bool | None = False,
    started_at: str | None = "2026-03-12T14:01",
) -> ProgressPoint:
    """One student in the export of "14:05", or of "2026-03-11T14:05"."""
    when = datetime.fromisoformat(at) if "T" in at else moment(at)
    return ProgressPoint(when, progress, shared, None, None, None, None, 0, started_at)


def track(
    times: Iterable[str], *shown: float | str | None, started_at: str | None = "2026-03-12T14:01"
) -> list[ProgressPoint]:
    """One student through the exports: a fraction, "sent", or None for no line."""
    return [
        point(at, 1 if value == "sent" else float(value), shared=value == "sent", started_at=started_at)
        for at, value in zip(times, shown, strict=True)
        if value is not None
    ]


def view_of(
    points: Mapping[int, Sequence[ProgressPoint]],
    *,
    session: Session = LESSON,
    expected: Iterable[int] | None = None,
    actions: Iterable[Action] = (),
    rows: Sequence[BoardRow] = (),
    now: str = "18:00",
) -> LessonView:
    """The lesson of these students, of all of them unless said otherwise."""
    ids = tuple(points) if expected is None else expected
    return lesson_view(session, FOLLOWED, (FOLLOWED,), points, ids, actions, rows, moment(now))


def letters(points: Mapping[int, Sequence[ProgressPoint]], session: Session = LESSON) -> str:
    """The states of the students, one letter each, in the order of their ids."""
    view = view_of(points, session=session)
    return "".join(LETTERS[view.students[student].state] for student in sorted(points))


def points_of(
    exports: Iterable[tuple[datetime, Sequence[AssessmentLine]]],
) -> dict[tuple[str, str], list[ProgressPoint]]:
    """The points of each name, by the newest participation of each export."""
    found: dict[tuple[str, str], list[ProgressPoint]] = {}
    for at, lines in exports:
        newest: dict[tuple[str, str], AssessmentLine] = {}
        for line in sorted(lines, key=lambda line: line.started_at or ""):
            newest[line.last_name, line.first_name] = line
        for name, line in newest.items():
            badges = sum(bool(has) for _title, has in line.badges) if line.shared else None
            found.setdefault(name, []).append(
                ProgressPoint(
                    at, line.progress, line.shared, line.mastery, line.stage, line.stage_max, badges,
                    len(line.badges), line.started_at,
                )
            )  # fmt: skip
    return found


def profile(*pix: int | None, max_level: int = 8) -> Profile:
    """A profile by the pix of each competence; the rest stands at 0."""
    cells = (*pix, *[0] * (16 - len(pix)))
    levels = tuple(None if cell is None else min(max_level, cell // 8) for cell in cells)
    return Profile(levels, cells)
