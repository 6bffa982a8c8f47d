"""`python -m tests.mutants.tried` in a copy of the project: runs tests there, each time in a fork of itself.

What the tests import of others is imported once, and nothing of the program. A line of JSON in asks for a
run, a line out says how it ended; stdin's end ends it.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import os
import resource
import signal
import sys
import time
from enum import Enum
from pathlib import Path

import pytest

_OTHERS = (
    "tests.mutants.reach",  # for how many examples there are
    "_pytest.legacypath",
    "_pytest.doctest",
    "_pytest.junitxml",
    "asyncio",
    "duckdb",
    "jinja2",
    "rich.console",
    "textual.app",
    "textual.widgets",
)
_WALL = 10  # times the seconds of computing: what waits that long will wait for ever, even on a busy machine
_EARLY = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # it warns of what is loaded before it
_PLUGINS = ("cacheprovider", "xdist", "syrupy", "pytest_textual_snapshot")


class End(Enum):
    """How the tests of one change ended."""

    PASSED = "passed"
    FAILED = "failed"
    ENDLESS = "endless"  # they computed longer than they may
    STUCK = "stuck"  # they waited, without computing


if sys.platform == "win32":
    raise NotImplementedError("changes are tried in forks, which Windows has not")


class _First:
    """A plugin of pytest that says which test fails first, or which file cannot be imported."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._tell(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._tell(report)

    def _tell(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed:
            os.write(self._pipe, report.nodeid.encode() + b"\n")


def main() -> None:
    found = importlib.util.find_spec("pixsession")
    if found is None or not Path(found.origin or "").is_relative_to(Path.cwd()):
        sys.exit("the tests would try another program than that of this folder")
    for module in _OTHERS:
        importlib.import_module(module)
    for line in sys.stdin:
        asked = json.loads(line)
        end, test = _run(asked["tests"], asked["seconds"])
        print(json.dumps({"end": end.value, "test": test}), flush=True)


def _run(tests: list[str], seconds: int) -> tuple[End, str]:
    """How these tests end, and the one that failed; all its processes have ended too."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _tests(tests, seconds, writing)
    os.close(writing)
    end = _end(child, seconds)
    with os.fdopen(reading, "rb") as told:
        return end, told.readline().decode().strip()


def _tests(tests: list[str], seconds: int, pipe: int) -> None:
    """Run in the fork, which ends here."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    status = 99
    try:
        plugins = [word for name in _PLUGINS for word in ("-p", f"no:{name}")]
        status = pytest.main(["-x", "-q", *_EARLY, *plugins, *tests], plugins=[_First(pipe)])
    finally:
        os._exit(status)


def _end(child: int, seconds: int) -> End:
    last = time.monotonic() + _WALL * seconds
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended or time.monotonic() > last:
            break
        time.sleep(0.01)
    _kill_group(child)
    if not ended:
        os.waitpid(child, 0)
        return End.STUCK
    if os.WIFSIGNALED(status):
        return End.ENDLESS if os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL} else End.FAILED
    return End.FAILED if os.WEXITSTATUS(status) else End.PASSED


def _kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


if __name__ == "__main__":
    main()
