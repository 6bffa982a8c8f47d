"""The words of a lesson, its bars and its small charts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.lesson.aim_words import objective_name
from pixsession.domain.lesson.objectives import SCHOOL_OBJECTIVES, Objective, path_to
from pixsession.domain.lesson.spread import spread_of
from pixsession.domain.lesson.view import GroupPoint, LessonState, StudentLesson
from pixsession.domain.lesson.words import (
    group_words,
    idle_words,
    lesson_state_counted,
    lesson_state_symbol,
    lesson_state_word,
    lesson_words,
    objective_words,
    path_words,
    percent_words,
    progress_bar,
    quartile_words,
    sparkline,
    spread_words,
    way_of,
    won_words,
)
from tests.factories.exports import moment
from tests.factories.lessons import point, profile
from tests.factories.reached import reached


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
