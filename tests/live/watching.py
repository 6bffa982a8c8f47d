"""What tests of the Watcher share: put files there, wait as the pipeline does, see what is handed out."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from pixsession.watching.folder_events import STOP_SECONDS
from pixsession.watching.listing import Listing
from pixsession.watching.watcher import Watcher

ROWS = "Nom;Prénom\n" + "MARTIN;Lucas\n" * 40
NOON = datetime.fromisoformat("2026-11-22T12:00")
QUIET = 1.5  # seconds, where a test must tell a file that was heard from one that was seen
SLOWNESS = 5 if sys.platform == "win32" else 1  # Wine, and Windows that looks through each file
PATIENCE = 2.5 * SLOWNESS  # the longest that a test waits for what must come
# The longest that an end takes: Wine wakes no thread that waits for a folder, and each is given up in time.
END_SECONDS = 2 + (2 * STOP_SECONDS if sys.platform == "win32" else 0)

linux = pytest.mark.skipif(sys.platform != "linux", reason="read leases are Linux's")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such entries in folders")
not_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")

Open = Callable[..., Watcher]


def was_there(path: Path, text: str = ROWS, *, second: int = 0) -> Path:
    """A file saved long before anybody watched."""
    path.write_text(text)
    os.utime(path, (1_700_000_000 + second,) * 2)
    return path


def look_now(watcher: Watcher) -> Listing:
    """The folder as it is, without waiting for anything."""
    watcher.wake()
    return watcher.wait()


def await_listing(watcher: Watcher, wanted: Callable[[Listing], bool]) -> Listing:
    """Wait, as the pipeline does, for a listing that is wanted."""
    end = time.monotonic() + PATIENCE
    waking = threading.Timer(PATIENCE, watcher.wake)  # a watcher that stays silent must not hang the tests
    waking.start()
    try:
        while time.monotonic() < end:
            listing = watcher.wait()
            if wanted(listing):
                return listing
    finally:
        waking.cancel()
        waking.join()
    raise AssertionError("it never came")


def ready(watcher: Watcher, *names: str) -> None:
    """Wait until these files, and no other, were handed out, each once."""
    missing = sorted(names)

    def tick_off(listing: Listing) -> bool:
        for path in listing.ready:
            assert path.parent == watcher.folder
            missing.remove(path.name)
        return not missing

    await_listing(watcher, tick_off)


def nothing_ready(watcher: Watcher, seconds: float) -> None:
    """Nothing may be handed out for so long."""
    end = time.monotonic() + seconds
    waking = threading.Timer(seconds, watcher.wake)
    waking.start()
    try:
        while time.monotonic() < end:
            assert watcher.wait().ready == ()
    finally:
        waking.cancel()
        waking.join()


def heard(watcher: Watcher) -> None:
    """A download is handed out before its quiet time is over: someone heard that it was renamed."""
    watcher.wait()
    watcher.wait()
    started = time.monotonic()
    (watcher.folder / "heard.csv.part").write_text(ROWS)
    (watcher.folder / "heard.csv.part").rename(watcher.folder / "heard.csv")
    ready(watcher, "heard.csv")
    assert time.monotonic() - started < QUIET - 0.1
    assert not watcher.polling
