"""Targeted sessions: sizes, slots, fewest pix first; what they would reach, against brute force."""

from __future__ import annotations

import random

import pytest

from pixsession.domain.lesson.objectives import SCHOOL_OBJECTIVES, Objective
from pixsession.domain.lesson.targeted import LEAST, MOST, TargetedPlan, targeted_sessions
from pixsession.domain.lesson.words import plan_words
from pixsession.domain.pix.competences import CODES
from tests.factories.lessons import profile
from tests.factories.snapshots import row

FIVE = Objective("5e", 5, 1, min_per_area=1)


def reaches(pix: list[int], objective: Objective) -> bool:
    """The objective by its own words, from the pix alone."""
    there = [code for code, one in zip(CODES, pix, strict=True) if one // 8 >= objective.min_level]
    areas = [sum(code[0] == area for code in there) for area in "12345"]
    return len(there) >= objective.min_competences and min(areas) >= objective.min_per_area


def drawn(seed: int, slots: int | None = None) -> tuple[dict[int, list[int]], TargetedPlan, Objective, int]:
    dice = random.Random(seed)
    objective = dice.choice(SCHOOL_OBJECTIVES)
    slots_drawn = dice.randint(1, 4)
    pix = {number: [dice.choice((0, 3, 7, 8, 17)) for _ in CODES] for number in range(1, dice.randint(4, 25))}
    rows = [row(number)._replace(profile=profile(*cells)) for number, cells in pix.items()]
    return pix, targeted_sessions(rows, objective, slots or slots_drawn), objective, slots_drawn


@pytest.mark.parametrize("seed", range(40))
def test_what_would_be_reached_is_what_trying_says(seed: int) -> None:
    pix, plan, objective, slots = drawn(seed)
    assert plan.reached == sum(reaches(cells, objective) for cells in pix.values())
    assert len(plan.sessions) <= slots
    called = [one.row.student_id for session in plan.sessions for one in session.students]
    assert len(called) == len(set(called))
    for session in plan.sessions:
        at = CODES.index(session.competence)
        missing = [one.pix_missing for one in session.students]
        assert LEAST <= len(missing) <= MOST
        assert missing == sorted(missing)
        for one in session.students:
            cells = pix[one.row.student_id]
            assert one.pix_missing == 8 * objective.min_level - cells[at] > 0
            cells[at] = 8 * objective.min_level
    assert plan.would_reach == sum(reaches(cells, objective) for cells in pix.values())


@pytest.mark.parametrize("seed", range(40))
def test_no_other_first_group_brings_more_to_the_objective(seed: int) -> None:
    pix, plan, objective, _slots = drawn(seed, slots=1)
    most = 0
    for at in range(len(CODES)):
        tried = {who: [8 if i == at else one for i, one in enumerate(cells)] for who, cells in pix.items()}
        won = [who for who in pix if not reaches(pix[who], objective) and reaches(tried[who], objective)]
        if len(won) >= LEAST:
            most = max(most, min(MOST, len(won)))
    assert plan.would_reach - plan.reached >= most


def test_fewer_than_three_are_no_group_and_without_a_profile_nothing_is_known() -> None:
    two = [row(number)._replace(profile=profile(8, 8, 8, 8, 7)) for number in (1, 2)]
    plan = targeted_sessions([*two, row(3)._replace(profile=None)], SCHOOL_OBJECTIVES[0], 4)
    assert plan[1:] == ((), 0, 0, 2, 1)
    assert plan_words(plan).startswith("Objective reached by 0 of 2; 0 if")


def test_who_has_an_unreadable_cell_in_a_competence_is_not_called_for_it() -> None:
    low, nothing = profile(*[3] * 16), (None,) * 16
    unread = (low._replace(levels=nothing), low._replace(competence_pix=nothing))
    rows = [row(number)._replace(profile=found) for number, found in enumerate((low, *unread, low, low), 1)]
    plan = targeted_sessions(rows, FIVE, 2)
    called = [[one.row.student_id for one in session.students] for session in plan.sessions]
    assert called == [[1, 4, 5]] * len(called) != []


def test_where_nothing_is_known_no_figure_is_told() -> None:
    unknown = targeted_sessions([row(1)._replace(profile=None)], SCHOOL_OBJECTIVES[0], 4)
    assert "reached" not in plan_words(unknown)
    assert "Unknown of 1 student" in plan_words(unknown)
