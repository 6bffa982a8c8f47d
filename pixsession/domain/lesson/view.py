"""A half-group lesson on Pix: how far each student is, since when, and what the group does."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.certification.day import Action, Undone
from pixsession.domain.certification.session import Session
from pixsession.domain.lesson.lesson_state import (
    LessonState as LessonState,  # noqa: PLC0414 - part of a student's lesson
)
from pixsession.domain.pix.campaign import Campaign


class ProgressPoint(NamedTuple):
    """One student in one export of an evaluation; `at` is the time of the export, Paris."""

    at: datetime
    progress: float | None  # fraction
    shared: bool | None
    mastery: float | None  # fraction
    stage: int | None
    stage_max: int | None
    badges: int | None  # how many are obtained; None before the results are sent
    badges_max: int
    # Of the newest participation, ISO 8601, Paris; it tells a second attempt from the first. None: unknown.
    started_at: str | None = None


class Observation(NamedTuple):
    """One observation about a student, from the list of the session, or a note; nothing about health."""

    at: datetime
    text: str
    entry_id: str


class StudentLesson(NamedTuple):
    """One student in one campaign of the lesson. Fractions; minutes are whole.

    `points`: oldest first, one for each export that shows the student.
    """

    state: LessonState
    points: tuple[ProgressPoint, ...]
    progress: float | None
    since_last_export: float | None  # gain since the export before; None: there was none
    since_start: float | None  # since the lesson began
    # Since the last progress, up to the newest export of the lesson; None before the first and once sent.
    idle_minutes: int | None
    observations: tuple[Observation, ...] = ()
    notes: tuple[Observation, ...] = ()  # what was written freely
    is_delegate: bool = False  # helps the others, as the session or the teacher says
    is_doubtful: bool = False  # a line of an export may be of this student, or of a namesake
    was_opened: bool = False  # the newest export has a start of this campaign

    @property
    def is_absent(self) -> bool:
        return self.state is LessonState.ABSENT

    @property
    def has_begun(self) -> bool:
        return self.state not in {LessonState.NOT_STARTED, LessonState.ABSENT}

    @property
    def progress_before(self) -> float | None:
        """Where the lesson found the student; 0 where they began in it, whatever they did another time."""
        if self.progress is None or self.since_start is None:
            return None
        return round(self.progress - self.since_start, 9)  # without the rounding error of two subtractions


class GoneStudent(NamedTuple):
    """A student shown by an earlier export of the lesson and not by the newest; names as Pix wrote them."""

    last_name: str
    first_name: str
    place: str | None
    last: ProgressPoint


class GroupPoint(NamedTuple):
    """The group at one export. Those who are finished count as started and halfway too."""

    at: datetime
    median: float | None  # of those who have started
    started: int
    halfway: int
    finished: int
    shared: int
    students: int
    # First and third quartile, by linear interpolation; None where a group is too small for them.
    quartiles: tuple[float, float] | None = None


class CampaignPart(NamedTuple):
    """One of several campaigns of a lesson: the group in it, as in `LessonView`, and its students, by id."""

    campaign: Campaign
    group: tuple[GroupPoint, ...]
    students: frozenset[int]


class UnknownPlaces(NamedTuple):
    """Classes or groups of the session file that no file knows, and those that were read, with counts."""

    named: tuple[str, ...]
    read: tuple[tuple[str, int], ...]


class LessonView(NamedTuple):
    """The lesson as the board shows it, by student id; `campaign` None: no evaluation has been read yet.

    `campaigns`: every evaluation of the folders, the shown one among them. `group`: oldest first, one point
    for each export of the shown campaign during the lesson; see `states.lesson_exports`. `gone`: who
    has left the board; the newest export says who takes part. `parts`: where students are at work in several
    campaigns, each of these, the shown one first where anybody is in it; else none.
    """

    session: Session
    campaign: Campaign | None
    campaigns: tuple[Campaign, ...]
    students: Mapping[int, StudentLesson]
    group: tuple[GroupPoint, ...]
    actions: tuple[Action, ...] = ()  # those that stand, oldest first
    gone: tuple[GoneStudent, ...] = ()
    unknown: UnknownPlaces | None = None
    left_out_until: datetime | None = None  # the newest export held back because it came after the lesson
    undone: tuple[Undone, ...] = ()  # what was taken back; it counts for nothing else here
    parts: tuple[CampaignPart, ...] = ()

    @property
    def followed(self) -> tuple[Campaign, ...]:
        """The campaigns that students are followed in, the shown one first."""
        shown = () if self.campaign is None else (self.campaign,)
        return tuple(one.campaign for one in self.parts) or shown

    def group_of(self, student: int) -> tuple[GroupPoint, ...]:
        """The group that a student works in: of several campaigns, those in the same one."""
        return next((one.group for one in self.parts if student in one.students), self.group)

    def own_campaign(self, student: int) -> Campaign | None:
        """The campaign that a student is followed in."""
        return next((one.campaign for one in self.parts if student in one.students), self.campaign)
