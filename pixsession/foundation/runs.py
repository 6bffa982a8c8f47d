"""What two series have in common, in stretches: what was made of the one is carried over to the other.

Nearly all lines of an export are those of the one before, a few in between are others. A stretch is compared
and copied as a whole, so that an export costs what changed rather than what it holds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

T = TypeVar("T")

_PIECE = 256  # compared at once
# What was put in or taken out is looked for over so many places, two of the lots that overtake each other in
# exports of Pix; then by a table of all.
NEAR = 48


class Run(NamedTuple):
    """A stretch of an old series that stands in a new one; of several, each is behind the other in both."""

    old: int
    new: int
    length: int


def common_runs(old: Sequence[T], new: Sequence[T]) -> list[Run]:
    """Stretches that both have, in order; nearly all of them, where the two are much alike.

    What was moved is in none of them.
    """
    runs: list[Run] = []
    at_old = at_new = 0
    while at_old < len(old) and at_new < len(new):
        if length := _equal_from(old, new, at_old, at_new):
            runs.append(Run(at_old, at_new, length))
            at_old, at_new = at_old + length, at_new + length
        elif (steps := steps_to_equal(old, new, at_old, at_new)) is not None:
            at_old, at_new = at_old + steps[0], at_new + steps[1]
        else:
            known = {one: place for place, one in enumerate(old[at_old:], at_old)}
            return [*runs, *rising_runs([known.get(one, -1) for one in new[at_new:]], at_new)]
    return runs


def _equal_from(old: Sequence[T], new: Sequence[T], at_old: int, at_new: int) -> int:
    """How many are equal from here on."""
    length = 0
    while True:
        mine = old[at_old + length : at_old + length + _PIECE]
        theirs = new[at_new + length : at_new + length + _PIECE]
        if mine != theirs:
            differing = (n for n, (one, other) in enumerate(zip(mine, theirs, strict=False)) if one != other)
            return length + next(differing, min(len(mine), len(theirs)))
        if not mine:
            return length
        length += len(mine)


def steps_to_equal(old: Sequence[T], new: Sequence[T], at_old: int, at_new: int) -> tuple[int, int] | None:
    """The fewest of each to be passed over until the two are equal again; None where that is not near."""
    for steps in range(1, NEAR):
        for skipped in range(steps + 1):
            one, other = at_old + skipped, at_new + steps - skipped
            if one < len(old) and other < len(new) and old[one] == new[other]:
                return skipped, steps - skipped
    return None


def rising_runs(kept: Sequence[int], first: int = 0) -> list[Run]:
    """The runs of a series that begins at `first`, of where each stood before (below zero: nowhere).

    The most that are still in their order.
    """
    staying = [place for place, old in enumerate(kept) if old >= 0]
    chosen = [staying[n] for n in _longest_rise([kept[place] for place in staying])]
    runs: list[Run] = []
    begin = last = -1  # of the stretch: its first and its last place; none before the first and behind all
    for place in (*reversed(chosen), -1):
        if 0 <= last == place - 1 and kept[place] == kept[last] + 1:
            last = place
            continue
        if last >= 0:
            runs.append(Run(kept[begin], begin + first, last + 1 - begin))
        begin = last = place
    return runs


def _longest_rise(numbers: Sequence[int]) -> Iterator[int]:
    """Where the numbers of a longest rising series stand, the last one first (patience sorting)."""
    tops: list[int] = []  # the lowest number that a rise of each length ends with
    lengths = []
    for number in numbers:
        length = bisect_left(tops, number)
        tops[length : length + 1] = [number]
        lengths.append(length)
    wanted, above = len(tops) - 1, float("inf")
    for place in range(len(numbers) - 1, -1, -1):
        if lengths[place] == wanted and numbers[place] < above:
            yield place
            wanted, above = wanted - 1, numbers[place]


def differing(old: Sequence[T], new: Sequence[T]) -> Iterator[T]:
    """What stands in one of the two alone, and what was moved, as both have it."""
    if old is not new:
        runs = common_runs(old, new)
        yield from (old[place] for place in gone_places(runs, len(old)))
        yield from (new[place] for place in new_places(runs, len(new)))


def without(runs: Iterable[Run], places: Collection[int], *, new: bool = False) -> Iterator[Run]:
    """These runs without the given places of the old series, or of the `new` one."""
    marks = sorted(places)
    for run in runs:
        begin = run.new if new else run.old
        done = 0
        for mark in marks[bisect_left(marks, begin) : bisect_left(marks, begin + run.length)]:
            if mark - begin > done:
                yield Run(run.old + done, run.new + done, mark - begin - done)
            done = mark - begin + 1
        if run.length > done:
            yield Run(run.old + done, run.new + done, run.length - done)


def new_places(runs: Iterable[Run], size: int) -> list[int]:
    """The places of a new series of this size that no run covers."""
    ends = [0, *(run.new + run.length for run in runs)]
    starts = [*(run.new for run in runs), size]
    return list(chain.from_iterable(map(range, ends, starts)))


def gone_places(runs: Iterable[Run], size: int) -> list[int]:
    """The places of an old series of this size that no run covers."""
    return new_places([Run(run.new, run.old, run.length) for run in runs], size)


def carried(runs: Iterable[Run], old: Sequence[T], others: Iterable[T], size: int) -> list[T]:
    """The new series of this size: what the runs carry over of the old one, in between the others in turn."""
    found: list[T] = []
    left = iter(others)
    for run in runs:
        found += (next(left) for _place in range(run.new - len(found)))
        found += old[run.old : run.old + run.length]
    found += (next(left) for _place in range(size - len(found)))
    return found
