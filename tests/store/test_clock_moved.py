"""A clock that is set under a running board: what was done keeps its order and its effect."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind as K
from pixsession.domain.certification.day import DayState, StudentDay
from pixsession.engine.certification.supervision import Supervision
from pixsession.engine.common.entry_log import EntryLog
from tests.factories.days import SESSION, clock, student


class Wall:
    """A clock that somebody sets."""

    def __init__(self, text: str) -> None:
        self.now = clock(text)

    def __call__(self) -> datetime:
        return self.now

    def put(self, text: str) -> None:
        self.now = clock(text)


class Board:
    """One running program with its own clock, on a dossier that others may have open too."""

    def __init__(self, dossier: Path | None, text: str = "10:00", *, keeps: bool = True) -> None:
        self.wall = Wall(text)
        self.log = EntryLog(dossier, self.wall, keeps=keeps)
        self.acting = Supervision(SESSION, self.log, self.wall)
        self.look()

    def look(self) -> StudentDay:
        self.log.look()
        return self.acting.see([student()], ()).days[1]

    def do(self, kind: K, at: str) -> StudentDay:
        self.wall.put(at)
        self.acting.act(ActionRequest(kind, (1,)))
        return self.look()

    def state(self) -> DayState:
        return self.acting.see([student()], ()).states[1]


@pytest.fixture(params=["journal", "memory", "read only"])
def board(request: pytest.FixtureRequest, tmp_path: Path) -> Board:
    if request.param == "memory":
        return Board(None)
    return Board(tmp_path, keeps=request.param == "journal")


@pytest.mark.parametrize("later", ["09:05", "10:01", "12:59"])
def test_the_second_gesture_counts_and_z_takes_it_back(board: Board, later: str) -> None:
    board.do(K.START, "10:00")
    day = board.do(K.STOP, later)
    assert (day.started_at, day.stopped_at) == (clock("10:00"), clock(later))
    board.acting.undo()
    assert board.look() == day._replace(stopped_at=None)
    board.acting.undo()
    assert board.look().started_at is None


def test_presence_is_what_was_said_last(board: Board) -> None:
    board.do(K.PRESENT, "08:20")
    board.do(K.ABSENT, "07:25")
    assert board.state() is DayState.ABSENT
    board.do(K.PRESENT, "07:26")
    assert board.state() is DayState.READY


def test_a_test_finished_after_the_clock_was_set_back_is_finished_for_everybody(tmp_path: Path) -> None:
    one = Board(tmp_path)
    one.do(K.START, "10:00")
    one.do(K.FINISH, "09:10")
    assert one.state() is DayState.FINISHED
    other = Board(tmp_path, "09:11")
    assert other.state() is DayState.FINISHED


def test_a_board_started_again_goes_on_from_what_it_reads(tmp_path: Path) -> None:
    Board(tmp_path).do(K.START, "10:00")
    again = Board(tmp_path, "09:05")
    assert again.do(K.FINISH, "09:15").finished_at == clock("09:15")
    assert again.state() is DayState.FINISHED


def test_a_colleague_whose_clock_is_ahead_does_not_win(tmp_path: Path) -> None:
    ahead, right = Board(tmp_path, "13:00"), Board(tmp_path, "10:00")
    ahead.do(K.START, "13:00")
    right.look()
    right.do(K.FINISH, "10:30")
    ahead.look()
    assert (ahead.state(), right.state()) == (DayState.FINISHED, DayState.FINISHED)


def test_time_goes_on_counting_after_the_clock_was_set_back(tmp_path: Path) -> None:
    board = Board(tmp_path)
    board.do(K.START, "08:30")
    board.wall.put("10:20")
    assert board.acting.has_aged()  # 100 minutes are over
    assert board.state() is DayState.OVERTIME
    board.wall.put("09:20")
    assert board.acting.has_aged()
    assert board.state() is DayState.RUNNING
