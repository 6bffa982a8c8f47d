"""`python -m tests.mutants [--count N] [--seed S] [FILE …]`: how many of N changes the tests notice.

Copies of the project are tested: one whole, to learn which tests call which function, then all with one
change after the other, each by the quickest tests that call the function it stands in. A change is caught
where a test fails that passes without it; where tests compute or wait without end that is told, and not
called caught. Without FILE: the code that decides and keeps. Status 0 where nine of ten or more were caught.
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
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .reach import REACH
from .sites import Mutant, mutants_of
from .tried import End

_ROOT = Path(__file__).parents[2]
_DECIDES = (
    "pixsession/domain/pix", "pixsession/domain/people", "pixsession/domain/certification",
    "pixsession/domain/lesson", "pixsession/domain/board", "pixsession/store", "pixsession/engine/board",
    "pixsession/engine/people", "pixsession/engine/certification", "pixsession/readers/campaign",
)  # fmt: skip
_TESTS = ("tests/unit", "tests/store", "tests/share", "tests/properties", "tests/live", "tests/ui")
_ENOUGH = 0.9
_NOTHING_COMPILED = {"PYTHONDONTWRITEBYTECODE": "1"}  # of a change that is gone a moment later
Reached = dict[str, list[tuple[float, str]]]  # by function, "file:line": its tests, the quickest first


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20.0, help="of tests for one change")
    parser.add_argument("--tests", nargs="*", default=list(_TESTS))
    parser.add_argument("--map", type=Path, help="keep here which tests call what, or take it from there")
    parser.add_argument("files", nargs="*", default=list(_DECIDES), metavar="FILE")
    asked = parser.parse_args()
    sources = {file: (_ROOT / file).read_bytes() for file in _sources(asked.files)}
    every = [mutant for file, source in sources.items() for mutant in mutants_of(file, source)]
    chosen = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    with tempfile.TemporaryDirectory(prefix="pixsession-mutants-") as scratch:
        copies = [_copied(Path(scratch) / str(job)) for job in range(asked.jobs)]
        reached = _kept(asked.map) or _reached(copies[0], Path(scratch), asked.tests, asked.jobs)
        if not reached:
            sys.exit("no test passes without any change")
        if asked.map:
            asked.map.write_text(json.dumps(reached), encoding="utf-8")
        with ThreadPoolExecutor(asked.jobs) as workers:
            trials = [_Trial(copy, reached, asked.seconds) for copy in copies]
            shares = [chosen[job :: asked.jobs] for job in range(asked.jobs)]
            found = [*zip(shares, workers.map(_Trial.of_all, trials, shares), strict=True)]
    each = [(mutant, end) for share, ended in found for mutant, end in zip(share, ended, strict=True)]
    return 0 if _told(each, f"{len(chosen)} of {len(every)} changes, seed {asked.seed}") >= _ENOUGH else 1


def _told(each: Sequence[tuple[Mutant, End]], what: str) -> float:
    """Print how many were caught, in each folder and of all; the share of all."""
    tried = Counter(mutant.folder for mutant, _end in each)
    failed = Counter(mutant.folder for mutant, end in each if end is End.FAILED)
    for folder, count in sorted(tried.items()):
        print(f"{folder}: {failed[folder]} of {count} caught")
    ends = Counter(end for _mutant, end in each)
    caught = ends[End.FAILED] / max(1, len(each))
    without_end = ends[End.ENDLESS] + ends[End.STUCK]
    print(f"{what}: {caught:.1%} caught, {ends[End.PASSED]} survived, {without_end} had tests without end")
    return caught


def _sources(files: list[str]) -> list[str]:
    found = (path for file in files for path in _files(_ROOT / file, "*.py"))
    return [path.relative_to(_ROOT).as_posix() for path in found]


def _files(path: Path, pattern: str) -> list[Path]:
    return sorted(path.rglob(pattern)) if path.is_dir() else [path]


def _copied(folder: Path) -> Path:
    shutil.copytree(_ROOT, folder, ignore=shutil.ignore_patterns(".*", "__pycache__", "dist", "build"))
    for hidden in (".ci", ".github"):
        shutil.copytree(_ROOT / hidden, folder / hidden)
    return folder


def _kept(path: Path | None) -> Reached:
    """What an earlier run wrote there, of the same code and tests; empty if none did."""
    if path is None or not path.exists():
        return {}
    kept: Reached = json.loads(path.read_text(encoding="utf-8"))
    return kept


def _reached(copy: Path, folder: Path, tests: list[str], jobs: int) -> Reached:
    """Which tests call which function, from one run of them all; it leaves the tests compiled.

    Each process runs a share of the files: a worker of xdist ends when its calls are traced. Left out is what
    real parts run, programs started apart, which tell nothing of this one and take half an hour.
    """
    files = [
        str(file) for one in tests for file in _files(copy / one, "test_*.py") if "real" not in file.parts
    ]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    command += ["-p", "tests.mutants.reach"]
    surroundings = {**os.environ, REACH: str(folder)}
    jobs = min(jobs, len(files))
    told = [(folder / f"{job}.log").open("wb") for job in range(jobs)]
    runs = [
        subprocess.Popen([*command, *files[job::jobs]], cwd=copy, env=surroundings, stdout=told[job])
        for job in range(jobs)
    ]
    for run, log in zip(runs, told, strict=True):
        status = run.wait()
        log.close()
        if status not in {0, 1}:  # 1: tests that fail are left out
            last = Path(log.name).read_text(encoding="utf-8", errors="replace")[-2000:]
            sys.exit(f"{last}\nthe tests were not run to their end (status {status})")
    found: Reached = defaultdict(list)
    for path in folder.glob("*.json"):
        for test, (seconds, functions) in json.loads(path.read_text(encoding="utf-8")).items():
            for function in functions:
                found[function].append((seconds, test))
                found[function.rpartition(":")[0]].append((seconds, test))
    return {function: sorted(set(those)) for function, those in found.items()}


class _Trial:
    """A copy of the project in which one change after the other is tried."""

    def __init__(self, copy: Path, reached: Reached, seconds: float) -> None:
        self._copy, self._reached, self._seconds = copy, reached, seconds
        self._good: set[str] = set()  # tests that pass without any change
        self._bad: set[str] = set()  # and those that do not
        self._second = 0
        self._runner: subprocess.Popen[str] = subprocess.Popen(
            [sys.executable, "-m", "tests.mutants.tried"], cwd=copy, env=os.environ | _NOTHING_COMPILED,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def of_all(self, mutants: list[Mutant]) -> list[End]:
        """How the tests of each ended; what was not caught is told as it is found."""
        ends = []
        for mutant in mutants:
            tests = self._tests_of(mutant)
            ends.append(self._end(mutant, tests) if tests else End.PASSED)
            if ends[-1] is not End.FAILED:
                why = {End.PASSED: "" if tests else "(no test calls it)"}.get(ends[-1], f"({ends[-1].value})")
                print(mutant, why, flush=True)
        self._runner.communicate()
        return ends

    def _tests_of(self, mutant: Mutant) -> list[str]:
        """The quickest that call its function; one at least, where there is one."""
        where = f"{mutant.file}:{mutant.function}" if mutant.function else mutant.file
        tests: list[str] = []
        spent = 0.0
        for duration, test in self._reached.get(where, ()):
            spent += duration
            if tests and spent > self._seconds:
                break
            tests.append(test)
        return tests

    def _end(self, mutant: Mutant, tests: list[str]) -> End:
        """How they end with the change; one that fails without it too is left out from then on."""
        path = self._copy / mutant.file
        source = path.read_bytes()
        while asked := [test for test in tests if test not in self._bad]:
            self._write(path, mutant.applied(source))
            try:
                end, failed = self._run(asked)
            finally:
                self._write(path, source)
            if end is not End.FAILED or failed in self._good:
                return end
            if self._run([failed] if failed else asked)[0] is End.PASSED:
                self._good.add(failed)
                return end
            self._bad |= {failed} if failed else {*asked}
        return End.PASSED

    def _write(self, path: Path, content: bytes) -> None:
        """Each time as of another second: by that Python knows whose what a process has compiled is."""
        path.write_bytes(content)
        self._second += 1
        os.utime(path, (self._second, self._second))

    def _run(self, tests: list[str]) -> tuple[End, str]:
        assert self._runner.stdin and self._runner.stdout  # it was started with both
        seconds = round(10 + 5 * self._seconds)
        self._runner.stdin.write(json.dumps({"tests": tests, "seconds": seconds}) + "\n")
        self._runner.stdin.flush()
        told = json.loads(self._runner.stdout.readline())
        return End(told["end"]), told["test"]


if __name__ == "__main__":
    sys.exit(main())
