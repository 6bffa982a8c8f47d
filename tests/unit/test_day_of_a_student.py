"""The edges of a student's day: what changes it, what does not, and where one moment ends another."""

from __future__ import annotations

from datetime import time

import pytest

from pixsession.domain.certification.clock import is_too_late, latest_start, planned_start
from pixsession.domain.certification.day import (
    Action,
    ActionKind,
    DayState,
    Incident,
    Note,
    Pause,
    Presence,
    StopReason,
    StudentDay,
)
from pixsession.domain.certification.session import Limits
from pixsession.domain.certification.states import is_absent, is_away, is_to_call_back, room_totals
from pixsession.domain.certification.supervision import days_of, paused_rooms, ticked_items
from pixsession.domain.share.place import Post
from tests.factories.days import SESSION, act, clock, day_after, row_for, state_after

K = ActionKind
ROW = row_for()
STARTED = act(K.START, "09:00", ROW)


def of_room(begin: str, end: str | None) -> tuple[Action, ...]:
    """A pause of the whole of room 1."""
    ends = () if end is None else (act(K.UNPAUSE, end, room="Salle 1"),)
    return (act(K.PAUSE, begin, room="Salle 1"), *ends)


@pytest.mark.parametrize("kind", [K.FINISH, K.STOP])
@pytest.mark.parametrize(
    ("begin", "end", "counts"),
    [
        ("08:50", "09:00", False),  # over when the test began
        ("08:50", "09:01", True),
        ("08:50", None, True),
        ("09:19", None, True),
        ("09:20", "09:30", False),  # begun when the test was over
        ("09:25", None, False),
    ],
)
def test_a_pause_of_the_room_counts_from_the_start_of_a_test_to_its_end(
    kind: ActionKind, begin: str, end: str | None, *, counts: bool
) -> None:
    day = day_after(ROW, [STARTED, act(kind, "09:20", ROW), *of_room(begin, end)])
    lasted = Pause(clock(begin), clock(end) if end else None, planned=False, of_room=True)
    assert day.pauses == ((lasted,) if counts else ())


def test_two_pauses_stay_two_each_with_its_own_end_its_cause_and_its_kind() -> None:
    paused = [
        act(K.PAUSE, "09:05", ROW, text="alarme"), act(K.UNPAUSE, "09:10", ROW),
        act(K.UNPAUSE, "09:12", ROW), act(K.PAUSE, "09:15", ROW, planned=True), act(K.UNPAUSE, "09:18", ROW),
    ]  # fmt: skip
    first = Pause(clock("09:05"), clock("09:10"), planned=False, of_room=False, cause="alarme")
    second = Pause(clock("09:15"), clock("09:18"), planned=True, of_room=False)
    assert day_after(ROW, [STARTED, *paused]).pauses == (first, second)
    assert day_after(ROW, [STARTED, *paused[:3]]).pauses == (first,)


def test_pauses_stand_in_the_order_of_time_ones_own_before_the_rooms() -> None:
    own = (act(K.PAUSE, "09:10", ROW, number=1), act(K.UNPAUSE, "09:15", ROW))
    rooms = (*of_room("09:05", "09:07"), *of_room("09:10", "09:20"))
    told = day_after(ROW, [STARTED, *own, *rooms]).pauses
    assert [(pause.begin, pause.of_room) for pause in told] == [
        (clock("09:05"), True), (clock("09:10"), False), (clock("09:10"), True),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [K.NOTE, K.INCIDENT, K.TICK, K.UNTICK, K.UNDO])
def test_nothing_but_its_end_ends_a_pause_of_a_room(kind: ActionKind) -> None:
    paused = of_room("09:05", None)
    other = act(kind, "09:10", room="Salle 1", code="C7", text="code")
    ends_ones_own = act(K.UNPAUSE, "09:11", ROW)._replace(room="Salle 1")
    assert paused_rooms([*paused, other, ends_ones_own], ["Salle 1"])["Salle 1"].begin == clock("09:05")
    assert paused_rooms([*paused, act(K.UNPAUSE, "09:12", room="Salle 1")], ["Salle 1"]) == {}
    assert paused_rooms([act(K.PAUSE, "09:05", ROW, room="Salle 1")], ["Salle 1"]) == {}


@pytest.mark.parametrize(
    ("first", "second"),
    [(K.FINISH, K.STOP), (K.STOP, K.FINISH), (K.FINISH, K.PAUSE), (K.STOP, K.PAUSE), (K.FINISH, K.FINISH),
     (K.STOP, K.STOP), (K.FINISH, K.RESUME)],
)  # fmt: skip
def test_what_is_done_to_a_test_that_is_over_changes_nothing(first: ActionKind, second: ActionKind) -> None:
    over = [STARTED, act(first, "09:20", ROW)]
    assert day_after(ROW, [*over, act(second, "09:25", ROW)]) == day_after(ROW, over)


@pytest.mark.parametrize("code", ["STUDENT", "TECHNICAL", "", "OTHER"])
def test_a_stop_has_the_reason_that_was_said_until_the_test_goes_on(code: str) -> None:
    stopped = [STARTED, act(K.STOP, "09:20", ROW, code=code)]
    day = day_after(ROW, stopped)
    assert day.stopped_at == clock("09:20")
    assert day.stop_reason == (StopReason(code) if code in {"STUDENT", "TECHNICAL"} else None)
    goes_on = day_after(ROW, [*stopped, act(K.RESUME, "09:25", ROW)])
    assert (goes_on.stopped_at, goes_on.stop_reason, goes_on.started_at) == (None, None, clock("09:00"))
    paused = act(K.PAUSE, "09:10", ROW), act(K.UNPAUSE, "09:12", ROW)
    both = day_after(ROW, [*stopped, *paused, act(K.RESUME, "09:25", ROW)]).pauses
    assert [(pause.begin, pause.end) for pause in both] == [
        (clock("09:10"), clock("09:12")), (clock("09:20"), clock("09:25")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "kind",
    [K.CALL, K.EXTRA_TIME, K.ROOM, K.OBSERVE, K.DELEGATE, K.UNDELEGATE, K.TICK, K.UNTICK],
)
def test_what_is_not_about_the_test_changes_nothing_of_the_day(kind: ActionKind) -> None:
    done = [act(K.PRESENT, "08:20", ROW), act(kind, "08:30", ROW, text="x", room="Salle 2"), STARTED]
    assert day_after(ROW, done) == StudentDay(Presence.PRESENT, clock("08:20"), started_at=clock("09:00"))


def test_an_incident_is_handled_once_by_its_code_and_those_of_other_codes_stay_open() -> None:
    reported = [
        act(K.INCIDENT, "09:05", ROW, code=code, text=code, number=n) for n, code in enumerate(("E1", "E3"))
    ]
    handled = act(K.HANDLED, "09:10", ROW, code="E1", text="Mme Roy")
    all_of_them = act(K.HANDLED, "09:20", ROW)._replace(post=Post("p1", "CDI"))
    first = Incident(clock("09:05"), "E1", "E1", clock("09:10"), "Mme Roy")
    second = Incident(clock("09:05"), "E3", "E3")
    assert day_after(ROW, [*reported, handled]).incidents == (first, second)
    both = day_after(ROW, [*reported, handled, all_of_them])
    assert both.incidents == (first, second._replace(handled_at=clock("09:20"), handled_by="CDI"))
    assert day_after(ROW, [reported[0], act(K.HANDLED, "09:10", ROW)]).incidents[0].handled_by == ""


def test_every_note_of_a_student_is_kept_in_the_order_of_time() -> None:
    notes = [act(K.NOTE, "09:05", ROW, text="un"), act(K.NOTE, "09:01", ROW, text="deux")]
    assert day_after(ROW, notes).notes == (Note(clock("09:01"), "deux"), Note(clock("09:05"), "un"))


def test_a_line_of_the_checklist_is_unticked_by_its_unticking_alone_and_ticked_anew() -> None:
    ticked = act(K.TICK, "08:00", text="code")
    assert ticked_items([ticked, act(K.NOTE, "08:01", text="code")]) == {"code": clock("08:00")}
    unticked = act(K.UNTICK, "08:02", text="code")
    assert ticked_items([unticked, act(K.UNTICK, "08:03", text="other")]) == {}
    assert ticked_items([ticked, unticked, act(K.TICK, "08:05", text="code")]) == {"code": clock("08:05")}


def test_a_pause_reaches_nobody_whose_room_is_not_known_but_one_of_all_rooms_does() -> None:
    for room, count in (("Salle 1", 0), (None, 1)):
        days = days_of([STARTED, act(K.PAUSE, "09:05", room=room)], [ROW], {}, {})
        assert len(days[1].pauses) == count


# Who is there


def test_a_mark_of_absence_falls_by_a_later_profile_alone() -> None:
    absent = StudentDay(Presence.ABSENT, clock("08:55"))
    for again, is_still in ((None, True), ("08:54", True), ("08:55", True), ("08:56", False)):
        assert is_absent(absent._replace(eligible_again_at=clock(again) if again else None)) is is_still
    assert not is_absent(absent._replace(started_at=clock("09:00")))
    assert not is_absent(absent._replace(presence_at=None, eligible_again_at=clock("08:56")))
    assert not any(
        is_absent(StudentDay(one, clock("08:55"))) for one in Presence if one is not Presence.ABSENT
    )


def test_who_was_sent_away_is_away_until_any_sign_of_them() -> None:
    away, at = StudentDay(redirected_at=clock("08:52")), clock("09:10")
    assert is_away(away)
    assert not is_away(StudentDay())
    assert not is_away(away._replace(eligible_again_at=at))
    assert not is_away(away._replace(authorised_at=at))
    assert not is_away(away._replace(back_at=at))


def test_who_is_eligible_again_is_called_back_until_there() -> None:
    away = StudentDay(redirected_at=clock("08:52"), eligible_again_at=clock("09:10"))
    assert is_to_call_back(away)
    assert not is_to_call_back(StudentDay(eligible_again_at=clock("09:10")))
    assert not is_to_call_back(away._replace(started_at=clock("09:12")))
    assert not is_to_call_back(away._replace(authorised_at=clock("09:12")))
    for back, is_called in (("09:09", True), ("09:10", False), ("09:11", False)):
        assert is_to_call_back(away._replace(back_at=clock(back))) is is_called
    assert not is_to_call_back(away._replace(eligible_again_at=None, back_at=clock("08:53")))


def test_the_extra_time_of_the_list_is_in_the_state() -> None:
    unknown = ROW._replace(expected=None)
    for row, state in ((row_for(extra_time=0.1), DayState.RUNNING), (ROW, DayState.OVERTIME)):
        assert state_after(row, [STARTED], "10:45") is state
    assert state_after(unknown, [STARTED], "10:45") is DayState.OVERTIME
    assert state_after(unknown, [STARTED], "10:40") is DayState.RUNNING


def test_totals_count_each_state_of_a_room_and_other_rooms_stand_behind_in_order() -> None:
    rooms = {1: "Salle 2", 2: "Z", 3: "B", 4: "Salle 2", 99: "nobody"}
    states = dict.fromkeys((1, 2, 3, 5), DayState.READY) | {4: DayState.RUNNING}
    totals = room_totals(SESSION, rooms, states)
    assert [(one.room, one.students) for one in totals] == [
        ("Salle 1", 0),
        ("Salle 2", 2),
        ("B", 1),
        ("Z", 1),
    ]
    assert {state: count for state, count in totals[1].counts.items() if count} == {
        DayState.READY: 1, DayState.RUNNING: 1,
    }  # fmt: skip


# The hours of the session


def test_it_is_too_late_after_the_latest_useful_start_and_never_where_none_is_given() -> None:
    assert not is_too_late(SESSION, clock("10:00"))
    assert is_too_late(SESSION, clock("10:00:01"))
    assert not is_too_late(SESSION._replace(limits=Limits()), clock("23:59"))


def test_the_hours_of_a_session_overseas_are_told_in_the_time_of_paris() -> None:
    reunion = SESSION._replace(timezone="Indian/Reunion", limits=Limits(latest_start=time(13, 0)))
    assert latest_start(reunion) == clock("10:00")  # three hours ahead in winter
    assert planned_start(reunion._replace(start=time(12, 30))) == clock("09:30")
