"""A watcher that listens, and is gone without a trace when the test ends; shorter pauses."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pixsession.engine import live_engine
from pixsession.watching import settle
from pixsession.watching.watcher import Watcher

from .watching import END_SECONDS, NOON, Open, look_now


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program waits for on purpose is over sooner, where a test asserts nothing of it."""
    monkeypatch.setattr(settle, "GROWING_SECONDS", (0.15, 0.3, 0.6))
    monkeypatch.setattr(settle, "RETRY_SECONDS", 0.2)
    monkeypatch.setattr(live_engine, "_LOG_SECONDS", 0.1)


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
