"""A session as its file describes it: what kind of hour it is, who is expected where, and by which limits."""

from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.lesson.objectives import Objective
from pixsession.domain.pix.eligibility import Rule


class SessionKind(StrEnum):
    CERTIFICATION = "certification"
    HALF_GROUP = "half-group"

    @property
    def is_lesson(self) -> bool:
        return self is SessionKind.HALF_GROUP


class ExpectedFrom(NamedTuple):
    """Where the expected students come from; several sources add up, none at all means every list found.

    `lists` are files (candidate list, class list, base of the school); of them, and of the mass imports of
    the folders, `classes`, `groups` and `session_number` keep some students only. `names` are typed in.
    """

    lists: tuple[Path, ...] = ()
    session_number: str | None = None
    classes: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()  # "NOM Prénom", or "NOM Prénom (3eB)"

    @property
    def is_open(self) -> bool:
        """Whether the session file says nothing about who is expected."""
        return self == ExpectedFrom()


class Room(NamedTuple):
    """One room of the session, with those who are called there."""

    name: str
    expected: ExpectedFrom = ExpectedFrom()
    posts: tuple[str, ...] = ()  # names of the computers that stand there, of a shared session


class Remediation(NamedTuple):
    """Where a student who is not eligible is sent, and how the profile is sent again afterwards."""

    label: str = "SOS élève non certifiable"
    code: str | None = None  # code of the remediation campaign
    collection_code: str | None = None  # code of the campaign that collects profiles


class Limits(NamedTuple):
    """When something is too late or too old."""

    latest_start: time | None = None  # after it nobody can start usefully
    profile_days: int = 30  # a profile sent longer ago is called out
    export_minutes: int = 10  # so old may an export be while students are in remediation
    authorisation_minutes: int = 15  # Pix: an authorisation to start is valid so long (pull request 16950)


class LessonRules(NamedTuple):
    """When a lesson says that somebody is stuck, what may be observed, and what is aimed at."""

    stuck_exports: int = 2  # without progress over so many exports …
    stuck_minutes: int = 10  # … and so long, while others moved
    observations: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    far_points: int = 15  # so far under the median, in points of a hundred, is far behind
    code: str | None = None  # of the campaign that targeted sessions open
    helper_level: int = 3  # from which somebody is asked to help
    delegates: tuple[str, ...] = ()  # pupils who help the others, as `names` of ExpectedFrom


# Of a certification of Pix since 2024; Pix+ is shorter (certif/candidate-in-list in 1024pix/pix).
_QUESTIONS, _MINUTES = 32, 105


class Session(NamedTuple):
    """One supervised session. `rooms` is never empty: a session of one room has one."""

    path: Path | None  # of the session file
    kind: SessionKind
    title: str
    date: date
    start: time | None
    duration_minutes: int
    rooms: tuple[Room, ...]
    folders: tuple[Path, ...]
    rule: Rule
    remediation: Remediation
    limits: Limits
    checklist: tuple[str, ...]
    bell: bool
    lesson: LessonRules = LessonRules()
    timezone: str | None = None  # of the room, in which its times are told; None: the computer's
    access_code: str | None = None  # by which candidates enter the session in Pix, as Pix Certif tells it
    share: bool = False  # several computers hold it together, through a folder beside its file

    @property
    def questions(self) -> int | None:
        """How many questions a certification has; None: a length that is not Pix's, of another test."""
        is_pix = self.kind is SessionKind.CERTIFICATION and self.duration_minutes == _MINUTES
        return _QUESTIONS if is_pix else None
