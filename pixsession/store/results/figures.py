"""The figures of every group, from the statements of `queries/results`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from pixsession.domain.lesson.objectives import SCHOOL_OBJECTIVES
from pixsession.domain.results.figures import (
    BIN,
    NO_LEVELS,
    Bin,
    Group,
    GroupKind,
    Levels,
    ObjectiveFigures,
    Scores,
)
from pixsession.store.results.table import CertificationTable

_OBJECTIVES = tuple(objective.name for objective in SCHOOL_OBJECTIVES)
_Key = tuple[str, str, str]  # year, kind, name: the first columns of each statement


def groups_of(table: CertificationTable, *, detailed: bool = True) -> tuple[Group, ...]:
    """Every group of every year: all first, then the others by name.

    Without `detailed` schools have counts and scores alone: the levels of thousands take half the time.
    """
    if not detailed:
        table.look_at("members_as_a_whole")
    levels = {key: _levels(values) for key, values in _keyed(table.ask("levels"))}
    labels = _several(table.ask("labels"))
    bins = _several(table.ask("bins"))
    if not detailed:
        table.look_at("members_of_schools")
    scores = {key: _scores(values) for key, values in _keyed(table.ask("scores"))}
    untold = (NO_LEVELS,) * 16
    groups = (
        Group._make(
            (
                key[0],
                GroupKind(key[1]),
                key[2],
                *values,
                scores.get(key),
                levels.get(key, untold),
                tuple(labels[key]),
                tuple(Bin(low, low + BIN - 1, n) for low, n in bins[key]),
                frozenset(),
            )
        )
        for key, values in _keyed(table.ask("counts"))
    )
    return tuple(groups)


def objectives_of(table: CertificationTable) -> tuple[ObjectiveFigures, ...]:
    """What the objectives that schools set would have said, of all certifications of each year."""
    found = []
    for year, n, *counts in table.ask("objectives"):
        found += [
            ObjectiveFigures(year, name, reached, missed, n - reached - missed)
            for name, (reached, missed) in zip(_OBJECTIVES, _by(2, counts), strict=True)
        ]
    return tuple(found)


def _keyed(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[_Key, Sequence[Any]]]:
    return (((row[0], row[1], row[2]), row[3:]) for row in rows)


def _several(rows: Iterable[tuple[Any, ...]]) -> dict[_Key, list[tuple[Any, int]]]:
    found: dict[_Key, list[tuple[Any, int]]] = defaultdict(list)
    for key, (value, n) in _keyed(rows):
        found[key].append((value, n))
    return found


def _scores(values: Sequence[Any]) -> Scores:
    n, mean, deviation, minimum, q1, median, q3, maximum = values
    return Scores(n, mean, deviation, minimum, q1, median, q3, maximum)


def _levels(values: Sequence[Any]) -> tuple[Levels, ...]:
    return tuple(Levels(*(number or 0 for number in five)) for five in _by(5, values))


def _by(size: int, values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + size] for start in range(0, len(values), size))
