"""No gesture on the wrong student, and what Pix cannot take back is asked once, with the number."""

from __future__ import annotations

import pytest

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.ui.board import gestures
from pixsession.ui.certification.questions import question_before
from pixsession.ui.common.question import QuestionScreen
from tests.factories.certification_screens import ACTIONS, ROWS, TWO, TWO_ROOMS, did, supervised
from tests.factories.screens import Board, board
from tests.factories.snapshots import NOW
from tests.ui.test_session_board import go_to


def without(*students: int) -> tuple[BoardRow, ...]:
    """The class, and not these."""
    return tuple(row for row in ROWS if row.student_id not in students)


def said(driven: Board) -> str:
    """The screen as one line of words, without the frames of dialogs."""
    return " ".join(driven.text.replace("│", "").split())


def is_asked(driven: Board) -> bool:
    return isinstance(driven.app.screen, QuestionScreen)


async def test_a_gesture_right_after_another_student_came_under_the_cursor_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gestures, "SLIP_SECONDS", 60.0)
    async with board(supervised()) as driven:
        go_to(driven, 7)
        await driven.publish(supervised(rows=without(7), revision=2))
        await driven.press("a")
        assert is_asked(driven)
        assert "The cursor has just come to ROUX Zoé: is it for this" in said(driven)
        await driven.press("escape")
        assert driven.pipeline.acted == []
        monkeypatch.setattr(gestures, "SLIP_SECONDS", 0.0)
        await driven.press("a")
        assert not is_asked(driven)
        await driven.until(lambda: bool(driven.pipeline.acted))


async def test_the_cursor_stays_with_a_candidate_whom_an_export_gives_another_number() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 7)
        known = tuple(row._replace(student_id=70) if row.student_id == 7 else row for row in ROWS)
        await driven.publish(supervised(rows=known, rooms={}, revision=2))
        selected = driven.app.board.selected
        assert selected is not None
        assert selected.last_name == "MARTIN"
        await driven.press("a")
        await driven.until(lambda: bool(driven.pipeline.acted))
        assert driven.pipeline.acted == [ActionRequest(ActionKind.ABSENT, (70,))]


async def test_students_without_a_profile_or_not_eligible_start_only_after_a_question() -> None:
    async with board(supervised()) as driven:
        for student in (1, 2, 6, 7):
            go_to(driven, student)
            await driven.press("x")
        await driven.press("d")
        assert "PETIT Tom without a profile, 2 not eligible: start all the" in said(driven)
        await driven.press("d", "o", "enter")
        await driven.until(lambda: bool(driven.pipeline.acted))
        assert driven.pipeline.acted[0].kind is ActionKind.START
        assert sorted(driven.pipeline.acted[0].students) == [1, 2, 6, 7]


def test_the_question_names_whom_it_is_about_where_that_is_one() -> None:
    found = supervised()
    assert found.day is not None
    by_id = {row.student_id: row for row in found.rows}

    def asked(*students: int, kind: ActionKind = ActionKind.START, has_exports: bool = True) -> str:
        rows = [by_id[student] for student in students]
        assert found.day is not None
        return question_before(kind, rows, found.day._replace(has_exports=has_exports), NOW)

    assert asked(1) == "BARBIER Lou not eligible: start all the same?"
    assert asked(1, 2, 3) == "3 not eligible: start all the same?"
    assert asked(6, 7) == "PETIT Tom without a profile: start all the same?"
    assert asked(6, has_exports=False) == "no export yet says who has a profile: start all the same?"
    doubt = "two different profiles sent at the same time"
    assert asked(5, 7) == f"NGUYEN Linh to check ({doubt}): start all the same?"
    assert asked(7, 14, kind=ActionKind.FINISH) == (
        "LEROY Sacha still has time, with extra time: end all the same?"
    )


async def test_a_student_in_doubt_starts_only_after_a_question_that_says_the_doubt() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 5)
        await driven.press("d")
        assert "NGUYEN Linh to check (two different profiles" in said(driven)
        await driven.press("escape")
        assert not driven.pipeline.acted
        await driven.press("d", "enter")
        await driven.until(lambda: bool(driven.pipeline.acted))
        assert driven.pipeline.acted == [ActionRequest(ActionKind.START, (5,))]


def test_of_several_in_doubt_the_question_names_each_with_its_doubt() -> None:
    found = supervised()
    assert found.day is not None
    one = next(row for row in found.rows if row.student_id == 5)
    two = one._replace(student_id=50, last_name="PAGE", first_name="Ida")
    asked = question_before(ActionKind.START, (one, two), found.day, NOW)
    assert asked == (
        "2 to check (NGUYEN Linh: which profile?; PAGE Ida: which profile?): start all the same?"
    )


async def test_who_is_eligible_starts_without_a_question() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 7)
        await driven.press("d")
        await driven.until(lambda: bool(driven.pipeline.acted))
        assert not is_asked(driven)


async def test_who_is_marked_already_holds_up_no_roll_call() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 7)
        await driven.press("p")
        assert driven.pipeline.acted == []
        selected = driven.app.board.selected
        assert selected is not None
        assert selected.last_name == "ROUX"


async def test_a_test_is_stopped_with_the_reason_that_pix_asks_for() -> None:
    async with board(supervised()) as driven:
        go_to(driven, 14)
        await driven.press("h", "down", "enter")
        await driven.until(lambda: bool(driven.pipeline.acted))
        assert driven.pipeline.acted == [ActionRequest(ActionKind.STOP, (14,), code="TECHNICAL")]


async def test_all_rooms_are_paused_by_one_choice() -> None:
    async with board(supervised(session=TWO_ROOMS, rooms=TWO)) as driven:
        go_to(driven, 7)
        await driven.press("u", "end", "enter")
        await driven.until(lambda: bool(driven.pipeline.acted))
        assert driven.pipeline.acted == [ActionRequest(ActionKind.PAUSE, planned=True)]


async def test_several_who_still_have_time_end_only_after_a_question() -> None:
    running = (*ACTIONS, did(ActionKind.START, 7, 8, minutes_ago=80))
    async with board(supervised(running)) as driven:
        await driven.press("8", "X", "v")
        words = "3 students still have time, 1 of them extra time:"
        assert words in said(driven)
        await driven.press("escape")
        assert driven.pipeline.acted == []
        await driven.press("X")
        go_to(driven, 14)
        await driven.press("v")
        await driven.until(lambda: bool(driven.pipeline.acted))
        assert driven.pipeline.acted == [ActionRequest(ActionKind.FINISH, (14,))]


async def test_a_question_is_not_answered_by_an_enter_that_came_with_the_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pixsession.ui.common.question.READING_SECONDS", 60.0)
    async with board(supervised()) as driven:
        go_to(driven, 1)
        await driven.press("d", "enter", "enter")
        assert "BARBIER Lou not eligible" in said(driven)
        assert not driven.pipeline.acted
        await driven.press("escape")
        assert driven.on_board


async def test_a_roll_call_key_pressed_twice_marks_one_student(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pixsession.ui.board.gestures.TWICE_SECONDS", 60.0)
    async with board(supervised(())) as driven:
        go_to(driven, 7)
        await driven.press("p", "p", "p")
        await driven.until(lambda: bool(driven.pipeline.acted))
        assert driven.pipeline.acted == [ActionRequest(ActionKind.PRESENT, (7,))]
