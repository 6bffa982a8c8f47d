"""A whole `check`, against a bare script that imports duckdb and reads the same file."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from .exports import exports
from .figures import Figure, in_turns, many, milliseconds, told

ROOT = Path(__file__).parent.parent.parent
# Students, exports, target. Others are told only: the bare script does nothing with what it reads.
# Of several exports `check` asks DuckDB what the earlier ones show, of one it asks nothing.
_SIZES = ((30, 1, 1.6), (200, 1, 1.6), (200, 3, None), (2_000, 1, None))
_BARE = (
    "import duckdb, sys; duckdb.connect().execute('FROM read_csv($path)', {'path': sys.argv[1]}).fetchall()"
)

_COMPILED = tempfile.TemporaryDirectory(prefix="pixsession-benchmark-")  # gone when this process ends


def environment(state: Path) -> dict[str, str]:
    """The surroundings of a command: the package of this checkout, and a state folder of its own.

    Its modules are compiled, as those that pip installs are: a shell that forbids Python to write what it
    compiled would have every start compile the package anew, and nothing else, which no user sees.
    """
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": _COMPILED.name,
        "PYTHONPATH": str(ROOT),
        "PIXSESSION_STATE": str(state),
        "XDG_CONFIG_HOME": str(state / "no settings"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def whole_check(*, quick: bool) -> Iterator[Figure]:
    """(c) From the start of a process to its end, both warm."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for students, count, target in _SIZES[:1] if quick else _SIZES:
            checked = folder / f"{count} of {students}"
            checked.mkdir()
            for _number, (export, content) in zip(range(count), exports(students), strict=False):
                (checked / export).write_bytes(content)
            medians = in_turns(
                7 if quick else 21,
                {
                    "bare script": ended([sys.executable, "-c", _BARE, str(checked / "*.csv")], folder),
                    "check": ended([sys.executable, "-m", "pixsession", "check", str(checked)], folder),
                },
            )
            ratio = medians["check"] / medians["bare script"]
            words = f"(c) whole `check`, {many(students)}" + (f" in {count} exports" if count > 1 else "")
            yield Figure(words, ratio, target=target, detail=told(medians))


def ended(command: list[str], folder: Path) -> Callable[[int], float]:
    """What measures a command from its start to its end, in milliseconds."""

    def run(_round: int) -> float:
        return milliseconds(
            lambda: subprocess.run(
                command, env=environment(folder), cwd=folder, capture_output=True, check=False
            )
        )

    return run
