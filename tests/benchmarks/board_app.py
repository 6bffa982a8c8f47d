"""The real app over a pipeline that shows a Snapshot when it is told to; run by `screen.py`.

`python -m tests.benchmarks.board_app FOLDER ORDERS ANSWERS`: each byte that comes on the descriptor ORDERS
shows the next export of the folder; on ANSWERS goes the moment, of the monotonic clock, of its Snapshot, and
a first one as soon as orders are taken.
"""

from __future__ import annotations

import os
import struct
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from pixsession.cli.program import spare_collector
from pixsession.domain.board.snapshot import SentProfile, Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine import Desk, in_order_of_export
from pixsession.foundation.clock import paris_now
from pixsession.foundation.i18n import use_language
from pixsession.settings.config import BoardRequest, Settings
from pixsession.ui.app import PixSessionApp


class Told(threading.Thread):
    """A pipeline whose Snapshots are made before anything is measured."""

    def __init__(self, folder: Path, orders: int, answers: int, publish: Callable[[Snapshot], None]) -> None:
        super().__init__(daemon=True)
        self._orders, self._answers, self._publish = orders, answers, publish
        desk = Desk(BoardRequest(folder, Rule()), paris_now, live=True)
        self._snapshots = [
            (desk.take(path), desk.snapshot())[1] for path in in_order_of_export(list(folder.iterdir()))
        ]
        desk.close()

    def run(self) -> None:
        """Show one at each order."""
        self._answer(time.monotonic())
        for snapshot in self._snapshots:
            if not os.read(self._orders, 1):
                return
            moment = time.monotonic()
            self._publish(snapshot)
            self._answer(moment)

    def _answer(self, moment: float) -> None:
        os.write(self._answers, struct.pack("d", moment))

    def stop(self) -> None:
        """It ends with the process."""

    def join(self, timeout: float | None = None) -> None:
        """Nobody waits for it."""

    def choose_campaigns(self, campaigns: frozenset[str]) -> None:
        """All are shown."""

    def decide(self, key: str, other: str, same: bool) -> None:
        """Nobody is in doubt."""

    def undo_decision(self, key: str, other: str) -> None:
        """Nothing was decided."""

    def show_all(self, shows_all: bool) -> None:
        """Nothing is hidden."""

    def take_back_file(self, name: str, counts: bool) -> None:
        """Every file counts."""

    def undo_file(self) -> str:
        """No file was taken back."""
        return ""

    def look_back(self, at: datetime | None) -> None:
        """There is no past."""

    def act(self, request: ActionRequest) -> None:
        """Nobody is supervised."""

    def undo_action(self) -> str:
        """Nothing was done."""
        return ""

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Nobody looks."""
        return ()


def main(folder: str, orders: str, answers: str) -> None:
    """Run the app until it is killed."""

    def make(request: BoardRequest, *, publish: Callable[[Snapshot], None], **_others: Any) -> Told:
        return Told(request.folder, int(orders), int(answers), publish)

    spare_collector()  # as the program does
    use_language("fr")
    PixSessionApp(BoardRequest(Path(folder), Rule()), Settings(), make_pipeline=make).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
