"""What is in the watched folder, and which files are ready: scans are the truth, watchdog triggers them."""

from __future__ import annotations

import os
import stat
import sys
import threading
import time
from math import inf
from pathlib import Path
from typing import NamedTuple

from pixsession.foundation.clock import Clock, paris_now
from pixsession.foundation.patience import Patient
from pixsession.watching.filesystems import on_network, writer_has_open
from pixsession.watching.folder_events import FolderEvents
from pixsession.watching.listing import Listing, View, view_of
from pixsession.watching.settle import QUIET_SECONDS, Settler

NETWORK_SCAN_SECONDS = 5.0
REARM_SECONDS = 30.0  # between two attempts where the system refuses to watch (its limits may be lifted)
_GAP_SECONDS = 0.02  # between two scans, however many events arrive
# A scan of 60 000 files takes half a second. The pause after a scan is twice its duration when something
# moves, ten times when nothing does. This counts work; a slow share is left alone for as long as it was
# looked at, even where somebody wakes us: 800 files at 10 ms each are 8 seconds of waiting.
_BUSY_REST = 2
_IDLE_REST = 10
_SLOW_SECONDS = 1.0
# A network drive that takes so long, or three times what it took last, is taken for one that is away.
PATIENCE_SECONDS = 6.0
_PATIENCE = 3


class Watcher:
    """Follows one folder; `wait` blocks until there is something to do. One thread waits, any may wake it.

    `network`: the folder is on a network file system, where only scans see what others do.
    """

    def __init__(
        self,
        folder: Path,
        *,
        scan_seconds: float = 2.0,
        quiet_seconds: float = QUIET_SECONDS,
        now: Clock = paris_now,
    ) -> None:
        self.folder = folder
        self.network = False
        self._asked_seconds = scan_seconds
        self._now = now
        self._settler = Settler(quiet_seconds)
        self._settling = threading.Lock()
        self._changed = threading.Event()  # something may have changed
        self._woken = threading.Event()  # wake() or stop(): answer at once
        self._started = self._stopped = False
        self._events = FolderEvents(self._changed)
        self._arming = threading.Lock()
        self._armed_on: tuple[int, int] | None = None
        self._arm_again = inf
        self._patient = Patient[_Looked](PATIENCE_SECONDS)
        self._listing: Listing | None = None
        self._was_mounted = self._is_slow = False
        self._due = self._next_scan = self._rest_until = -inf

    @property
    def polling(self) -> bool:
        """No events come from the system: changes are seen at the next scan only."""
        return not self._events.is_on

    @property
    def scan_seconds(self) -> float:
        """The time between two scans, and the longest that `wait` blocks."""
        return max(NETWORK_SCAN_SECONDS, self._asked_seconds) if self.network else self._asked_seconds

    def start(self) -> None:
        """Use events of the system from the second scan on; where there are none, scans alone do the work."""
        self.network = on_network(self.folder)
        self._started = True

    def stop(self) -> None:
        """End the threads of watchdog; a `wait` under way returns at once, and so does every later one."""
        self._stopped = True
        self.wake()
        self._disarm()

    def wake(self) -> None:
        """Make `wait` scan and return at once, now or the next time it is called."""
        self._woken.set()
        self._changed.set()

    def retry(self, path: Path) -> None:
        """Hand this file out again after a pause (1, 2, 4 … 30 s), or as soon as it changes."""
        with self._settling:
            self._settler.retry(path.name, time.monotonic())
        self._changed.set()  # a wait under way must learn of the new moment: a scan tells it

    def wait(self) -> Listing:
        """Block until something is ready or changed, or until `wake`; never longer than `scan_seconds`."""
        until = time.monotonic() + self.scan_seconds
        while True:
            self._rest(until)
            if woken := self._woken.is_set():
                self._woken.clear()
            known, moment = self._listing, time.monotonic()
            is_resting = moment < self._rest_until and (not woken or self._is_slow)
            if known is not None and (self._stopped or is_resting):
                return known._replace(ready=())
            heartbeat = moment >= min(until, self._next_scan)
            listing = self._scan()
            if woken or heartbeat or listing.ready or listing != known:
                return listing

    def _rest(self, until: float) -> None:
        if self._stopped:
            return
        soonest = min(until, self._next_scan, self._due + 0.001)
        self._changed.wait(max(0.0, soonest - time.monotonic()))
        self._woken.wait(max(0.0, min(until, self._rest_until) - time.monotonic()))
        self._changed.clear()  # before the scan: what happens during it triggers the next one

    def _scan(self) -> Listing:
        began, spent = time.monotonic(), time.thread_time()
        closed, renamed = self._events.names()
        try:
            identity, view, is_mounted, spent_aside = self._looked()
            self._check_mounted(view, is_mounted=is_mounted)
            looked = time.monotonic() - began
            # The first listing does not wait for watchdog to load: the next scan, due at once, starts it.
            if self._listing is not None and self._keep_armed(identity):
                view = view_of(self.folder)  # something may have landed before it listened
        except OSError:
            looked = time.monotonic() - began
            listing = self._gone()
        else:
            listing = Listing(self._settled(view, closed, renamed), view.present, view.irregular, None)
            self._patient.seconds = max(PATIENCE_SECONDS, _PATIENCE * looked)
            spent -= spent_aside
        spent = time.thread_time() - spent
        self._is_slow = looked >= _SLOW_SECONDS
        self._rest_until = time.monotonic() + max(_GAP_SECONDS, _BUSY_REST * spent, looked)
        self._next_scan = began + max(self.scan_seconds, _IDLE_REST * spent, 2 * looked)
        if self._listing is None:
            self._due = -inf
        self._listing = listing._replace(ready=())
        return listing

    def _looked(self) -> _Looked:
        """The folder as it is; of one on a network TimeoutError where it does not answer."""
        if not self.network:
            return _look_at(self.folder)._replace(spent=0.0)
        return self._patient.ask(lambda: _look_at(self.folder))

    def _check_mounted(self, view: View, *, is_mounted: bool) -> None:
        """Raise OSError where a share has gone that was mounted here: it leaves an empty folder."""
        if self._was_mounted and not is_mounted and not (view.stamps or view.irregular):
            raise FileNotFoundError(self.folder)
        self._was_mounted = is_mounted

    def _settled(self, view: View, closed: set[str], renamed: set[str]) -> tuple[Path, ...]:
        with self._settling:
            names = self._settler.update(
                view.stamps,
                time.monotonic(),
                wall=time.time(),
                closed=closed,
                renamed=renamed,
                being_written=self._being_written,
                # On Windows it is the time of creation; a share has a clock of its own.
                is_our_clock=not self.network and sys.platform != "win32",
            )
            self._due = self._settler.due
        return tuple(self.folder / name for name in names)

    def _being_written(self, name: str) -> bool:
        return not self.network and writer_has_open(self.folder / name)

    def _gone(self) -> Listing:
        self._due = inf
        self._disarm()  # a watch made while the folder may not be read stays deaf without a word
        known = self._listing or Listing((), frozenset(), frozenset(), None)
        return known._replace(missing_since=known.missing_since or self._now())

    def _keep_armed(self, identity: tuple[int, int]) -> bool:
        """Have watchdog on this very folder: it does not notice when the folder is replaced or mounted over.

        True when it was armed anew, or tried to be.
        """
        with self._arming:
            unchanged = identity == self._armed_on and not self._events.is_broken
            if self._stopped or not self._started or (unchanged and time.monotonic() < self._arm_again):
                return False
            self._events.disarm()
            self.network = on_network(self.folder)
            armed = self.network or self._events.arm(os.path.realpath(self.folder))
            self._armed_on, self._arm_again = identity, inf if armed else time.monotonic() + REARM_SECONDS
            return True

    def _disarm(self) -> None:
        with self._arming:
            self._events.disarm()
            self._armed_on = None


class _Looked(NamedTuple):
    identity: tuple[int, int]
    view: View
    is_mounted: bool  # another disk than the folder above it
    spent: float  # seconds of the processor


def _look_at(folder: Path) -> _Looked:
    began = time.thread_time()
    identity, view = _identity(folder), view_of(folder)
    return _Looked(identity, view, identity[0] != _device_above(folder), time.thread_time() - began)


def _identity(folder: Path) -> tuple[int, int]:
    found = folder.stat()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(folder)
    return found.st_dev, found.st_ino


def _device_above(folder: Path) -> int:
    return os.stat(os.path.join(os.path.realpath(folder), os.pardir)).st_dev  # noqa: PTH116, PTH118 - not "a/.."
