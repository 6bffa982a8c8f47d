"""What must not look calm: alerts beside the state, who comes first, who became worse."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pixsession.domain.board.snapshot import BoardRow, Campaign, CampaignProgress
from pixsession.domain.certification.alerts import (
    alerts_of,
    calls_for_somebody,
    missing_gaps,
    need_of_day,
    open_incidents,
    pix_short,
    reported,
    worsened,
    worst_call,
)
from pixsession.domain.certification.day import Alert, DayState, DayView, Incident, StudentDay
from pixsession.domain.certification.remediation import in_remediation, is_through, progress_words
from pixsession.domain.certification.session import Remediation
from pixsession.domain.certification.supervision import day_view
from pixsession.domain.pix.eligibility import Eligibility, Gap, Rule
from tests.factories.days import SESSION, clock, row_for

S = DayState
SOS = Campaign("SOSPIX123", "SOSPIX123", "SOS élève non certifiable")
PATH = CampaignProgress(SOS, "assessment", "o", False, None, progress=0.5)
DONE = PATH._replace(progress=1.0)
OPEN = Incident(clock("09:00"), "E3", "")
FRAUD = Incident(clock("09:05"), "C6", "")


def view(
    states: dict[int, DayState],
    days: dict[int, StudentDay] | None = None,
    alerts: dict[int, tuple[Alert, ...]] | None = None,
) -> DayView:
    """A day with these facts, whatever made them."""
    every = {student: StudentDay() for student in states} | (days or {})
    empty = day_view(SESSION, [], [], {}, {}, clock("09:30"))
    return empty._replace(states=states, days=every, alerts=alerts or {})


def below(count: int | None, *gaps: int, student: int = 1) -> BoardRow:
    """A student under the rule, with so many competences, and so many pix short in the nearest others."""
    row = row_for(student, Eligibility.NOT_ELIGIBLE)
    nearest = tuple(Gap("4.1", gap) for gap in gaps)
    return row._replace(verdict=row.verdict._replace(eligible_competences=count, nearest=nearest))


# Alerts


@pytest.mark.parametrize(
    ("verdict", "state", "alerts"),
    [
        (Eligibility.NOT_ELIGIBLE, S.RUNNING, (Alert.FALLEN,)),
        (Eligibility.NOT_ELIGIBLE, S.OVERTIME, (Alert.FALLEN,)),
        (Eligibility.NOT_ELIGIBLE, S.FINISHED, ()),
        (Eligibility.NOT_ELIGIBLE, S.TO_REDIRECT, ()),
        (Eligibility.TO_CHECK, S.RUNNING, (Alert.DOUBT,)),
        (Eligibility.TO_CHECK, S.OVERTIME, (Alert.DOUBT,)),
        (Eligibility.TO_CHECK, S.TO_CHECK, ()),
        (Eligibility.NOT_SENT, S.RUNNING, ()),
        (Eligibility.ELIGIBLE, S.RUNNING, ()),
    ],
)
def test_what_an_export_says_of_a_test_that_runs_is_an_alert(
    verdict: Eligibility, state: DayState, alerts: tuple[Alert, ...]
) -> None:
    row = row_for(1, verdict)
    assert alerts_of(row, StudentDay(), state, SESSION) == alerts
    assert alerts_of(row, StudentDay(incidents=(OPEN, FRAUD)), state, SESSION) == (Alert.INCIDENT, *alerts)


def test_a_profile_is_to_be_sent_again_at_the_end_of_the_path_by_who_is_away_on_it() -> None:
    row = row_for(1, Eligibility.NOT_ELIGIBLE)
    for part, state, alerts in (
        ((DONE,), S.IN_REMEDIATION, (Alert.SEND_AGAIN,)),
        ((PATH,), S.IN_REMEDIATION, ()),
        ((), S.IN_REMEDIATION, ()),
        ((DONE,), S.TO_REDIRECT, ()),
    ):
        assert alerts_of(row._replace(participations=part), StudentDay(), state, SESSION) == alerts


def test_an_incident_is_open_where_it_blocks_the_test_and_nobody_has_handled_it() -> None:
    handled = OPEN._replace(code="E1", handled_at=clock("09:10"))
    assert open_incidents(StudentDay(incidents=(handled, FRAUD, OPEN))) == (OPEN,)


# The order of need


def test_the_order_of_what_a_line_is_about() -> None:
    """The minutes of who waits, then what blocks a test, then what can still be saved; the calm below."""
    order = (
        (S.TO_CALL_BACK, ()), (S.OVERTIME, (Alert.INCIDENT,)), (S.OVERTIME, ()), (S.RUNNING, (Alert.FALLEN,)),
        (S.RUNNING, (Alert.DOUBT,)), (S.IN_REMEDIATION, (Alert.SEND_AGAIN,)), (S.TO_REDIRECT, ()),
        (S.TO_CHECK, ()), (S.NOT_IN_EXPORT, ()), (S.NOT_SENT, ()), (S.IN_REMEDIATION, ()), (S.EXPECTED, ()),
        (S.READY, ()), (S.RUNNING, ()), (S.ABSENT, ()), (S.FINISHED, ()),
    )  # fmt: skip
    row = row_for(1)
    keys = [need_of_day(row, view({1: state}, alerts={1: alerts})) for state, alerts in order]
    assert all(one < next_one for one, next_one in pairwise(keys))


def test_a_line_is_about_the_worst_and_who_is_not_known_is_to_be_checked() -> None:
    both = view(
        {1: S.RUNNING, 2: S.TO_CALL_BACK}, alerts={1: (Alert.DOUBT, Alert.INCIDENT), 2: (Alert.INCIDENT,)}
    )
    assert (worst_call(1, both), worst_call(2, both)) == (Alert.INCIDENT, S.TO_CALL_BACK)
    assert worst_call(9, both) is S.TO_CHECK
    calling = {state for state in S if calls_for_somebody(1, view({1: state}))}
    assert calling == {S.TO_CALL_BACK, S.OVERTIME, S.TO_REDIRECT, S.TO_CHECK}
    assert all(calls_for_somebody(1, view({1: S.RUNNING}, alerts={1: (alert,)})) for alert in Alert)


def test_who_is_nearest_to_the_rule_is_redirected_first() -> None:
    rows = [
        below(4, 3, student=1), below(4, 1, 9, student=2), below(3, 1, 1, student=3), below(3, 1, student=4),
        below(None, 1, 1, student=5),
    ]  # fmt: skip
    day = view(dict.fromkeys(range(1, 6), S.TO_REDIRECT))
    nearest = sorted(rows[:4], key=lambda row: need_of_day(row, day))
    assert [row.student_id for row in nearest] == [2, 3, 1, 4]
    assert need_of_day(rows[4], day)[1] == need_of_day(rows[3], day)[1]  # nobody knows how many they lack
    away = view(dict.fromkeys(range(1, 6), S.IN_REMEDIATION))  # there whoever is furthest comes first
    assert [row.student_id for row in sorted(rows[:4], key=lambda row: need_of_day(row, away))] == [
        3,
        4,
        1,
        2,
    ]


def test_who_needs_nobody_stands_by_name_those_stopped_before_the_others() -> None:
    names = {1: "BARBIER Lou", 2: "ALLARD Zoé", 3: "MOREL Enzo"}
    verdicts = (Eligibility.NOT_ELIGIBLE, Eligibility.ELIGIBLE, Eligibility.ELIGIBLE)
    rows = [row_for(number, verdict, names[number]) for number, verdict in zip(names, verdicts, strict=True)]
    stopped = {3: StudentDay(stopped_at=clock("09:20"))}
    for state in (S.RUNNING, S.ABSENT, S.FINISHED):
        day = view(dict.fromkeys(names, state), stopped)
        assert [row.student_id for row in sorted(rows, key=lambda row: need_of_day(row, day))] == [3, 2, 1]
    ready = view(dict.fromkeys(names, S.READY), stopped)
    assert min(rows, key=lambda row: need_of_day(row, ready)).student_id == 1


@pytest.mark.parametrize(
    ("row", "gaps", "short"),
    [
        (below(4, 2, 7), (2,), 2),
        (below(3, 2, 7), (2, 7), 9),
        (below(3, 2, 7, 8), (2, 7), 9),
        (below(3, 2), (), 10_000),
        (below(5, 2), (), 10_000),
        (below(None, 2), (), 10_000),
    ],
)
def test_the_pix_that_are_short_are_those_of_the_competences_nearest(
    row: BoardRow, gaps: tuple[int, ...], short: int
) -> None:
    assert tuple(gap.pix_missing for gap in missing_gaps(row, Rule())) == gaps
    assert pix_short(row, Rule()) == short


# What became worse


def test_who_needs_somebody_now_and_did_not_is_told_worst_first() -> None:
    before = view(
        {1: S.RUNNING, 2: S.RUNNING, 3: S.IN_REMEDIATION, 4: S.TO_CHECK, 5: S.OVERTIME},
        alerts={1: (Alert.DOUBT,)},
    )
    after = view(
        {1: S.OVERTIME, 2: S.RUNNING, 3: S.TO_CALL_BACK, 4: S.READY, 5: S.FINISHED, 6: S.TO_REDIRECT},
        alerts={1: (Alert.DOUBT,), 2: (Alert.DOUBT, Alert.INCIDENT)},
    )
    found = [(one.student_id, one.why) for one in worsened(before, after)]
    assert found == [(3, S.TO_CALL_BACK), (2, Alert.INCIDENT), (1, S.OVERTIME)]


def test_what_was_reported_meanwhile_for_the_end_of_the_session_is_told_once() -> None:
    later = FRAUD._replace(code="C7")
    days = {1: StudentDay(incidents=(FRAUD,)), 2: StudentDay(), 3: StudentDay(incidents=(FRAUD,))}
    now = {
        1: StudentDay(incidents=(FRAUD, later)), 2: StudentDay(incidents=(OPEN,)),
        3: StudentDay(incidents=(FRAUD,)), 4: StudentDay(incidents=(FRAUD,)),
    }  # fmt: skip
    states = dict.fromkeys(now, S.RUNNING)
    assert reported(view({}, days), view(states, now)) == {1: later}


# The campaign of remediation


@pytest.mark.parametrize(
    ("asked", "campaign", "is_it"),
    [
        (Remediation(code="SOSPIX123"), SOS, True),
        (Remediation(code="sospix123"), SOS, True),
        (Remediation(code="AUTRE1234"), SOS, False),  # the same name says nothing against the code
        (Remediation(code="AUTRE1234"), SOS._replace(code=""), True),
        (Remediation(), SOS, True),
        (Remediation(label="sos  ÉLÈVE non certifiable"), SOS, True),
        (Remediation(label="Autre"), SOS, False),
        (Remediation(label=""), SOS._replace(name=""), False),
    ],
)
def test_the_campaign_of_remediation_is_told_by_its_code_else_by_its_name(
    asked: Remediation, campaign: Campaign, *, is_it: bool
) -> None:
    collected = PATH._replace(kind="profiles", campaign=SOS)
    part = PATH._replace(campaign=campaign)
    row = row_for(1)._replace(participations=(collected, part))
    assert in_remediation(row, asked) == (part if is_it else None)


@pytest.mark.parametrize(
    ("part", "is_at_end", "words"),
    [
        (PATH, False, "50 %"),
        (PATH._replace(progress=0.0), False, "0 %"),
        (PATH._replace(progress=0.999), False, "99 %"),
        (PATH._replace(progress=0.125), False, "13 %"),
        (DONE, True, "100 %"),
        (PATH._replace(shared=True), True, "100 %"),
        (PATH._replace(progress=None), False, ""),
        (PATH._replace(progress=None, shared=True), True, "100 %"),
        (PATH._replace(shared=None), False, "50 %"),
    ],
)
def test_how_far_somebody_is_on_the_path(part: CampaignProgress, *, is_at_end: bool, words: str) -> None:
    assert is_through(part) is is_at_end
    day = view({})
    assert (
        progress_words(row_for(1)._replace(participations=(part,)), day).replace("\N{NO-BREAK SPACE}", " ")
        == words
    )
    assert progress_words(row_for(1), day) == ""
