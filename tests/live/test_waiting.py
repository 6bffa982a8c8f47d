"""Waiting, waking and stopping, with events from the system and without."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from pixsession.watching import listing as listing_module
from pixsession.watching import watcher as watcher_module
from pixsession.watching.names import Stamp
from pixsession.watching.watcher import Watcher

from .watching import (
    ROWS,
    Open,
    await_listing,
    look_now,
    ready,
    was_there,
)


def no_instances(*_args: object, **_options: object) -> None:
    raise OSError(errno.EMFILE, "inotify instance limit reached")


def no_watches(*_args: object, **_options: object) -> None:
    raise OSError(errno.ENOSPC, "inotify watch limit reached")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("watchdog.observers.Observer", no_instances),
        ("watchdog.observers.api.BaseObserver.schedule", no_watches),
        ("watchdog.observers.api.BaseObserver.on_thread_start", no_watches),
        ("sys.modules[listening]", None),
    ],
)
def test_scans_alone_do_the_work_where_the_system_refuses(
    place: str, value: object, tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place.startswith("sys.modules"):
        monkeypatch.setitem(sys.modules, "pixsession.watching.listening", value)  # as without watchdog
    else:
        monkeypatch.setattr(place, value)
    watcher = opened(tmp_path, scan_seconds=0.2, quiet_seconds=0.1)
    assert watcher.polling
    (tmp_path / "x.csv").write_text(ROWS)
    ready(watcher, "x.csv")
    (tmp_path / "x.csv").write_text(ROWS * 2)
    ready(watcher, "x.csv")


def test_events_are_asked_for_again_when_the_system_refused_once(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pixsession.watching.watcher.REARM_SECONDS", 0.1)
    with monkeypatch.context() as refusing:
        refusing.setattr("watchdog.observers.Observer", no_instances)
        watcher = opened(tmp_path, scan_seconds=0.05)
        assert watcher.polling
    await_listing(watcher, lambda _: not watcher.polling)


def test_a_network_folder_is_scanned_every_five_seconds_and_not_listened_to(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pixsession.watching.watcher.on_network", lambda _: True)
    watcher = opened(tmp_path, scan_seconds=2.0, quiet_seconds=0.1)
    assert watcher.network
    assert watcher.polling
    assert watcher.scan_seconds == 5.0
    with (tmp_path / "x.csv").open("w", encoding="utf-8") as export:  # no lease is trusted there
        export.write(ROWS)
        export.flush()
        look_now(watcher)
        ready(watcher, "x.csv")


def test_wait_returns_at_each_scan_though_nothing_happens(tmp_path: Path, opened: Open) -> None:
    watcher = opened(tmp_path, scan_seconds=0.1)
    watcher.wait()
    for _ in range(3):
        started = time.monotonic()
        assert watcher.wait().ready == ()
        assert 0.05 < time.monotonic() - started < 0.4


def test_reading_and_growing_downloads_wake_nobody(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    was_there(tmp_path / "x.csv")
    looks: list[float] = []
    real = os.scandir

    def counting(folder: Path) -> object:
        looks.append(time.monotonic())
        return real(folder)

    with (tmp_path / "y.csv.part").open("w", encoding="utf-8") as growing:
        watcher = opened(tmp_path)
        assert not watcher.polling
        monkeypatch.setattr("os.scandir", counting)
        resting = threading.Thread(target=watcher.wait)
        resting.start()
        end = time.monotonic() + 0.4
        while time.monotonic() < end:
            (tmp_path / "x.csv").read_bytes()
            growing.write(ROWS)
            growing.flush()
        watcher.wake()
        resting.join()
    assert 1 <= len(looks) <= 3  # what rang before, and ours; woken by each event, it would look twenty times


def test_a_file_that_lands_while_the_watch_is_being_set_up_is_not_missed(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def land(folder: Path) -> bool:
        asked.append(folder)
        if len(asked) == 2:  # at the start, then when the watch is made, after the folder was listed
            was_there(folder / "x.csv")
        return False

    monkeypatch.setattr("pixsession.watching.watcher.on_network", land)
    watcher = opened(tmp_path)
    ready(watcher, "x.csv")
    assert len(asked) == 2


def test_wake_ends_a_wait_at_once_and_is_not_forgotten_between_two(tmp_path: Path, opened: Open) -> None:
    watcher = opened(tmp_path)
    waking = threading.Timer(0.1, watcher.wake)
    started = time.monotonic()
    waking.start()
    watcher.wait()
    assert 0.09 < time.monotonic() - started < 0.5
    waking.join()
    started = time.monotonic()
    look_now(watcher)
    assert time.monotonic() - started < 0.3


def test_stop_ends_a_wait_and_every_later_one(tmp_path: Path, opened: Open) -> None:
    watcher = opened(tmp_path)
    stopping = threading.Timer(0.1, watcher.stop)
    started = time.monotonic()
    stopping.start()
    for _ in range(3):
        assert watcher.wait().ready == ()
    stopping.join()
    assert time.monotonic() - started < 1.9  # a wait lasts 2 s
    assert watcher.polling
    watcher.stop()


def test_a_watcher_never_started_scans_all_the_same(tmp_path: Path) -> None:
    watcher = Watcher(tmp_path, scan_seconds=0.1, quiet_seconds=0.1)
    watcher.wait()
    (tmp_path / "x.csv").write_text(ROWS)
    ready(watcher, "x.csv")
    assert watcher.polling
    watcher.stop()


def test_a_slow_share_rests_as_long_as_it_was_looked_at_even_when_somebody_wakes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file costs a moment of waiting, and none of work."""
    looks: list[tuple[float, float]] = []
    stamp = listing_module._stamp
    view = listing_module.view_of

    def slowly(entry: os.DirEntry[str]) -> Stamp | None:
        time.sleep(0.01)
        return stamp(entry)

    def noted(folder: Path) -> object:
        began = time.monotonic()
        found = view(folder)
        looks.append((began, time.monotonic()))
        return found

    monkeypatch.setattr(listing_module, "_stamp", slowly)
    monkeypatch.setattr(watcher_module, "view_of", noted)
    monkeypatch.setattr(watcher_module, "_SLOW_SECONDS", 0.05)
    for number in range(8):
        was_there(tmp_path / f"{number}.csv")
    watcher = Watcher(tmp_path, scan_seconds=0.05, quiet_seconds=0.05)
    while len(looks) < 4:
        watcher.wake()
        watcher.wait()
    for (began, ended), (next_began, _ended) in pairwise(looks):
        assert next_began - ended >= 0.95 * (ended - began)
    began = time.monotonic()
    watcher.wake()
    assert watcher.wait().present  # what is known is told at once
    assert time.monotonic() - began < 0.05


def test_watchdog_is_loaded_only_by_who_watches() -> None:
    code = (
        "import sys, pathlib, pixsession.watching.listing as listing, pixsession.watching.watcher as w\n"
        "listing.list_files(pathlib.Path.cwd())\n"
        "w.Watcher(pathlib.Path.cwd()).wait(); print(any(m.startswith('watchdog') for m in sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
