"""Objectives: when one is reached, and which way there is the shortest."""

from __future__ import annotations

import pytest

from pixsession.domain.lesson.objectives import (
    MOST_PER_AREA,
    SCHOOL_OBJECTIVES,
    Objective,
    Step,
    path_to,
)
from pixsession.domain.pix.eligibility import Profile
from tests.factories.lessons import profile

CERTIFIABLE, FIFTH, LAST_YEARS = SCHOOL_OBJECTIVES


def test_the_objectives_of_schools() -> None:
    assert [objective[1:] for objective in SCHOOL_OBJECTIVES] == [(5, 1, 0), (5, 1, 1), (16, 1, 0)]
    assert MOST_PER_AREA == 2


def test_five_in_two_areas_are_enough_for_one_objective_and_not_for_the_other() -> None:
    five = profile(8, 8, 8, 8, 8)
    assert path_to(CERTIFIABLE, five)[1:] == (True, 5, ())
    # 3.1, 4.1 and 5.1 are the first of those that are all 8 pix short.
    steps = (Step("3.1", 8, "3"), Step("4.1", 8, "4"), Step("5.1", 8, "5"))
    assert path_to(FIFTH, five)[1:] == (False, 5, steps)
    assert path_to(LAST_YEARS, five).competences == 5
    assert len(path_to(LAST_YEARS, five).steps) == 11


def test_the_nearest_competences_come_first() -> None:
    way = path_to(CERTIFIABLE, profile(8, 8, 8, 3, 7, 0, 6, 7))
    assert way.steps == (Step("2.2", 1, None), Step("3.1", 1, None))


def test_those_that_an_area_asks_for_come_before_the_others() -> None:
    # Areas 1 to 3 have one each; 4 and 5 are far, and 2.2 is near: yet the areas cannot be left out.
    areas = profile(8, 0, 0, 8, 7, 0, 0, 8, 0, 0, 0, 1, 2, 0, 3, 0)
    two = (Step("5.1", 5, "5"), Step("4.2", 6, "4"))
    assert path_to(FIFTH, areas).steps == two
    assert path_to(FIFTH._replace(min_competences=6), areas).steps == (*two, Step("2.2", 1, None))


def test_a_higher_level_is_eight_pix_a_level() -> None:
    way = path_to(Objective("3", 1, 3), profile(23, 17))
    assert way[1:] == (False, 0, (Step("1.1", 1, None),))


def test_an_area_never_needs_more_than_it_has() -> None:
    every = profile(*[8] * 16)
    assert path_to(Objective("x", 16, 1, 4), every).reached is True
    short = profile(*[8] * 15, 0)
    assert path_to(Objective("x", 16, 1, 4), short).steps == (Step("5.2", 8, "5"),)


def test_an_unknown_profile_says_nothing() -> None:
    assert path_to(CERTIFIABLE, None)[1:] == (None, None, ())


@pytest.mark.parametrize(
    ("read", "reached"),
    [
        (profile(8, 8, 8, 8, 8, None), True),  # reached anyway
        (profile(8, 8, 8, 8, 7, None), None),
        (profile(0, None), None),
        (Profile((0,) * 16, (9, *[0] * 15)), None),  # 9 pix at level 0: one of both is wrong
        (Profile((0,) * 16, (None, *[0] * 15)), None),
        (profile(0), False),
    ],
)
def test_what_cannot_be_read_leaves_it_open(read: Profile, reached: bool | None) -> None:
    way = path_to(CERTIFIABLE, read)
    assert way.reached is reached
    assert bool(way.steps) is (reached is False)


@pytest.mark.parametrize(("count", "reached"), [(14, False), (15, False), (16, True)])
def test_all_competences_are_sixteen_and_not_fifteen(count: int, reached: bool) -> None:
    way = path_to(LAST_YEARS, profile(*[8] * count))
    assert (way.reached, way.competences, len(way.steps)) == (reached, count, 16 - count)
