"""The real app over a pipeline that shows a Snapshot when it is told to; run by `screen.py`.

`python -m tests.benchmarks.board_app FOLDER ORDERS ANSWERS`: each byte that comes on the descriptor ORDERS
shows the next export of the folder; on ANSWERS goes the moment, of the monotonic clock, of its Snapshot, and
a first one as soon as orders are taken.
"""

from __future__ import annotations

import os
import struct
import sys
import time
from pathlib import Path

from pixsession.__main__ import spare_collector
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.board.files import in_order_of_export
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.clock import paris_now
from pixsession.foundation.i18n import use_language
from pixsession.settings.config import BoardRequest, Settings
from pixsession.ui.app import PixSessionApp


class Told(Pipeline):
    """A pipeline whose Snapshots are made before anything is measured."""

    def __init__(self, request: BoardRequest, orders: int, answers: int) -> None:
        super().__init__(request, paris_now)
        self._orders, self._answers = orders, answers
        desk = BoardEngine(request, paris_now, live=True)
        self._snapshots = [
            (desk.take(path), desk.snapshot())[1]
            for path in in_order_of_export(list(request.folder.iterdir()))
        ]
        desk.close()

    def run(self) -> None:
        """Show one at each order."""
        self._answer(time.monotonic())
        for snapshot in self._snapshots:
            if not os.read(self._orders, 1):
                return
            moment = time.monotonic()
            self._outbox.say(snapshot)
            self._answer(moment)

    def _answer(self, moment: float) -> None:
        os.write(self._answers, struct.pack("d", moment))

    def stop(self) -> None:
        """It ends with the process."""

    def join(self, timeout: float | None = None) -> None:
        """Nobody waits for it."""


def main(folder: str, orders: str, answers: str) -> None:
    """Run the app until it is killed."""
    spare_collector()  # as the program does
    use_language("fr")
    request = BoardRequest(Path(folder), Rule())
    pipeline = Told(request, int(orders), int(answers))
    pipeline.start()
    PixSessionApp(request, Settings(), pipeline=pipeline).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
