"""The line under the table of a session: what to do about the student under the cursor, and why."""

from __future__ import annotations

import pytest

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.certification.day import ActionKind
from pixsession.ui.board.grid.table import BoardGrid
from tests.factories.certification_screens import ROWS, did, supervised
from tests.factories.screens import Board, board
from tests.factories.snapshots import class_rows, snapshot

_REDIRECTED = (did(ActionKind.REDIRECT, 3, minutes_ago=5),)
_GONE = Reason(ReasonCode.SUBMISSION_GONE, ("04/03", "collecte-1015.csv", "collecte-1030.csv"))
_STEPS = {
    1: "send to the remediation · Partager −1 · Santé −3 · Gérer données −5",
    3: "code > PATH 60 % > profile to send again > export to do again",
    6: "have the profile sent (KQWBTM347)",
    7: "mark present",
}


async def said_of(driven: Board, student: int, lines: int = 1) -> str:
    """What stands between the table and the last change with the cursor on this student."""
    assert driven.app.board.query_one(BoardGrid).select(student)
    await driven.settle()
    return " ".join(" ".join(driven.lines[-2 - lines : -2]).split())


async def test_it_follows_the_cursor_and_says_the_step_whole() -> None:
    async with board(supervised(_REDIRECTED)) as driven:
        for student, words in _STEPS.items():
            assert await said_of(driven, student) == words


async def test_a_long_reason_takes_a_second_line_and_ends_beside_those_who_are_not_called() -> None:
    doubted = ROWS[4]._replace(verdict=ROWS[4].verdict._replace(reasons=(_GONE,)))
    rows = tuple(doubted if row.student_id == 5 else row for row in ROWS)
    others = snapshot(class_rows()).rows[:3]
    async with board(supervised((), rows=rows)._replace(others=others)) as driven:
        await said_of(driven, 5)
        first, second = driven.lines[-4], driven.lines[-3]
        assert first.endswith("O: 3 others ")
        assert f"{first.removesuffix('O: 3 others ').strip()} {second.strip()}" == _GONE.sentence()


@pytest.mark.parametrize("columns", [119, 120])
async def test_where_a_panel_says_it_the_line_is_gone(columns: int) -> None:
    async with board(supervised(_REDIRECTED), size=(columns, 40)) as driven:
        assert (await said_of(driven, 6) == _STEPS[6]) is (columns < 120)


async def test_a_board_of_profiles_has_no_such_line() -> None:
    async with board(snapshot(class_rows())) as driven:
        assert not driven.app.board.query_one("CursorLine").display


async def test_what_the_session_warns_of_takes_two_lines_before_it_is_cut() -> None:
    trouble = (
        'session.toml, line 3: “start” must be a time like "08:30", not "half past eight in the morning".'
    )
    async with board(supervised(())._replace(session_trouble=trouble)) as driven:
        at = next(number for number, line in enumerate(driven.lines) if "⚠" in line)
        said = f"{driven.lines[at].strip()} {driven.lines[at + 1].strip()}"
        assert said.startswith(f"⚠ {trouble}")
        await driven.publish(supervised((), revision=2))
        assert "⚠" not in driven.text


async def test_without_anybody_under_the_cursor_the_others_are_still_counted_whole() -> None:
    others = snapshot(class_rows()).rows[:3]
    async with board(supervised(())._replace(others=others)) as driven:
        await driven.press("8")  # nobody runs
        assert "O: 3 others" in driven.text
