"""How sure a change is: intervals against published ones, and what a handful may not say."""

from __future__ import annotations

import pytest

from pixsession.domain.results.certainty import score_difference, share_difference
from pixsession.domain.results.figures import NO_LEVELS, Group, GroupKind, Scores


def group(obtained: int, of: int, scores: Scores | None = None) -> Group:
    return Group(
        "2025-2026", GroupKind.ALL, "", of, obtained, of - obtained, 0, 0, 0, 0, scores, (NO_LEVELS,) * 16
    )


def scores(n: int, mean: float, deviation: float) -> Scores:
    return Scores(n, mean, deviation, 0, mean, mean, mean, 900)


@pytest.mark.parametrize(
    ("one", "two", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table II, method 10.
        ((48, 80), (56, 70), -0.3339, -0.0524),
        ((3, 10), (9, 10), -0.8090, -0.1705),
        ((2, 7), (6, 7), -0.8062, -0.0582),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 20), (0, 10), -0.2775, 0.1611),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_shares_have_newcombe_s_interval(
    one: tuple[int, int], two: tuple[int, int], low: float, high: float
) -> None:
    found = share_difference(group(*two), group(*one))
    assert found
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


def test_scores_have_welch_s_interval() -> None:
    found = score_difference(group(9, 9, scores(15, 20.0, 2.6)), group(9, 9, scores(10, 23.0, 4.1)))
    assert found
    # t(0.975; 13.8) = 2.1478, standard error 1.4603
    assert (found.found, found.low, found.high) == pytest.approx((3.0, -0.137, 6.137), abs=0.01)


def test_of_fewer_than_five_scores_nothing_is_said() -> None:
    assert score_difference(group(4, 4, scores(4, 20.0, 2.6)), group(9, 9, scores(9, 23.0, 4.1))) is None
    assert score_difference(group(4, 4), group(9, 9, scores(9, 23.0, 4.1))) is None


def test_without_a_test_judged_nothing_is_said() -> None:
    assert share_difference(group(0, 0), group(3, 4)) is None


def test_a_difference_is_sure_only_where_its_interval_leaves_zero_out() -> None:
    few = share_difference(group(6, 10), group(8, 10))
    many = share_difference(group(600, 1000), group(800, 1000))
    assert few
    assert many
    assert not few.is_sure
    assert many.is_sure
