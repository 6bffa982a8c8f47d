"""The lines of a campaign from export to export: which are versions that go on, which begin, which end."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

# A student and a line of theirs. From one export to the next, a line that is repeated is the same object.
Entry = tuple[int, Any]

_NEW = -1
_LEAST_GAP = 1e-6  # between the orders of two lines; below, the versions of the campaign begin anew


class Content(NamedTuple):
    """The lines of one export in the order of its file, the version of each, and its order in the chain."""

    entries: Sequence[Entry]
    versions: Sequence[int]
    orders: Sequence[float]


EMPTY = Content((), (), ())


class Step(NamedTuple):
    """From one export of a chain to the next: its content, where in it versions begin, and which end."""

    content: Content
    begun: Sequence[int]
    ended: Sequence[int]


def step(
    before: Content, entries: Sequence[Entry], next_version: int, kept: Sequence[int] | None = None
) -> Step:
    """The content of the next export of a chain, of these lines; its new versions are numbered on.

    `kept`: where in the content before each line stood, below zero for a new one; None: that is looked for.
    """
    kept = _in_order(_places(before.entries, entries) if kept is None else kept)
    begun = [place for place, old in enumerate(kept) if old < 0]
    orders = _orders(before, kept, begun)
    if orders is None:
        kept, begun = [_NEW] * len(entries), list(range(len(entries)))
        orders = [float(place) for place in begun]
    going_on, new = before.entries, iter(range(next_version, next_version + len(begun)))
    content = Content(
        # Another version is another object, also of a line that was only moved.
        [(*entry,) if old < 0 else going_on[old] for old, entry in zip(kept, entries, strict=True)],
        [next(new) if old < 0 else before.versions[old] for old in kept],
        orders,
    )
    there = set(kept)
    ended = [version for place, version in enumerate(before.versions) if place not in there]
    return Step(content, begun, ended)


def _places(before: Sequence[Entry], entries: Sequence[Entry]) -> list[int]:
    """Where each line stood before; of equal ones the first left."""
    known: dict[Entry, deque[int]] = defaultdict(deque)
    for place, entry in enumerate(before):
        known[entry].append(place)
    return [places.popleft() if (places := known.get(entry)) else _NEW for entry in entries]


def _in_order(kept: Sequence[int]) -> Sequence[int]:
    """The same, lines that were moved being new: the most that are still in their order go on."""
    old = [place for place in kept if place >= 0]
    if all(one < other for one, other in pairwise(old)):
        return kept
    staying = set(_longest_rise(old))
    return [place if place in staying else _NEW for place in kept]


def _longest_rise(numbers: Sequence[int]) -> Iterator[int]:
    """A longest rising series among different numbers, last one first (patience sorting)."""
    tops: list[int] = []  # the lowest number that a rise of each length ends with
    lengths = []
    for number in numbers:
        length = bisect_left(tops, number)
        tops[length : length + 1] = [number]
        lengths.append(length)
    wanted = len(tops) - 1
    for number, length in zip(reversed(numbers), reversed(lengths), strict=True):
        if length == wanted:
            yield number
            wanted -= 1


def _orders(before: Content, kept: Sequence[int], begun: Sequence[int]) -> list[float] | None:
    """The order of each line: of new ones between those beside them; None where there is no room."""
    orders = [0.0 if old < 0 else before.orders[old] for old in kept]
    first = 0
    while first < len(begun):
        end = first + 1
        while end < len(begun) and begun[end] == begun[end - 1] + 1:
            end += 1
        start, count = begun[first], end - first
        above = orders[start - 1] if start else None
        below = orders[start + count] if start + count < len(orders) else None
        if above is None:
            above = 0.0 if below is None else below - count - 1
        gap = 1.0 if below is None else (below - above) / (count + 1)
        if gap < _LEAST_GAP:
            return None
        orders[start : start + count] = [above + gap * (number + 1) for number in range(count)]
        first = end
    return orders
