"""Figures without names: none rests on fewer than five students, nor does what can be computed from several.

Each class shows what its own numbers allow: one in which few failed tells who obtained it, and not how many
sat it, nor does another one, as they would be the whole less the rest (`atoms`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from pixsession.domain.pix.competences import CODES
from pixsession.domain.results.atoms import Cell, Layer, Tally, are_enough, leaves_enough, together
from pixsession.domain.results.certification import OTHERS, Certification
from pixsession.domain.results.figures import BIN, NO_LEVELS, Bin, Group, GroupKind
from pixsession.domain.results.tallies import (
    ENDS,
    Tallied,
    Tallies,
    scored,
    tallies_of,
    tallies_of_schools,
)

SCORE = "score"
LABEL = "label"
_Ranges = Sequence[Sequence[int]]  # the lowest pix of the bins that are shown as one


def withheld(groups: Iterable[Group], certifications: Sequence[Certification]) -> tuple[Group, ...]:
    """The groups without what would be told of too few; `certifications`: as `anonymous` leaves them.

    The lowest and the highest score are each one student's: never shown. Levels in words are parts of the
    scores: they are shown where the histogram is not, as the two together would tell of one bin alone.
    """
    of_year: dict[str, list[Certification]] = defaultdict(list)
    for one in certifications:
        of_year[one.year].append(one)
    years = {year: _Year(tallies_of(some)) for year, some in of_year.items()}
    return tuple(years[group.year].shown(group) for group in groups)


def withheld_of_schools(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The same of schools: by year all together, then each of them that is shown."""
    of_year: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        of_year[group.year].append(group)
    return tuple(
        year.shown(group)
        for some in of_year.values()
        for year in [_Year(tallies_of_schools(some))]
        for group in some
    )


class _Year:
    """What the groups of one school year may show."""

    def __init__(self, tallies: Tallies) -> None:
        self._cells = frozenset(tallies.obtained)
        self._named: dict[tuple[int, str], set[Cell]] = defaultdict(set)
        for cell in self._cells:
            for place, name in enumerate(cell):
                self._named[place, name].add(cell)
        self._obtained = Layer(tallies.obtained)
        rest = Layer({cell: Counter([""] * tally.total()) for cell, tally in tallies.ends.items()})
        self._ends = Layer(tallies.ends, rest.blocks)  # how many, before how each of them ended
        self._labels = self._layer(tallies.labels)
        self._told = {SCORE: self._layer(tallies.scores)}
        self._told |= {code: self._layer(tallied) for code, tallied in tallies.levels.items()}
        self._has_scores = any(tally[True] for tally in tallies.scores.values())
        told = {cell: scored(tally) for cell, tally in tallies.bins.items()}
        self._bins = _Bins(tallies.bins, self._layer(told))

    def _layer(self, tallied: Tallied) -> Layer:
        """What is told of those who obtained it, in blocks of whom so many did."""
        blocks = self._obtained.blocks
        if tallied.keys() == self._cells or not blocks:
            return Layer(tallied, blocks)
        return Layer(tallied, [frozenset(tallied)])

    def shown(self, group: Group) -> Group:
        """The group without what would be told of too few."""
        cells = self._cells_of(group)
        if not self._obtained.is_told(cells):
            return self._bare(group, with_candidates=not self._obtained.blocks)
        hidden, ends = self._hidden(group, cells), self._ends_told(group, cells)
        scores = group.scores if SCORE not in hidden else None
        counts: dict[str, Any] = {
            name: getattr(group, name) if end in ends else None for name, end in ENDS.items()
        }
        return group._replace(
            candidates=group.candidates if self._ends.is_told(cells) else None,
            **counts,
            scores=scores._replace(minimum=None, maximum=None) if scores else None,
            competences=tuple(
                NO_LEVELS if code in hidden else levels
                for code, levels in zip(CODES, group.competences, strict=True)
            ),
            labels=() if LABEL in hidden else _joined_labels(group.labels, self._labels_told(group, cells)),
            bins=_joined_bins(group.bins, self._bins.ranges(group)) if scores else (),
            withheld=hidden,
        )

    def _bare(self, group: Group, *, with_candidates: bool) -> Group:
        """Where too few obtained it: at most how many candidates there were."""
        return group._replace(
            candidates=group.candidates if with_candidates else None,
            obtained=None,
            rejected=None,
            cancelled=None,
            error=None,
            started=None,
            untold=None,
            scores=None,
            competences=(NO_LEVELS,) * len(CODES),
            labels=(),
            bins=(),
            withheld=frozenset((SCORE, LABEL, *CODES)),
        )

    def _cells_of(self, group: Group) -> frozenset[Cell]:
        if group.by is GroupKind.ALL:
            return self._cells
        return frozenset(self._named[0 if group.by is GroupKind.CLASS else 1, group.name])

    def _hidden(self, group: Group, cells: frozenset[Cell]) -> frozenset[str]:
        is_whole = group.by is GroupKind.ALL
        hidden = {
            what
            for what, layer in self._told.items()
            if not (layer.whole_tells_all if is_whole else layer.tells_all(cells))
        }
        untold = self._labels.values & {None}
        if self._has_scores or not untold <= self._labels_told(group, cells):
            hidden.add(LABEL)
        return frozenset(hidden)

    def _ends_told(self, group: Group, cells: frozenset[Cell]) -> Collection[Hashable]:
        """The ends whose count is told; what nobody has is told where all others are counted together."""
        if not self._ends.is_told(cells):
            return ()
        apart = self._ends.whole if group.by is GroupKind.ALL else self._ends.apart(cells)
        return apart | (set(ENDS.values()) - self._ends.values)

    def _labels_told(self, group: Group, cells: frozenset[Cell]) -> frozenset[Hashable]:
        return self._labels.whole if group.by is GroupKind.ALL else self._labels.apart(cells)


class _Bins:
    """The histograms of one year: the whole's first, then those of classes, made of the same bins."""

    def __init__(self, tallies: Mapping[Cell, Tally], told: Layer) -> None:
        """`tallies`: the lowest pix of the bin, None without a score; `told`: who has one."""
        self._of_block = {block: together(tallies[cell] for cell in block) for block in told.blocks}
        self._told = told
        self._of_class: dict[str, _Ranges] = {}
        self._of_whole = self._whole_ranges()
        cells_of: dict[str, set[Cell]] = defaultdict(set)
        for cell in tallies:
            cells_of[cell[0]].add(cell)
        for division in sorted(name for name, cells in cells_of.items() if name and told.tells_all(cells)):
            mine = [tally for block, tally in self._of_block.items() if block <= cells_of[division]]
            self._of_class[division] = _ranges(mine, self._of_whole)
            if self._cut_run(self._of_whole):
                del self._of_class[division]

    def ranges(self, group: Group) -> _Ranges:
        """The bins that a group shows as one; none of a session."""
        if group.by is GroupKind.ALL:
            return self._of_whole
        return self._of_class.get(group.name, ()) if group.by is GroupKind.CLASS else ()

    def _atoms(self) -> Iterator[Tally]:
        for block, tally in self._of_block.items():
            divisions = {division for division, _session in block}
            ranges = self._of_class.get(next(iter(divisions)), ()) if len(divisions) == 1 else ()
            if not self._told.tells_all(block):
                yield tally
                continue
            yield Counter({None: tally[None]})
            for values in ranges or [[value for value in tally if isinstance(value, int)]]:
                yield Counter({value: tally[value] for value in values})

    def _whole_ranges(self) -> _Ranges:
        values = sorted({v for tally in self._of_block.values() for v in +tally if isinstance(v, int)})
        found = _ranges([together(self._of_block.values())], [[value] for value in values])
        while (run := self._cut_run(found)) and len(found) > 1:
            start, end = run
            first = end - 1 if end < len(found) else start - 1 if start else 0
            found[first : first + 2] = [[*found[first], *found[first + 1]]]
        return [] if run else found

    def _cut_run(self, ranges: _Ranges) -> tuple[int, int] | None:
        """Ranges side by side that would tell of too few, from and to: any others are several such runs."""
        atoms = list(self._atoms())
        for end in range(1, len(ranges) + 1):
            for start in range(end):
                if not leaves_enough(atoms, set(chain.from_iterable(ranges[start:end]))):
                    return start, end
        return None


def _ranges(tallies: Sequence[Tally], bins: _Ranges) -> list[list[int]]:
    """The bins, each joined to the next ones until it is safe in each tally; none where all are not."""
    found: list[list[int]] = []
    for values in bins:
        if found and not _is_safe_range(tallies, found[-1]):
            found[-1].extend(values)
        else:
            found.append(list(values))
    while len(found) > 1 and not _is_safe_range(tallies, found[-1]):
        found[-2:] = [found[-2] + found[-1]]
    return found if not found or _is_safe_range(tallies, found[-1]) else []


def _is_safe_range(tallies: Iterable[Tally], values: Collection[int]) -> bool:
    return all(are_enough(sum(tally[value] for value in values)) for tally in tallies)


def _joined_labels(
    labels: Sequence[tuple[str, int]], kept: Collection[Hashable]
) -> tuple[tuple[str, int], ...]:
    others = sum(n for name, n in labels if name not in kept)
    found = tuple(one for one in labels if one[0] in kept)
    return (*found, (OTHERS, others)) if others else found


def _joined_bins(bins: Sequence[Bin], ranges: _Ranges) -> tuple[Bin, ...]:
    found = ((values, sum(one.n for one in bins if one.low in values)) for values in ranges)
    return tuple(Bin(values[0], values[-1] + BIN - 1, n) for values, n in found if n)
