"""Invented lessons for the tests of their sheet: a half-group of which everybody needs something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

from pixsession.domain.competences import CODES, PIX_PER_LEVEL
from pixsession.domain.day import Action
from pixsession.domain.eligibility import Eligibility, Rule
from pixsession.domain.lesson import ProgressPoint
from pixsession.domain.lesson_states import lesson_view
from pixsession.domain.objectives import Objective
from pixsession.domain.session import LessonRules, Limits, Remediation, Room, Session, SessionKind
from pixsession.domain.snapshot import BoardRow, Campaign, FileEntry, FileStatus, SentProfile, Snapshot
from pixsession.domain.term import KeptLesson, LessonOutcome
from tests.boards import SOURCE, row, snapshot

DAY = date(2026, 3, 12)
MADE_AT = datetime(2026, 3, 12, 15, 5)  # noqa: DTZ001 - Paris time, without zone
PATH = Campaign("RNTRHG317", "RNTRHG317", "Rentrée 3eA - groupe 1")
GOALS = (Objective("Certifiable", 5, 1), Objective("5e", 5, 1, min_per_area=1))


def at(words: str) -> datetime:
    """A time of the day of the lesson: "14:25"."""
    return datetime.combine(DAY, time.fromisoformat(words))


def lesson(title: str = "Rentrée 3eA, groupe 1", goals: tuple[Objective, ...] = GOALS) -> Session:
    """A lesson of 55 minutes that begins at 14:00."""
    return Session(
        path=Path("session.toml"),
        kind=SessionKind.HALF_GROUP,
        title=title,
        date=DAY,
        start=time(14, 0),
        duration_minutes=55,
        rooms=(Room("Salle info"),),
        folders=(Path("exports"),),
        rule=Rule(),
        remediation=Remediation(),
        limits=Limits(),
        checklist=(),
        bell=False,
        lesson=LessonRules(observations=("clavier", "aidé"), objectives=goals),
    )


def point(when: str, progress: float, *, mastery: float | None = None) -> ProgressPoint:
    """A student in the export of that time; with a mastery, the results are sent."""
    shared = mastery is not None
    return ProgressPoint(at(when), progress, shared, mastery, None, None, None, 0, "2026-03-12T14:02")


def track(*progress: float, mastery: float | None = None) -> tuple[ProgressPoint, ...]:
    """One point every ten minutes from 14:05 on; the mastery is that of the last one."""
    last = len(progress) - 1
    return tuple(
        point(f"14:{5 + 10 * number:02}", value, mastery=mastery if number == last else None)
        for number, value in enumerate(progress)
    )


def lesson_board(
    rows: Iterable[BoardRow],
    points: Mapping[int, Sequence[ProgressPoint]],
    *,
    of: Session | None = None,
    actions: tuple[Action, ...] = (),
    files: tuple[FileEntry, ...] | None = None,
    campaign: Campaign | None = PATH,
) -> Snapshot:
    """A board of these students in a lesson."""
    here = tuple(rows)
    campaigns = () if campaign is None else (campaign,)
    ids = [one.student_id for one in here]
    view = lesson_view(of or lesson(), campaign, campaigns, points, ids, actions, here, MADE_AT)
    return snapshot(here, files=files)._replace(lesson=view)


def student(student_id: int, last: str, first: str = "Lou", count: int | None = None) -> BoardRow:
    """Somebody of 3eA with so many competences at level 1; None: no profile was collected."""
    if count is None:
        return row(student_id, last, first, state=Eligibility.NOT_IN_EXPORT)._replace(
            keys=(f"k{student_id}",)
        )
    state = Eligibility.ELIGIBLE if count >= 5 else Eligibility.NOT_ELIGIBLE
    return row(student_id, last, first, state=state, count=count)._replace(keys=(f"k{student_id}",))


def sent(count: int, when: str = "2026-03-05T10:00") -> SentProfile:
    """A profile with so many competences at level 1."""
    levels = (1,) * count + (0,) * (len(CODES) - count)
    return SentProfile(when, PIX_PER_LEVEL * count, levels, SOURCE)


def full_lesson(actions: tuple[Action, ...] = ()) -> Snapshot:
    """Eight students: one never started, one is stuck, one behind, one forgot to send, four are well."""
    rows = [
        student(1, "ZIANI", "Tom"),
        student(2, "ALLARD", "Léa", 6),
        student(3, "BENALI", "Maël", 3),
        student(4, "HUET", "Inès", 5),
        student(5, "MARTIN", "Zoé", 2),
        student(6, "NGUYEN", "Linh", 4),
        student(7, "PETIT", "Adam", 7),
        student(8, "ROUX", "Enzo", 1),
    ]
    points = {
        2: track(0.1, 0.4, 0.7, 1, 1, mastery=0.8),
        3: track(0.1, 0.3, 0.3, 0.3, 0.3),
        4: track(0.2, 0.5, 0.8, 1, 1),
        5: track(0.05, 0.1, 0.2, 0.3, 0.4),
        6: track(0.2, 0.3, 0.4, 0.6, 0.7),
        7: track(0.2, 0.4, 0.7, 0.9, 1, mastery=0.55),
        8: track(0.2, 0.3, 0.5, 0.6, 0.8),
    }
    name = "Resultats-Rentree-498731-2026-03-12-1445.csv"
    files = (FileEntry(name, FileStatus.READ, "assessment", 7, None, PATH, at("14:45")),)
    return lesson_board(rows, points, actions=actions, files=files)


def outcome(
    last: str,
    before: float | None = None,
    after: float | None = None,
    shared: bool | None = None,
    competences: tuple[int | None, int | None] = (None, None),
    *,
    first: str = "Lou",
    place: str | None = "3eB",
    keys: tuple[str, ...] = (),
) -> LessonOutcome:
    """One student in one lesson; the pix follow from the competences."""
    pix = [None if count is None else count * PIX_PER_LEVEL for count in competences]
    return LessonOutcome(keys, last, first, place, before, after, shared, *competences, *pix)


def kept(day: str, *students: LessonOutcome, title: str = "Séance") -> KeptLesson:
    """A lesson of that day of March 2026: "05"."""
    return KeptLesson(title, date.fromisoformat(f"2026-03-{day}"), Path(f"{day}.toml"), students)
