"""(c) `check` against a bare script; (d) the first board against an empty Textual app's first paint."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pixsession.samples import big_export
from tests.benchmarks.measures import Measure, interleaved, timed
from tests.benchmarks.panes import Pane

_BARE = """
import duckdb
reading = "SELECT * FROM read_csv(?, delim=';', header=true, all_varchar=true)"
print(len(duckdb.connect().execute(reading, [{path!r}]).fetchall()))
"""
_EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("painted", markup=False)
Empty().run()
"""


def check(rounds: int) -> Iterator[Measure]:
    """The whole process, with byte code at hand, on one export of a class."""
    with tempfile.TemporaryDirectory(prefix="pixsession-bench-") as folder:
        path = big_export(30, seed=7).write_to(Path(folder))
        ours = [sys.executable, "-m", "pixsession", "check", folder]
        theirs = [sys.executable, "-c", _BARE.format(path=str(path))]
        ratio, a, b = interleaved(lambda: _process(ours), lambda: _process(theirs), rounds)
    detail = f"{a * 1000:.0f} ms against {b * 1000:.0f} ms"
    yield Measure("c", "whole process `check` against a bare script", ratio, 1.6, "×", detail)


def _process(command: list[str]) -> float:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environ, check=False)

    return timed(run)


def start(rounds: int) -> Iterator[Measure]:
    """From the start of the process to the last byte of the screen that shows the students."""
    with tempfile.TemporaryDirectory(prefix="pixsession-bench-") as folder:
        path = big_export(30, seed=7).write_to(Path(folder))
        state = Path(folder) / "state"
        ours = ["-m", "pixsession", "watch", str(path.parent)]
        ratio, a, b = interleaved(
            lambda: _painted(ours, "3e", state), lambda: _painted(["-c", _EMPTY], "painted", state), rounds
        )
    detail = f"{a * 1000:.0f} ms against {b * 1000:.0f} ms"
    yield Measure("d", "start of `watch` to the painted board against an empty app", ratio, 2.0, "×", detail)


def _painted(arguments: list[str], awaited: str, state: Path) -> float:
    begin = time.perf_counter()
    with Pane(arguments, state=state) as pane:
        return pane.await_text(awaited) - begin
