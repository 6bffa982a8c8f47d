"""The folders of a session followed as one: whatever happens in any of them wakes the one who waits."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from pixsession.foundation.clock import Clock, paris_now
from pixsession.watching.listing import Listing
from pixsession.watching.watcher import Watcher

_STOP_SECONDS = 2.0


class Watchers:
    """One Watcher for each folder, behind the interface of one; `wait` blocks on the first folder's."""

    def __init__(self, folders: Sequence[Path], *, scan_seconds: float = 2.0, now: Clock = paris_now) -> None:
        self._first, *self._others = [
            Watcher(folder, scan_seconds=scan_seconds, now=now) for folder in folders
        ]
        self._threads = [
            threading.Thread(target=self._follow, args=(number, other), daemon=True)
            for number, other in enumerate(self._others)
        ]
        self._lock = threading.Lock()
        self._found: dict[int, Listing] = {}
        self._stopped = threading.Event()

    def start(self) -> None:
        self._first.start()
        for other, thread in zip(self._others, self._threads, strict=True):
            other.start()
            thread.start()

    def _follow(self, number: int, watcher: Watcher) -> None:
        while not self._stopped.is_set():
            listing = watcher.wait()
            with self._lock:
                before = self._found.get(number)
                waiting = before.ready if before else ()
                is_news = before is None or listing.ready or listing != before._replace(ready=())
                self._found[number] = listing._replace(ready=tuple(dict.fromkeys((*waiting, *listing.ready))))
            if is_news:
                self._first.wake()

    def wait(self) -> Listing:
        """As `Watcher.wait`; the files, and since when a folder is gone, are those of all folders."""
        listing = self._first.wait()
        if not self._others:
            return listing
        with self._lock:
            found = list(self._found.values())
            self._found = {number: other._replace(ready=()) for number, other in self._found.items()}
        all_of = [listing, *found]
        gone = [one.missing_since for one in all_of if one.missing_since is not None]
        return Listing(
            tuple(path for one in all_of for path in one.ready),
            frozenset().union(*(one.present for one in all_of)),
            frozenset().union(*(one.irregular for one in all_of)),
            min(gone) if gone else None,
        )

    def retry(self, path: Path) -> None:
        """Hand this file out again later, as `Watcher.retry`."""
        for watcher in (self._first, *self._others):
            if watcher.folder == path.parent:
                watcher.retry(path)

    def wake(self) -> None:
        """Make `wait` return at once; from any thread."""
        self._first.wake()

    def stop(self) -> None:
        self._stopped.set()
        for watcher in (self._first, *self._others):
            watcher.stop()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(_STOP_SECONDS)
