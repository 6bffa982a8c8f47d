"""The session file changed while its board is open: taken over, or refused with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from pixsession.cli.sessions import supervised
from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.day import DayView
from pixsession.engine.certification.session_source import SessionSource
from pixsession.foundation.room_time import hour_words
from pixsession.settings.config import BoardRequest, Settings
from tests.factories.samples.demo_story import morning

from .boards import Board, board_of_file

pytestmark = pytest.mark.usefixtures("quick")
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
    with board_of_file(file, file.parent / "dl") as found:
        yield found


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
    assert shown.session_trouble.startswith("session.toml, line 3: ")
    assert f"{day_of(shown).session.start:%H:%M}" == "08:30"
    file.write_text(TEXT.replace("3e", "3eB"), "utf-8")
    shown = board.wait_for(lambda snapshot: day_of(snapshot).session.title == "Certification 3eB")
    assert shown.notices == ()


def test_what_cannot_change_on_an_open_board_is_refused_with_its_line(board: Board, file: Path) -> None:
    board.wait_for(lambda snapshot: snapshot.rows)
    text = TEXT.replace('["dl"]', '["autre"]').replace("Salle 12", "CDI") + "[rule]\nmin_competences = 4\n"
    file.write_text(text, "utf-8")
    shown = board.wait_for(
        said("session.toml: folders (line 5), [rule] (line 6) cannot change while the board")
    )
    assert day_of(shown).session.rooms[0].name == "CDI"
    assert day_of(shown).session.folders == (file.parent / "dl",)
    assert day_of(shown).session.rule.min_competences == 5
    file.write_text(TEXT, "utf-8")
    assert board.wait_for(lambda snapshot: day_of(snapshot).session.rooms[0].name == "Salle 12").notices == ()


def test_another_time_zone_counts_at_once(board: Board, file: Path) -> None:
    board.wait_for(lambda snapshot: snapshot.rows)
    file.write_text(TEXT + 'timezone = "Indian/Reunion"\n', "utf-8")
    shown = board.wait_for(lambda snapshot: day_of(snapshot).session.timezone == "Indian/Reunion")
    assert shown.notices == ()
    assert hour_words(datetime.fromisoformat("2026-03-12T08:30")) == "11:30"


def test_a_change_between_the_command_and_the_board_is_not_missed(file: Path) -> None:
    asked = supervised(file, Settings(), BoardRequest(file.parent / "dl", Settings().rule), named=False)
    assert asked.session is not None
    file.write_text(TEXT.replace("08:30", "09:15"), "utf-8")
    source = SessionSource(asked.session, asked.reread)
    assert source.has_moved
    assert source.take_over()
    assert f"{source.session.start:%H:%M}" == "09:15"
    assert not source.has_moved
