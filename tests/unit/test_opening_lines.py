"""The lines of the opening check: how many are called, which exports, what is missing; each with its key."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pixsession.domain.board.snapshot import Expectation, Snapshot
from pixsession.domain.certification.day import DayView
from pixsession.domain.certification.opening import (
    OpeningLine,
    Topic,
    opening_check,
    session_warnings,
    warnings_of_any,
)
from pixsession.domain.certification.session import Remediation
from pixsession.domain.people.matches import OpenDoubt, PersonLabel
from tests.factories.certification_screens import ROOM, ROWS, SESSION, TWO, TWO_ROOMS, supervised
from tests.factories.snapshots import NOW


def lines(board: Snapshot, topic: Topic) -> list[OpeningLine]:
    assert board.day is not None
    return [line for line in opening_check(board, board.day, NOW) if line.topic is topic]


def with_day(board: Snapshot, **facts: object) -> Snapshot:
    assert board.day is not None
    day: DayView = board.day._replace(**facts)  # type: ignore[arg-type]
    return board._replace(day=day)


def test_the_lines_stand_in_the_order_of_their_topics() -> None:
    board = with_day(supervised((), session=TWO_ROOMS, rooms={}), warnings=("doute",))
    assert board.day is not None
    topics = [line.topic for line in opening_check(board, board.day, NOW)]
    assert topics == sorted(topics, key=list(Topic).index)


@pytest.mark.parametrize(
    ("students", "extra", "words", "is_trouble"),
    [
        (0, 0, "0 candidates", True), (1, 0, "1 candidate", False), (3, 0, "3 candidates", False),
        (3, 2, "3 candidates, 2 with extra time", False),
    ],
)  # fmt: skip
def test_how_many_are_called_by_which_lists(
    students: int, extra: int, words: str, *, is_trouble: bool
) -> None:
    rows = [
        row._replace(
            expected=Expectation(f"liste{number % 2}.ods", None, extra_time=0.33 if number < extra else 0.0)
        )
        for number, row in enumerate(ROWS[:students])
    ]
    files = tuple(f"liste{number}.ods" for number in range(min(students, 2)))
    found = lines(supervised((), rows=tuple(rows)), Topic.CALLED)
    assert found == [OpeningLine(Topic.CALLED, words, is_trouble, files=files)]


@pytest.mark.parametrize(
    ("students", "words"),
    [
        (1, "No list of candidates: 1 student of the exports is called"),
        (2, "No list of candidates: all 2 students of the exports are called"),
    ],
)
def test_where_no_list_calls_anybody_that_is_trouble_with_the_key_of_the_files(
    students: int, words: str
) -> None:
    board = with_day(supervised((), rows=ROWS[:students]), calls_everybody=True)
    assert lines(board, Topic.CALLED) == [OpeningLine(Topic.CALLED, words, True, "app.files")]
    assert board.day is not None
    assert words in session_warnings(board, board.day, NOW)


def test_what_is_doubtful_about_lists_and_who_is_on_none_any_more_is_told() -> None:
    board = supervised((), rows=ROWS[:3])
    assert lines(board, Topic.LISTS) == []
    off = {
        (1,): "BARBIER Lou: the test was started, and no list has this name any more",
        (1, 2): "2 tests were started of students whom no list has any more",
        (99,): None,
    }
    for students, words in off.items():
        found = lines(with_day(board, warnings=("doute",), off_list=frozenset(students)), Topic.LISTS)
        assert [line.words for line in found] == ["doute", *([words] if words else [])]
        assert all(line.is_trouble and line.names and line.key == "app.files" for line in found)


def test_exports_are_trouble_where_there_is_none_and_where_the_newest_is_of_another_day() -> None:
    board = supervised(())
    for count, newest, is_trouble in ((1, NOW, False), (2, NOW - timedelta(days=1), True)):
        times = tuple(newest for _ in range(count))
        (line,) = lines(board._replace(export_times=times, newest_export_at=newest), Topic.EXPORTS)
        assert line.words.startswith("1 export · " if count == 1 else "2 exports · ")
        assert (line.is_trouble, line.key) == (is_trouble, "app.files")
    before = board._replace(export_times=(NOW,), newest_export_at=NOW - timedelta(minutes=10))
    for behind, age in ((0, "10 min ago"), (5, "15 min ago")):  # minutes, of the clock of this computer
        (line,) = lines(before._replace(clock_behind=timedelta(minutes=behind)), Topic.EXPORTS)
        assert line.words.endswith(age)
    (none,) = lines(board._replace(export_times=(), newest_export_at=None), Topic.EXPORTS)
    assert none == OpeningLine(Topic.EXPORTS, "No export of a collection of profiles yet", True, "app.files")


def test_who_has_no_profile_is_counted_once_there_is_an_export() -> None:
    board = supervised((), rows=(ROWS[5], ROWS[6]))
    (line,) = lines(board, Topic.PROFILES)
    assert line == OpeningLine(Topic.PROFILES, "1 without a profile", True, "session.only_not_sent")
    assert lines(with_day(board, has_exports=False), Topic.PROFILES) == []
    assert lines(supervised((), rows=(ROWS[6],)), Topic.PROFILES) == []


def test_doubts_lead_to_who_is_who_where_persons_are_in_doubt_and_others_are_no_trouble() -> None:
    board = supervised((), rows=(ROWS[4], ROWS[6]))
    person = PersonLabel("k", "NGUYEN", "Linh", None, None, "liste.ods")
    (plain,) = lines(board, Topic.DOUBTS)
    (about,) = lines(board._replace(doubts=(OpenDoubt(person, ()),)), Topic.DOUBTS)
    assert (plain.words, plain.key, about.key) == ("1 to check", "session.only_to_check", "app.matches")
    assert lines(supervised((), rows=(ROWS[6],)), Topic.DOUBTS) == []
    for count, words in ((1, "1 other student"), (2, "2 other students")):
        (line,) = lines(board._replace(others=ROWS[:count]), Topic.OTHERS)
        assert line.words.startswith(words)
        assert (line.is_trouble, line.key) == (False, "session.others")


def test_both_codes_that_lack_are_two_lines() -> None:
    both = SESSION._replace(remediation=Remediation())
    assert len(lines(supervised((), session=both), Topic.CODES)) == 2
    assert all(line.is_trouble for line in lines(supervised((), session=both), Topic.CODES))


def test_a_room_where_nobody_is_called_is_named_where_there_are_others() -> None:
    rooms = dict.fromkeys(TWO, ROOM)
    found = lines(supervised((), session=TWO_ROOMS, rooms=rooms), Topic.ROOMS)
    assert found == [
        OpeningLine(Topic.ROOMS, "CDI: nobody is called there", True, "session.room", names=True)
    ]
    board = supervised((), session=TWO_ROOMS, rooms=rooms)
    assert board.day is not None
    assert "CDI: nobody is called there" in session_warnings(board, board.day, NOW)
    assert lines(supervised((), rows=(), rooms={}), Topic.ROOMS) == []
    one = {student: room for student, room in TWO.items() if student > 1}
    (nowhere,) = lines(supervised((), session=TWO_ROOMS, rooms=one), Topic.ROOMS)
    assert nowhere == OpeningLine(Topic.ROOMS, "1 candidate without a room", True, "session.room")


def test_of_any_session_a_wrong_day_is_told_and_the_right_one_is_not() -> None:
    board = supervised(())
    tomorrow = SESSION._replace(date=NOW.date() + timedelta(days=1))
    assert warnings_of_any(board, SESSION, NOW) == ()
    (told,) = warnings_of_any(board, tomorrow, NOW)
    assert told.endswith("08:00 (tomorrow)")
