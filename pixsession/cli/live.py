"""The live board on a terminal: the pipeline, then the screen."""

from __future__ import annotations

from typing import Any

from pixsession.cli.start import Start
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.clock import Clock
from pixsession.settings.config import BoardRequest, Settings

_JOIN_SECONDS = 5.0


def show(start: Start, settings: Settings, request: BoardRequest, now: Clock, **options: Any) -> str | None:
    """Show the board until the user leaves it; what the user asks for next, if anything."""
    pipeline = Pipeline(request, now)
    pipeline.start()  # it loads the engine and reads the folder while the screen is loaded
    try:
        # (d): the time to the painted board.
        from pixsession.cli.screen import run  # noqa: PLC0415

        return run(start, settings, request, now, pipeline, options)
    finally:
        pipeline.stop()
        pipeline.join(_JOIN_SECONDS)
