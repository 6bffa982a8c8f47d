"""A plugin of pytest: which functions of the program each test calls, and how long it takes."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

REACH = "MUTANTS_REACH"  # the folder of what is written, one file a process
_PACKAGE = str(Path(__file__).parents[2] / "pixsession") + os.sep
_found: dict[str, tuple[float, list[str]]] = {}
_failed: set[str] = set()
_codes: dict[int, CodeType] = {}  # all that were called, by their id: to compare them themselves takes longer

# How busy a machine is decides nothing, and a change that 25 examples do not show counts as not caught.
settings.register_profile(
    "mutants",
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def pytest_configure() -> None:
    """After the tests' own profile, which is loaded with their `conftest`."""
    settings.load_profile("mutants")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    called: set[int] = set()

    def hear(frame: FrameType, _event: str, _argument: object) -> None:
        key = id(frame.f_code)
        if key not in called:
            _codes[key] = frame.f_code
            called.add(key)

    _forget_results()
    began = time.process_time()  # how busy the machine is does not count
    threading.settrace(hear)
    sys.settrace(hear)
    try:
        return (yield)
    finally:
        sys.settrace(None)
        threading.settrace(None)
        seconds, mine = time.process_time() - began, called.copy()  # threads may go on
        _found[item.nodeid] = seconds, sorted(_functions(mine))


def _forget_results() -> None:
    """Have functions that keep their results run again: an earlier test may have asked the same."""
    modules = [module for name, module in [*sys.modules.items()] if name.startswith("pixsession")]
    for one in [value for module in modules for value in [*vars(module).values()]]:
        if isinstance(one, _lru_cache_wrapper):
            one.cache_clear()


def _functions(called: set[int]) -> Iterator[str]:
    """Those of the program, as "file:line"."""
    root = len(_PACKAGE) - len("pixsession/")
    for code in map(_codes.__getitem__, called):
        if code.co_filename.startswith(_PACKAGE):
            yield f"{code.co_filename[root:]}:{code.co_firstlineno}"


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Forget a test that fails without any change: it could tell nothing of one."""
    if report.failed:
        _failed.add(report.nodeid)


def pytest_sessionfinish() -> None:
    if folder := os.environ.get(REACH):
        kept = {test: calls for test, calls in _found.items() if test not in _failed}
        (Path(folder) / f"{os.getpid()}.json").write_text(json.dumps(kept), encoding="utf-8")
