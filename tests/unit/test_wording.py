"""The words of the board, in English: French is the catalogue's affair."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from pixsession.domain.board.changes import Change, ChangeKind, Delta
from pixsession.domain.board.wording import (
    age_words,
    change_sentence,
    change_time,
    counted_state,
    day_words,
    delta_words,
    dots,
    export_words,
    gap_words,
    nearest_words,
    sent_words,
    span_words,
    state_symbol,
    state_word,
)
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.eligibility import Eligibility, Gap

NOW = datetime.fromisoformat("2026-03-12T09:48")


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


@pytest.mark.parametrize("ascii_only", [True, False])
def test_every_state_has_its_own_symbol_and_word(ascii_only: bool) -> None:
    symbols = {state_symbol(state, ascii_only=ascii_only) for state in Eligibility}
    words = {state_word(state) for state in Eligibility}
    assert len(symbols) == len(words) == len(Eligibility)
    assert all(len(symbol) == 1 and (symbol.isascii() or not ascii_only) for symbol in symbols)


@pytest.mark.parametrize("state", list(Eligibility))
def test_counts_by_state(state: Eligibility) -> None:
    assert counted_state(state, 0).startswith("0 ")
    assert counted_state(state, 4).startswith("4 ")


@pytest.mark.parametrize(("count", "line"), [(0, "○○○○○"), (3, "●●●○○"), (5, "●●●●●"), (11, "●●●●●")])
def test_dots_never_go_beyond_the_rule(count: int, line: str) -> None:
    assert dots(count, 5) == line
    assert len(dots(count, 5, ascii_only=True)) == 5


@pytest.mark.parametrize(
    ("sent_at", "words"),
    [
        ("2026-03-12T09:31", "09:31"),
        ("2026-03-11T09:31", "11 Mar"),
        ("2026-03-12", "12 Mar"),
        ("2025-03-13", "13 Mar 2025"),
        ("2021-12-16", "16 Dec 2021"),
        (None, ""),
        ("no date", "no date"),
    ],
)
def test_when_a_profile_was_sent(sent_at: str | None, words: str) -> None:
    assert sent_words(sent_at, NOW) == words


def test_a_day_of_another_year_says_so_only_where_it_may_be_mistaken() -> None:
    assert day_words(date(2025, 12, 20), NOW.date()) == "20 Dec"
    assert day_words(date(2025, 3, 20), NOW.date()) == "20 Mar 2025"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=3), "3 min"),
        (timedelta(minutes=125), "2 h 05"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=4), "4 days"),
        (timedelta(minutes=-5), "0 min"),
    ],
)
def test_spans(span: timedelta, words: str) -> None:
    assert span_words(span) == words


def test_the_age_of_the_board() -> None:
    assert age_words(ago(seconds=20), NOW) == "just now"
    assert age_words(ago(minutes=3), NOW) == "3 min ago"
    assert export_words(None, NOW) == "no export yet"
    assert export_words(ago(minutes=3), NOW) == "export of 09:45, 3 min ago"
    assert export_words(ago(days=2), NOW) == "export of 10 Mar at 09:48, 2 days ago"


def test_what_is_nearest() -> None:
    gaps = (Gap("2.2", 1), Gap("4.3", 3), Gap("1.2", 5))
    assert gap_words(gaps[0]) == "2.2 −1"
    assert nearest_words(gaps, 2) == "2.2 −1  4.3 −3"
    assert nearest_words(gaps, 2, with_name=True).count("pix") == 2
    assert all(gap_words(Gap(code, 1), with_name=True) for code in CODES)


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        (Delta(1, 12, NOW), "▲ +1 comp. +12 pix"),
        (Delta(-1, -8, NOW), "▼ −1 comp. −8 pix"),
        (Delta(0, 3, NOW), "▲ +3 pix"),
        (Delta(1, 0, NOW), "▲ +1 comp."),
    ],
)
def test_what_changed(delta: Delta, words: str) -> None:
    assert delta_words(delta) == words
    assert delta_words(delta, ascii_only=True).isascii()


def change(kind: ChangeKind) -> Change:
    return Change(kind, NOW, 1, "MARTIN", "Lucas", "3eA", "4", "5", "2026-03-12T09:31")


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_every_change_has_a_sentence_that_names_the_student(kind: ChangeKind) -> None:
    assert "MARTIN Lucas" in change_sentence(change(kind))


def test_a_sentence_is_fit_to_be_painted() -> None:
    hostile = change(ChangeKind.CHANGED_CLASS)._replace(last_name="\x1b[2J", before="\u202e", after=None)
    sentence = change_sentence(hostile)
    assert "\x1b" not in sentence
    assert "\u202e" not in sentence
    assert "—" in sentence
    assert "— is" in change_sentence(hostile._replace(kind=ChangeKind.TO_CHECK, last_name="", first_name=" "))


def test_the_time_of_a_change_is_that_of_the_send_where_it_was_that_day() -> None:
    assert change_time(change(ChangeKind.PROGRESSED), NOW) == "09:31"
    for sent_at in (None, "2026-03-12", "2026-03-11T09:31"):
        assert change_time(change(ChangeKind.PROGRESSED)._replace(sent_at=sent_at), NOW) == "09:48"


def test_in_full_a_change_of_another_day_has_its_time_too() -> None:
    later = NOW + timedelta(days=1)
    told = change(ChangeKind.PROGRESSED)
    assert change_time(told, NOW, in_full=True) == "09:31"
    assert change_time(told, later, in_full=True).endswith(", 09:31")
    assert "09:31" not in change_time(told, later)
