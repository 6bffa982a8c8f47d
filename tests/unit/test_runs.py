"""Stretches that two series share: the new one is made again of the old one and of what is in no stretch."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pixsession.foundation.runs import (
    Run,
    carried,
    common_runs,
    gone_places,
    new_places,
    rising_runs,
    without,
)
from tests.factories.reached import reached

_SERIES = st.lists(st.integers(0, 9), max_size=60)


@given(old=_SERIES, new=_SERIES)
def test_what_two_series_share_and_what_they_do_not_is_all_of_both(old: list[int], new: list[int]) -> None:
    runs = common_runs(old, new)
    others = [new[place] for place in new_places(runs, len(new))]
    reached()
    assert carried(runs, old, others, len(new)) == new
    shared = [old[place] for run in runs for place in range(run.old, run.old + run.length)]
    assert sorted([*shared, *(old[place] for place in gone_places(runs, len(old)))]) == sorted(old)
    assert all(one.old + one.length <= other.old for one, other in pairwise(runs))


def test_a_stretch_goes_on_behind_what_is_new_other_or_gone() -> None:
    old = list(range(2_000))
    new = [*old[:500], -1, *old[501:900], *range(-60, -20), *old[900:1_500], *old[1_540:]]
    runs = common_runs(old, new)
    assert gone_places(runs, len(old)) == [500, *range(1_500, 1_540)]
    assert len(new_places(runs, len(new))) == 41


def test_what_was_moved_is_in_no_stretch() -> None:
    old = list("abcdefghijklmnopqrstuvwxyz")
    runs = common_runs(old, ["z", *old[:-1]])
    assert runs == [Run(0, 1, 25)]
    assert gone_places(runs, len(old)) == [25]


@given(st.lists(st.integers(-1, 12), max_size=40))
def test_a_rise_is_one(kept: list[int]) -> None:
    runs = rising_runs(kept)
    places = [(run.old + n, run.new + n) for run in runs for n in range(run.length)]
    reached()
    assert all(kept[new] == old for old, new in places)
    assert all(one < other for (one, _), (other, _) in pairwise(places))
    assert bool(runs) == any(old >= 0 for old in kept)


@given(places=st.sets(st.integers(0, 30)), new=st.booleans())
def test_a_stretch_is_cut_at_each_of_these_places(places: set[int], new: bool) -> None:
    runs = [Run(0, 4, 9), Run(12, 13, 8)]
    left = list(without(runs, places, new=new))

    def covered(runs: list[Run]) -> set[int]:
        return {(run.new if new else run.old) + n for run in runs for n in range(run.length)}

    reached()
    assert covered(left) == covered(runs) - places
    assert all(run.length > 0 and run.new - run.old in {4, 1} for run in left)
