"""The sheet of a lesson as facts: before and after, who reached what, who is to be seen again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, SentProfile, Snapshot
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.certification.session import Session
from pixsession.domain.lesson.choice import Choice, choice_of
from pixsession.domain.lesson.group import GroupCompetence, weakest_competences
from pixsession.domain.lesson.mastery import (
    WEAK_BELOW,
    Evidence,
    Share,
    missing_of,
    percents,
    shares,
    weakest_first,
)
from pixsession.domain.lesson.objectives import SCHOOL_OBJECTIVES, Objective, ObjectivePath, path_to
from pixsession.domain.lesson.view import GroupPoint, LessonState, LessonView, ProgressPoint, StudentLesson
from pixsession.domain.lesson.words import unknown_words
from pixsession.domain.people.resolver import orphans_of
from pixsession.domain.pix.eligibility import Eligibility, Profile
from pixsession.foundation.room_time import from_room
from pixsession.foundation.text import shown
from pixsession.reports.common.facts import (
    LONGEST_NOTE,
    Head,
    Remark,
    campaign_name,
    full_name,
    head_of,
    look_of,
)

# What asks for a second, targeted session, in the order of need.
SEE_AGAIN = (
    LessonState.NOT_STARTED,
    LessonState.STUCK,
    LessonState.BEHIND,
    LessonState.NOT_SHARED,
    LessonState.ABSENT,
)
_NOT_THERE = StudentLesson(LessonState.NOT_STARTED, (), None, None, None, None)
# What each student has sent, by student id, newest first.
Submissions = Mapping[int, Sequence[SentProfile]]


class Standing(NamedTuple):
    """Where a student stood: fractions, and the competences that count; None where nothing tells."""

    progress: float | None = None
    mastery: float | None = None
    competences: int | None = None


class LessonStudent(NamedTuple):
    """One student of the sheet; texts are fit to be shown, `birth_date` is there only between namesakes."""

    last_name: str
    first_name: str
    place: str
    birth_date: str  # ISO 8601
    lesson: StudentLesson
    eligibility: Eligibility
    before: Standing
    after: Standing
    shared: bool | None
    paths: tuple[ObjectivePath, ...]  # to each objective of the sheet, in its order
    reached_before: tuple[bool | None, ...]  # each of them, by the profile sent before the lesson
    observations: tuple[Remark, ...]
    campaign: str  # the student's own, where there are several; else empty
    weak: tuple[str, ...] | None  # competences of the path under half mastered, weakest first; None: unknown

    @property
    def state(self) -> LessonState:
        return self.lesson.state

    @property
    def name(self) -> str:
        """`LAST First`, with the birth date where it is needed to tell two students apart."""
        return full_name(self.last_name, self.first_name, self.birth_date)


class Gone(NamedTuple):
    """Somebody seen in the lesson whom the newest export shows no more; `last`: the export that did."""

    last_name: str
    first_name: str
    place: str
    last: ProgressPoint
    observations: tuple[Remark, ...]

    @property
    def name(self) -> str:
        """The student as `LAST First`."""
        return full_name(self.last_name, self.first_name)


class LessonSheet(NamedTuple):
    """Everything the sheet says, fit to be shown; students alphabetical, moments of Paris."""

    head: Head
    campaign: str
    min_level: int  # from which a competence counts
    students: tuple[LessonStudent, ...]
    gone: tuple[Gone, ...]
    objectives: tuple[Objective, ...]
    first: GroupPoint | None  # the group at the first export of the day, None where one says it all
    last: GroupPoint | None
    parts: tuple[tuple[str, GroupPoint], ...]  # where there are several campaigns: each with its group
    levels: tuple[GroupCompetence, ...]  # weakest first; those that no profile tells are left out
    unknown: str  # a class or group of the session file that nothing knows, with those read; else empty
    path: tuple[Share, ...]  # of the path, weakest first; those that no results tell are left out
    choice: Choice | None  # what to choose by the results of the path; None: nobody has sent any
    observations: tuple[Remark, ...]
    notes: tuple[Remark, ...]


def lesson_sheet_of(
    snapshot: Snapshot, view: LessonView, submissions: Submissions, now: datetime
) -> LessonSheet:
    """The facts of the sheet.

    `submissions` tells what stood before the lesson; without them nothing is known of that.
    """
    session = view.session
    rows = sorted(snapshot.rows, key=lambda row: (look_of(row), row.student_id))
    students = tuple(_students(rows, view, submissions))
    orphans = tuple(_orphans(view, rows))
    return LessonSheet(
        head=head_of(session, snapshot, now),
        campaign=" + ".join(map(campaign_name, view.followed)),
        min_level=session.rule.min_level,
        students=students,
        gone=tuple(_gone(view, orphans)),
        objectives=session.lesson.objectives,
        first=view.group[0] if len(view.group) > 1 else None,
        last=view.group[-1] if view.group else None,
        levels=tuple(one for one in weakest_competences(rows, session.rule.min_level) if one.known),
        unknown=unknown_words(view.unknown) if view.unknown else "",
        parts=tuple((campaign_name(part.campaign), part.group[-1]) for part in view.parts if part.group),
        path=weakest_first(
            shares((percents(row, view.own_campaign(row.student_id)) for row in rows), WEAK_BELOW)
        ),
        choice=_choice(rows, view),
        observations=tuple(sorted((*orphans, *(told for one in students for told in one.observations)))),
        notes=tuple(sorted(_notes(view))),
    )


def _choice(rows: Sequence[BoardRow], view: LessonView) -> Choice | None:
    """For the first objective of the lesson; by profiles alone there is nothing of a path to choose from."""
    objective = next(iter(view.session.lesson.objectives), SCHOOL_OBJECTIVES[0])
    choice = choice_of(rows, view.campaign, objective)
    return choice if choice.evidence is Evidence.PATH else None


def _beginning(session: Session) -> datetime:
    """When the lesson began, in Paris; midnight where the session file names no time."""
    return from_room(datetime.combine(session.date, session.start or time.min), session.timezone)


def _notes(view: LessonView) -> Iterator[Remark]:
    """The notes, as they name their students, on the board or not any more; `who` empty: the whole lesson."""
    for action in view.actions:
        if action.kind is ActionKind.NOTE:
            text = shown(action.text, LONGEST_NOTE)
            if not action.who:
                yield Remark(action.at, shown(action.room or ""), "", text, is_student=False)
            for who in action.who:
                name = full_name(shown(who.last_name), shown(who.first_name))
                yield Remark(action.at, name, shown(who.place or ""), text)


def _orphans(view: LessonView, rows: Sequence[BoardRow]) -> Iterator[Remark]:
    """What was observed of those who are on the board no more, by the names they were observed under."""
    for action in orphans_of(view.actions, rows):
        if action.kind is ActionKind.OBSERVE:
            for who in action.who:
                name = full_name(shown(who.last_name), shown(who.first_name))
                yield Remark(action.at, name, shown(who.place or ""), shown(action.text, LONGEST_NOTE))


def _gone(view: LessonView, orphans: Iterable[Remark]) -> Iterator[Gone]:
    by_name: dict[str, list[Remark]] = defaultdict(list)
    for one in orphans:
        by_name[one.who].append(one)
    for student in view.gone:
        last, first = shown(student.last_name), shown(student.first_name)
        observed = tuple(by_name[full_name(last, first)])
        yield Gone(last, first, shown(student.place or ""), student.last, observed)


def _students(
    rows: Sequence[BoardRow], view: LessonView, submissions: Submissions
) -> Iterator[LessonStudent]:
    namesakes = Counter(map(look_of, rows))
    for row in rows:
        sent, is_namesake = submissions.get(row.student_id, ()), namesakes[look_of(row)] > 1
        yield _student(row, view, sent, is_namesake=is_namesake)


def _student(
    row: BoardRow, view: LessonView, submissions: Sequence[SentProfile], *, is_namesake: bool
) -> LessonStudent:
    lesson = view.students.get(row.student_id, _NOT_THERE)
    session, expected = view.session, row.expected
    began = _first_seen(lesson.points, _beginning(session))
    newest = lesson.points[-1] if lesson.points else None
    name = full_name(shown(row.last_name), shown(row.first_name))
    objectives, before = session.lesson.objectives, _sent_before(submissions, session)
    return LessonStudent(
        last_name=shown(row.last_name),
        first_name=shown(row.first_name),
        place=row.shown_place,
        birth_date=shown(expected.birth_date or "") if expected and is_namesake else "",
        lesson=lesson,
        eligibility=row.eligibility,
        before=Standing(
            lesson.progress_before,
            _mastery_before(row, view, began, newest),
            before.count_at(session.rule.min_level) if before else None,
        ),
        after=Standing(lesson.progress, newest.mastery if newest else None, row.verdict.eligible_competences),
        shared=newest.shared if newest else None,
        paths=tuple(path_to(objective, row.profile) for objective in objectives),
        reached_before=tuple(_reached(objective, before) for objective in objectives),
        observations=tuple(
            Remark(seen.at, name, row.shown_place, shown(seen.text, LONGEST_NOTE))
            for seen in lesson.observations
        ),
        campaign=campaign_name(view.own_campaign(row.student_id)) if view.parts else "",
        weak=_weak(row, view),
    )


def _weak(row: BoardRow, view: LessonView) -> tuple[str, ...] | None:
    campaign = view.own_campaign(row.student_id)
    if percents(row, campaign) is None:
        return None
    return tuple(one.competence for one in missing_of(row, campaign) or ())


def _mastery_before(
    row: BoardRow, view: LessonView, began: ProgressPoint | None, newest: ProgressPoint | None
) -> float | None:
    """What was mastered when the lesson began; of a path begun anew, in the participation before."""
    if began is not None and began.mastery is not None:
        return began.mastery
    campaign, begun = view.own_campaign(row.student_id), newest.started_at if newest else None
    if campaign is None or begun is None:
        return None
    earlier = [
        (one.started_at, one.mastery)
        for one in row.participations
        if one.campaign.key == campaign.key and one.started_at and one.started_at < begun
    ]
    return max(earlier)[1] if earlier else None


def _first_seen(points: Sequence[ProgressPoint], began_at: datetime) -> ProgressPoint | None:
    """Where the student stood as the lesson began, or in its first export if another one followed."""
    earlier = [point for point in points if point.at <= began_at]
    if earlier:
        return earlier[-1]
    return points[0] if len(points) > 1 else None


def _reached(objective: Objective, sent: SentProfile | None) -> bool | None:
    """Whether a profile sent had reached it; None: there is none, or it cannot be read."""
    levels = sent.levels if sent else (None,)
    if any(level is None for level in levels):
        return None
    return path_to(objective, Profile(levels, (None,) * len(levels))).reached is True


def _sent_before(submissions: Sequence[SentProfile], session: Session) -> SentProfile | None:
    """The newest profile sent before the lesson; None without one.

    A profile of the day itself whose time the export does not tell may have been sent during the lesson.
    """
    began, day = _beginning(session).isoformat(), session.date.isoformat()
    for sent in submissions:
        at = sent.sent_at
        if at is not None and (at < began if len(at) > len(day) else at < day):
            return sent
    return None
