"""The lines of a campaign from export to export: which are versions that go on, which begin, which end."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from itertools import repeat
from typing import Any, NamedTuple

from pixsession.foundation.runs import Run, carried, gone_places, new_places, rising_runs

# A student and a line of theirs. From one export to the next, a line that is repeated is the same object.
Entry = tuple[int, Any]

_LEAST_GAP = 1e-6  # between the orders of two lines; below, the versions of the campaign begin anew


class Content(NamedTuple):
    """The lines of one export in the order of its file, the version of each, and its order in the chain."""

    entries: Sequence[Entry]
    versions: Sequence[int]
    orders: Sequence[float]


EMPTY = Content((), (), ())


class Step(NamedTuple):
    """From one export of a chain to the next: its content, where in it versions begin, and which end.

    `gone`: the lines of those that end.
    """

    content: Content
    begun: Sequence[int]
    ended: Sequence[int]
    gone: Sequence[Entry]


def step(
    before: Content, entries: Sequence[Entry], next_version: int, runs: Sequence[Run] | None = None
) -> Step:
    """The content of the next export of a chain, of these lines; its new versions are numbered on.

    `runs`: which of the lines stood in the content before; None: that is looked for. A line that was moved
    is a new version.
    """
    size = len(entries)
    runs = rising_runs(_places(before.entries, entries)) if runs is None else runs
    begun = new_places(runs, size)
    orders = _orders(carried(runs, before.orders, repeat(0.0), size), begun)
    if orders is None:
        runs, begun = (), list(range(size))
        orders = [float(place) for place in begun]
    versions = range(next_version, next_version + len(begun))
    content = Content(
        # Another version is another object, also of a line that was only moved.
        carried(runs, before.entries, ((*entries[place],) for place in begun), size),
        carried(runs, before.versions, versions, size),
        orders,
    )
    ends = gone_places(runs, len(before.versions))
    return Step(
        content,
        begun,
        [before.versions[place] for place in ends],
        [before.entries[place] for place in ends],
    )


def _places(before: Sequence[Entry], entries: Sequence[Entry]) -> list[int]:
    """Where each line stood before, below zero for a new one; of equal ones the first left."""
    known: dict[Entry, deque[int]] = defaultdict(deque)
    for place, entry in enumerate(before):
        known[entry].append(place)
    return [places.popleft() if (places := known.get(entry)) else -1 for entry in entries]


def _orders(orders: list[float], begun: Sequence[int]) -> list[float] | None:
    """The order of each line: of new ones between those beside them; None where there is no room."""
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
