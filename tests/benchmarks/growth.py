"""How what a refresh, the memory and the disk cost grows with students and exports."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from pixsession.engine.board.engine import BoardEngine
from pixsession.foundation.atomic import write_whole

from .commands import ROOT, environment
from .exports import CHANGED
from .figures import Figure, in_turns, many, milliseconds, told
from .ingest import desk, saved

_SIZES = (88, 2_000, 20_000)  # students
_SLOPE = 2.0
_MEMORY = 180.0  # MB
_BYTES_EACH = 60.0  # of the database, for each line of an export
_STEP = 50.0  # ms
_REMEMBERED = (
    "import sys; from pathlib import Path; from tests.benchmarks.resident import resident; "
    "print(resident(Path(sys.argv[1])))"
)


def refreshed(*, quick: bool) -> Iterator[Figure]:
    """(t) A settled file to a Snapshot, twenty students changed of few and of many: only the bytes grow.

    What their number costs beside: reading the file, its digest and the copy kept, measured alone in turns.
    """
    sizes, rounds = (_SIZES[:2], 5) if quick else (_SIZES, 9)
    with tempfile.TemporaryDirectory() as name:
        works: dict[str, Callable[[int], float]] = {}
        desks = []
        for students in sizes:
            folder = Path(name) / str(students)
            folder.mkdir()
            one, files = desk(folder, folder / "dossier"), saved(folder, students, rounds + 2)
            _take(one, next(files))
            desks.append(one)
            works[many(students)] = _each(one, files)
            works[f"the bytes of {many(students)}"] = _bytes_alone(folder)
        medians = in_turns(rounds, works)
        for one in desks:
            one.close()
    few, few_bytes, *_between, most, most_bytes = medians.values()
    words = f"(t) {CHANGED} changed of {many(sizes[-1])} against of {many(sizes[0])}"
    yield Figure(words, most / few, detail=told(medians))
    yield Figure(f"{words}, but for the bytes", (most - most_bytes) / (few - few_bytes), target=_SLOPE)


def remembered(*, quick: bool) -> Iterator[Figure]:
    """(u) The memory of a board that has read ten exports."""
    students = 2_000 if quick else 20_000
    with tempfile.TemporaryDirectory() as name:
        for _path in saved(Path(name), students, 10):  # who makes students remembers all of them
            pass
        command = [sys.executable, "-c", _REMEMBERED, name]
        found = subprocess.run(
            command, env=environment(Path(name)), cwd=ROOT, check=True, capture_output=True, text=True
        )
    words = f"(u) memory after ten exports of {many(students)}"
    yield Figure(words, float(found.stdout), "MB", _MEMORY)


def stored(*, quick: bool) -> Iterator[Figure]:
    """(v) The disk of a database of a hundred exports; and a step back among as many."""
    exports, sizes = (20, (300,)) if quick else (100, (300, 2_000))
    for students in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            one = desk(folder, folder / "dossier")
            for path in saved(folder, students, exports):
                _take(one, path)
            times = one.snapshot().export_times
            steps = [milliseconds(partial(one.snapshot_as_of, at)) for at in reversed(times[-40:])]
            one.close()
            size = (folder / "dossier" / "board.duckdb").stat().st_size
        words = f"{exports} exports of {many(students)}"
        yield Figure(f"(v) disk of {words}", size / 1e6, "MB", _BYTES_EACH * exports * students / 1e6)
        detail = f"up to {max(steps):.0f} ms"
        yield Figure(f"(v) a step back among {words}", median(steps), "ms", _STEP, detail)


def _take(one: BoardEngine, path: Path) -> None:
    one.take(path)
    one.snapshot()
    one.intake.write_down()


def _bytes_alone(folder: Path) -> Callable[[int], float]:
    def keep(_round: int) -> float:
        newest = max(folder.glob("*.csv"))
        return milliseconds(lambda: _keep(newest, folder / "kept"))

    return keep


def _keep(path: Path, kept: Path) -> None:
    content = path.read_bytes()
    hashlib.sha256(content).hexdigest()
    kept.unlink(missing_ok=True)
    write_whole(kept, content)


def _each(one: BoardEngine, files: Iterator[Path]) -> Callable[[int], float]:
    def refresh(_round: int) -> float:
        path = next(files)
        until_shown = milliseconds(lambda: (one.take(path), one.snapshot()))
        one.intake.write_down()
        return until_shown

    return refresh
