"""The session file changed while its board is open: taken over, or refused with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pixsession.cli.sessions import supervised
from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.day import DayView
from pixsession.settings.config import BoardRequest, Settings
from tests.factories.samples.demo_story import morning

from .boards import Board

TEXT = """\
title = "Certification 3e"
date = 2026-03-12
start = "08:30"
room = "Salle 12"
folders = ["dl"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "dl").mkdir()
    morning()[0].write_to(tmp_path / "dl")
    path = tmp_path / "session.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def board(file: Path) -> Iterator[Board]:
    asked = supervised(file, Settings(), BoardRequest(file.parent / "dl", Settings().rule), named=False)
    found = Board(asked.folder, file.parent / "dossier", session=asked.session, reread=asked.reread)
    found.pipeline.start()
    yield found
    found.stop()


def day_of(snapshot: Snapshot) -> DayView:
    assert snapshot.day is not None
    return snapshot.day


def said(words: str) -> Callable[[Snapshot], bool]:
    return lambda snapshot: any(words in notice for notice in snapshot.notices)


def test_a_change_is_taken_over(board: Board, file: Path) -> None:
    assert len(board.wait_for(lambda snapshot: snapshot.rows).rows) == 75
    file.write_text(
        TEXT.replace("08:30", "9h") + '[expected]\nclasses = ["3eA"]\n[limits]\nlatest_start = "10h"\n',
        "utf-8",
    )
    shown = board.wait_for(lambda snapshot: 0 < len(snapshot.rows) < 75)
    assert {row.division for row in shown.rows} == {"3eA"}
    session = day_of(shown).session
    assert (f"{session.start:%H:%M}", f"{session.limits.latest_start:%H:%M}") == ("09:00", "10:00")
    assert shown.notices == ()


def test_a_mistake_is_said_with_its_line_and_the_board_goes_on(board: Board, file: Path) -> None:
    board.wait_for(lambda snapshot: snapshot.rows)
    file.write_text(TEXT.replace('"08:30"', '"26:00"'), "utf-8")
    shown = board.wait_for(said("line 3"))
    assert f"{day_of(shown).session.start:%H:%M}" == "08:30"
    file.write_text(TEXT.replace("3e", "3eB"), "utf-8")
    shown = board.wait_for(lambda snapshot: day_of(snapshot).session.title == "Certification 3eB")
    assert shown.notices == ()


def test_what_counts_at_the_opening_only_is_named(board: Board, file: Path) -> None:
    board.wait_for(lambda snapshot: snapshot.rows)
    file.write_text(TEXT.replace('["dl"]', '["autre"]').replace("Salle 12", "CDI"), "utf-8")
    shown = board.wait_for(said("folders will count when the board is opened again"))
    assert day_of(shown).session.rooms[0].name == "CDI"
    assert day_of(shown).session.folders == (file.parent / "dl",)
