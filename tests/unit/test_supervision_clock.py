"""The times of the day: personal ends, pauses counted once, the limits of Pix."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pixsession.domain.certification.clock import (
    authorised_until,
    first_start,
    is_closed,
    latest_start,
    open_pause,
    paused_for,
    personal_end,
    planned_start,
)
from pixsession.domain.certification.day import Pause, StudentDay
from pixsession.domain.certification.session import Limits
from tests.factories.days import SESSION, clock


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def pause(begin: str, end: str | None, *, planned: bool = False, of_room: bool = False) -> Pause:
    return Pause(clock(begin), clock(end) if end else None, planned, of_room)


def running(*pauses: Pause, start: str = "09:00") -> StudentDay:
    return StudentDay(started_at=clock(start), pauses=pauses)


@pytest.mark.parametrize(
    ("extra_time", "end"),
    [(None, "10:40"), (0.0, "10:40"), (0.33, "11:13"), (1.0, "12:20"), (-0.5, "10:40")],
)
def test_extra_time_is_a_part_of_the_duration(extra_time: float | None, end: str) -> None:
    assert personal_end(running(), SESSION, extra_time) == clock(end)


def test_a_third_of_105_minutes_is_not_rounded_down() -> None:
    session = SESSION._replace(duration_minutes=105)
    assert personal_end(running(), session, 0.33) == clock("11:19:39")


def test_nobody_has_an_end_before_starting() -> None:
    day = StudentDay(pauses=(pause("09:00", "09:10"),))
    assert personal_end(day, SESSION, None) is None
    assert paused_for(day, clock("10:00")) == (minutes(0), minutes(0))


def test_planned_and_incident_time_are_kept_apart_and_both_move_the_end() -> None:
    day = running(pause("09:10", "09:15", planned=True), pause("09:20", "09:27"))
    assert paused_for(day, clock("10:00")) == (minutes(5), minutes(7))
    assert personal_end(day, SESSION, None) == clock("10:52")


@pytest.mark.parametrize(
    ("pauses", "planned", "incident"),
    [
        ((pause("09:10", "09:20"), pause("09:15", "09:30", of_room=True)), 0, 20),
        ((pause("09:10", "09:20"), pause("09:15", "09:30"), pause("09:25", "09:40")), 0, 30),
        ((pause("09:10", "09:40"), pause("09:15", "09:20"), pause("09:25", "09:30")), 0, 30),
        ((pause("09:10", "09:30"), pause("09:20", "09:40", planned=True)), 20, 10),
        ((pause("09:10", "09:30", planned=True), pause("09:15", "09:20")), 20, 0),
        ((pause("09:30", "09:20"),), 0, 0),
        ((pause("08:30", "09:05"),), 0, 5),
        ((pause("08:30", "08:50"),), 0, 0),
    ],
)
def test_a_minute_counts_once_and_within_the_test_only(
    pauses: tuple[Pause, ...], planned: int, incident: int
) -> None:
    assert paused_for(running(*pauses), clock("10:00")) == (minutes(planned), minutes(incident))


def test_a_pause_that_lasts_counts_until_now_or_until_the_end_of_the_test() -> None:
    day = running(pause("09:10", None))
    assert paused_for(day, clock("09:25")) == (minutes(0), minutes(15))
    assert paused_for(day, clock("09:05")) == (minutes(0), minutes(0))
    assert paused_for(day, None) == (minutes(0), minutes(0))
    assert personal_end(day, SESSION, None, clock("09:25")) == clock("10:55")
    assert personal_end(day, SESSION, None) == clock("10:40")
    for over in (day._replace(finished_at=clock("09:20")), day._replace(stopped_at=clock("09:20"))):
        assert paused_for(over, clock("12:00")) == (minutes(0), minutes(10))


def test_the_pause_that_lasts_is_ones_own_before_the_rooms() -> None:
    own, of_room, ended = pause("09:20", None), pause("09:10", None, of_room=True), pause("09:01", "09:02")
    assert open_pause(running(ended)) is None
    assert open_pause(running(ended, of_room)) == of_room
    assert open_pause(running(ended, of_room, own)) == own


def test_limits_of_the_session_as_moments() -> None:
    assert latest_start(SESSION) == clock("10:00")
    assert planned_start(SESSION) == clock("08:30")
    bare = SESSION._replace(start=None, limits=Limits())
    assert latest_start(bare) is planned_start(bare) is None


def test_an_authorisation_lasts_as_long_as_the_session_says() -> None:
    day = StudentDay(authorised_at=clock("08:51"))
    assert authorised_until(day, SESSION) == clock("09:06")
    assert authorised_until(day, SESSION._replace(limits=Limits(authorisation_minutes=5))) == clock("08:56")
    assert authorised_until(StudentDay(), SESSION) is None


def test_the_first_start_is_that_of_the_whole_session() -> None:
    assert first_start([StudentDay(), running(start="09:10"), running(start="09:02")]) == clock("09:02")
    assert first_start([StudentDay()]) is None


def test_a_test_is_closed_a_day_after_its_start() -> None:
    day = running()
    assert not is_closed(day, clock("09:00") + minutes(24 * 60 - 1))
    assert is_closed(day, clock("09:00") + minutes(24 * 60))
    assert not is_closed(StudentDay(), clock("23:00"))
