"""The live board on a terminal: the pipeline, then the screen."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

from pixsession.cli.start import Start
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.clock import Clock
from pixsession.settings.config import BoardRequest, Settings

_JOIN_SECONDS = 5.0


def show(
    start: Start,
    settings: Settings,
    request: BoardRequest,
    now: Clock,
    *,
    started: Callable[[Callable[[str], None]], None],
    **options: Any,
) -> str | None:
    """Show the board until the user leaves it; what the user asks for next, if anything.

    `started` is called once the board is painted, with what says something to the user.
    """

    def painted(say: Callable[[str], None]) -> None:
        gc.freeze()  # what a start has loaded stays: no later look for garbage goes through it
        gc.enable()
        started(say)

    gc.disable()  # (d): 8 ms, and a start leaves next to no garbage
    pipeline = Pipeline(request, now)
    pipeline.start()  # it loads the engine and reads the folder while the screen is loaded
    try:
        # (d): the time to the painted board.
        from pixsession.cli.screen import run  # noqa: PLC0415

        return run(start, settings, request, now, pipeline, {**options, "started": painted})
    finally:
        gc.enable()
        pipeline.stop()
        pipeline.join(_JOIN_SECONDS)
