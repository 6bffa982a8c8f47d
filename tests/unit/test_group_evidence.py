"""What groups are made of: their sizes and limits, ties, what is unknown, what an objective asks for."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pixsession.domain.board.snapshot import BoardRow, CampaignProgress
from pixsession.domain.lesson.aims import Aim, AimCounts, aim_counts
from pixsession.domain.lesson.choice import choice_of
from pixsession.domain.lesson.group import help_for, helper_level, weakest_competences
from pixsession.domain.lesson.mastery import (
    Share,
    mastery_of,
    missing_of,
    path_of,
    percents,
    shares,
    weakest_first,
)
from pixsession.domain.lesson.objectives import (
    OBJECTIVE_PRESETS,
    SCHOOL_OBJECTIVES,
    Objective,
    path_to,
)
from pixsession.domain.lesson.targeted import TargetedPlan, completed, targeted_sessions
from pixsession.domain.pix.assessment import Mastery
from pixsession.domain.pix.campaign import Campaign
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.eligibility import Profile
from tests.factories.lesson_sheets import lesson_board, lesson_session
from tests.factories.lessons import profile
from tests.factories.mastery import RENTREE, sent_path
from tests.factories.snapshots import row, snapshot

FIVE = SCHOOL_OBJECTIVES[0]
ALL_BUT = dict.fromkeys(CODES, 100)


def by_profile(number: int, *pix: int | None, name: str = "") -> BoardRow:
    return row(number, name or f"E{number:02}")._replace(profile=profile(*pix))


def by_path(number: int, rates: Mapping[str, int] | None, campaign: Campaign = RENTREE) -> BoardRow:
    return sent_path(row(number, f"E{number:02}")._replace(profile=None), rates, campaign)


def groups(plan: TargetedPlan) -> list[tuple[str, list[int]]]:
    return [(one.competence, [called.row.student_id for called in one.students]) for one in plan.sessions]


# -- targeted sessions --------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "called"), [(2, 0), (3, 3), (8, 8), (9, 8)])
def test_a_group_is_of_three_to_eight(count: int, called: int) -> None:
    profiles = [by_profile(number, 8, 8, 8, 8, 7) for number in range(1, count + 1)]
    paths = [by_path(number, {**ALL_BUT, "2.2": 49}) for number in range(1, count + 1)]
    for rows in (profiles, paths):
        assert groups(targeted_sessions(rows, FIVE, 1)) == [("2.2", [*range(1, called + 1)])][:called]
    assert targeted_sessions(profiles, FIVE, 1).would_reach == called


def test_of_more_than_fit_those_whom_it_brings_to_the_objective_come() -> None:
    on_the_way = [by_profile(number, 7, 8, 8, 8) for number in range(1, 8)]  # one more is missing then
    there_after = [by_profile(number, 2, 8, 8, 8, 8) for number in range(8, 12)]
    (group,) = targeted_sessions([*on_the_way, *there_after], FIVE, 1).sessions
    assert group.competence == "1.1"
    assert [(one.row.student_id, one.pix_missing) for one in group.students] == [
        *((number, 1) for number in (1, 2, 3, 4)), *((number, 6) for number in (8, 9, 10, 11)),
    ]  # fmt: skip


def test_everybody_is_called_once_and_a_competence_once() -> None:
    profiles = [by_profile(number, 8, 8, 8, 8, 7, 6) for number in range(1, 13)]
    plan = targeted_sessions(profiles, FIVE, 5)
    assert groups(plan) == [("2.2", [1, 2, 3, 4, 5, 6, 7, 8]), ("2.3", [9, 10, 11, 12])]
    assert (plan.reached, plan.would_reach, plan.known, plan.unknown) == (0, 12, 12, 0)
    paths = [by_path(number, {**ALL_BUT, "1.2": 20, "4.1": 30}) for number in range(1, 13)]
    assert groups(targeted_sessions(paths, FIVE, 5)) == [
        ("4.1", [1, 2, 3, 4, 5, 6, 7, 8]), ("1.2", [9, 10, 11, 12]),
    ]  # fmt: skip
    assert groups(targeted_sessions(paths, FIVE, 0)) == []


def test_slots_that_profiles_leave_go_to_paths_and_no_more() -> None:
    profiles = [by_profile(number, 8, 8, 8, 8, 7) for number in (1, 2, 3)]
    paths = [by_path(number, {**ALL_BUT, "3.1": 20, "4.1": 30}) for number in range(4, 16)]
    of_both = [sent_path(one, {"3.1": 0, "4.1": 0}) for one in profiles]  # the profile counts
    for rows in (profiles, of_both):
        found = {slots: groups(targeted_sessions([*rows, *paths], FIVE, slots)) for slots in (1, 2, 3)}
        assert found[1] == [("2.2", [1, 2, 3])]
        assert found[2] == [*found[1], ("4.1", [4, 5, 6, 7, 8, 9, 10, 11])]
        assert found[3] == [*found[2], ("3.1", [12, 13, 14, 15])]
    plan = targeted_sessions([*profiles, *paths], FIVE, 3)
    assert (plan.reached, plan.would_reach, plan.known, plan.unknown) == (0, 3, 3, 12)


def test_of_paths_most_students_come_first_then_who_masters_most() -> None:
    rows = [by_path(number, {**ALL_BUT, "1.1": 10, "5.2": 10 + number}) for number in (1, 2, 3)]
    assert groups(targeted_sessions(rows, FIVE, 1)) == [("5.2", [3, 2, 1])]
    more = [*rows, by_path(4, {**ALL_BUT, "1.1": 0})]
    assert groups(targeted_sessions(more, FIVE, 1)) == [("1.1", [1, 2, 3, 4])]
    tied = [by_path(number, {**ALL_BUT, "1.2": 0, "5.2": 0}) for number in (1, 2, 3)]
    assert groups(targeted_sessions(tied, FIVE, 1)) == [("1.2", [1, 2, 3])]
    unknown = [by_path(number, {"1.1": 50, "2.1": 60}) for number in (1, 2, 3)]
    assert groups(targeted_sessions(unknown, FIVE, 1)) == []


def test_the_path_of_the_lesson_makes_the_groups() -> None:
    other = Campaign("AUTRE2222", "AUTRE2222", "Autre")
    rows = [sent_path(by_path(number, {"1.1": 0}, other), {"2.1": 0}) for number in (1, 2, 3)]
    assert groups(targeted_sessions(rows, FIVE, 1)) == [("2.1", [1, 2, 3])]
    assert groups(targeted_sessions(rows, FIVE, 1, other)) == [("1.1", [1, 2, 3])]
    helper = sent_path(by_path(4, {"1.1": 75}, other), {"1.1": 0})
    (group,) = targeted_sessions([*rows, helper], FIVE, 1, other).sessions
    assert [one.student_id for one in group.helpers] == [4]


def test_equals_stand_by_name() -> None:
    names = ("ZOLA", "Éluard", "BON")
    rows = [by_profile(number, 8, 8, 8, 8, 7, name=name) for number, name in enumerate(names)]
    assert groups(targeted_sessions(rows, FIVE, 1)) == [("2.2", [2, 1, 0])]
    firsts = [one._replace(last_name="BON", first_name=first) for one, first in zip(rows, "CAB", strict=True)]
    assert groups(targeted_sessions(firsts, FIVE, 1)) == [("2.2", [1, 2, 0])]


@pytest.mark.parametrize(("least", "helpers"), [(1, [4, 5]), (3, [4]), (4, [])])
def test_who_helps_has_the_level_asked_for(least: int, helpers: list[int]) -> None:
    missing = [by_profile(number, 8, 8, 8, 8, 7) for number in (1, 2, 3)]
    others = [by_profile(4, 8, 8, 8, 8, 24), by_profile(5, 8, 8, 8, 8, 16), by_profile(6, 8, 8)]
    (group,) = targeted_sessions([*missing, *others], FIVE, 1, None, least).sessions
    assert [one.student_id for one in group.helpers] == helpers


def test_what_cannot_be_read_is_neither_reached_nor_called() -> None:
    doubtful = [by_profile(number, 8, 8, 8, 8, None) for number in (1, 2, 3)]
    plan = targeted_sessions([*doubtful, by_profile(4, 8, 8, 8, 8, 8)], FIVE, 2)
    assert plan[1:] == ((), 1, 1, 1, 3)


def test_a_competence_brought_to_a_level_loses_nothing() -> None:
    before = Profile((0, 3, None, *[0] * 13), (5, 30, None, *[0] * 13))
    assert completed(before, "1.1", 1) == Profile((1, *before.levels[1:]), (8, *before.competence_pix[1:]))
    assert completed(before, "1.2", 2) == before
    unreadable = completed(before, "1.3", 2)
    assert (unreadable.levels[:4], unreadable.competence_pix[:4]) == ((0, 3, 2, 0), (5, 30, 16, 0))


# -- objectives ---------------------------------------------------------------------------------


def test_more_than_the_areas_ask_for_is_taken_from_the_nearest() -> None:
    way = path_to(Objective("x", 4, 1, 1), profile(8, 1, 2, 7, 0, 0, 0, 6))
    assert [(step.competence, step.for_area) for step in way.steps] == [
        ("2.1", "2"), ("3.1", "3"), ("4.1", "4"), ("5.1", "5"),
    ]  # fmt: skip
    assert len(path_to(Objective("x", 6, 1, 1), profile(8, 1, 2, 7)).steps) == 5
    assert path_to(Objective("x", 6, 1, 1), profile(8, 1, 2, 7)).steps[-1][:] == ("1.3", 6, None)


def test_the_presets_count_what_they_say() -> None:
    six = OBJECTIVE_PRESETS["6e"]
    assert [path_to(six, profile(*[8] * count)).reached for count in (2, 3)] == [False, True]
    lycee = OBJECTIVE_PRESETS["lycee"]
    assert [path_to(lycee, profile(*[16] * 15, pix)).reached for pix in (15, 16)] == [False, True]


def test_how_many_have_reached_it_and_of_how_many_it_is_not_known() -> None:
    rows = [
        by_profile(1, *[8] * 5)._replace(division="5eA"),
        by_profile(2, 8, 8, 8, 8, 7, None)._replace(division="5eA"),
        by_profile(3, 8)._replace(division="Club"),
        by_profile(4, 8)._replace(division=None, group="5e A"),
        row(5, place="5eA")._replace(profile=None),
        by_profile(6, *[8] * 5)._replace(division=None),
    ]
    assert aim_counts(rows, Aim(FIVE)) == AimCounts(2, 4, 2)
    assert [Aim(FIVE).is_short(one) for one in rows] == [False, True, True, True, True, False]
    assert [Aim(None).path(one) is None for one in rows] == [False, False, True, False, False, True]
    assert [Aim(None).is_short(one) for one in rows] == [True, True, False, True, True, False]
    assert aim_counts(rows, Aim(None)) == AimCounts(0, 2, 2)


# -- what to choose -----------------------------------------------------------------------------


def chosen(rates: Mapping[str, int], objective: Objective, count: int) -> list[str]:
    return [one.competence for one in choice_of([by_path(1, rates)], None, objective, count).chosen]


def test_each_area_has_its_place_as_far_as_there_is_room() -> None:
    rates = {"1.1": 90, "1.2": 91, "1.3": 92, "2.1": 80, "2.2": 81, "3.1": 70, "4.1": 60, "5.1": 55}
    one_each = OBJECTIVE_PRESETS["5e"]
    assert chosen(rates, FIVE, 5) == ["1.3", "1.2", "1.1", "2.2", "2.1"]
    assert chosen(rates, one_each, 5) == ["1.3", "2.2", "3.1", "4.1", "5.1"]
    assert chosen(rates, one_each, 6) == ["1.3", "1.2", "2.2", "3.1", "4.1", "5.1"]
    assert chosen(rates, one_each, 4) == ["1.3", "1.2", "1.1", "2.2"]  # not one for each of five
    assert chosen(rates, one_each._replace(min_per_area=2), 10) == [
        "1.3", "1.2", "1.1", "2.2", "2.1", "3.1", "4.1", "5.1",
    ]  # fmt: skip
    assert chosen(rates, FIVE, 0) == []
    others = choice_of([by_path(1, rates)], None, one_each).others
    assert [one.competence for one in others] == ["1.2", "1.1", "2.1"]


def test_who_can_comes_before_the_mean_and_of_equals_the_first() -> None:
    rows = [
        by_path(1, {"1.1": 50, "1.2": 0, "1.3": 50, "2.1": 49}),
        by_path(2, {"1.1": 50, "1.2": 100, "1.3": 50}),
    ]
    found = choice_of(rows, None, FIVE, 4)
    assert [(one.competence, one.able, one.known) for one in found.chosen] == [
        ("1.1", 2, 2), ("1.3", 2, 2), ("1.2", 1, 2), ("2.1", 0, 1),
    ]  # fmt: skip


# -- mastery ------------------------------------------------------------------------------------


def sent(campaign: Campaign, **rates: float | None) -> CampaignProgress:
    found = tuple((name[1:].replace("_", "."), Mastery(rate, 5, None)) for name, rate in rates.items())
    return CampaignProgress(campaign, "assessment", "one", True, None, competences=found)


def test_the_newest_results_tell_where_the_lesson_has_none() -> None:
    other = Campaign("AUTRE2222", "AUTRE2222", "Autre")
    begun = CampaignProgress(RENTREE, "assessment", "one", False, None, progress=0.5)
    newest, older = sent(other, c1_1=0.1), sent(other, c1_1=0.9)
    student = row(1)._replace(participations=(begun, newest, older), profile=None)
    assert path_of(student) is path_of(student, RENTREE) is path_of(student, other) is newest
    assert path_of(row(1)._replace(participations=(begun,))) is None
    named = student._replace(participations=(sent(RENTREE, cNumérique=0.5, c1_1=0.2),))
    assert set(mastery_of(named)) == {"1.1"}  # "umérique" is no code of the CRCN
    only_names = student._replace(participations=(sent(RENTREE, cNumérique=0.5),))
    assert percents(only_names) is None
    assert missing_of(only_names) is None


@pytest.mark.parametrize(("rate", "percent"), [(0.0, 0), (0.494, 49), (0.496, 50), (0.999, 100), (1.0, 100)])
def test_per_cents_are_rounded_as_pix_does(rate: float, percent: int) -> None:
    student = row(1)._replace(participations=(sent(RENTREE, c1_1=rate),), profile=None)
    assert percents(student) == (percent, *[None] * 15)
    missing = missing_of(student)
    assert missing is not None
    assert [one.amount for one in missing] == ([percent] if percent < 50 else [])


def test_equal_shares_stand_as_in_the_framework_and_unknown_ones_nowhere() -> None:
    values = [(10, 60, 50, None, *[None] * 12), (60, 10, 50, 90, *[None] * 12), None]
    found = shares(values, 50)
    assert found[:5] == (
        Share("1.1", 1, 2, 35.0), Share("1.2", 1, 2, 35.0), Share("1.3", 2, 2, 50.0),
        Share("2.1", 1, 1, 90.0), Share("2.2", 0, 0, None),
    )  # fmt: skip
    assert [one.competence for one in weakest_first(reversed(found))] == ["1.2", "1.1", "1.3", "2.1"]
    lower = Share("5.1", 2, 4, 34.0)  # the same share, a lower mean
    assert weakest_first([*found[:3], lower])[0] is lower
    assert weakest_first([Share("1.1", 0, 1, 0.0)]) == (Share("1.1", 0, 1, 0.0),)


# -- who helps ----------------------------------------------------------------------------------


def test_of_whom_neither_path_nor_profile_tells_is_not_known() -> None:
    rows = [
        by_path(1, {"1.1": 75}),
        by_path(2, {"1.1": 74}),
        by_path(3, {"2.1": 100}),  # this path does not ask for it
        by_path(4, None),
        by_profile(5, 24),
        by_profile(6, 23),
        by_profile(7, None),
        sent_path(by_profile(8, 0), {"1.1": 80}),
    ]
    found = help_for(reversed(rows), "1.1")
    assert [one.student_id for one in found.able] == [1, 5, 8]
    assert found.unknown == 2
    assert [one.student_id for one in help_for(rows, "1.1", None, 2).able] == [1, 5, 6, 8]
    firsts = [
        by_profile(number, 24, name="BON")._replace(first_name=first) for number, first in enumerate("BCA")
    ]
    assert [one.first_name for one in help_for(firsts, "1.1").able] == ["A", "B", "C"]


def test_the_session_file_says_from_which_level_one_helps() -> None:
    session = lesson_session()
    asked = session._replace(lesson=session.lesson._replace(helper_level=5))
    assert (helper_level(None), helper_level(snapshot())) == (3, 3)
    assert helper_level(lesson_board((), {}, of=asked)) == 5


@pytest.mark.parametrize(("level", "counts"), [(1, (2, 3)), (2, (1, 3)), (3, (0, 3))])
def test_a_competence_of_a_group_by_level(level: int, counts: tuple[int, int]) -> None:
    rows = [by_profile(1, 16), by_profile(2, 8), by_profile(3, 7), by_profile(4, None)]
    found = {one.competence: one for one in weakest_competences(rows, level)}["1.1"]
    assert (found.at_level, found.known, found.mean_level) == (*counts, 1.0)
