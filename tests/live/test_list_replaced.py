"""The list of candidates: read before anybody is shown; replaced while tests run, who works stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind, DayState, DayView
from pixsession.domain.certification.opening import session_warnings
from tests.factories.certification_lists import CANDIDATES, LIST, held
from tests.factories.dossiers import noon
from tests.factories.samples.demo_story import morning
from tests.factories.samples.lists import candidate_list

from .boards import Board, board_of_file

pytestmark = pytest.mark.usefixtures("quick")
TEXT = """\
date = 2026-03-12
start = "11:30"
room = "Salle 12"
folders = ["dl"]
"""


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Board]:
    """The list has just been saved; were it no session, the board would be shown after each file."""
    monkeypatch.setattr("pixsession.engine.live_engine._PROGRESS_SECONDS", -1.0)
    folder = tmp_path / "dl"
    folder.mkdir()
    morning()[0].write_to(folder)
    (folder / LIST).write_bytes(candidate_list(held("2026-03-12T11:30"), CANDIDATES))
    file = tmp_path / "session.toml"
    file.write_text(TEXT, encoding="utf-8")
    with board_of_file(file, folder) as found:
        yield found


def day_of(snapshot: Snapshot) -> DayView:
    assert snapshot.day is not None
    return snapshot.day


def names(snapshot: Snapshot) -> set[str]:
    return {row.last_name for row in snapshot.rows}


def test_nothing_is_shown_before_the_list_is_read(board: Board) -> None:
    board.wait_for(lambda snapshot: len(snapshot.rows) == len(CANDIDATES))
    assert {len(snapshot.rows) for snapshot in board.snapshots} <= {0, len(CANDIDATES)}


def test_who_works_stays_though_a_newer_list_has_the_name_no_more(board: Board, tmp_path: Path) -> None:
    shown = board.wait_for(lambda snapshot: len(snapshot.rows) == len(CANDIDATES))
    ids = {row.last_name: row.student_id for row in shown.rows}
    board.pipeline.act(ActionRequest(ActionKind.PRESENT, (ids["BOURDIER"], ids["LE GOFF"])))
    board.pipeline.act(ActionRequest(ActionKind.START, (ids["BOURDIER"],)))
    fewer = [one for one in CANDIDATES if one.last_name not in {"BOURDIER", "LE GOFF"}]
    (tmp_path / "dl" / LIST).write_bytes(candidate_list(held("2026-03-12T11:30"), fewer))
    shown = board.wait_for(lambda snapshot: "LE GOFF" not in names(snapshot))
    assert names(shown) == {one.last_name for one in fewer} | {"BOURDIER"}, "present alone keeps nobody"
    assert day_of(shown).states[ids["BOURDIER"]] is DayState.RUNNING
    extra = {row.last_name: row.expected.extra_time for row in shown.rows if row.expected}
    assert extra["BOURDIER"] == 0.33, "whose time is not over sooner"
    words = "BOURDIER Naël: the test was started, and no list has this name any more"
    assert words in session_warnings(shown, day_of(shown), noon())
    board.pipeline.undo_action()
    shown = board.wait_for(lambda snapshot: "BOURDIER" not in names(snapshot))
    assert session_warnings(shown, day_of(shown), noon()) == ()
