"""The students of one school year counted by cell and value, as what may be shown of them is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.pix.competences import CODES
from pixsession.domain.results.atoms import Cell, Tally
from pixsession.domain.results.certification import Certification
from pixsession.domain.results.figures import BIN, Group, GroupKind, Levels

OBTAINED = ResultStatus.VALIDATED
ENDS: Mapping[str, ResultStatus | None] = {
    "rejected": ResultStatus.REJECTED,
    "cancelled": ResultStatus.CANCELLED,
    "error": ResultStatus.ERROR,
    "started": ResultStatus.STARTED,
    "untold": None,
}
WHOLE: Cell = ("", "")  # the only cell of what is counted of all schools together
Tallied = Mapping[Cell, Tally]


class Tallies(NamedTuple):
    """By cell: how many obtained it, how the others ended, and of those who obtained it what is told.

    `scores`: whether there is one; `levels`: by code, the part of the levels that is shown; `bins`: the
    lowest pix of the bin, of WHOLE alone where nothing else shows them.
    """

    obtained: Tallied
    ends: Tallied
    scores: Tallied
    labels: Tallied
    levels: Mapping[str, Tallied]
    bins: Tallied


def tallies_of(of_year: Sequence[Certification]) -> Tallies:
    """Cells are the classes within sessions."""
    cells = frozenset(map(cell_of, of_year))
    obtained = [one for one in of_year if one.status is OBTAINED]
    others = [one for one in of_year if one.status is not OBTAINED]

    def tallied(some: Iterable[Certification], value: Callable[[Certification], Hashable]) -> Tallied:
        found: dict[Cell, Tally] = {cell: Counter() for cell in cells}
        for one in some:
            found[cell_of(one)][value(one)] += 1
        return found

    return Tallies(
        tallied(obtained, lambda one: one.status),
        tallied(others, lambda one: one.status),
        tallied(obtained, lambda one: one.score is not None),
        tallied(obtained, lambda one: one.label),
        {code: tallied(obtained, partial(_part, place)) for place, code in enumerate(CODES)},
        tallied(obtained, _bin),
    )


def tallies_of_schools(of_year: Sequence[Group]) -> Tallies:
    """Cells are the schools, or WHOLE where none is shown; `of_year`: all together, then each of them."""
    whole, schools = of_year[:1], of_year[1:] or of_year[:1]

    def tallied(groups: Iterable[Group], counts: Callable[[Group], Mapping[Hashable, int]]) -> Tallied:
        return {cell_of_school(group): +Counter(counts(group)) for group in groups}

    def levels_of(place: int, group: Group) -> Mapping[Hashable, int]:
        return _parts(group.competences[place], group.obtained or 0)

    return Tallies(
        tallied(schools, lambda group: {OBTAINED: group.obtained or 0}),
        tallied(schools, lambda group: {end: getattr(group, name) for name, end in ENDS.items()}),
        tallied(schools, _scored),
        tallied(schools, lambda group: _with_rest(group, dict(group.labels))),
        {code: tallied(schools, partial(levels_of, place)) for place, code in enumerate(CODES)},
        tallied(whole, lambda group: _with_rest(group, {one.low: one.n for one in group.bins})),
    )


def cell_of(one: Certification) -> Cell:
    return one.division or "", one.session or ""


def cell_of_school(group: Group) -> Cell:
    return WHOLE if group.by is GroupKind.ALL else ("", group.name)


def scored(bins: Tally) -> Tally:
    """Of how many a score is told, by the bins."""
    found: Tally = Counter({True: bins.total() - bins[None], False: bins[None]})
    return +found


def _scored(group: Group) -> Mapping[Hashable, int]:
    n = group.scores.n if group.scores else 0
    return {True: n, False: (group.obtained or 0) - n}


def _with_rest(group: Group, counts: Mapping[Hashable, int]) -> Mapping[Hashable, int]:
    return {**counts, None: (group.obtained or 0) - sum(counts.values())}


def _part(place: int, one: Certification) -> Hashable:
    """Below level 1, below level 3, level 3 and more; None where the level is not told."""
    level = one.levels[place] if one.levels else None
    return None if level is None else (level >= 1) + (level >= 3)


def _parts(levels: Levels, obtained: int) -> Mapping[Hashable, int]:
    """How many are in each part, as above."""
    return {
        None: obtained - levels.n,
        0: levels.n - levels.at_least_1,
        1: levels.at_least_1 - levels.at_least_3,
        2: levels.at_least_3,
    }


def _bin(one: Certification) -> Hashable:
    return None if one.score is None else one.score // BIN * BIN
