"""Figures of groups from what the statements answer; the table is a fake."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from pixsession.domain.lesson.objectives import SCHOOL_OBJECTIVES
from pixsession.domain.results.figures import (
    NO_LEVELS,
    Bin,
    Group,
    GroupKind,
    Levels,
    ObjectiveFigures,
    Scores,
)
from pixsession.store.results.figures import groups_of, objectives_of
from pixsession.store.results.table import CertificationTable, has_parquet, schools_in

YEAR = "2025-2026"
WHOLE, CLASS, OTHER = (YEAR, "all", ""), (YEAR, "class", "3eA"), ("2024-2025", "class", "3eA")
LEVELS = ((3, 7, 3, 2, 1), (0, None, None, None, None), *[(1, 1, 1, 0, 0)] * 14)


class Table:
    """Answers statements with the rows given, and keeps what it was asked, in order."""

    def __init__(self, **rows: list[tuple[Any, ...]]) -> None:
        self._rows = rows
        self.asked: list[str] = []

    def ask(self, name: str) -> list[tuple[Any, ...]]:
        self.asked.append(name)
        return self._rows.get(name, [])

    def look_at(self, members: str) -> None:
        self.asked.append(members)


def table() -> Table:
    return Table(
        counts=[(*WHOLE, 9, 5, 1, 1, 1, 1, 0), (*CLASS, 3, 2, 1, 0, 0, 0, 0), (*OTHER, 1, 0, 0, 0, 0, 0, 1)],
        scores=[(*WHOLE, 5, 200.5, 10.25, 100, 150.0, 200.0, 250.0, 300)],
        levels=[(*WHOLE, *(number for five in LEVELS for number in five))],
        labels=[(*WHOLE, "Avancé 1", 2), (*WHOLE, "Indépendant 2", 3), (*CLASS, "Avancé 1", 1)],
        bins=[(*WHOLE, 128, 2), (*WHOLE, 192, 3)],
    )


def groups(found: Table, *, detailed: bool = True) -> tuple[Group, ...]:
    return groups_of(cast("CertificationTable", found), detailed=detailed)


def test_each_group_has_its_own_figures_in_the_order_of_the_counts() -> None:
    found = groups(table())
    assert [(one.year, one.by, one.name) for one in found] == [
        (YEAR, GroupKind.ALL, ""), (YEAR, GroupKind.CLASS, "3eA"), ("2024-2025", GroupKind.CLASS, "3eA"),
    ]  # fmt: skip
    whole, of_class, other = found
    assert whole[3:10] == (9, 5, 1, 1, 1, 1, 0)
    assert whole.scores == Scores(5, 200.5, 10.25, 100, 150.0, 200.0, 250.0, 300)
    assert whole.competences == (Levels(3, 7, 3, 2, 1), NO_LEVELS, *[Levels(1, 1, 1, 0, 0)] * 14)
    assert whole.labels == (("Avancé 1", 2), ("Indépendant 2", 3))
    assert whole.bins == (Bin(128, 191, 2), Bin(192, 255, 3))
    assert of_class.labels == (("Avancé 1", 1),)
    assert (of_class.scores, of_class.competences, of_class.bins) == (None, (NO_LEVELS,) * 16, ())
    assert (other.labels, other.untold, other.withheld) == ((), 1, frozenset())


def test_of_many_schools_the_levels_are_asked_of_all_at_once_and_the_scores_of_each() -> None:
    found = table()
    assert groups(found, detailed=False) == groups(table())
    asked = found.asked
    assert asked.index("members_as_a_whole") < asked.index("levels") < asked.index("members_of_schools")
    assert asked.index("bins") < asked.index("members_of_schools") < asked.index("scores")
    assert asked.index("members_of_schools") < asked.index("counts")
    whole = table()
    groups(whole)
    assert not {"members_as_a_whole", "members_of_schools"} & set(whole.asked)


def test_objectives_are_reached_missed_or_left_open_by_what_is_not_told() -> None:
    rows = [("2024-2025", 10, 6, 3, 5, 5, 0, 10), (YEAR, 4, 4, 0, 1, 1, 2, 0)]
    found = objectives_of(cast("CertificationTable", Table(objectives=rows)))
    names = [one.name for one in SCHOOL_OBJECTIVES]
    assert list(found) == [
        ObjectiveFigures("2024-2025", names[0], 6, 3, 1),
        ObjectiveFigures("2024-2025", names[1], 5, 5, 0),
        ObjectiveFigures("2024-2025", names[2], 0, 10, 0),
        ObjectiveFigures(YEAR, names[0], 4, 0, 0),
        ObjectiveFigures(YEAR, names[1], 1, 1, 2),
        ObjectiveFigures(YEAR, names[2], 2, 0, 2),
    ]


@pytest.mark.parametrize(("most", "count"), [(1, 1), (2, 2), (3, 3), (4, 3), (10, 3)])
def test_a_school_counts_once_however_many_years_it_has(tmp_path: Path, most: int, count: int) -> None:
    for place in (
        "year=1/school=a",
        "year=1/school=b",
        "year=2/school=a",
        "year=2/school=c",
        "other/school=d",
    ):
        (tmp_path / place).mkdir(parents=True)
    assert schools_in(tmp_path, most) == count
    assert not has_parquet(tmp_path)
    (tmp_path / "year=1" / "data.parquet").touch()
    assert not has_parquet(tmp_path)
    (tmp_path / "year=1" / "school=b" / "data.parquet").touch()
    assert has_parquet(tmp_path)
