"""The figures of a group of certifications: how many, which scores, which levels; nothing of one student."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.pix.competences import AREAS, CODES


class GroupKind(StrEnum):
    """By what certifications are grouped; the values are those of the JSON contract."""

    ALL = "all"
    CLASS = "class"
    SESSION = "session"
    SCHOOL = "school"


class Scores(NamedTuple):
    """The scores of those who obtained it, in pix; quartiles by linear interpolation.

    `deviation`: of the sample, None for one score. The lowest and the highest are those of one student each.
    """

    n: int
    mean: float
    deviation: float | None
    minimum: int | None
    q1: float
    median: float
    q3: float
    maximum: int | None


class Levels(NamedTuple):
    """The levels of one competence, over the certifications obtained that tell one."""

    n: int
    total: int
    at_least_1: int
    at_least_2: int
    at_least_3: int

    @property
    def mean(self) -> float | None:
        return self.total / self.n if self.n else None


NO_LEVELS = Levels(0, 0, 0, 0, 0)


class Bin(NamedTuple):
    """A part of the histogram of scores, in pix; both ends belong to it."""

    low: int
    high: int
    n: int


class Group(NamedTuple):
    """One group in one school year. `competences` are in the order of CODES.

    `untold`: how it ended is in no file. None in place of a number, and what `withheld` names (codes of
    competences, "score", "label"), would show too few, where no name may be known.
    """

    year: str
    by: GroupKind
    name: str
    candidates: int | None
    obtained: int | None
    rejected: int | None
    cancelled: int | None
    error: int | None
    started: int | None
    untold: int | None
    scores: Scores | None
    competences: tuple[Levels, ...]
    labels: tuple[tuple[str, int], ...] = ()
    bins: tuple[Bin, ...] = ()  # those that hold a score, the lowest first
    withheld: frozenset[str] = frozenset()

    @property
    def ended(self) -> int:
        """Those whose test was judged: obtained or not; 0 where that is not to be known."""
        if self.obtained is None or self.rejected is None:
            return 0
        return self.obtained + self.rejected

    @property
    def is_silent(self) -> bool:
        """Whether no file tells how any of these tests ended: none is known to be obtained, or not."""
        return bool(self.candidates) and self.untold == self.candidates

    @property
    def share(self) -> float | None:
        """Obtained among the tests judged, as a fraction; None where none was, or none is known."""
        return (self.obtained or 0) / self.ended if self.ended else None

    @property
    def competences_told(self) -> tuple[tuple[str, Levels], ...]:
        """Code and levels of every competence that at least one certification tells."""
        return tuple((code, levels) for code, levels in zip(CODES, self.competences, strict=True) if levels.n)

    def areas_told(self) -> tuple[tuple[str, int, float], ...]:
        """Number of an area, how many levels are told in it, and their mean; only where all may be shown."""
        found = []
        for area in AREAS:
            if any(code.startswith(area.number) for code in self.withheld):
                continue
            mine = [levels for code, levels in self.competences_told if code.startswith(area.number)]
            if n := sum(levels.n for levels in mine):
                found.append((area.number, n, sum(levels.total for levels in mine) / n))
        return tuple(found)


BIN = 64  # pix in a bin, but where several are one: Pix's first labels of levels begin at 64 and 128


class ObjectiveFigures(NamedTuple):
    """How many of the certifications obtained reach an objective; `open`: levels not told would decide."""

    year: str
    name: str
    reached: int
    missed: int
    open: int


class FurtherFigures(NamedTuple):
    """A certification beside that of the CRCN (CléA, Pix+): how many took it, how many obtained it."""

    year: str
    name: str
    taken: int
    obtained: int
