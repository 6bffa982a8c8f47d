"""What a supervisor does, written down: for whom, in which order, and what stays unwritten when refused."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.clock import personal_end
from pixsession.domain.certification.day import ActionKind, DayState, Presence
from pixsession.domain.certification.session import Room
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.engine.certification.supervision import Supervision, actions_in
from pixsession.engine.common.entry_log import EntryLog
from pixsession.foundation.errors import PixSessionError
from tests.factories.days import SESSION, clock, row_for
from tests.factories.screens import FakeClock

K = ActionKind
ONE_ROOM = SESSION._replace(rooms=(Room("Salle 1"),))
ELIGIBLE, BELOW = row_for(1), row_for(2, Eligibility.NOT_ELIGIBLE)


class Desk:
    """A supervisor's program of one folder, its clock and its log."""

    def __init__(self, dossier: Path, rows: Sequence[BoardRow] = (ELIGIBLE, BELOW)) -> None:
        self.rows = rows
        self.clock = FakeClock(clock("08:40"))
        self.log = EntryLog(dossier, self.clock)
        self.supervision = Supervision(ONE_ROOM, self.log, self.clock)
        self.supervision.see(rows, ())

    def act(self, kind: ActionKind, *students: int, at: str | None = None, room: str | None = None) -> None:
        """One gesture, at this time of the day."""
        if at is not None:
            self.clock.moment = clock(at)
        self.supervision.act(ActionRequest(kind, students, room=room))

    def end_of(self, student: int) -> datetime:
        """When the test of a student ends, as the screen shows it now."""
        view = self.supervision.see(self.rows, ())
        end = personal_end(view.days[student], ONE_ROOM, None, self.clock())
        assert end is not None
        return end


def test_when_everybody_chosen_is_refused_nothing_is_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with pytest.raises(PixSessionError, match=ELIGIBLE.shown_name):
        desk.act(K.REDIRECT, ELIGIBLE.student_id)
    assert desk.log.entries == ()


def test_the_pause_of_a_student_that_is_refused_pauses_no_room(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with pytest.raises(PixSessionError):
        desk.act(K.PAUSE, ELIGIBLE.student_id)  # has not started
    assert desk.log.entries == ()
    assert desk.supervision.see(desk.rows, ()).paused == {}


def test_of_two_only_the_one_who_is_not_refused_is_in_the_entry(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with pytest.raises(PixSessionError) as refused:
        desk.act(K.REDIRECT, ELIGIBLE.student_id, BELOW.student_id)
    assert refused.value.message.startswith(ELIGIBLE.shown_name)
    (action,) = actions_in(desk.log)
    assert [who.last_name + " " + who.first_name for who in action.who] == [BELOW.shown_name]
    states = desk.supervision.see(desk.rows, ()).states
    assert states[BELOW.student_id] is DayState.IN_REMEDIATION


def test_who_is_on_the_board_no_more_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with pytest.raises(PixSessionError, match="not on the board any more"):
        desk.act(K.PRESENT, 99)
    assert desk.log.entries == ()


def test_where_there_is_one_room_its_pause_stops_the_clocks_of_who_is_on_no_list(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.act(K.START, ELIGIBLE.student_id, at="08:40")
    before = desk.end_of(ELIGIBLE.student_id)
    desk.act(K.PAUSE, at="09:00", room="Salle 1")
    desk.act(K.UNPAUSE, at="09:10", room="Salle 1")
    assert desk.end_of(ELIGIBLE.student_id) == before + timedelta(minutes=10)


def test_a_decision_is_undone_right_after_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.act(K.PRESENT, ELIGIBLE.student_id)
    desk.act(K.REDIRECT, BELOW.student_id)
    assert BELOW.last_name in desk.supervision.undo()
    view = desk.supervision.see(desk.rows, ())
    assert view.states[BELOW.student_id] is DayState.TO_REDIRECT
    assert view.days[ELIGIBLE.student_id].presence is Presence.PRESENT
    assert ELIGIBLE.last_name in desk.supervision.undo()
    with pytest.raises(PixSessionError, match="nothing to undo"):
        desk.supervision.undo()


def test_entries_of_another_window_that_arrive_late_stand_in_the_order_of_time(tmp_path: Path) -> None:
    ours, theirs = Desk(tmp_path), Desk(tmp_path)
    theirs.act(K.PRESENT, ELIGIBLE.student_id, at="08:41")
    ours.act(K.REDIRECT, BELOW.student_id, at="08:45")
    theirs.act(K.LATE, ELIGIBLE.student_id, at="08:50")
    ours.log.look()
    assert [action.kind for action in actions_in(ours.log)] == [K.PRESENT, K.REDIRECT, K.LATE]
    fresh = EntryLog(tmp_path, ours.clock)
    assert [entry.id for entry in fresh.entries] == [entry.id for entry in ours.log.entries]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_folder_and_a_pipe_in_the_journal_hold_nobody_up(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.act(K.PRESENT, ELIGIBLE.student_id)
    (tmp_path / "journal" / "folder.jsonl").mkdir()
    if sys.platform == "win32":
        pytest.skip("of other systems")
    os.mkfifo(tmp_path / "journal" / "pipe.jsonl")
    again = EntryLog(tmp_path, desk.clock)
    assert [action.kind for action in actions_in(again)] == [K.PRESENT]
