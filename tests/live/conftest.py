"""A watcher that listens, and is gone without a trace when the test ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pixsession.watching.watcher import Watcher

from .watching import END_SECONDS, NOON, Open, look_now


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens watchers that have seen what was there and listen; afterwards nothing of them may be left."""
    before = set(threading.enumerate())
    watchers: list[Watcher] = []

    def open_watcher(folder: Path, *, scan_seconds: float = 30.0, quiet_seconds: float = 0.5) -> Watcher:
        watcher = Watcher(folder, scan_seconds=scan_seconds, quiet_seconds=quiet_seconds, now=lambda: NOON)
        watchers.append(watcher)
        watcher.start()
        watcher.wait()
        look_now(watcher)
        return watcher

    yield open_watcher
    for watcher in watchers:
        started = time.monotonic()
        watcher.stop()
        assert time.monotonic() - started < END_SECONDS
    assert set(threading.enumerate()) == before
