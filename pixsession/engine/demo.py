"""The demonstration: a certification morning that lands in a folder as a browser would save it."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources.abc import Traversable
from pathlib import Path

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.clock import with_offset
from pixsession.foundation.errors import FolderUnusable
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import shipped

DEFAULT_SPEED = 90.0  # 1 h 45 in 70 s
_STAMP = re.compile(r"-(\d{4}-\d\d-\d\d-\d{4})\.csv$")


@dataclass(frozen=True, slots=True)
class ScheduledExport:
    """One sample export and the moment of the morning, Paris time, at which it is downloaded."""

    file: Traversable
    at: datetime


def sample_exports(folder: Traversable | None = None) -> tuple[ScheduledExport, ...]:
    """The exports shipped with the program, in the order of the morning; FolderUnusable without any."""
    source = folder or shipped("sample_exports")
    found = [
        ScheduledExport(file, datetime.strptime(stamp[1], "%Y-%m-%d-%H%M"))  # noqa: DTZ007 - Paris time
        for file in source.iterdir()
        if (stamp := _STAMP.search(file.name))
    ]
    if not found:
        raise FolderUnusable(_("The sample exports are missing: install the program again."))
    return tuple(sorted(found, key=lambda export: export.at))


class DemoClock:
    """A Clock that stands at the first export until it is started, then runs `speed` times faster.

    From `end` on it runs at the pace of real time: once the story is told, nothing on the board grows old
    faster than in a classroom. Any thread may read it.
    """

    def __init__(
        self,
        start: datetime,
        end: datetime,
        speed: float = DEFAULT_SPEED,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        if speed <= 0:
            raise ValueError(f"speed {speed} is not above zero")
        self._end, self._speed, self._monotonic = end, speed, monotonic
        # One attribute, so that another thread never sees half of a change: a moment of the morning and
        # the reading of `monotonic` that goes with it, None while the clock stands.
        self._since: tuple[datetime, float | None] = (start, None)

    @classmethod
    def of(
        cls,
        exports: Sequence[ScheduledExport],
        speed: float = DEFAULT_SPEED,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> DemoClock:
        """The clock of a morning made of these exports."""
        return cls(exports[0].at, exports[-1].at, speed, monotonic)

    def __call__(self) -> datetime:
        """Now in the demonstration: Paris time without zone, to the second."""
        begin, origin = self._since
        if origin is None:
            return begin
        fast = timedelta(seconds=max(0.0, self._monotonic() - origin) * self._speed)
        told = max(self._end - begin, timedelta())
        if fast > told:
            fast = told + (fast - told) / self._speed
        return (begin + fast).replace(microsecond=0)

    def start(self) -> None:
        """Let the time run; started twice, it goes on as it went."""
        begin, origin = self._since
        if origin is None:
            self._since = (begin, self._monotonic())

    def stand_at(self, moment: datetime) -> None:
        """Stop at this moment of the morning: for a demonstration played step by step."""
        self._since = (moment, None)

    def seconds_until(self, moment: datetime) -> float:
        """Seconds of real time until this moment of the morning; never negative, and right up to `end`."""
        begin, origin = self._since
        gone = 0.0 if origin is None else self._monotonic() - origin
        return max(0.0, (moment - begin).total_seconds() / self._speed - gone)


class DemoFeed:
    """Drops the exports of the morning into a folder, each at its time, from a thread of its own."""

    def __init__(
        self, folder: Path, clock: DemoClock, exports: Sequence[ScheduledExport] | None = None
    ) -> None:
        self._folder, self._clock = folder, clock
        self._waiting = list(exports if exports is not None else sample_exports())
        self._lock = threading.Lock()  # of what is waiting: each export is dropped once
        self._stopping = threading.Event()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self.failure: OSError | None = None  # why it ended before the last export, if it did

    def prepare(self) -> None:
        """Put the first export there, so that the board does not open on an empty folder."""
        with self._lock:
            if self._waiting and self._waiting[0].at <= self._clock():
                drop(self._waiting.pop(0), self._folder)

    def start(self) -> None:
        """Start the clock and drop the others as their time comes; the first one is there on return."""
        self.prepare()
        self._clock.start()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="demo-feed", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Drop nothing more, and return once the thread has ended; may be called twice, or before start."""
        self._stopping.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the last export is there, or no other one will come; False after so many seconds."""
        return self._over.wait(timeout)

    def drop_due(self) -> float | None:
        """Drop every export whose time has come; the seconds until the next one, None after the last."""
        with self._lock:
            while self._waiting:
                left = self._clock.seconds_until(self._waiting[0].at)
                if left > 0:
                    return left
                drop(self._waiting.pop(0), self._folder)
            return None

    def _run(self) -> None:
        try:
            while not self._stopping.is_set() and (left := self.drop_due()) is not None:
                self._stopping.wait(left)
        except OSError as error:
            # The folder went away under the demonstration; the board says so itself.
            self.failure = error
        finally:
            self._over.set()


def drop(export: ScheduledExport, folder: Path) -> Path:
    """Save an export as a browser does: in pieces under a name of its own, then renamed.

    The file is dated as its download was in the morning, so that its own time agrees with its name.
    """
    target = folder / export.file.name
    partial = target.with_name(target.name + ".crdownload")
    content = export.file.read_bytes()
    with partial.open("wb") as stream:
        for start in range(0, len(content), 8192):
            stream.write(content[start : start + 8192])
            stream.flush()
    moment = with_offset(export.at).timestamp()
    os.utime(partial, (moment, moment))
    return partial.replace(target)


class Receipts:
    """Which files a board has answered for: give `take` to the pipeline as its `publish`."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._names: frozenset[str] = frozenset()
        self._snapshot: Snapshot | None = None

    def take(self, snapshot: Snapshot) -> None:
        """A new board: its files have been read or refused."""
        with self._changed:
            self._snapshot = snapshot
            self._names = frozenset(entry.name for entry in snapshot.files)
            self._changed.notify_all()

    def wait_for(self, path: Path, timeout: float = 30.0) -> bool:
        """Wait until a board answers for this file; False when none did in so many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: path.name in self._names, timeout)

    @property
    def snapshot(self) -> Snapshot | None:
        with self._changed:
            return self._snapshot


def play_all(
    folder: Path,
    was_read: Callable[[Path], bool],
    clock: DemoClock,
    exports: Sequence[ScheduledExport] | None = None,
) -> bool:
    """Play the morning step by step, without a terminal: each export lands once the one before was read.

    `was_read` blocks until the program has answered for that file, and says whether it did; the clock stands
    at the moment of each export. True when all were read.
    """
    for export in exports if exports is not None else sample_exports():
        clock.stand_at(export.at)
        if not was_read(drop(export, folder)):
            return False
    return True
