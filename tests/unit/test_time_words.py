"""When something was, and how much: the words of times and numbers at their edges, in English."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from pixsession.domain.board.changes import Change, ChangeKind, Delta
from pixsession.domain.board.file_kinds import FILE_KINDS, file_kind_words
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import HiddenCampaigns, HiddenReason
from pixsession.domain.board.wording import (
    age_words,
    at_words,
    change_moment,
    change_sentence,
    dated_words,
    day_words,
    delta_words,
    dots,
    export_words,
    exported_words,
    figures_words,
    from_words,
    full_moment_words,
    gap_words,
    half_up,
    hidden_words,
    iso_day_words,
    moment_words,
    nearest_words,
    number_words,
    sent_at_words,
    sent_words,
    span_words,
    state_at_words,
    state_symbol,
    states_word,
    time_and_day,
    until_words,
    weekday_words,
)
from pixsession.domain.pix.campaign import Campaign
from pixsession.domain.pix.eligibility import Eligibility, Gap
from pixsession.readers.export import ExportKind

NOW = datetime.fromisoformat("2026-03-12T09:48")
TODAY, YESTERDAY = datetime.fromisoformat("2026-03-12T00:00"), datetime.fromisoformat("2026-03-11T23:59")


@pytest.mark.parametrize(
    ("told", "today", "another_day"),
    [
        (moment_words, "00:00", "11 Mar"),
        (full_moment_words, "00:00", "11 Mar, 23:59"),
        (at_words, "at 00:00", "on 11 Mar"),
        (lambda at, now: at_words(at, now, in_full=True), "at 00:00", "on 11 Mar at 23:59"),
        (from_words, "00:00", "11 Mar"),
        (lambda at, now: from_words(at, now, in_full=True), "00:00", "11 Mar at 23:59"),
        (until_words, "until 00:00", "until 11 Mar"),
        (lambda at, now: until_words(at, now, in_full=True), "until 00:00", "until 11 Mar at 23:59"),
        (state_at_words, "at 00:00", "of 11 Mar at 23:59"),
        (exported_words, "export of 00:00", "export of 11 Mar at 23:59"),
    ],
)
def test_a_time_today_and_a_day_otherwise(
    told: Callable[[datetime, datetime], str], today: str, another_day: str
) -> None:
    assert (told(TODAY, NOW), told(YESTERDAY, NOW)) == (today, another_day)


def test_today_is_told_where_it_is_asked_for() -> None:
    assert time_and_day(TODAY, NOW) == ("00:00", "")
    assert time_and_day(TODAY, NOW, says_today=True) == ("00:00", "12 Mar")
    assert time_and_day(NOW + timedelta(days=1), NOW) == ("09:48", "13 Mar")


@pytest.mark.parametrize(
    ("text", "sent", "in_full", "sentence", "figures", "dated"),
    [
        ("2026-03-12T09:31", "09:31", "09:31", "at 09:31", "12/03/2026 09:31", "on 12/03/2026 at 09:31"),
        (
            "2026-03-11T09:31", "11 Mar", "11 Mar, 09:31", "on 11 Mar", "11/03/2026 09:31",
            "on 11/03/2026 at 09:31",
        ),
        ("2026-03-12", "12 Mar", "12 Mar", "on 12 Mar", "12/03/2026", "on 12/03/2026"),
        ("soon\x1b", "soon�", "soon�", "soon�", "soon�", "soon�"),
    ],
)  # fmt: skip
def test_when_a_profile_was_sent(
    text: str, sent: str, in_full: str, sentence: str, figures: str, dated: str
) -> None:
    assert sent_words(text, NOW) == sent
    assert sent_words(text, NOW, in_full=True) == in_full
    assert sent_at_words(text, NOW) == sentence
    assert figures_words(text) == figures
    assert dated_words(text) == dated


def test_where_nothing_was_sent_nothing_is_told() -> None:
    assert sent_words(None, NOW) == sent_words(None, NOW, in_full=True) == sent_at_words(None, NOW) == ""


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 1), "1 Jan"), (date(2026, 2, 2), "2 Feb"), (date(2026, 12, 31), "31 Dec"),
        (date(2026, 6, 30), "30 June"), (date(2026, 9, 1), "1 Sept"), (date(2025, 3, 12), "12 Mar 2025"),
        (date(2027, 3, 1), "1 Mar 2027"),
    ],
)  # fmt: skip
def test_a_day_in_words(day: date, words: str) -> None:
    assert day_words(day, NOW.date()) == iso_day_words(day.isoformat(), NOW.date()) == words


def test_days_of_the_week_and_texts_that_are_no_day() -> None:
    week = [weekday_words(date(2026, 3, day)) for day in range(9, 16)]
    assert week == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert iso_day_words("12/03\x1b", NOW.date()) == "12/03�"


@pytest.mark.parametrize(
    ("number", "whole"),
    [
        (0, 0), (0.49, 0), (0.5, 1), (12.5, 13), (0.285 * 100, 29), (1.4999999, 2), (-0.4, 0), (-0.5, -1),
        (-2.4, -2),
    ],
)  # fmt: skip
def test_halves_are_rounded_away_from_zero(number: float, whole: int) -> None:
    assert half_up(number) == whole


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"), (2.0, "2"), (0.1, "0.1"), (1234, "1234"), (9999.5, "9999.5"), (10000, "10,000"),
        (-10000, "-10,000"), (1234567.0, "1,234,567"),
    ],
)  # fmt: skip
def test_a_number_has_no_needless_figure(number: float, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0.99, "0 min"), (59, "59 min"), (60, "1 h 00"), (1439, "23 h 59"), (1440, "1 day"), (2880, "2 days")],
)
def test_a_span_in_words(minutes: float, words: str) -> None:
    assert span_words(timedelta(minutes=minutes)) == words
    assert age_words(NOW - timedelta(minutes=minutes), NOW) == (
        f"{words} ago" if minutes >= 1 else "just now"
    )


def test_an_export_that_pix_has_not_dated_says_who_has() -> None:
    at = NOW - timedelta(minutes=3)
    assert export_words(at, NOW, has_stamp=False) == "export of 09:45, 3 min ago (dated by the file)"
    assert export_words(None, NOW, has_stamp=False) == "no export yet"
    assert age_words(NOW - timedelta(minutes=1), NOW) == "1 min ago"
    assert age_words(NOW + timedelta(minutes=1), NOW) == "just now"


@pytest.mark.parametrize(
    ("delta", "words", "plain"),
    [
        (Delta(1, -8, NOW), "▲ +1 comp. −8 pix", "^ +1 comp. -8 pix"),
        (Delta(-1, 0, NOW), "▼ −1 comp.", "v -1 comp."),
        (Delta(0, -3, NOW), "▼ −3 pix", "v -3 pix"),
    ],
)
def test_what_changed(delta: Delta, words: str, plain: str) -> None:
    assert (delta_words(delta), delta_words(delta, ascii_only=True)) == (words, plain)


def test_dots_and_symbols_without_pictures() -> None:
    assert [dots(count, 3, ascii_only=True) for count in (0, 2, 3, 4)] == ["---", "##-", "###", "###"]
    assert "".join(state_symbol(state, ascii_only=True) for state in Eligibility) == "x?.-+"
    assert len({states_word(state) for state in Eligibility}) == len(Eligibility)


def test_the_nearest_by_name() -> None:
    gaps = (Gap("2.2", 1), Gap("4.3", 3))
    assert gap_words(gaps[0], with_name=True) == "2.2 Partager (1 pix)"
    assert nearest_words(gaps, 1, with_name=True) == "2.2 Partager (1 pix)"
    assert nearest_words(gaps, 2, with_name=True).startswith("2.2 Partager (1 pix), 4.3 ")
    assert (nearest_words(gaps, 0), nearest_words((), 3)) == ("", "")


def changed(kind: ChangeKind, before: str | None, after: str | None, sent_at: str | None = None) -> Change:
    return Change(kind, NOW, 1, "MARTIN", "Lou", "3eA", before, after, sent_at)


def test_a_change_in_words_compares_where_there_is_something_to_compare() -> None:
    became = ChangeKind.BECAME_ELIGIBLE
    pairs = ((None, "5"), (None, "1"), ("4", "5"), (None, None))
    assert [change_sentence(changed(became, *pair)) for pair in pairs] == [
        "MARTIN Lou is now eligible (5 competences)", "MARTIN Lou is now eligible (1 competence)",
        "MARTIN Lou is now eligible (4 → 5)", "MARTIN Lou is now eligible (— → —)",
    ]  # fmt: skip
    assert change_sentence(changed(ChangeKind.PROGRESSED, None, "5")) == "MARTIN Lou moves forward (— → 5)"


@pytest.mark.parametrize(
    ("sent_at", "at"),
    [
        ("2026-03-12T09:31", "2026-03-12T09:31"), ("2026-03-12", "2026-03-12T09:48"),
        ("2026-03-11T09:31", "2026-03-12T09:48"), (None, "2026-03-12T09:48"), ("", "2026-03-12T09:48"),
    ],
)  # fmt: skip
def test_a_change_happened_when_it_was_sent_if_that_was_the_day(sent_at: str | None, at: str) -> None:
    moment = change_moment(changed(ChangeKind.PROGRESSED, "4", "5", sent_at))
    assert moment == datetime.fromisoformat(at)


def test_what_is_hidden_is_counted_and_other_schools_are_named() -> None:
    one = Campaign("A", "A", "A")
    year = HiddenCampaigns(HiddenReason.EARLIER_YEAR, (one, one))
    school = HiddenCampaigns(HiddenReason.OTHER_ORGANISATION, (one,), ("Collège\x1b", "Lycée"))
    assert hidden_words([]) == ""
    assert hidden_words([year, school]) == (
        "2 campaigns of earlier years hidden · 1 campaign of another organisation hidden: Collège�, Lycée"
    )
    assert hidden_words([year._replace(campaigns=(one,))]) == "1 campaign of an earlier year hidden"


def test_every_doubt_has_a_sentence_and_a_few_words_with_its_values() -> None:
    for code in ReasonCode:
        reason = Reason(code, ("4", "5", "6"))
        assert len(reason.briefly()) <= 18
        assert "{" not in reason.sentence() + reason.briefly()
    assert (
        Reason(ReasonCode.LEVEL_UNKNOWN, ("1.1", "2.2")).sentence() == "level unreadable or missing: 1.1, 2.2"
    )
    assert Reason(ReasonCode.PIX_COUNT_DIFFERS, ("4", "5")).briefly() == "4 or 5 comp.?"


def test_every_kind_of_file_that_is_read_has_a_word() -> None:
    assert set(FILE_KINDS) >= {kind.value for kind in ExportKind}
    assert file_kind_words("results") == "certification results"
    assert file_kind_words("other") == ""
