"""The real board with a pipeline that publishes on a beat; run by `screen`: beats, file, mode."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pixsession.app import PixSessionApp
from pixsession.config import BoardRequest, Settings
from pixsession.domain.clock import Clock
from pixsession.domain.eligibility import Rule
from pixsession.domain.snapshot import BoardRow, SentProfile, Snapshot
from pixsession.errors import PixSessionError
from tests.boards import NOW, gain, many_rows, snapshot

CHANGED = 20
BEAT_SECONDS = 0.8


class Drummer(threading.Thread):
    """Publishes a board of 2 000, then one with 20 other students changed at each beat, and notes when."""

    def __init__(
        self, publish: Callable[[Snapshot], None], beats: int, notes: Path, *, visible: bool
    ) -> None:
        super().__init__(daemon=True)
        self._publish = publish
        self._beats = beats
        self._notes = notes
        self._visible = visible
        self._rows = list(many_rows(2_000))
        self._chance = random.Random(7)

    def run(self) -> None:
        """Beat."""
        self._publish(snapshot(self._rows))
        time.sleep(2)
        with self._notes.open("w", encoding="ascii") as notes:
            for beat in range(self._beats):
                self._change(beat)
                news = snapshot(self._rows, revision=beat + 2)
                notes.write(f"{time.perf_counter()}\n")
                self._publish(news)
                time.sleep(BEAT_SECONDS)
        self._notes.with_suffix(".done").touch()

    def _change(self, beat: int) -> None:
        first = list(range(1, CHANGED + 1))  # not the selected one: its panel is another cost
        for place in first if self._visible else self._chance.sample(range(len(self._rows)), CHANGED):
            row: BoardRow = self._rows[place]
            # The sort keys stay: what is measured is the cost of twenty changed lines.
            self._rows[place] = replace(row, delta=gain(1, beat + 1), sent_at=f"2026-03-12T09:{beat % 60:02}")

    def stop(self) -> None:
        """It ends with the program."""

    def choose_campaigns(self, campaigns: frozenset[str]) -> None:
        """Nothing to narrow."""

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Nothing was sent before."""
        return ()


def main() -> None:
    """Show the board until it is ended from outside."""
    beats, notes, mode = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

    def drummer(
        request: BoardRequest,
        *,
        publish: Callable[[Snapshot], None],
        failed: Callable[[PixSessionError], None],
        now: Clock,
    ) -> Drummer:
        return Drummer(publish, beats, notes, visible=mode == "visible")

    request = BoardRequest(notes.parent, Rule())
    PixSessionApp(request, Settings(language="en"), now=lambda: NOW, make_pipeline=drummer).run()


if __name__ == "__main__":
    main()
