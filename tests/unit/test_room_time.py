"""The time of the room: what a session says of its hours, and what is shown, in every zone with a school."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date, datetime

import pytest

from pixsession.domain.board.changes import Change, ChangeKind
from pixsession.domain.board.entries import Entry
from pixsession.domain.board.wording import (
    change_time,
    export_words,
    full_moment_words,
    moment_words,
    sent_words,
)
from pixsession.domain.certification.actions import action_of
from pixsession.domain.certification.clock import latest_start, planned_start
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.certification.session import Limits
from pixsession.domain.lesson.window import lesson_exports
from pixsession.foundation.clock import in_paris
from pixsession.foundation.room_time import (
    from_room,
    hour_words,
    in_room,
    is_zone,
    nearest_zone,
    room_day,
    use_room_zone,
    zone_words,
)
from tests.factories.days import SESSION

Elsewhere = Callable[[str], None]
needs_tzset = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of Windows is no variable")

# (zone, the clock there when it is noon in Paris in March, and in July)
SCHOOLS = [
    ("Europe/Paris", "12:00", "12:00"),
    ("Indian/Reunion", "15:00", "14:00"),
    ("Indian/Mayotte", "14:00", "13:00"),
    ("Pacific/Noumea", "22:00", "21:00"),
    ("Pacific/Tahiti", "01:00", "00:00"),
    ("America/Guadeloupe", "07:00", "06:00"),
    ("America/Cayenne", "08:00", "07:00"),
    ("Asia/Tokyo", "20:00", "19:00"),
    ("Asia/Kolkata", "16:30", "15:30"),
    ("America/New_York", "07:00", "06:00"),  # in March the summer has begun there, and not in Paris
    ("Africa/Casablanca", "11:00", "11:00"),
]


@pytest.fixture
def computer_in(monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    """A computer of another zone."""

    def moved(zone: str) -> None:
        if sys.platform == "win32":
            pytest.skip("of other systems")
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    return moved


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(("zone", "march", "july"), SCHOOLS)
def test_noon_of_paris_on_the_wall_of_each_school_and_back(zone: str, march: str, july: str) -> None:
    use_room_zone(zone)
    for noon, there in ((at("2026-03-16T12:00"), march), (at("2026-07-01T12:00"), july)):
        assert hour_words(noon) == there
        assert from_room(in_room(noon)) == noon


@needs_tzset
@pytest.mark.parametrize(("zone", "march", "july"), SCHOOLS)
def test_the_zone_of_the_computer_counts_where_the_session_names_none(
    computer_in: Elsewhere, zone: str, march: str, july: str
) -> None:
    computer_in(zone)
    for noon, there in ((at("2026-03-16T12:00"), march), (at("2026-07-01T12:00"), july)):
        assert hour_words(noon) == there
        assert from_room(in_room(noon)) == noon


@needs_tzset
@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC"])
def test_a_computer_without_a_zone_is_in_paris(computer_in: Elsewhere, zone: str) -> None:
    computer_in(zone)
    assert hour_words(at("2026-03-16T12:00")) == "12:00"
    assert from_room(at("2026-03-16T12:00")) == at("2026-03-16T12:00")
    use_room_zone("UTC")  # one who asks for it has it
    assert hour_words(at("2026-03-16T12:00")) == "11:00"


@needs_tzset
def test_the_session_wins_over_the_computer(computer_in: Elsewhere) -> None:
    computer_in("Asia/Tokyo")
    use_room_zone("Indian/Reunion")
    assert hour_words(at("2026-03-16T12:00")) == "15:00"


@needs_tzset
def test_a_gesture_is_of_the_time_of_paris_wherever_the_computer_stands(computer_in: Elsewhere) -> None:
    computer_in("Asia/Tokyo")
    for written in ("2026-03-16T12:00:00", "2026-03-16T12:00:00+01:00", "2026-03-16T20:00:00+09:00"):
        action = action_of(Entry("a:000001", written, ActionKind.NOTE, {}, "a.jsonl"))
        assert action is not None
        assert action.at == at("2026-03-16T12:00")


@pytest.mark.parametrize(("zone", "march", "july"), SCHOOLS)
def test_the_hours_of_a_session_are_those_of_its_room(zone: str, march: str, july: str) -> None:
    day, wall = date(2026, 3, 16), datetime.strptime(march, "%H:%M").time()  # noqa: DTZ007 - on a wall
    limits = Limits(latest_start=wall)
    session = SESSION._replace(date=day, start=wall, limits=limits, timezone=zone)
    assert planned_start(session) == latest_start(session) == at("2026-03-16T12:00")


def test_a_lesson_of_noumea_lies_on_two_days_of_paris() -> None:
    session = SESSION._replace(
        date=date(2026, 3, 17), start=at("2026-03-17T09:30").time(), timezone="Pacific/Noumea"
    )
    lesson = [at("2026-03-16T23:35"), at("2026-03-16T23:55"), at("2026-03-17T00:10")]
    others = [at("2026-03-16T12:30"), at("2026-03-17T12:30")]  # 22:30 there, the day before; 22:30 that day
    assert lesson_exports(session, [*lesson, *others]) == tuple(lesson)


def test_an_evening_of_guadeloupe_is_the_same_day_there() -> None:
    use_room_zone("America/Guadeloupe")
    late = at("2026-03-17T01:30")  # 20:30 of the day before
    assert room_day(late) == date(2026, 3, 16)
    now = at("2026-03-17T02:00")
    assert moment_words(at("2026-03-16T23:30"), now) == "18:30"
    assert full_moment_words(late, now) == "20:30"
    assert sent_words("2026-03-17T01:30", now) == "20:30"
    assert sent_words("2026-03-16", now) == "16 Mar"  # a day of the file stays what it is
    assert export_words(at("2026-03-16T23:30"), now) == "export of 18:30, 2 h 30 ago"
    change = Change(ChangeKind.PROFILE_SENT, late, 1, "MARTIN", "Lou", sent_at="2026-03-17T01:20")
    assert change_time(change, now) == "20:20"


@pytest.mark.parametrize(
    ("zone", "day", "words"),
    [
        ("Europe/Paris", date(2026, 3, 16), ""),
        ("Europe/Berlin", date(2026, 3, 16), ""),
        ("Indian/Reunion", date(2026, 3, 16), "Indian/Reunion (UTC+04:00)"),
        ("Pacific/Noumea", date(2026, 7, 1), "Pacific/Noumea (UTC+11:00)"),
        ("America/Guadeloupe", date(2026, 7, 1), "America/Guadeloupe (UTC-04:00)"),
        ("Asia/Kolkata", date(2026, 1, 5), "Asia/Kolkata (UTC+05:30)"),
        ("America/New_York", date(2026, 3, 16), "America/New_York (UTC-04:00)"),
        ("America/St_Johns", date(2026, 1, 5), "America/St_Johns (UTC-03:30)"),
        # Where the clocks are those of Paris for a part of the year only.
        ("Africa/Tunis", date(2026, 1, 5), ""),
        ("Africa/Tunis", date(2026, 7, 1), "Africa/Tunis (UTC+01:00)"),
    ],
)
def test_the_zone_is_named_where_its_clocks_are_not_those_of_paris(zone: str, day: date, words: str) -> None:
    assert zone_words(day, zone) == words
    use_room_zone(zone)
    assert zone_words(day) == words


@needs_tzset
def test_the_zone_of_a_computer_is_named_by_its_offset(computer_in: Elsewhere) -> None:
    computer_in("Indian/Reunion")
    assert zone_words(date(2026, 3, 16)) == "UTC+04:00"
    computer_in("Europe/Paris")
    assert zone_words(date(2026, 3, 16)) == ""


def test_the_hour_that_comes_twice_and_the_one_that_never_does() -> None:
    assert from_room(at("2026-11-01T01:30"), "America/New_York") == at("2026-11-01T06:30")  # the first one
    assert from_room(at("2026-03-08T02:30"), "America/New_York") == at("2026-03-08T08:30")
    use_room_zone("America/New_York")
    twice = [at(f"2026-10-25T{hour}:30+00:00") for hour in ("00", "01")]  # 02:30 in Paris, both
    assert [hour_words(in_paris(moment)) for moment in twice] == ["20:30", "21:30"]


@pytest.mark.parametrize("moment", [at("0001-01-01T00:00"), at("9999-12-31T23:59")])
def test_a_moment_that_no_calendar_has_elsewhere_stays(moment: datetime) -> None:
    for zone in ("Pacific/Noumea", "America/Guadeloupe"):
        use_room_zone(zone)
        assert in_room(moment).year == from_room(moment, zone).year == moment.year


def test_names_of_zones() -> None:
    assert is_zone("Indian/Reunion")
    assert not any(
        map(is_zone, ("", "Indian", "Indian/Renion", "../../etc/passwd", "/etc/localtime", "a\0b"))
    )
    assert nearest_zone("La Réunion") == "Indian/Reunion"
    assert nearest_zone("pacific/noumea") == "Pacific/Noumea"
    assert nearest_zone("12345") is None
