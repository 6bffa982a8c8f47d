"""A board that is there before the screen is painted whole at once, and only then."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.ui.app import PixSessionApp
from tests.factories.screens import FakePipeline, board, screen_lines
from tests.factories.snapshots import class_rows, snapshot

ROWS = class_rows()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 45)])
async def test_the_first_paint_has_everybody(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    frames: list[str] = []
    monkeypatch.setattr(
        PixSessionApp, "post_display_hook", lambda app: frames.append("\n".join(screen_lines(app)))
    )
    there = snapshot(ROWS)
    async with board(None, size=size, painted_first=there) as driven:
        assert driven.app.snapshot is there
    first = next(frame for frame in frames if frame.strip())
    assert all(row.last_name in first for row in ROWS)
    assert there.campaigns[0].name in first


async def test_the_app_gives_no_way_while_it_waits_for_the_first_board(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its screens would draw one meanwhile, that Textual throws away, and load the panel beside it."""
    waiting: list[threading.Thread] = []
    panels: list[bool] = []

    def first(pipeline: FakePipeline, _seconds: float) -> Snapshot | None:
        waiting.append(threading.current_thread())
        return pipeline.painted_first

    def painted(app: PixSessionApp) -> None:
        if any(map(str.strip, screen_lines(app))):
            panels.append(bool(app.screen.query("StudentPanel")))

    monkeypatch.setattr(FakePipeline, "first", first)
    monkeypatch.setattr(PixSessionApp, "post_display_hook", painted)
    async with board(None, size=(160, 45), painted_first=snapshot(ROWS)):
        assert waiting == [threading.current_thread()]
    assert (panels[0], panels[-1]) == (False, True)


async def test_without_one_the_board_opens_empty_and_fills_later() -> None:
    async with board(None) as driven:
        assert driven.app.snapshot is None
        await driven.publish(snapshot(ROWS))
        assert ROWS[0].last_name in driven.text


async def test_the_styles_of_pages_are_there_when_a_page_is() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.pilot.press("f")
        await driven.settle()
        details = driven.app.screen.query_one("#details")
        assert details.styles.border_top[0] == "solid"


def test_the_first_paint_of_a_board_of_profiles_loads_no_other_mode() -> None:
    code = (
        "import sys, pixsession.ui.app\n"
        "from pixsession.ui.modes import mode_of\n"
        "mode_of(None)\n"
        "print(*(name for name in sys.modules if name.startswith('pixsession.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "pixsession.ui.board.profiles" in loaded
    for room in ("pixsession.ui.certification.", "pixsession.ui.lesson."):
        parts = {name.removeprefix(room) for name in loaded if name.startswith(room)}
        assert parts <= {"keys", "groups", "toasts"}, room  # the keys of every mode are bound at the start
    assert not {"pixsession.domain.certification.day", "pixsession.domain.lesson.view"} & loaded
