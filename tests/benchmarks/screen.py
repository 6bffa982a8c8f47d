"""On a pseudo-terminal of 160×45: a Snapshot painted, the board started, and the board left alone."""

from __future__ import annotations

import csv
import os
import select
import struct
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from .commands import environment
from .exports import exports
from .figures import Figure, in_turns, told
from .ingest import saved
from .terminal import Terminal

_PAINT_MS, _PAINT_BYTES = 15.0, 4096.0
_START = 2.0
_IDLE_SHARE, _IDLE_BYTES = 1.0, 200.0
_SILENCE = 0.4
_WHOLE_NAME = 12  # a longer last name is cut, so that the first name is on the line too


def painted(*, quick: bool) -> Iterator[Figure]:
    """(b) From the Snapshot to the last byte of the board, twenty of two thousand students having changed."""
    rounds = 7 if quick else 25
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "exports"
        folder.mkdir()
        for _path in saved(folder, 2_000, rounds + 3, at_once=True):
            pass
        orders, answers = os.pipe(), os.pipe()
        for descriptor in (orders[0], answers[1]):
            os.set_inheritable(descriptor, True)
        command = [
            sys.executable,
            "-m",
            "tests.benchmarks.board_app",
            str(folder),
            str(orders[0]),
            str(answers[1]),
        ]
        times, counts = [], []
        with Terminal(
            command, environment(Path(name)), Path(name), inherited=(orders[0], answers[1])
        ) as terminal:
            _answer(answers[0], terminal)
            terminal.until_silent(1.0)
            for number in range(rounds + 2):
                os.write(orders[1], b"x")
                moment, early = _answer(answers[0], terminal)
                count, last = terminal.until_silent(_SILENCE)
                if number >= 2:  # the first one fills the board
                    times.append((last - moment) * 1000)
                    counts.append(early + count)
        for descriptor in (*orders, *answers):
            os.close(descriptor)
    detail = f"{min(times):.1f} to {max(times):.1f} ms, {min(counts)} to {max(counts)} bytes"
    yield Figure("(b) Snapshot to last byte", median(times), "ms", _PAINT_MS, detail)
    yield Figure("(b) bytes of it", median(counts), "bytes", _PAINT_BYTES)


def _answer(descriptor: int, terminal: Terminal) -> tuple[float, int]:
    """The moment that the app tells, and how many bytes it wrote to the terminal meanwhile."""
    count = 0
    while not select.select([descriptor], [], [], 0)[0]:
        count += len(terminal.read(0.001))
    (moment,) = struct.unpack("d", os.read(descriptor, 8))
    return moment, count


def started(*, quick: bool) -> Iterator[Figure]:
    """(d) From the start of `watch` to every student and the campaign on the screen, against one line."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "exports"
        folder.mkdir()
        _name, content = next(exports(30))
        (folder / _name).write_bytes(content)
        os.utime(folder / _name, (1_700_000_000, 1_700_000_000))
        lines = list(csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
        last_names = {line["Nom du Participant"] for line in lines}
        names = {name for name in last_names if len(name) <= _WHOLE_NAME} | {lines[0]["Nom de la campagne"]}
        painted = [name.encode() for name in names if len(name) < 30]
        state = Path(name) / "state"

        def board(number: int) -> float:
            command = [sys.executable, "-m", "pixsession", "watch", str(folder)]
            with Terminal(command, environment(state / str(number)), folder) as terminal:
                return terminal.until(*painted) * 1000

        def empty(_number: int) -> float:
            command = [sys.executable, "-m", "tests.benchmarks.empty_app"]
            with Terminal(command, environment(state), folder) as terminal:
                return terminal.until(b"painted") * 1000

        medians = in_turns(5 if quick else 15, {"empty app": empty, "watch": board})
    ratio = medians["watch"] / medians["empty app"]
    yield Figure("(d) `watch` to the painted board", ratio, target=_START, detail=told(medians))


def idle(*, quick: bool) -> Iterator[Figure]:
    """(e) The board left alone, its clock on screen."""
    seconds = 5.0 if quick else 12.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "exports"
        folder.mkdir()
        for path in saved(folder, 30, 1):
            os.utime(path, (1_700_000_000, 1_700_000_000))
        command = [sys.executable, "-m", "pixsession", "watch", str(folder)]
        with Terminal(command, environment(Path(name) / "state"), folder) as terminal:
            terminal.until_silent(3.0)
            began, spent, count = time.monotonic(), terminal.processor_seconds(), 0
            while (left := began + seconds - time.monotonic()) > 0:
                count += len(terminal.read(left))
            share = (terminal.processor_seconds() - spent) / seconds * 100
    yield Figure("(e) idle: processor", share, "% of a core", _IDLE_SHARE, f"{seconds:.0f} s")
    yield Figure("(e) idle: output", count / seconds, "bytes/s", _IDLE_BYTES)
