"""`python -m tests.mutants [--count N] [--seed S] [FILE …]`: how many of N changes the tests notice.

Copies of the project are tested: one whole, to learn which tests call which function, then all with one
change after the other, each by the quickest tests that call the function it stands in. Without FILE: the code
that decides and keeps. Status 0 where at least nine of ten were caught.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from .reach import REACH
from .sites import Mutant, mutants_of

_ROOT = Path(__file__).parents[2]
_DECIDES = (
    "pixsession/domain/pix", "pixsession/domain/people", "pixsession/domain/certification",
    "pixsession/domain/lesson", "pixsession/domain/board", "pixsession/store", "pixsession/engine/board",
    "pixsession/engine/people", "pixsession/engine/certification", "pixsession/readers/campaign",
)  # fmt: skip
_ENOUGH = 0.9
Reached = dict[str, list[tuple[float, str]]]  # by function, "file:line": its tests, the quickest first


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20.0, help="of tests for one change")
    parser.add_argument("--tests", nargs="*", default=["tests/unit", "tests/store", "tests/properties"])
    parser.add_argument("files", nargs="*", default=list(_DECIDES), metavar="FILE")
    asked = parser.parse_args()
    sources = {file: (_ROOT / file).read_bytes() for file in _sources(asked.files)}
    every = [mutant for file, source in sources.items() for mutant in mutants_of(file, source)]
    chosen = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    with tempfile.TemporaryDirectory(prefix="pixsession-mutants-") as folder:
        copies = [_copied(Path(folder) / str(job)) for job in range(asked.jobs)]
        reached = _reached(copies[0], Path(folder), asked.tests)
        with ThreadPoolExecutor(asked.jobs) as workers:
            shares = [chosen[job :: asked.jobs] for job in range(asked.jobs)]
            found = list(workers.map(partial(_survivors, reached, asked.seconds), copies, shares))
    survivors = [mutant for one in found for mutant in one]
    caught = 1 - len(survivors) / max(1, len(chosen))
    told = f"{len(chosen)} of {len(every)} changes, seed {asked.seed}"
    print(f"{told}: {caught:.1%} caught, {len(survivors)} survived")
    return 0 if caught >= _ENOUGH else 1


def _sources(files: list[str]) -> list[str]:
    paths = [_ROOT / file for file in files]
    found = [one for path in paths for one in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    return [path.relative_to(_ROOT).as_posix() for path in found]


def _copied(folder: Path) -> Path:
    ignored = shutil.ignore_patterns(".*", "__pycache__", "dist", "build")
    shutil.copytree(_ROOT, folder, ignore=ignored)
    for hidden in (".ci", ".github"):
        shutil.copytree(_ROOT / hidden, folder / hidden)
    return folder


def _pytest(copy: Path, *arguments: str, seconds: float | None = None, reach: str = "") -> int:
    """The status of a run of tests in a copy; 1 too where it took too long."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    quiet = {"PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_DATABASE_FILE": os.devnull, REACH: reach}
    try:
        done = subprocess.run(
            command, cwd=copy, env={**os.environ, **quiet}, capture_output=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return 1
    return done.returncode


def _reached(copy: Path, folder: Path, tests: list[str]) -> Reached:
    """Which tests call which function, from one run of them all."""
    status = _pytest(copy, "-n", "2", "-p", "tests.mutants.reach", *tests, reach=str(folder))
    if status:
        sys.exit(f"the tests fail without any change (status {status})")
    found: Reached = defaultdict(list)
    for path in folder.glob("*.json"):
        for test, (seconds, functions) in json.loads(path.read_text(encoding="utf-8")).items():
            for function in functions:
                found[function].append((seconds, test))
                found[function.rpartition(":")[0]].append((seconds, test))
    return {function: sorted(set(those)) for function, those in found.items()}


def _survivors(reached: Reached, seconds: float, copy: Path, mutants: list[Mutant]) -> list[Mutant]:
    """Those that no test notices, each told as it is found."""
    found = []
    for mutant in mutants:
        where = f"{mutant.file}:{mutant.function}" if mutant.function else mutant.file
        tests: list[str] = []
        spent = 0.0
        for duration, test in reached.get(where, ()):
            spent += duration
            if tests and spent > seconds:
                break
            tests.append(test)
        path = copy / mutant.file
        source = path.read_bytes()
        path.write_bytes(mutant.applied(source))
        try:
            noticed = bool(tests) and _pytest(copy, "-x", *tests, seconds=10 + 5 * seconds) != 0
        finally:
            path.write_bytes(source)
        if not noticed:
            found.append(mutant)
            print(mutant, "" if tests else "(no test calls it)", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
