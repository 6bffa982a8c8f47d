"""A plugin of pytest: which functions of the program each test calls, and how long it takes."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

REACH = "MUTANTS_REACH"  # the folder of what is written, one file a worker
_PACKAGE = str(Path(__file__).parents[2] / "pixsession") + os.sep
_found: dict[str, tuple[float, list[str]]] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    called: set[tuple[str, int]] = set()

    def hear(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(_PACKAGE):
            called.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

    began = time.perf_counter()
    threading.setprofile(hear)
    sys.setprofile(hear)
    try:
        return (yield)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        root = len(_PACKAGE) - len("pixsession/")
        functions = sorted(f"{file[root:]}:{line}" for file, line in called)
        _found[item.nodeid] = time.perf_counter() - began, functions


def pytest_sessionfinish() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    if folder := os.environ.get(REACH):
        (Path(folder) / f"{worker}.json").write_text(json.dumps(_found), encoding="utf-8")
