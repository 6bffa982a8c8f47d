"""The next gesture in each state, under each alert and at each rung; what is short, in words."""

from __future__ import annotations

from datetime import time

import pytest

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import BoardRow, Campaign, CampaignProgress, Source
from pixsession.domain.certification.day import (
    ActionKind,
    Alert,
    DayState,
    DayView,
    Incident,
    Presence,
    StudentDay,
)
from pixsession.domain.certification.remediation import Rung, rung_of
from pixsession.domain.certification.session import Limits
from pixsession.domain.certification.steps import (
    NextStep,
    Step,
    alert_word,
    incident_codes,
    ladder_words,
    next_step,
    short_words,
)
from pixsession.domain.certification.supervision import day_view
from pixsession.domain.pix.competences import BY_CODE
from pixsession.domain.pix.eligibility import Eligibility, Gap, Rule
from tests.factories.days import SESSION, act, clock, row_for

S, A = DayState, Alert
ROW = row_for()
SOS = Campaign("SOSPIX123", "SOSPIX123", "SOS élève non certifiable")
PATH = CampaignProgress(SOS, "assessment", "09:00", False, None, progress=1.0)
COLLECTED = CampaignProgress(Campaign("k", "k", "Collecte"), "profiles", "08:30", True, None)


def view(
    state: DayState, *alerts: Alert, day: StudentDay | None = None, exports: tuple[str, ...] = ()
) -> DayView:
    """A day on which the student is in this state, whatever has made it so."""
    sources = {at: Source("", SOS, clock(at)) for at in exports}
    return day_view(SESSION, [], [ROW], {}, {}, clock("08:40"))._replace(
        states={1: state},
        alerts={1: alerts} if alerts else {},
        days={1: day or StudentDay()},
        sources=sources,
    )


@pytest.mark.parametrize(
    ("state", "alerts", "step", "key"),
    [
        (S.TO_CALL_BACK, (), Step.BACK, "session.present"),
        (S.TO_CALL_BACK, (A.INCIDENT,), Step.BACK, "session.present"),
        (S.RUNNING, (A.INCIDENT,), Step.HANDLED, "session.incident"),
        (S.OVERTIME, (A.INCIDENT, A.FALLEN), Step.HANDLED, "session.incident"),
        (S.FINISHED, (A.INCIDENT,), Step.HANDLED, "session.incident"),
        (S.RUNNING, (A.FALLEN,), Step.NOTE, "session.note"),
        (S.RUNNING, (A.DOUBT,), Step.NOTE, "session.note"),
        (S.OVERTIME, (A.FALLEN,), Step.FINISH, "session.finish"),
        (S.OVERTIME, (A.DOUBT,), Step.FINISH, "session.finish"),
        (S.OVERTIME, (), Step.FINISH, "session.finish"),
        (S.TO_REDIRECT, (), Step.REDIRECT, "session.redirect"),
        (S.NOT_SENT, (), Step.COLLECTION_CODE, "session.redirect"),
        (S.NOT_IN_EXPORT, (), Step.COLLECTION_CODE, "session.redirect"),
        (S.IN_REMEDIATION, (A.SEND_AGAIN,), Step.ENTER_CODE, "session.redirect"),
        (S.EXPECTED, (), Step.PRESENT, "session.present"),
        (S.READY, (), Step.AUTHORISE, "session.authorise"),
    ],
)
def test_each_state_has_its_gesture_and_what_presses_more_comes_before_it(
    state: DayState, alerts: tuple[Alert, ...], step: Step, key: str
) -> None:
    assert next_step(ROW, view(state, *alerts), clock("09:00")) == NextStep(step, key)


@pytest.mark.parametrize("state", [S.RUNNING, S.ABSENT, S.FINISHED])
def test_who_needs_nobody_has_no_gesture(state: DayState) -> None:
    assert next_step(ROW, view(state), clock("09:00")) is None


@pytest.mark.parametrize(
    ("codes", "step"),
    [
        ((), Step.LOOK),
        *(((code,), Step.LOOK) for code in (ReasonCode.SENDS_TIE, ReasonCode.NAMELESS)),
        ((ReasonCode.PERHAPS_SAME,), Step.WHO),
        ((ReasonCode.PERHAPS_NAMESAKES,), Step.WHO),
        ((ReasonCode.NAMESAKES,), Step.WHO),
        ((ReasonCode.SENDS_TIE, ReasonCode.NAMESAKES), Step.WHO),
    ],
)
def test_a_doubt_about_who_it_is_is_decided_and_any_other_is_looked_at(
    codes: tuple[ReasonCode, ...], step: Step
) -> None:
    row = row_for(1, Eligibility.TO_CHECK)
    row = row._replace(verdict=row.verdict._replace(reasons=tuple(map(Reason, codes))))
    found = next_step(row, view(S.TO_CHECK), clock("09:00"))
    assert found == NextStep(step, "app.matches" if step is Step.WHO else "board.open")


def test_before_the_first_export_the_roll_is_called_and_then_it_is_exported() -> None:
    for presence, step, key in (
        (Presence.UNKNOWN, Step.PRESENT, "session.present"),
        (Presence.PRESENT, Step.FIRST_EXPORT, ""),
        (Presence.LATE, Step.FIRST_EXPORT, ""),
    ):
        day = view(S.NOT_IN_EXPORT, day=StudentDay(presence))._replace(has_exports=False)
        assert next_step(ROW, day, clock("08:40")) == NextStep(step, key)


def test_who_is_ready_is_authorised_started_while_that_lasts_and_too_late_after_the_latest_start() -> None:
    authorised = StudentDay(Presence.PRESENT, authorised_at=clock("09:50"))  # until 10:05
    bare = SESSION._replace(limits=Limits())
    for session, day, at, step in (
        (SESSION, StudentDay(Presence.PRESENT), "10:00", Step.AUTHORISE),
        (SESSION, StudentDay(Presence.PRESENT), "10:00:01", Step.TOO_LATE),
        (SESSION, authorised, "10:00", Step.START),
        (SESSION, authorised, "10:00:01", Step.TOO_LATE),
        (bare, authorised, "10:05", Step.START),
        (bare, authorised, "10:05:01", Step.AUTHORISE),
        (bare, StudentDay(Presence.PRESENT), "23:00", Step.AUTHORISE),
        (SESSION._replace(limits=Limits(latest_start=time(9, 0))), authorised, "09:55", Step.TOO_LATE),
    ):
        found = next_step(ROW, view(S.READY, day=day)._replace(session=session), clock(at))
        assert (found and found.step) is step


@pytest.mark.parametrize("room", [None, "Salle 1"])
def test_a_test_that_is_paused_is_resumed_whether_alone_or_with_the_room(room: str | None) -> None:
    pause = act(ActionKind.PAUSE, "09:10", *([] if room else [ROW]), room=room)
    done = [act(ActionKind.START, "09:00", ROW), pause]
    day = day_view(SESSION, done, [ROW], {1: "Salle 1"}, {}, clock("09:20"))
    assert next_step(ROW, day, clock("09:20")) == NextStep(Step.RESUME, "session.pause")


# The remediation


@pytest.mark.parametrize(
    ("parts", "now", "rung", "step"),
    [
        ((), "09:00", Rung.CODE, NextStep(Step.ENTER_CODE, "session.redirect")),
        ((PATH._replace(progress=0.4),), "09:30", Rung.PATH, NextStep(Step.PATH, "")),
        ((PATH, COLLECTED), "09:10", Rung.PROFILE, NextStep(Step.SEND_AGAIN, "session.redirect")),
        ((PATH, COLLECTED), "09:10:01", Rung.EXPORT, NextStep(Step.EXPORT, "")),
        # An export that is no older than the end of the path would show the profile.
        ((PATH, COLLECTED._replace(origin="09:00")), "09:30", Rung.PROFILE, None),
        ((PATH, COLLECTED._replace(origin="08:59")), "09:30", Rung.EXPORT, None),
        ((PATH, COLLECTED, COLLECTED._replace(origin="09:05")), "09:30", Rung.PROFILE, None),
        ((PATH, COLLECTED._replace(kind="assessment", origin="09:05")), "09:30", Rung.EXPORT, None),
    ],
)
def test_the_rung_of_a_remediation_says_what_comes_next(
    parts: tuple[CampaignProgress, ...], now: str, rung: Rung, step: NextStep | None
) -> None:
    row = ROW._replace(participations=parts)
    day = view(S.IN_REMEDIATION, exports=tuple(one.origin for one in parts))
    assert rung_of(row, day, clock(now)) is rung
    if step is not None:
        assert next_step(row, day, clock(now)) == step


def test_the_time_for_sending_a_profile_is_that_of_the_session() -> None:
    row, day = ROW._replace(participations=(PATH,)), view(S.IN_REMEDIATION, exports=("09:00",))
    slow = day._replace(session=SESSION._replace(limits=Limits(export_minutes=20)))
    assert rung_of(row, slow, clock("09:20")) is Rung.PROFILE
    assert rung_of(row, slow, clock("09:21")) is Rung.EXPORT


def test_the_ladder_tells_how_far_the_path_is_and_which_step_is_next() -> None:
    part = PATH._replace(progress=0.6)
    day = view(S.IN_REMEDIATION, exports=("09:00",))

    def told(row: BoardRow) -> list[tuple[str, bool]]:
        ladder = ladder_words(row, day, clock("09:00"))
        return [(words.replace("\N{NO-BREAK SPACE}", " "), is_now) for words, is_now in ladder]

    last = [("profile to send again", False), ("export to do again", False)]
    assert told(ROW) == [("code to enter", True), ("path", False), *last]
    assert told(ROW._replace(participations=(part,))) == [("code", False), ("path 60 %", True), *last]


# In words


@pytest.mark.parametrize(
    ("gaps", "most", "words"),
    [
        ("", 2, ""),
        ("4.1-1", 2, "{4.1} −1"),
        ("4.1-1 2.2-3", 2, "{4.1} −1 · {2.2} −3"),
        ("4.1-1 2.2-3 5.1-4", 2, "{4.1} −1 · {2.2} −3 +1"),
        ("4.1-1 2.2-3 5.1-4 1.1-5", 2, "{4.1} −1 · {2.2} −3 +2"),
        ("4.1-1 2.2-3", 1, "{4.1} −1 +1"),
    ],
)
def test_what_is_short_is_told_nearest_first_and_the_rest_counted(gaps: str, most: int, words: str) -> None:
    nearest = tuple(Gap(code, int(pix)) for code, pix in (word.split("-") for word in gaps.split()))
    below = row_for(1, Eligibility.NOT_ELIGIBLE)
    below = below._replace(
        verdict=below.verdict._replace(eligible_competences=5 - len(nearest), nearest=nearest)
    )
    for code, competence in BY_CODE.items():
        words = words.replace("{" + code + "}", competence.short_name)
    assert short_words(below, Rule(), most) == words
    if most == 2:
        assert short_words(below, Rule()) == words


def test_the_codes_of_open_incidents_are_told_once_each_in_their_order() -> None:
    at = clock("09:00")
    reported = [Incident(at, code, "") for code in ("E10", "C6", "E3", "E10")]
    done = Incident(at, "E1", "", handled_at=at)
    assert incident_codes(StudentDay(incidents=(*reported, done))) == "E10, E3"
    assert incident_codes(StudentDay(incidents=(done,))) == ""


def test_every_step_and_every_alert_has_words_of_its_own() -> None:
    assert len({NextStep(step, "").sentence for step in Step}) == len(Step)
    assert all(NextStep(step, "").word for step in Step)
    assert len({alert_word(alert) for alert in Alert}) == len(Alert)
    assert alert_word(Alert.INCIDENT) == "incident open"
