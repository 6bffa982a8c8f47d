"""The words of the day, in English: French is the catalogue's affair."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pixsession.domain.certification.alerts import reported
from pixsession.domain.certification.day import Action, ActionKind, DayState
from pixsession.domain.certification.incidents import (
    CODES,
    RETIRED,
    incident_reminder,
    incident_words,
    is_live,
)
from pixsession.domain.certification.session import Limits
from pixsession.domain.certification.supervision import day_view
from pixsession.domain.certification.words import (
    action_words,
    clock_words,
    counted_day_state,
    counted_state_of,
    day_state_word,
    day_symbol,
    export_staleness_words,
    first_export_words,
    freshness_words,
    latest_start_words,
    state_word_of,
)
from pixsession.domain.pix.eligibility import Eligibility
from tests.factories.days import SESSION, act, clock, day_after, row_for

K = ActionKind
ROW = row_for()
PRESENT, LATE, ABSENT = (act(kind, "08:12", ROW) for kind in (K.PRESENT, K.LATE, K.ABSENT))
REDIRECTED = act(K.REDIRECT, "08:52", ROW)
AUTHORISED = act(K.AUTHORISE, "08:51", ROW)
STARTED = act(K.START, "08:55", ROW)  # the end is at 10:35
CELL = 22
DAY = timedelta(days=1)
WITHOUT_LIMIT = SESSION._replace(limits=Limits())


def cell(
    *actions: Action,
    at: str = "09:30",
    verdict: Eligibility = Eligibility.ELIGIBLE,
    again: str | None = None,
    limited: bool = True,
) -> str:
    """What the clock says of a student after these gestures."""
    day = day_after(ROW, actions, again=again)
    return clock_words(row_for(state=verdict), day, SESSION if limited else WITHOUT_LIMIT, clock(at))


@pytest.mark.parametrize("ascii_only", [True, False])
def test_every_state_has_its_own_symbol_and_word(ascii_only: bool) -> None:
    symbols = {day_symbol(state, ascii_only) for state in DayState}
    assert len(symbols) == len({day_state_word(state) for state in DayState}) == len(DayState)
    assert all(len(symbol) == 1 and (symbol.isascii() or not ascii_only) for symbol in symbols)


@pytest.mark.parametrize("state", list(DayState))
def test_counts_by_state(state: DayState) -> None:
    assert counted_day_state(state, 0).startswith("0 ")
    assert counted_day_state(state, 4).startswith("4 ")


@pytest.mark.parametrize(
    ("actions", "at", "words"),
    [
        ((), "08:30", ""),
        ((), "08:42", "awaited for 12 min"),
        ((PRESENT,), "09:30", "here since 08:12"),
        ((LATE,), "09:30", "late, 08:12"),
        ((ABSENT,), "10:30", "noted at 08:12"),
        ((PRESENT,), "09:48", "12 min to start"),
        ((PRESENT,), "10:01", "too late since 10:00"),
        ((AUTHORISED,), "09:06", "start before 09:06"),
        ((AUTHORISED,), "09:06:01", "authorisation expired"),
        ((STARTED,), "10:01", "34 min left · 10:35"),
        ((STARTED,), "10:34:30", "under a minute left"),
        ((STARTED,), "10:35:30", "time is up"),
        ((STARTED,), "10:38", "over by 3 min"),
        ((STARTED, act(K.PAUSE, "09:12", ROW)), "10:38", "paused since 09:12"),
        ((STARTED, act(K.FINISH, "10:30", ROW)), "11:00", "finished at 10:30"),
        ((STARTED, act(K.STOP, "10:30", ROW)), "11:00", "stopped at 10:30"),
    ],
)
def test_the_clock_of_who_is_eligible(actions: tuple[Action, ...], at: str, words: str) -> None:
    assert cell(*actions, at=at) == words
    assert len(words) <= CELL


def test_the_clock_of_who_is_in_remediation_runs_from_the_redirection() -> None:
    gone = Eligibility.NOT_ELIGIBLE
    assert cell(REDIRECTED, at="09:04", verdict=gone) == "redirected 08:52 · 12 min"
    assert cell(REDIRECTED, at="10:04", verdict=Eligibility.TO_CHECK) == "redirected 08:52 · 1 h 12"
    assert cell(REDIRECTED, at="09:30", verdict=gone, again="09:10") == "already redirected at 08:52"


def test_who_is_back_is_there_since_then() -> None:
    assert cell(PRESENT, REDIRECTED, act(K.PRESENT, "09:14", ROW), again="09:10") == "here since 09:14"


def test_who_is_to_call_back_sees_the_time_left_before_the_latest_start() -> None:
    assert cell(REDIRECTED, at="09:20", again="09:10") == "40 min to start"
    assert cell(REDIRECTED, at="10:20", again="09:10") == "too late since 10:00"
    assert cell(REDIRECTED, at="09:20", again="09:10", limited=False) == "eligible at 09:10"
    assert cell(REDIRECTED, at="09:20", limited=False) == ""


@pytest.mark.parametrize(
    "verdict",
    [Eligibility.NOT_ELIGIBLE, Eligibility.NOT_SENT, Eligibility.NOT_IN_EXPORT, Eligibility.TO_CHECK],
)
def test_who_cannot_start_usefully_any_more_is_said_so(verdict: Eligibility) -> None:
    assert cell(PRESENT, at="10:00", verdict=verdict) == "here since 08:12"
    assert cell(PRESENT, at="10:01", verdict=verdict) == "too late since 10:00"
    assert cell(at="09:59", verdict=verdict) == ""


def test_a_test_that_runs_against_the_export_is_called_out_beside_its_clock() -> None:
    wrong = Eligibility.NOT_ELIGIBLE
    assert cell(STARTED, at="10:01", verdict=wrong) == "not eligible · 34 min"
    assert cell(STARTED, at="10:38", verdict=wrong) == "not eligible · +3 min"


def test_a_test_is_closed_after_a_day_and_a_session_of_another_day_awaits_nobody() -> None:
    tomorrow = clock("09:00") + timedelta(days=1)
    assert clock_words(ROW, day_after(ROW, [STARTED]), SESSION, tomorrow) == "closed after 24 h"
    assert clock_words(ROW, day_after(ROW, []), WITHOUT_LIMIT, tomorrow) == ""
    assert clock_words(ROW, day_after(ROW, []), SESSION._replace(start=None), clock("09:00")) == ""


@pytest.mark.parametrize(
    ("actions", "at", "words"),
    [
        ((), "08:30:59", ""),
        ((), "08:31", "awaited for 1 min"),
        ((PRESENT,), "09:44:59", "here since 08:12"),
        ((PRESENT,), "09:45", "15 min to start"),
        ((PRESENT,), "10:00", "0 min to start"),
        ((PRESENT,), "10:00:01", "too late since 10:00"),
        ((STARTED,), "10:34", "1 min left · 10:35"),
        ((STARTED,), "10:34:01", "under a minute left"),
        ((STARTED,), "10:35", "under a minute left"),
        ((STARTED,), "10:35:01", "time is up"),
        ((STARTED,), "10:36", "over by 1 min"),
    ],
)
def test_one_word_of_the_clock_gives_way_to_the_next_to_the_second(
    actions: tuple[Action, ...], at: str, words: str
) -> None:
    assert cell(*actions, at=at) == words


def test_whoever_waits_for_a_start_or_an_end_reads_it_to_the_second() -> None:
    for late, words in ((timedelta(hours=23, minutes=59, seconds=59), "awaited for 23 h 59"), (DAY, "")):
        assert clock_words(ROW, day_after(ROW, []), SESSION, clock("08:30") + late) == words
    assert cell(REDIRECTED, at="10:00", again="09:10") == "0 min to start"
    assert cell(PRESENT, at="09:50", limited=False) == "here since 08:12"
    assert cell(STARTED, at="10:35", verdict=Eligibility.NOT_ELIGIBLE) == "not eligible · 0 min"


def test_what_is_of_another_day_is_told_with_its_day_and_fits_the_cell() -> None:
    now, paused = clock("07:00") + DAY, act(K.PAUSE, "09:12", ROW)
    below = row_for(state=Eligibility.NOT_ELIGIBLE)
    for row, actions, session, words in (
        (ROW, (PRESENT,), WITHOUT_LIMIT, "here on 12 Mar"),
        (ROW, (PRESENT,), SESSION, "too late"),
        (below, (REDIRECTED,), SESSION, "redirected on 12 Mar"),
        (ROW, (REDIRECTED,), SESSION, "too late"),
        (ROW, (STARTED, paused), SESSION, "paused on 12 Mar"),
        (ROW, (STARTED, act(K.FINISH, "10:30", ROW)), SESSION, "finished on 12 Mar"),
        (ROW, (ABSENT,), SESSION, "noted on 12 Mar"),
        (ROW, (LATE,), WITHOUT_LIMIT, "late, 12 Mar"),
    ):
        assert clock_words(row, day_after(ROW, actions), session, now) == words
        assert len(words) <= CELL


def test_extra_time_moves_what_is_left() -> None:
    row = row_for(extra_time=0.3)
    assert clock_words(row, day_after(row, [STARTED]), SESSION, clock("10:35")) == "30 min left · 11:05"


def test_the_latest_useful_start_with_the_time_left() -> None:
    assert latest_start_words(SESSION, clock("09:48")) == "latest useful start 10:00, 12 min left"
    assert latest_start_words(SESSION, clock("10:00")) == "latest useful start 10:00, 0 min left"
    assert latest_start_words(SESSION, clock("10:01")) == "latest useful start was 10:00"
    assert latest_start_words(WITHOUT_LIMIT, clock("09:48")) == ""


@pytest.mark.parametrize(
    ("sent_at", "words"),
    [
        ("2026-03-12T08:10", ""),
        ("2026-02-10", ""),
        ("2026-02-09T23:59", "profile sent 31 days ago: have it sent again"),
        ("hier", ""),
        (None, ""),
    ],
)
def test_a_profile_that_is_too_old_is_called_out(sent_at: str | None, words: str) -> None:
    assert freshness_words(row_for(sent_at=sent_at), SESSION, clock("09:30")) == words


def test_a_limit_of_no_day_calls_out_the_profile_of_yesterday() -> None:
    session = SESSION._replace(limits=Limits(profile_days=0))
    row = row_for(sent_at="2026-03-11")
    assert freshness_words(row, session, clock("00:01")) == "profile sent 1 day ago: have it sent again"
    assert freshness_words(row._replace(profile=None), session, clock("00:01")) == ""


def test_an_export_that_is_too_old_is_called_out_while_somebody_is_in_remediation() -> None:
    waiting = [DayState.IN_REMEDIATION, DayState.READY, DayState.IN_REMEDIATION]
    click = "in Pix Orga, open the campaign and click “Exporter les résultats (.csv)”"
    now = clock("09:30")
    old = export_staleness_words(clock("09:18"), waiting, SESSION, now)
    assert old == f"export 12 min old, 2 students in remediation: {click}"
    one = export_staleness_words(clock("09:18"), waiting[:2], SESSION, now)
    assert one == f"export 12 min old, 1 student in remediation: {click}"
    assert export_staleness_words(clock("09:20"), waiting, SESSION, now) == ""
    assert export_staleness_words(clock("09:19:59"), waiting, SESSION, now) != ""
    assert export_staleness_words(clock("09:18"), [DayState.READY], SESSION, now) == ""
    assert export_staleness_words(None, waiting, SESSION, now) == f"no export yet: {click}"
    assert export_staleness_words(clock("09:18"), waiting, SESSION, clock("10:00")) != ""
    assert export_staleness_words(clock("09:18"), waiting, SESSION, clock("10:01")) == ""  # too late to start


def test_every_code_in_use_has_a_label_and_says_where_it_is_handled() -> None:
    assert incident_words("E1") == "E1 The image is not displayed"
    assert len({incident_words(code) for code in CODES}) == len(CODES) == 16
    assert all(incident_words(code).startswith(f"{code} ") for code in CODES)
    live = {incident_reminder(code) for code in CODES if is_live(code)}
    final = {incident_reminder(code) for code in CODES if not is_live(code)}
    assert len(live) == len(final) == 1
    assert live != final
    assert {incident_words(code) for code in RETIRED} == RETIRED
    assert incident_words("\x1b[31m").isprintable()


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (act(K.REDIRECT, "08:52", row_for(1, name="BARBIER Lou")), "redirection: BARBIER Lou"),
        (
            act(K.PRESENT, "08:52", *(row_for(n, name=f"A{n} B") for n in range(1, 4))),
            "marked present: A1 B, A2 B, A3 B",
        ),
        (
            act(K.PRESENT, "08:52", *(row_for(n, name=f"A{n} B") for n in range(1, 5))),
            "marked present: A1 B, A2 B, A3 B, and 1 other",
        ),
        (act(K.PAUSE, "09:00", room="Salle 1", planned=True), "planned pause: Salle 1"),
        (act(K.PAUSE, "09:00"), "incident pause"),
        (act(K.TICK, "08:00", text="code"), "ticked · code"),
        (
            act(K.INCIDENT, "09:00", row_for(1, name="BARBIER Lou"), code="C6", text="[/b]\x1b"),
            "incident C6 Suspicion of fraud: BARBIER Lou · [/b]\N{REPLACEMENT CHARACTER}",
        ),
    ],
)
def test_every_gesture_can_be_said(action: Action, words: str) -> None:
    assert action_words(action) == words


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (act(K.STOP, "09:00", ROW, code="TECHNICAL"), "stop of the test, technical problem: {who}"),
        (act(K.STOP, "09:00", ROW), "stop of the test: {who}"),
        (act(K.STOP, "09:00", ROW, code="OTHER"), "stop of the test, OTHER: {who}"),
        (act(K.PRESENT, "09:00", ROW, planned=True), "marked present: {who}"),
        (act(K.EXTRA_TIME, "09:00", ROW)._replace(extra_time=0.33), "extra time +33 %: {who}"),
        (act(K.EXTRA_TIME, "09:00", ROW)._replace(extra_time=0.0), "extra time 0 %: {who}"),
        (act(K.EXTRA_TIME, "09:00", ROW)._replace(extra_time=0.125), "extra time +12.5 %: {who}"),
        (act(K.ROOM, "09:00", ROW, room="CDI"), "change of room, CDI: {who}"),
        (act(K.NOTE, "09:00", room="CDI", text="calme"), "note: CDI · calme"),
        (act(K.NOTE, "09:00", ROW, text="  "), "note: {who}"),
        (act(K.NOTE, "09:00", row_for(name=" ")), "note: —"),
        (
            act(K.LATE, "09:00", *(row_for(n, name=f"A{n} B") for n in range(1, 6))),
            "marked late: A1 B, A2 B, A3 B, and 2 others",
        ),
    ],
)
def test_a_gesture_is_said_with_what_was_said_of_it(action: Action, words: str) -> None:
    told = action_words(action).replace("\N{NO-BREAK SPACE}", " ")
    assert told == words.format(who="ELEVE Numéro1")


def test_before_the_first_export_nobody_is_outside_of_one() -> None:
    waiting = day_view(SESSION, (), [ROW], {}, {}, clock("08:00"))
    for has_exports, words, state in ((False, "no export yet: Pix", "no export yet"), (True, "", "not in")):
        view = waiting._replace(has_exports=has_exports)
        assert first_export_words(view).startswith(words)
        assert bool(first_export_words(view)) is not has_exports
        assert state_word_of(DayState.NOT_IN_EXPORT, view).startswith(state)
        assert state_word_of(DayState.READY, view) == "ready"
        counted = counted_state_of(DayState.NOT_IN_EXPORT, 2, view)
        assert counted == ("2 not in the export" if has_exports else "2 without an export")
    assert not first_export_words(waiting._replace(has_exports=False, states={})), "nobody is called"


def test_only_what_the_surveillance_has_to_know_is_told_as_reported_and_only_once() -> None:
    suspected = act(K.INCIDENT, "09:10", ROW, code="C6")
    technical = act(K.INCIDENT, "09:11", ROW, code="E4")
    done = ((PRESENT,), (PRESENT, suspected, technical))
    views = [day_view(SESSION, actions, [ROW], {}, {}, clock("09:30")) for actions in done]
    assert {student: one.code for student, one in reported(*views).items()} == {1: "C6"}
    assert reported(views[1], views[1]) == {}
