"""Invented lessons for the tests of their sheet: a half-group of which everybody needs something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

from pixsession.domain.board.snapshot import BoardRow, Campaign, FileEntry, FileStatus, SentProfile, Snapshot
from pixsession.domain.certification.day import Action, ActionKind, Who
from pixsession.domain.certification.session import (
    LessonRules,
    Limits,
    Remediation,
    Room,
    Session,
    SessionKind,
)
from pixsession.domain.lesson.objectives import Objective
from pixsession.domain.lesson.states import lesson_view
from pixsession.domain.lesson.term import KeptLesson, LessonOutcome
from pixsession.domain.lesson.view import ProgressPoint
from pixsession.domain.pix.competences import CODES, PIX_PER_LEVEL
from pixsession.domain.pix.eligibility import Eligibility, Rule
from tests.factories.exports import moment
from tests.factories.snapshots import SOURCE, row, snapshot

DAY = date(2026, 3, 12)
MADE_AT = datetime(2026, 3, 12, 15, 5)  # noqa: DTZ001 - Paris time, without zone
PATH = Campaign("RNTRHG317", "RNTRHG317", "Rentrée 3eA - groupe 1")
GOALS = (Objective("Certifiable", 5, 1), Objective("5e", 5, 1, min_per_area=1))


def lesson_session(title: str = "Rentrée 3eA, groupe 1", goals: tuple[Objective, ...] = GOALS) -> Session:
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


def point_of_time(when: str, progress: float, *, mastery: float | None = None) -> ProgressPoint:
    """A student in the export of that time; with a mastery, the results are sent."""
    shared = mastery is not None
    return ProgressPoint(moment(when), progress, shared, mastery, None, None, None, 0, "2026-03-12T14:02")


def steady_track(*progress: float, mastery: float | None = None) -> tuple[ProgressPoint, ...]:
    """One point every ten minutes from 14:05 on; the mastery is that of the last one."""
    last = len(progress) - 1
    return tuple(
        point_of_time(f"14:{5 + 10 * number:02}", value, mastery=mastery if number == last else None)
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
    view = lesson_view(of or lesson_session(), campaign, campaigns, points, ids, actions, here, MADE_AT)
    return snapshot(here, files=files)._replace(lesson=view)


def learner(student_id: int, last: str, first: str = "Lou", count: int | None = None) -> BoardRow:
    """Somebody of 3eA with so many competences at level 1; None: no profile was collected."""
    if count is None:
        return row(student_id, last, first, state=Eligibility.NOT_IN_EXPORT)._replace(
            keys=(f"k{student_id}",)
        )
    state = Eligibility.ELIGIBLE if count >= 5 else Eligibility.NOT_ELIGIBLE
    return row(student_id, last, first, state=state, count=count)._replace(keys=(f"k{student_id}",))


def sent_profile(count: int, when: str = "2026-03-05T10:00") -> SentProfile:
    """A profile with so many competences at level 1."""
    levels = (1,) * count + (0,) * (len(CODES) - count)
    return SentProfile(when, PIX_PER_LEVEL * count, levels, SOURCE)


def full_lesson(actions: tuple[Action, ...] = ()) -> Snapshot:
    """Eight students: one never started, one is stuck, one behind, one forgot to send, four are well."""
    rows = [
        learner(1, "ZIANI", "Tom"),
        learner(2, "ALLARD", "Léa", 6),
        learner(3, "BENALI", "Maël", 3),
        learner(4, "HUET", "Inès", 5),
        learner(5, "MARTIN", "Zoé", 2),
        learner(6, "NGUYEN", "Linh", 4),
        learner(7, "PETIT", "Adam", 7),
        learner(8, "ROUX", "Enzo", 1),
    ]
    points = {
        2: steady_track(0.1, 0.4, 0.7, 1, 1, mastery=0.8),
        3: steady_track(0.1, 0.3, 0.3, 0.3, 0.3),
        4: steady_track(0.2, 0.5, 0.8, 1, 1),
        5: steady_track(0.05, 0.1, 0.2, 0.3, 0.4),
        6: steady_track(0.2, 0.3, 0.4, 0.6, 0.7),
        7: steady_track(0.2, 0.4, 0.7, 0.9, 1, mastery=0.55),
        8: steady_track(0.2, 0.3, 0.5, 0.6, 0.8),
    }
    name = "Resultats-Rentree-498731-2026-03-12-1445.csv"
    files = (FileEntry(name, FileStatus.READ, "assessment", 7, None, PATH, moment("14:45")),)
    return lesson_board(rows, points, actions=actions, files=files)


_GROUP = (
    "ALLARD Léa", "BENALI Maël", "BERNARD-DUPUIS Marie-Lou", "CHEVALIER Noémie", "DA SILVA Inès",
    "DUBOIS Timéo", "EL AMRANI Yasmine", "FAURE Lucas", "GAILLARD Anaïs", "HUET Inès", "LEFEBVRE Gabriel",
    "MARTIN Zoé", "NGUYEN Linh", "PETIT Adam", "ROUSSEAU Camille", "ROUX Enzo", "TRAORÉ Aïssatou",
    "ZIANI Tom",
)  # fmt: skip


def largest_group() -> Snapshot:
    """Eighteen students, each with a profile; three objectives, half of them observed twice, two notes."""
    names = [name.rpartition(" ") for name in _GROUP]
    rows = [learner(number, last, first, number * 3 % 8) for number, (last, _, first) in enumerate(names, 1)]
    ends = (1, 0.3, 1, 0.4, 0.7, 1, 0.25, 0.55)
    points = {}
    for number in range(1, len(rows)):
        end = ends[number % len(ends)]
        steps = (0.1, end * 0.6 if end > 0.3 else end, end if end <= 0.3 else end * 0.8, end, end)
        points[number] = steady_track(*steps, mastery=0.8 if end == 1 and number % 3 else None)
    whos = [Who(one.keys, one.last_name, one.first_name, "3eA") for one in rows]
    actions = (
        Action("a", moment("14:03"), ActionKind.ABSENT, (whos[-1],)),
        Action("b", moment("14:12"), ActionKind.OBSERVE, tuple(whos[::2]), text="clavier"),
        Action("c", moment("14:20"), ActionKind.OBSERVE, tuple(whos[1::2]), text="aidé"),
        Action(
            "d", moment("14:30"), ActionKind.NOTE, (whos[2],), text="à revoir jeudi, avec ses identifiants"
        ),
        Action("e", moment("14:31"), ActionKind.NOTE, text="réseau lent pendant dix minutes"),
    )
    name = "Resultats-Rentree-498731-2026-03-12-{}.csv"
    files = tuple(
        FileEntry(
            name.format(time.replace(":", "")), FileStatus.READ, "assessment", 17, None, PATH, moment(time)
        )
        for time in ("14:05", "14:15", "14:25", "14:35", "14:45")
    )
    goals = lesson_session(goals=(*GOALS, Objective("4e-3e", 16, 1)))
    return lesson_board(rows, points, of=goals, actions=actions, files=files)


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
    sent_at: str | None = None,
) -> LessonOutcome:
    """One student in one lesson; the pix follow from the competences, one profile is before and after."""
    pix_before, pix_after = (None if count is None else count * PIX_PER_LEVEL for count in competences)
    progress = before, after, shared
    return LessonOutcome(
        keys, last, first, place, *progress, *competences, pix_before, pix_after, sent_at, sent_at
    )


def kept(day: str, *students: LessonOutcome, title: str = "Séance") -> KeptLesson:
    """A lesson of that day of March 2026: "05"."""
    return KeptLesson(title, date.fromisoformat(f"2026-03-{day}"), Path(f"{day}.toml"), students)
