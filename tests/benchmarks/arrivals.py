"""How long until the board of a file that comes is painted, and the first board of a folder of many."""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from .commands import environment
from .exports import CHANGED, exports
from .figures import Figure, in_turns, many, milliseconds, told
from .ingest import desk, saved
from .one_by_one import one_by_one
from .terminal import Terminal

# Students; milliseconds to the painted board of a file that is closed, and of one renamed to its final name.
_TARGETS = ((88, 115.0, 20.0), (2_000, 130.0, 40.0), (20_000, 200.0, 110.0))
_STAMP = re.compile(r"-(\d\d)(\d\d)\.csv$")  # the hour and minute in the name of an export
_FIRST_EXPORTS, _FIRST_STUDENTS, _FIRST_TARGET = 9, 746, 0.5


def painted_arrivals(*, quick: bool) -> Iterator[Figure]:
    """(l) Twenty students changed: a file closed by its writer (0.1 s of quiet included), and one renamed."""
    rounds = 5 if quick else 11
    for students, closed, renamed in _TARGETS[:2] if quick else _TARGETS:
        for words, write, target in (("closed", _closed, closed), ("renamed", _renamed, renamed)):
            times = list(_arrivals(students, rounds, write))
            what = f"(l) file {words} to painted board, {CHANGED} of {many(students)} changed"
            yield Figure(what, median(times), "ms", target, f"{min(times):.0f} to {max(times):.0f} ms")


def _arrivals(students: int, rounds: int, write: Callable[[Path, bytes], float]) -> Iterator[float]:
    """Milliseconds from the last thing that the writer does to the head that tells the new export."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "exports"
        folder.mkdir()
        files = exports(students, at_once=True)
        first, content = next(files)
        (folder / first).write_bytes(content)
        command = [sys.executable, "-m", "pixsession", "watch", str(folder)]
        with Terminal(command, environment(Path(name) / "state"), folder) as terminal:
            terminal.until(_time_in(first), seconds=60)
            terminal.until_silent(1.0)
            for number, (export, content) in zip(range(rounds + 2), files, strict=False):
                began = write(folder / export, content)
                painted = terminal.next_with(_time_in(export), seconds=30)
                if number >= 2:  # the first ones load what no board needed before
                    yield (painted - began) * 1000
                terminal.until_silent(0.5)


def _time_in(export: str) -> bytes:
    (found,) = _STAMP.findall(export)
    return ":".join(found).encode()


def _closed(path: Path, content: bytes) -> float:
    path.write_bytes(content)
    return time.monotonic()


def _renamed(path: Path, content: bytes) -> float:
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_bytes(content)
    time.sleep(0.3)  # a download takes its time: what is measured is what its end sets off
    unfinished.replace(path)
    return time.monotonic()


def first_board(*, quick: bool) -> Iterator[Figure]:
    """(w) From the start of `watch` to the newest export painted, in a folder never seen before.

    Against the same with every export read whole and written by itself. Most of it is the start of the
    screen, which is the same with one export: what the exports cost is measured beside it.
    """
    count, students = (3, 88) if quick else (_FIRST_EXPORTS, _FIRST_STUDENTS)

    def board(module: str) -> float:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "exports"
            folder.mkdir()
            *_others, newest = saved(folder, students, count)
            command = [sys.executable, "-m", module, "watch", str(folder)]
            with Terminal(command, environment(Path(name) / "state"), folder) as terminal:
                return terminal.until(_time_in(newest.name), seconds=60) * 1000

    works = {
        "one by one": lambda _round: board("tests.benchmarks.one_by_one"),
        "watch": lambda _round: board("pixsession"),
    }
    medians = in_turns(3 if quick else 7, works)
    words = f"(w) first board of {count} exports of {many(students)}, against one by one"
    yield Figure(words, medians["watch"] / medians["one by one"], detail=told(medians))
    with tempfile.TemporaryDirectory() as name:
        paths = [*saved(Path(name), students, count)]
        medians = in_turns(
            3 if quick else 7,
            {"one by one": lambda _round: _all_one_by_one(paths), "all": lambda _round: _all(paths)},
        )
    ratio = medians["all"] / medians["one by one"]
    yield Figure(f"{words}, without the screen", ratio, target=_FIRST_TARGET, detail=told(medians))


def _all(paths: Sequence[Path]) -> float:
    """The milliseconds from these exports to their board, in a dossier of its own."""
    with tempfile.TemporaryDirectory() as dossier:
        one = desk(paths[0].parent, Path(dossier))
        spent = milliseconds(lambda: ([one.take(path) for path in paths], one.snapshot()))
        one.close()
    return spent


def _all_one_by_one(paths: Sequence[Path]) -> float:
    with one_by_one():
        return _all(paths)
