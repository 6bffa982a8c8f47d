"""Why a gesture is refused now, and what is said of one that goes all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pixsession.domain.certification.actions import last_effective_action
from pixsession.domain.certification.day import Action, ActionKind, Pause
from pixsession.domain.certification.incidents import CODES, RETIRED
from pixsession.domain.certification.refusals import caution, refusal, room_refusal
from pixsession.domain.certification.session import Limits
from pixsession.domain.pix.eligibility import Eligibility
from tests.factories.days import SESSION, act, clock, day_after, row_for, undo

K = ActionKind
ROW = row_for()
PRESENT, ABSENT, LATE = (act(kind, "08:20", ROW) for kind in (K.PRESENT, K.ABSENT, K.LATE))
REDIRECTED = act(K.REDIRECT, "08:52", ROW)
AUTHORISED = act(K.AUTHORISE, "09:20", ROW)
STARTED, STOPPED, FINISHED = (
    act(K.START, "09:00", ROW),
    act(K.STOP, "09:10", ROW),
    act(K.FINISH, "09:20", ROW),
)
PAUSED = act(K.PAUSE, "09:15", ROW)
ROOM_PAUSED = act(K.PAUSE, "09:16", room="Salle 1")


def said(
    kind: ActionKind,
    *actions: Action,
    verdict: Eligibility = Eligibility.ELIGIBLE,
    at: str = "09:30",
    again: str | None = None,
    code: str = "",
) -> str | None:
    """Why this is refused to a student after these gestures."""
    day = day_after(ROW, actions, again=again)
    return refusal(kind, row_for(state=verdict), day, SESSION, clock(at), code)


@pytest.mark.parametrize(
    ("kind", "actions", "reason"),
    [
        (K.PRESENT, (PRESENT,), "Already marked present at 08:20."),
        (K.LATE, (LATE,), "Already marked late at 08:20."),
        (K.ABSENT, (ABSENT,), "Already marked absent at 08:20."),
        (K.ABSENT, (STARTED,), "The test started at 09:00: who leaves is stopped, not absent."),
        (K.AUTHORISE, (ABSENT,), "Marked absent: mark present first."),
        (K.AUTHORISE, (AUTHORISED,), "Already authorised: the start is possible until 09:35."),
        (K.AUTHORISE, (STARTED,), "The test started at 09:00."),
        (K.START, (ABSENT,), "Marked absent: mark present first."),
        (K.START, (STARTED,), "The test started at 09:00."),
        (K.START, (STARTED, STOPPED), "The test was stopped at 09:10: resume it."),
        (K.START, (STARTED, FINISHED), "The test was finished at 09:20."),
        (K.FINISH, (PRESENT,), "The test has not started."),
        (K.FINISH, (STARTED, FINISHED), "The test was finished at 09:20."),
        (K.STOP, (), "The test has not started."),
        (K.STOP, (STARTED, STOPPED), "The test was stopped at 09:10: resume it."),
        (K.RESUME, (), "The test has not started."),
        (K.RESUME, (STARTED,), "The test is running."),
        (K.RESUME, (STARTED, PAUSED), "The test is paused: end the pause."),
        (
            K.RESUME,
            (STARTED, FINISHED),
            "The test was finished at 09:20: Pix does not resume it. If it was a slip, undo.",
        ),
        (K.PAUSE, (), "The test has not started."),
        (K.PAUSE, (STARTED, PAUSED), "Already paused since 09:15."),
        (K.PAUSE, (STARTED, ROOM_PAUSED), "Paused with the room since 09:16."),
        (K.PAUSE, (STARTED, FINISHED), "The test was finished at 09:20."),
        (K.UNPAUSE, (), "The test has not started."),
        (K.UNPAUSE, (STARTED,), "There is no pause to end."),
        (
            K.UNPAUSE,
            (STARTED, ROOM_PAUSED),
            "Paused with the room since 09:16: end the pause of the room.",
        ),
        (K.UNPAUSE, (STARTED, ROOM_PAUSED, FINISHED), "The test was finished at 09:20."),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(
    kind: ActionKind, actions: tuple[Action, ...], reason: str
) -> None:
    assert said(kind, *actions) == reason


@pytest.mark.parametrize(
    ("kind", "actions"),
    [
        (K.PRESENT, ()),
        (K.PRESENT, (LATE,)),
        (K.PRESENT, (ABSENT,)),
        (K.LATE, (PRESENT,)),
        (K.ABSENT, (PRESENT,)),
        (K.AUTHORISE, (PRESENT,)),
        (K.START, ()),
        (K.START, (PRESENT, AUTHORISED)),
        (K.FINISH, (STARTED, PAUSED)),
        (K.STOP, (STARTED,)),
        (K.RESUME, (STARTED, STOPPED)),
        (K.PAUSE, (STARTED,)),
        (K.UNPAUSE, (STARTED, PAUSED)),
        (K.UNPAUSE, (STARTED, PAUSED, ROOM_PAUSED)),
        (K.NOTE, (ABSENT,)),
        (K.TICK, ()),
        (K.UNDO, ()),
    ],
)
def test_what_makes_sense_goes(kind: ActionKind, actions: tuple[Action, ...]) -> None:
    assert said(kind, *actions) is None


@pytest.mark.parametrize("verdict", [v for v in Eligibility if v is not Eligibility.ELIGIBLE])
def test_whoever_is_not_eligible_may_be_redirected_once(verdict: Eligibility) -> None:
    assert said(K.REDIRECT, verdict=verdict) is None
    assert said(K.REDIRECT, REDIRECTED, verdict=verdict) == "Already redirected at 08:52."
    assert said(K.REDIRECT, REDIRECTED, verdict=verdict, again="09:10") is None  # fell again since
    assert said(K.REDIRECT, ABSENT, verdict=verdict) == "Marked absent: mark present first."
    for before in ((), (REDIRECTED,)):
        assert said(K.REDIRECT, *before, STARTED, verdict=verdict) == "The test started at 09:00."


def test_who_is_eligible_is_not_redirected() -> None:
    assert said(K.REDIRECT) == "Eligible: no need to redirect."


def test_who_is_back_is_marked_present_once_more_and_no_sooner() -> None:
    away = "Redirected at 08:52: mark present once eligible and back."
    for came in (PRESENT, LATE):
        assert said(K.PRESENT, came, REDIRECTED) is None
        assert said(K.PRESENT, came, REDIRECTED, again="09:10") is None
        assert said(K.PRESENT, came, REDIRECTED, verdict=Eligibility.NOT_ELIGIBLE) == away
    back = act(K.PRESENT, "09:15", ROW)
    assert said(K.PRESENT, REDIRECTED, back, again="09:10") == "Already marked present at 09:15."
    assert said(K.PRESENT, REDIRECTED, back) == "Already marked present at 09:15."


def test_an_authorisation_is_given_anew_once_it_has_run_out_but_not_to_who_is_not_eligible() -> None:
    assert said(K.AUTHORISE, AUTHORISED, at="09:35") is None
    night = act(K.AUTHORISE, "23:50", ROW)
    told = said(K.AUTHORISE, night, at="23:55")
    assert told == "Already authorised: the start is possible until 13 Mar at 00:05."
    refused = said(K.AUTHORISE, verdict=Eligibility.NOT_ELIGIBLE)
    assert refused == "Not eligible: redirect, or have the profile sent again and export anew."
    assert said(K.AUTHORISE, verdict=Eligibility.NOT_SENT) is None


def test_a_day_after_the_first_start_nobody_starts_and_nobody_resumes() -> None:
    late = clock("09:01") + timedelta(days=1)
    first = clock("09:00")
    fresh, stopped = day_after(ROW, []), day_after(ROW, [STARTED, STOPPED])
    reason = "Pix allows no start 24 hours after the first one (12 Mar at 09:00)."
    assert refusal(K.AUTHORISE, ROW, fresh, SESSION, late, first_start=first) == reason
    assert refusal(K.AUTHORISE, ROW, fresh, SESSION, late) is None
    assert refusal(K.START, ROW, fresh, SESSION, late, first_start=first) is None
    assert caution(K.START, ROW, fresh, SESSION, late, first_start=first) == reason
    resumed = refusal(K.RESUME, ROW, stopped, SESSION, late)
    assert resumed == "Pix takes no more answers 24 hours after the start (12 Mar at 09:00)."


@pytest.mark.parametrize("code", CODES)
def test_incidents_of_a_question_need_a_test_those_of_the_end_do_not(code: str) -> None:
    assert said(K.INCIDENT, STARTED, code=code) is None
    before = said(K.INCIDENT, code=code.lower())
    assert (before is None) is code.startswith("C")


@pytest.mark.parametrize("code", sorted(RETIRED))
def test_codes_that_pix_retired_are_refused(code: str) -> None:
    assert said(K.INCIDENT, STARTED, code=code) == f"Pix no longer uses the code {code}."


@pytest.mark.parametrize("code", ["", "Z9", "\x1b[31m"])
def test_unknown_codes_are_refused_with_those_that_are_known(code: str) -> None:
    reason = said(K.INCIDENT, STARTED, code=code)
    assert reason is not None
    assert "E1, " in reason
    assert reason.isprintable()


def test_a_room_is_paused_once_and_set_going_once() -> None:
    lasting = Pause(clock("09:16"), None, planned=True, of_room=True)
    assert room_refusal(K.PAUSE, None, clock("09:30")) is None
    assert room_refusal(K.UNPAUSE, lasting, clock("09:30")) is None
    assert room_refusal(K.PAUSE, lasting, clock("09:30")) == "The room has been paused since 09:16."
    assert room_refusal(K.UNPAUSE, None, clock("09:30")) == "The room is not paused."
    next_day = clock("09:30") + timedelta(days=1)
    told = room_refusal(K.PAUSE, lasting, next_day)
    assert told == "The room has been paused since 12 Mar at 09:16."


def test_nothing_is_undone_where_nothing_stands() -> None:
    assert last_effective_action([]) is last_effective_action([PRESENT, undo(PRESENT)]) is None
    assert last_effective_action([PRESENT]) == PRESENT
    assert last_effective_action([PRESENT], "another program") is None


@pytest.mark.parametrize(
    ("kind", "actions", "at", "verdict", "words"),
    [
        (K.START, (AUTHORISED,), "09:30", Eligibility.ELIGIBLE, None),
        (
            K.START,
            (AUTHORISED,),
            "09:36",
            Eligibility.ELIGIBLE,
            "The authorisation ran out at 09:35: if Pix refuses, authorise again.",
        ),
        (K.START, (), "10:01", Eligibility.ELIGIBLE, "The latest useful start was 10:00."),
        (
            K.START,
            (),
            "09:30",
            Eligibility.NOT_ELIGIBLE,
            "Not eligible by the newest export: make sure that Pix really let the test begin.",
        ),
        (K.REDIRECT, (), "10:00", Eligibility.NOT_ELIGIBLE, None),
        (
            K.REDIRECT,
            (),
            "10:01",
            Eligibility.NOT_ELIGIBLE,
            "The latest useful start was 10:00: no test today, but working on it is never lost.",
        ),
        (
            K.STOP,
            (STARTED,),
            "09:30",
            Eligibility.ELIGIBLE,
            "With fewer than 20 of 32 answers a test given up is not obtained; "
            "say the cause when finalising.",
        ),
        (K.PRESENT, (), "10:30", Eligibility.ELIGIBLE, None),
    ],
)
def test_what_goes_all_the_same_is_said(
    kind: ActionKind, actions: tuple[Action, ...], at: str, verdict: Eligibility, words: str | None
) -> None:
    row = row_for(state=verdict)
    day = day_after(ROW, actions)
    assert refusal(kind, row, day, SESSION, clock(at)) is None
    assert caution(kind, row, day, SESSION, clock(at)) == words


@pytest.mark.parametrize(
    ("kind", "actions", "reason"),
    [
        # Redirected and started all the same: present, and not away.
        (K.PRESENT, (PRESENT, REDIRECTED, STARTED), "Already marked present at 08:20."),
        (K.PRESENT, (LATE, REDIRECTED, STARTED), "Already marked present at 08:20."),
        (K.PRESENT, (LATE, STARTED), None),
        (K.LATE, (ABSENT,), None),
        (K.LATE, (), None),
        (K.ABSENT, (), None),
        (K.PAUSE, (STARTED, ROOM_PAUSED, FINISHED), "The test was finished at 09:20."),
        (K.PAUSE, (STARTED, STOPPED), "The test was stopped at 09:10: resume it."),
        (K.UNPAUSE, (STARTED, FINISHED), "The test was finished at 09:20."),
        (K.UNPAUSE, (STARTED, STOPPED), "The test was stopped at 09:10: resume it."),
        (K.STOP, (STARTED, FINISHED), "The test was finished at 09:20."),
        (K.FINISH, (STARTED,), None),
        (K.FINISH, (STARTED, STOPPED), "The test was stopped at 09:10: resume it."),
        (K.FINISH, (), "The test has not started."),
        (K.START, (REDIRECTED,), None),
    ],
)
def test_what_has_become_of_a_test_decides_what_may_be_done_to_it(
    kind: ActionKind, actions: tuple[Action, ...], reason: str | None
) -> None:
    assert said(kind, *actions) == reason


def test_who_sent_a_profile_after_the_mark_of_absence_may_be_marked_anew() -> None:
    gone = REDIRECTED, act(K.ABSENT, "08:55", ROW)
    assert said(K.ABSENT, *gone) == "Already marked absent at 08:55."
    assert said(K.ABSENT, *gone, again="09:10") is None
    assert said(K.START, *gone, again="09:10") is None


def test_an_incident_is_handled_where_one_with_that_code_is_open() -> None:
    open_ = STARTED, act(K.INCIDENT, "09:05", ROW, code="E3"), act(K.INCIDENT, "09:06", ROW, code="C7")
    none = "There is no open incident."
    for code, reason in (("", None), ("E3", None), (" e3 ", None), ("E1", none), ("C7", none)):
        assert said(K.HANDLED, *open_, code=code) == reason
    assert said(K.HANDLED, *open_, act(K.HANDLED, "09:10", ROW), code="") == none
    assert said(K.INCIDENT, STARTED, code=" e1 ") is None
    reason = said(K.INCIDENT, code="E1")
    assert reason == "The test has not started: a code E is about a question of the test."


def test_twenty_four_hours_are_counted_to_the_second() -> None:
    first, day = clock("09:00"), timedelta(days=1)
    fresh, stopped = day_after(ROW, []), day_after(ROW, [STARTED, STOPPED])
    second = timedelta(seconds=1)
    for late, is_over in ((day, False), (day + second, True)):
        refused = refusal(K.AUTHORISE, ROW, fresh, SESSION, first + late, first_start=first)
        assert (refused is not None) is is_over
        without_latest = SESSION._replace(limits=Limits())
        warned = caution(K.START, ROW, fresh, without_latest, first + late, first_start=first)
        assert (warned is not None) is is_over
    for late, is_over in ((day - second, False), (day, True)):
        assert (refusal(K.RESUME, ROW, stopped, SESSION, first + late) is not None) is is_over


def test_what_is_said_of_a_start_is_the_gravest_and_begins_after_the_limit() -> None:
    below, fresh = row_for(state=Eligibility.NOT_ELIGIBLE), day_after(ROW, [])
    authorised = day_after(ROW, [AUTHORISED])  # until 09:35
    bare = SESSION._replace(limits=Limits())
    assert caution(K.START, ROW, authorised, SESSION, clock("09:35")) is None
    assert caution(K.START, ROW, fresh, SESSION, clock("10:00")) is None
    for kind in (K.START, K.REDIRECT):
        assert caution(kind, ROW, fresh, bare, clock("23:00")) is None
    assert caution(K.STOP, ROW, fresh, bare, clock("08:40")) is not None
    late, first = clock("10:30"), clock("09:00") - timedelta(days=2)
    gravest = caution(K.START, below, authorised, SESSION, late, first_start=first)
    assert gravest is not None
    assert gravest.startswith("Not eligible by the newest export")
    then = caution(K.START, ROW, authorised, SESSION, late, first_start=first)
    assert then == "Pix allows no start 24 hours after the first one (10 Mar at 09:00)."
    last = caution(K.START, ROW, authorised, SESSION, late, first_start=clock("09:00"))
    assert last == "The authorisation ran out at 09:35: if Pix refuses, authorise again."
