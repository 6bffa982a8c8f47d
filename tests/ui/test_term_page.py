"""The year of a class over the board of a lesson: what is kept, page by page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pixsession.foundation.paths import state_folder
from pixsession.ui.lesson.term import TermScreen
from tests.e2e.test_progress import held, watch
from tests.factories.lesson_screens import ROWS, lesson_board
from tests.factories.samples.assessments import half_group
from tests.factories.screens import board
from tests.factories.snapshots import class_rows, snapshot

FIRST = datetime.fromisoformat("2026-03-05T14:00")
CLASS = lesson_board()._replace(rows=tuple(row._replace(division="3eA") for row in ROWS))


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_year_has_its_grid_the_council_and_the_campaigns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("PIXSESSION_STATE", str(tmp_path / "state"))
    watch(held(tmp_path, "Rentree", FIRST, half_group(FIRST)))
    async with board(CLASS, size=size) as driven:
        await driven.press("Y")
        assert isinstance(driven.app.screen, TermScreen)
        await driven.until(lambda: "1/3" in driven.lines[0])
        assert "Progress over 1 lesson: 3eA" in driven.lines[0]
        assert "05/03  Comp." in driven.text
        await driven.press("right")
        assert "2/3 · " in driven.lines[0]
        assert "council of the class" in driven.text
        await driven.press("right")
        assert "Campaigns of the year by class" in driven.lines[0]
        await driven.press("Y")
        assert driven.on_board


async def test_nothing_kept_is_said_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIXSESSION_STATE", str(tmp_path / "state"))
    async with board(lesson_board()) as driven:
        await driven.press("Y")
        await driven.until(lambda: "no lesson is kept yet" in driven.text)
    assert not state_folder().exists()


async def test_the_year_is_that_of_lessons_alone() -> None:
    async with board(snapshot(class_rows())) as driven:
        await driven.press("Y")
        assert driven.on_board
