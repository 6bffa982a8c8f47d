"""The words of a lesson, its bars and its small charts."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.lesson.aim_words import aim_cell, aim_name, objective_name
from pixsession.domain.lesson.aims import Aim
from pixsession.domain.lesson.choice import Choice
from pixsession.domain.lesson.mastery import Evidence, Share
from pixsession.domain.lesson.objectives import SCHOOL_OBJECTIVES, Objective, path_to
from pixsession.domain.lesson.spread import spread_of
from pixsession.domain.lesson.targeted import TargetedPlan, TargetedSession, TargetedStudent
from pixsession.domain.lesson.view import GroupPoint, LessonState, StudentLesson, UnknownPlaces
from pixsession.domain.lesson.words import (
    can_reach_words,
    choice_words,
    group_words,
    hours_words,
    idle_words,
    lesson_state_counted,
    lesson_state_symbol,
    lesson_state_word,
    lesson_words,
    missing_words,
    objective_words,
    path_words,
    percent_words,
    plan_words,
    progress_bar,
    quartile_words,
    sparkline,
    spread_words,
    state_or_doubt,
    unknown_words,
    way_of,
    won_words,
)
from tests.factories.exports import moment
from tests.factories.lessons import lesson_of, point, profile
from tests.factories.reached import reached
from tests.factories.snapshots import row


def lesson(state: LessonState, idle: int | None = None) -> StudentLesson:
    return StudentLesson(state, (), 0.5, None, None, idle)


def test_every_state_has_its_own_word_and_symbol() -> None:
    assert len({lesson_state_word(state) for state in LessonState}) == len(LessonState)
    for ascii_only in (False, True):
        symbols = {lesson_state_symbol(state, ascii_only) for state in LessonState}
        assert len(symbols) == len(LessonState)
        assert all(len(symbol) == 1 for symbol in symbols)
        assert not ascii_only or all(symbol.isascii() for symbol in symbols)


def test_a_count_stands_before_its_state() -> None:
    assert lesson_state_counted(LessonState.STUCK, 2) == "2 stuck"
    assert all(lesson_state_counted(state, 0).startswith("0 ") for state in LessonState)


@pytest.mark.parametrize(
    ("fraction", "said"),
    [(None, "—"), (0, "0%"), (0.001, "1%"), (0.5, "50%"), (0.614, "61%"), (0.999, "99%"), (1, "100%")],
)
def test_hundred_is_said_of_the_whole_alone(fraction: float | None, said: str) -> None:
    assert percent_words(fraction) == said


@pytest.mark.parametrize(
    ("change", "said"), [(None, ""), (0.0, "="), (0.001, "="), (0.122, "+12%"), (-0.05, "−5%")]
)
def test_what_was_won(change: float | None, said: str) -> None:
    assert won_words(change) == said


def test_the_words_behind_a_state_say_what_to_do_or_since_when() -> None:
    assert lesson_words(lesson(LessonState.STUCK, 20)) == "no progress for 20 min"
    assert lesson_words(lesson(LessonState.NOT_SHARED, 5)) == "has to send the results"
    absent = lesson(LessonState.NOT_STARTED)
    assert lesson_words(absent) == "in no export yet"
    assert lesson_words(absent._replace(points=(point("14:05", 0),))) == "no progress yet"
    assert lesson_words(lesson(LessonState.WORKING, 0)) == ""
    assert lesson_words(lesson(LessonState.BEHIND, 65)) == "no progress for 1 h 05"
    assert lesson_words(lesson(LessonState.FINISHED)) == ""
    assert (idle_words(lesson(LessonState.WORKING, 12)), idle_words(lesson(LessonState.WORKING))) == (
        "12 min",
        "",
    )


def test_the_totals_of_the_group() -> None:
    now = GroupPoint(moment("14:05"), 0.614, 9, 5, 3, 2, 14)
    assert group_words(now) == ("9 of 14 started", "5 halfway", "3 finished", "2 sent", "median 61%")
    assert len(group_words(now._replace(median=None))) == 4
    assert quartile_words(now) == ""
    assert quartile_words(now._replace(quartiles=(0.325, 0.999))) == "Q1 33 Q3 99"


def test_the_way_stands_under_the_exports_of_the_group() -> None:
    seen = [point("14:10", 0.2), point("14:20", 0.4)]
    student = lesson(LessonState.WORKING)._replace(points=tuple(seen))
    times = [moment(at) for at in ("14:05", "14:10", "14:15", "14:20", "14:25")]
    assert way_of(student, times) == (None, 0.2, 0.2, 0.4, 0.4)
    assert way_of(lesson(LessonState.NOT_STARTED), times) == (None,) * 5


def test_the_spread_has_a_mark_for_each_student() -> None:
    progress = [0.0, 0.19, 0.2, 0.61, 0.999, 1.0, 1.0]
    bands = spread_of(lesson(LessonState.WORKING)._replace(progress=value) for value in progress)
    dot = " / "
    assert (
        spread_words(bands, "█", dot) == "0-20 ██ 2 / 20-40 █ 1 / 40-60 0 / 60-80 █ 1 / 80-100 █ 1 / 100 ██ 2"
    )
    assert spread_words(bands, "", dot).startswith("0-20 2 / 20-40 1 / 40-60 0")
    assert sum(band.students for band in bands) == len(progress)


def test_an_objective_in_words() -> None:
    assert [objective_words(objective) for objective in SCHOOL_OBJECTIVES] == [
        "5 competences at level 1", "5 competences at level 1, 1 in each area", "16 competences at level 1",
    ]  # fmt: skip
    assert objective_words(Objective("x", 1, 3)) == "1 competence at level 3"
    assert objective_name(Objective("a\x1b[31m", 1, 1)) == "a�[31m"


def test_the_way_in_words() -> None:
    certifiable, fifth, _last = SCHOOL_OBJECTIVES
    read = profile(8, 8, 8, 8, 7)
    assert path_words(path_to(certifiable, read)) == "1 competence missing: 2.2 Partager (1 pix)"
    assert path_words(path_to(fifth, read), 1) == ("3 competences missing: 3.1 Textes (8 pix, for area 3), …")
    assert path_words(path_to(certifiable, profile(*[8] * 5))) == "reached"
    assert path_words(path_to(certifiable, None)) == "unknown: no profile sent"
    assert path_words(path_to(certifiable, profile(None))) == "to check: unreadable levels"


@pytest.mark.parametrize(
    ("fraction", "bar", "plain"),
    [
        (0, "░░░░", "----"), (0.001, "▏░░░", "#---"), (0.5, "██░░", "##--"), (0.625, "██▌░", "##--"),
        (0.999, "███▉", "###-"), (1, "████", "####"), (1.5, "████", "####"), (None, "    ", "    "),
    ],
)  # fmt: skip
def test_a_bar_is_full_only_when_all_is_done(fraction: float | None, bar: str, plain: str) -> None:
    assert progress_bar(fraction, 4) == bar
    assert progress_bar(fraction, 4, ascii_only=True) == plain


@given(
    fractions=st.lists(st.floats(0, 1), min_size=2, max_size=2), width=st.integers(1, 40), plain=st.booleans()
)
def test_a_bar_has_its_width_and_grows_with_the_fraction(
    fractions: list[float], width: int, plain: bool
) -> None:
    lengths = []
    for fraction in sorted(fractions):
        bar = progress_bar(fraction, width, plain)
        reached()
        assert len(bar) == width
        lengths.append(
            sum("█▉▊▋▌▍▎▏".find(cell) >= 0 and 8 - "█▉▊▋▌▍▎▏".index(cell) for cell in bar.replace("#", "█"))
        )
    reached()
    assert lengths == sorted(lengths)


def test_a_chart_has_one_character_a_value() -> None:
    assert sparkline([0, 0.5, None, 1], 10) == "▁▅ █"
    assert sparkline([0, 0.5, None, 1], 10, ascii_only=True) == "_= #"
    assert sparkline([0, 64, 128], 3, highest=128) == "▁▅█"
    assert sparkline([3], 3, highest=0) == "▁"
    assert sparkline([], 5) == sparkline([1], 0) == ""


@given(values=st.lists(st.none() | st.floats(0, 1), max_size=60), width=st.integers(1, 30))
def test_a_chart_too_long_keeps_its_ends(values: list[float | None], width: int) -> None:
    line = sparkline(values, width)
    reached()
    assert len(line) == min(len(values), width)
    if values:
        reached()
        assert line[-1] == sparkline(values[-1:], 1)
        assert width == 1 or line[0] == sparkline(values[:1], 1)


def test_the_planned_hours() -> None:
    assert hours_words(lesson_of(date(2026, 3, 12), time(14), minutes=75)) == "14:00-15:15"
    assert hours_words(lesson_of(date(2026, 3, 12))) == ""


@pytest.mark.parametrize(("count", "more"), [(8, False), (9, True)])
def test_of_the_classes_that_were_read_eight_are_named(count: int, more: bool) -> None:
    read = tuple((f"3e{letter}", at + 1) for at, letter in enumerate("ABCDEFGHI"[:count]))
    words = unknown_words(UnknownPlaces(("4eZ\x1b", "4eY"), read))
    assert words.startswith("unknown: 4eZ�, 4eY; read: 3eA (1), 3eB (2), ")
    assert words.endswith("3eH (8), …" if more else "3eH (8)")


def test_a_namesake_is_to_be_checked_whatever_the_state() -> None:
    one = lesson(LessonState.NOT_STARTED)
    assert state_or_doubt(one) == "not started"
    assert state_or_doubt(one._replace(is_doubtful=True)) == "to check"


@pytest.mark.parametrize(
    ("change", "said"), [(0.004, "="), (0.005, "+1%"), (-0.004, "="), (-0.005, "−1%"), (1.0, "+100%")]
)
def test_a_gain_is_rounded_as_people_do(change: float, said: str) -> None:
    assert won_words(change) == said


def test_all_the_steps_are_named_where_they_fit() -> None:
    path = path_to(SCHOOL_OBJECTIVES[0], profile(8, 8, 8, 1, 7))
    assert path_words(path, 2) == "2 competences missing: 2.2 Partager (1 pix), 2.1 Interagir (7 pix)"
    assert path_words(path, 1) == "2 competences missing: 2.2 Partager (1 pix), …"
    assert path_words(path) == path_words(path, 3) == path_words(path, 2)


def test_what_is_missing_in_a_group_is_told_by_its_evidence() -> None:
    one = TargetedStudent(row(1), 3)
    assert (missing_words(one), missing_words(one._replace(percent=0))) == ("−3 pix", "0%")
    assert missing_words(one._replace(percent=49)) == "49%"


def test_from_what_is_chosen_and_of_how_many_nothing_is_known() -> None:
    share = Share("1.1", 1, 2, 45.25)
    by_path = Choice(Evidence.PATH, (share,), (), 0)
    assert "in the path" in choice_words(by_path)
    assert choice_words(by_path).endswith("level 1.")
    assert choice_words(by_path._replace(unknown=1)).endswith(" Unknown of 1 student.")
    assert choice_words(by_path._replace(evidence=Evidence.PROFILE, unknown=2)).endswith(
        "(no results of a path). Unknown of 2 students."
    )
    assert choice_words(by_path._replace(chosen=(), unknown=2)).startswith("Nothing to choose from")
    assert can_reach_words(share, Evidence.PATH) == "mean 45%"
    assert can_reach_words(share, Evidence.PROFILE) == "mean 45.2 pix"
    assert can_reach_words(share._replace(mean=None), Evidence.PATH) == "mean 0%"


def test_what_the_groups_would_reach_is_told_with_what_is_not_known() -> None:
    plan = TargetedPlan(SCHOOL_OBJECTIVES[0], (), 1, 3, 5, 0)
    reached_words = "Objective reached by 1 of 5; 3 if every group succeeds."
    no_group = "No group: fewer than three miss the same competence."
    assert plan_words(plan) == f"{reached_words} {no_group}"
    some = plan._replace(sessions=(TargetedSession("1.1", (), ()),))
    assert plan_words(some) == reached_words
    assert plan_words(some._replace(unknown=2)) == (
        f"{reached_words} Unknown of 2 students: no profile, or one that cannot be read."
    )


def test_a_way_in_a_few_cells() -> None:
    certifiable = SCHOOL_OBJECTIVES[0]
    paths = [path_to(certifiable, one) for one in (profile(*[8] * 5), profile(8, 8), profile(None), None)]
    assert [aim_cell(path) for path in (*paths, None)] == ["✔", "3 to go", "?", "?", ""]
    assert aim_cell(paths[0], ascii_only=True) == "+"
    assert aim_name(Aim(certifiable)) == objective_name(certifiable) == "eligible"
    assert aim_name(Aim(None)) == "that of each year, by the class"


def test_a_bar_without_room_and_a_chart_thinned_out() -> None:
    assert progress_bar(0.5, 0) == progress_bar(None, 0) == ""
    assert progress_bar(-0.5, 2) == "░░"
    assert progress_bar(0.3, 10, ascii_only=True) == "###-------"  # 0.3 of ten is three
    assert sparkline([0, 0, 1, 1, 0.5], 3) == "▁█▅"
    assert sparkline([0, 1], 1) == "█"
    assert sparkline([0, 1], 2) == "▁█"
    assert sparkline([2, -1], 2) == "█▁"
