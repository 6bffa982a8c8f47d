"""The bilan of certifications as one value: figures by year and group, who is concerned, what is not sure."""

from __future__ import annotations

from typing import NamedTuple

from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.results.certification import Fault
from pixsession.domain.results.figures import FurtherFigures, Group, GroupKind, ObjectiveFigures
from pixsession.domain.results.spread import Spread


class ReviewedFile(NamedTuple):
    """A file that was looked at; `status` and `kind` as on the page of files."""

    name: str
    status: str
    kind: str = ""
    message: str = ""
    notes: tuple[str, ...] = ()


class Expected(NamedTuple):
    """Somebody who is to be entered again, or was called: why, and what the files call them."""

    name: str  # fit to be shown
    division: str
    session: str
    status: ResultStatus | None  # None: called, and no result


class Called(NamedTuple):
    """Of the sessions that have both a list and results: how many were called, how many and who lack one."""

    called: int
    missing: int
    without: tuple[Expected, ...]


class CompetenceChange(NamedTuple):
    """One competence over those whose profile and certification both tell it."""

    code: str
    n: int
    before: float
    after: float


class BeforeAfter(NamedTuple):
    """Profiles sent before the test against what was certified, of the same students.

    `doubtful`: of somebody who is to check, or of one of several students; `unmatched`: obtained, and no
    profile before the test.
    """

    year: str
    n: int
    pix: float
    score: float
    competences: tuple[CompetenceChange, ...]
    doubtful: int
    unmatched: int


class Near(NamedTuple):
    """A competence in which some are near the next level.

    `by_pix`: within NEAR_PIX of it, by the profiles sent; else one level under level 1 or level 3, as
    certified.
    """

    code: str
    students: int
    of: int
    by_pix: bool


class Review(NamedTuple):
    """All that the bilan says. `school` is None where no file tells it."""

    groups: tuple[Group, ...]
    files: tuple[ReviewedFile, ...] = ()
    faults: tuple[Fault, ...] = ()
    school: str | None = None
    objectives: tuple[ObjectiveFigures, ...] = ()
    further: tuple[FurtherFigures, ...] = ()
    near: tuple[Near, ...] = ()
    called: Called | None = None
    again: tuple[Expected, ...] = ()
    again_count: int = 0
    before_after: BeforeAfter | None = None
    is_anonymous: bool = False
    of_schools: bool = False
    spread: Spread | None = None  # of more schools than a page names
    hidden_years: tuple[str, ...] = ()  # with too few to be shown without names

    @property
    def years(self) -> tuple[str, ...]:
        """The school years, oldest first."""
        return tuple(sorted({group.year for group in self.groups}))

    @property
    def newest(self) -> Group | None:
        """All together in the newest year; None where there is nobody."""
        return self.whole(self.years[-1]) if self.groups else None

    def whole(self, year: str) -> Group:
        return next(one for one in self.groups if one.year == year and one.by is GroupKind.ALL)

    def parts(self, year: str, by: GroupKind) -> tuple[Group, ...]:
        """The groups of one kind in one year, by name."""
        return tuple(one for one in self.groups if one.year == year and one.by is by)
