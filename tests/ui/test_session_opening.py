"""The opening check, the students who are not called, and what is entered by hand on the day."""

from __future__ import annotations

import pytest

from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.ui.board.grid.table import BoardGrid
from pixsession.ui.certification.dialogs.by_hand import percent_of
from pixsession.ui.certification.dialogs.opening import OpeningScreen
from tests.factories.certification_screens import OTHER_ROOM, TWO, TWO_ROOMS, supervised
from tests.factories.screens import Board, board
from tests.factories.snapshots import row

OTHERS = tuple(row(90 + number, "AUTRE", name) for number, name in enumerate(("Ana", "Éva", "Tom")))
MORNING = supervised(())._replace(others=OTHERS)


def go_to(driven: Board, student: int) -> None:
    assert driven.app.board.query_one(BoardGrid).select(student)


async def acted(driven: Board, *expected: ActionRequest) -> None:
    await driven.until(lambda: len(driven.pipeline.acted) >= len(expected))
    assert driven.pipeline.acted == list(expected)


async def test_a_session_opens_with_its_check_and_enter_goes_to_the_board() -> None:
    async with board(MORNING, checks_session=True) as driven:
        assert isinstance(driven.app.screen, OpeningScreen)
        assert "14 candidates, 1 with extra time" in driven.text
        assert "1 without a profile" in driven.text
        assert "3 other students of the exports, not called" in driven.text
        await driven.press("enter")
        assert driven.on_board
        await driven.publish(MORNING._replace(revision=2))
        assert driven.on_board, "asked once"


async def test_the_key_of_a_line_leaves_the_check_for_what_it_shows() -> None:
    async with board(MORNING, checks_session=True) as driven:
        await driven.press("p")
        assert isinstance(driven.app.screen, OpeningScreen), "any other key is a slip"
        await driven.press("3")
        assert driven.on_board
        assert driven.app.board.view is not None
        assert [student.last_name for student in driven.app.board.view.rows] == ["PETIT"]


async def test_nothing_stands_over_tests_that_run() -> None:
    async with board(supervised(), checks_session=True) as driven:
        assert driven.on_board


async def test_the_others_are_one_line_and_one_key_and_one_of_them_can_be_called() -> None:
    async with board(MORNING, size=(120, 40)) as driven:
        assert "3 other students of the exports, not called" in driven.text
    async with board(MORNING) as driven:
        assert driven.lines[-3].endswith("O: 3 others ")
        assert "AUTRE" not in driven.text
        await driven.press("O", "e", "v", "a", "enter", "enter")
        await acted(driven, ActionRequest(ActionKind.CALL, (91,)))


async def test_a_name_that_no_export_shows_can_be_called_to_a_room() -> None:
    two = supervised((), session=TWO_ROOMS, rooms=TWO)._replace(others=OTHERS)
    async with board(two) as driven:
        await driven.press("O", *"zed", "enter")
        assert "call zed, whom no export shows" in driven.text
        await driven.press("enter", "down", "enter")
        await acted(driven, ActionRequest(ActionKind.CALL, named="zed", room=OTHER_ROOM))


async def test_extra_time_is_entered_by_hand_a_third_where_nothing_else_is_known() -> None:
    async with board(MORNING) as driven:
        go_to(driven, 7)
        await driven.press("T", "enter")
        await acted(driven, ActionRequest(ActionKind.EXTRA_TIME, (7,), extra_time=0.33))


async def test_what_is_no_percentage_is_refused_where_it_is_typed() -> None:
    async with board(MORNING) as driven:
        go_to(driven, 7)
        await driven.press("T", "x", "enter")
        assert "0, or a number from 1 to 400, such as 33." in driven.text
        assert driven.pipeline.acted == []


@pytest.mark.parametrize(
    ("typed", "percent"),
    [
        ("33", 33),
        ("33,3 %", 33.3),
        ("+50", 50),
        ("0", 0),
        ("0,33", None),
        ("401", None),
        ("-1", None),
        ("un tiers", None),
    ],
)
def test_a_percentage_is_read_as_people_write_it(typed: str, percent: float | None) -> None:
    assert percent_of(typed) == percent


async def test_a_student_is_called_to_another_room() -> None:
    async with board(supervised((), session=TWO_ROOMS, rooms=TWO)) as driven:
        go_to(driven, 7)
        await driven.press("B", "down", "enter")
        await acted(driven, ActionRequest(ActionKind.ROOM, (7,), room=OTHER_ROOM))


async def test_a_board_that_nobody_is_called_to_by_a_list_says_so() -> None:
    everybody = supervised(())
    assert everybody.day is not None
    open_day = everybody._replace(day=everybody.day._replace(calls_everybody=True))
    async with board(open_day, size=(120, 40)) as driven:
        assert "no list: everybody" in driven.lines[0]


async def test_those_without_a_room_are_one_key_away_and_get_one_together() -> None:
    some = {student: room for student, room in TWO.items() if student not in {7, 8}}
    async with board(supervised((), session=TWO_ROOMS, rooms=some), checks_session=True) as driven:
        assert "2 candidates without a room" in driven.text
        await driven.press("enter", "b", "b", "b")
        assert "12 students hidden: without a room" in driven.text
        await driven.press("X", "B", "down", "enter")
        await acted(driven, ActionRequest(ActionKind.ROOM, (8, 7), room=OTHER_ROOM))
    async with board(supervised((), session=TWO_ROOMS, rooms=TWO)) as driven:
        await driven.press("b", "b", "b")
        assert "hidden" not in driven.text, "all of them have one"
