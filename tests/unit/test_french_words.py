"""What the code glues together, in French: moments, counts, numbers, and what the system refuses."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from pixsession.domain.board.changes import Change, ChangeKind
from pixsession.domain.board.wording import (
    at_words,
    change_sentence,
    counted_state,
    dated_words,
    day_words,
    figures_words,
    from_words,
    half_up,
    number_words,
    sent_at_words,
    state_at_words,
    states_word,
    until_words,
)
from pixsession.domain.certification.day import ActionKind, DayState
from pixsession.domain.certification.refusals import refusal
from pixsession.domain.certification.words import clock_words, counted_day_state, day_states_word
from pixsession.domain.lesson.view import LessonState
from pixsession.domain.lesson.words import percent_words
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import use_language
from pixsession.foundation.system_errors import cause_words
from pixsession.ui.certification.columns import short_day_count
from pixsession.ui.lesson.symbols import lesson_count
from tests.factories.days import SESSION, act, clock, day_after, row_for

MORNING = datetime.fromisoformat("2026-03-12T09:30")
THE_SAME_DAY, THE_NEXT_DAY = MORNING.replace(hour=11), datetime.fromisoformat("2026-03-13T08:00")
ROW = row_for()
K = ActionKind


@pytest.fixture(autouse=True)
def french(elsewhere: object) -> None:
    use_language("fr")


@pytest.mark.parametrize(
    ("words", "today", "another_day"),
    [
        (at_words, "à 09:30", "le 12 mars"),
        (from_words, "09:30", "le 12 mars"),
        (until_words, "jusqu’à 09:30", "jusqu’au 12 mars"),
        (state_at_words, "à 09:30", "du 12 mars à 09:30"),
    ],
)
def test_a_moment_is_said_whole(
    words: Callable[[datetime, datetime], str], today: str, another_day: str
) -> None:
    assert words(MORNING, THE_SAME_DAY) == today
    assert words(MORNING, THE_NEXT_DAY) == another_day


def test_a_moment_in_full_has_its_time_on_other_days_too() -> None:
    assert at_words(MORNING, THE_NEXT_DAY, in_full=True) == "le 12 mars à 09:30"
    assert from_words(MORNING, THE_NEXT_DAY, in_full=True) == "le 12 mars à 09:30"
    assert until_words(MORNING, THE_NEXT_DAY, in_full=True) == "jusqu’au 12 mars à 09:30"
    assert at_words(MORNING, THE_SAME_DAY, in_full=True) == "à 09:30"


def test_the_first_of_a_month() -> None:
    assert day_words(date(2026, 3, 1), MORNING.date()) == "1er mars"
    assert day_words(date(2026, 4, 11), MORNING.date()) == "11 avr."
    assert at_words(datetime.fromisoformat("2026-02-01T08:00"), MORNING) == "le 1er févr."


@pytest.mark.parametrize(
    ("sent_at", "words"),
    [
        (None, ""),
        ("2026-03-12T10:14", "à 10:14"),
        ("2026-03-11T10:14", "le 11 mars"),
        ("2026-03-12", "le 12 mars"),
        ("hier", "hier"),
    ],
)
def test_when_a_profile_was_sent_in_a_sentence(sent_at: str | None, words: str) -> None:
    assert sent_at_words(sent_at, MORNING) == words


def test_dates_of_files_are_written_as_people_do() -> None:
    assert figures_words("2026-03-19T08:45") == "19/03/2026 08:45"
    assert figures_words("2011-07-02") == "02/07/2011"
    assert figures_words("3eA") == "3eA"
    assert dated_words("2026-03-19T08:45") == "le 19/03/2026 à 08:45"
    assert dated_words("2026-03-19") == "le 19/03/2026"


@pytest.mark.parametrize(
    ("gestures", "today", "another_day"),
    [
        ((K.START, K.FINISH), "terminé à 10:30", "terminé le 12 mars"),
        ((K.START, K.STOP), "arrêté à 10:30", "arrêté le 12 mars"),
        ((K.ABSENT,), "noté à 10:30", "noté le 12 mars"),
    ],
)
def test_the_clock_of_a_board_that_is_opened_again(
    gestures: tuple[ActionKind, ...], today: str, another_day: str
) -> None:
    times = ("08:55", "10:30")[-len(gestures) :]
    row = row_for(state=Eligibility.ELIGIBLE)
    day = day_after(row, [act(kind, at, row) for kind, at in zip(gestures, times, strict=True)])
    assert clock_words(row, day, SESSION, clock("11:00")) == today
    assert clock_words(row, day, SESSION, clock("08:00") + timedelta(days=1)) == another_day


@pytest.mark.parametrize("kind", [K.REDIRECT, K.PRESENT, K.ABSENT, K.LATE])
def test_a_refusal_of_another_day_is_a_sentence(kind: ActionKind) -> None:
    row = row_for(state=Eligibility.NOT_ELIGIBLE)
    day = day_after(row, [act(kind, "08:52", row)])
    why = refusal(kind, row, day, SESSION, clock("08:00") + timedelta(days=1))
    assert why is not None
    assert "le 12 mars à 08:52" in why
    assert "à le" not in why


def test_counts_agree() -> None:
    assert counted_day_state(DayState.OVERTIME, 1) == "1 dépassé"
    assert counted_day_state(DayState.OVERTIME, 3) == "3 dépassés"
    assert short_day_count(DayState.NOT_SENT, 1) == "1 non envoyé"
    assert short_day_count(DayState.NOT_SENT, 3) == "3 non envoyés"
    assert counted_state(Eligibility.NOT_IN_EXPORT, 2) == "2 hors export"
    assert lesson_count(LessonState.FINISHED, 9) == "9 terminés"
    assert lesson_count(LessonState.STUCK, 1) == "1 bloqué"
    assert lesson_count(LessonState.NOT_STARTED, 3) == "3 à lancer"


def test_a_filter_is_of_several_students() -> None:
    assert [states_word(state) for state in Eligibility] == [
        "non certifiables",
        "à vérifier",
        "non envoyés",
        "hors export",
        "certifiables",
    ]
    assert day_states_word(DayState.EXPECTED) == "attendus"
    assert len({day_states_word(state) for state in DayState}) == len(DayState)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (None, "MARTIN Lou devient certifiable (12 compétences)"),
        ("4", "MARTIN Lou devient certifiable (4 → 12)"),
    ],
)
def test_nothing_is_compared_with_a_dash(before: str | None, words: str) -> None:
    change = Change(ChangeKind.BECAME_ELIGIBLE, MORNING, 1, "MARTIN", "Lou", before=before, after="12")
    assert change_sentence(change).replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("number", "words"), [(0.1, "0,1"), (100000.0, "100\u202f000"), (5, "5"), (33.3, "33,3")]
)
def test_numbers(number: float, words: str) -> None:
    assert number_words(number) == words


def test_numbers_in_english() -> None:
    use_language("en")
    assert (number_words(0.1), number_words(100000.0)) == ("0.1", "100,000")


@pytest.mark.parametrize(
    ("number", "whole"), [(12.5, 13), (13.5, 14), (12.4, 12), (-12.5, -13), (28.499999999999996, 29), (0, 0)]
)
def test_halves_are_rounded_up(number: float, whole: int) -> None:
    assert half_up(number) == whole


def test_a_percentage_of_an_eighth() -> None:
    assert percent_words(0.125) == "13\xa0%"
    assert percent_words(0.996) == "99\xa0%"


@pytest.mark.parametrize(
    "number",
    [
        errno.ENOENT,
        errno.EACCES,
        errno.EPERM,
        errno.ENOSPC,
        errno.EROFS,
        errno.EIO,
        errno.EBUSY,
        errno.ENAMETOOLONG,
        errno.ETIMEDOUT,
        errno.ENOTDIR,
        errno.EISDIR,
        errno.EMFILE,
        errno.ENOMEM,
    ],
)
def test_what_the_system_refuses_is_said_in_the_language_in_use(number: int) -> None:
    error = OSError(number, os.strerror(number), "/home/x/BARBIER Lou.csv")
    french = cause_words(error)
    assert "erreur du système" not in french
    assert os.strerror(number) not in french
    assert "BARBIER" not in french
    use_language("en")
    assert cause_words(error) != french


def test_what_windows_refuses_is_said_in_words() -> None:
    class WindowsError(OSError):
        winerror: int

    for number, words in ((32, "un autre programme s’en sert"), (112, "le disque est plein")):
        error = WindowsError(errno.EACCES, "Access is denied")
        error.winerror = number
        assert cause_words(error) == words


def test_a_cause_that_is_not_known_has_its_name() -> None:
    assert cause_words(OSError(errno.EDOM, "x")) == "erreur du système EDOM"
    assert cause_words(OSError("no number")) == "erreur du système I/O"
