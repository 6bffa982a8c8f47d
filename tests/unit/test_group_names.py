"""Half-groups as schools write them: one group under many names, and never two under one."""

from __future__ import annotations

from itertools import combinations

import pytest

from pixsession.domain.people.identities import asked_keys, group_key, group_keys, place_keys

FIRST = ("5eB gr1", "5EB GR1", "5EB_GR1", "5eB-1", "5B groupe 1", "5èmeB G1", "5eB demi-groupe 1", "5 B / 1")
OTHERS = ("5eB gr2", "5eA gr1", "5eB", "5eB gr11", "ANG1", "6eB gr1")


@pytest.mark.parametrize(("one", "other"), list(combinations(FIRST, 2)))
def test_one_group_is_one_however_it_is_written(one: str, other: str) -> None:
    assert group_key(one) == group_key(other)


@pytest.mark.parametrize("other", OTHERS)
def test_another_group_is_another(other: str) -> None:
    assert group_key(other) != group_key(FIRST[0])


@pytest.mark.parametrize(
    ("division", "cell"),
    [
        ("5eB", "gr1"), ("5eB", "G1"), ("5eB", "groupe 1"), ("5eB", "5eB-1"), ("", "5B groupe 1"),
        ("5eB", "[5EB GR1], [ANG1]"), ("5eB", "5EB_GR1, ANG LV1"), ("5ème B", "ANG1; Gr 1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("asked", FIRST)
def test_a_cell_of_a_list_is_of_the_group_that_is_asked_for(division: str, cell: str, asked: str) -> None:
    assert asked_keys((asked,)) & place_keys(division, cell)


@pytest.mark.parametrize(
    ("division", "cell"),
    [("5eB", "gr2"), ("5eA", "gr1"), ("5eB", ""), ("5eB", "5eB-2"), ("5eC", "[5EC GR1], [ANG1]")],
)
@pytest.mark.parametrize("asked", FIRST)
def test_nobody_else_is_called(division: str, cell: str, asked: str) -> None:
    assert not asked_keys((asked,)) & place_keys(division, cell)


def test_a_group_without_its_class_is_that_of_every_class() -> None:
    assert all(asked_keys(("gr1",)) & place_keys(place, f"{place} G1") for place in ("5eA", "5eB"))
    assert not asked_keys(("gr1",)) & place_keys("5eA", "5eA G2")


def test_a_cell_without_a_group_has_none() -> None:
    assert group_keys(" , []") == frozenset()
    assert place_keys("", "") == frozenset()
