"""The command `demo`: the invented morning; as text, at its end, where there is no terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from pixsession.cli.live import show
from pixsession.cli.printing import plain_only, print_board
from pixsession.cli.start import Start, has_terminal, with_options
from pixsession.cli.words import write
from pixsession.domain.board.snapshot import Snapshot
from pixsession.engine.demo import (
    DEFAULT_SPEED,
    DemoClock,
    DemoFeed,
    Receipts,
    ScheduledExport,
    play_all,
    sample_exports,
)
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.reports.text import changes_text
from pixsession.settings.config import BoardRequest, Settings


@click.pass_obj
def demo(start: Start, /, speed: float | None, **chosen: Any) -> int:
    return play(start, with_options(start.usable(), chosen), speed)


def play(start: Start, settings: Settings, speed: float | None) -> int:

    exports = sample_exports()
    clock = DemoClock.of(exports, speed or DEFAULT_SPEED)
    # Windows may still hold a file when the board has just closed.
    with TemporaryDirectory(prefix="pixsession-demo-", ignore_cleanup_errors=True) as folder:
        if not has_terminal(start.environ):
            snapshot = _told(Path(folder), clock, exports, settings)
            write(changes_text(snapshot, clock(), ascii_only=plain_only(settings)) + "\n")
            print_board(snapshot, settings, start.environ, clock())
            return 0
        feed = DemoFeed(Path(folder), clock, exports)
        feed.prepare()
        request = BoardRequest(Path(folder), settings.rule, scan_seconds=settings.scan_seconds)
        try:
            show(start, settings, request, clock, demo=True, started=feed.start)
        finally:
            feed.stop()
        return 0


def _told(folder: Path, clock: DemoClock, exports: Sequence[ScheduledExport], settings: Settings) -> Snapshot:
    """The board at the end of the morning, each export read as on any board."""
    receipts = Receipts()
    failures: list[PixSessionError] = []
    request = BoardRequest(folder, settings.rule, scan_seconds=settings.scan_seconds)
    pipeline = Pipeline(request, clock)
    pipeline.listen(receipts.take, failures.append)
    pipeline.start()
    try:
        complete = play_all(folder, receipts.wait_for, clock, exports)
    finally:
        pipeline.stop()
        pipeline.join()
    if failures:
        raise failures[0]
    if not complete or receipts.snapshot is None:
        raise PixSessionError(_("the demonstration has stopped: a sample export was not read."))
    return receipts.snapshot
