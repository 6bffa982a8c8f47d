"""What watchdog hears of a folder: it wakes the scans, and tells which names were closed or renamed."""

from __future__ import annotations

import os
import threading
from collections import deque
from pathlib import PurePath
from typing import TYPE_CHECKING

from pixsession.watching.names import counts

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

STOP_SECONDS = 2.0  # the longest that stopping waits for watchdog's threads


class FolderEvents:
    """Events of watchdog: sets `changed` when something moves, collects the names closed, those renamed."""

    def __init__(self, changed: threading.Event) -> None:
        self._changed = changed
        self._names: deque[tuple[str, bool]] = deque()
        self._observer: BaseObserver | None = None
        self._root = ""
        self._root_deleted = False

    @property
    def is_on(self) -> bool:
        return self._observer is not None

    @property
    def is_broken(self) -> bool:
        """Whether no event can come any more: the folder was deleted, or a thread of watchdog died."""
        if self._observer is None:
            return False
        return self._root_deleted or not all(emitter.is_alive() for emitter in self._observer.emitters)

    def names(self) -> tuple[set[str], set[str]]:
        """What was closed after writing, and what was renamed into place, since this was last asked."""
        heard: tuple[set[str], set[str]] = set(), set()
        while self._names:
            name, is_renamed = self._names.popleft()
            heard[is_renamed].add(name)
        return heard

    def arm(self, root: str) -> bool:
        """Listen to this folder, given by its real path; False where the system refuses."""
        self._root, self._root_deleted = root, False
        try:
            from pixsession.watching.listening import listen  # noqa: PLC0415 - (d): 18 ms, which a look needs not

            self._observer = listen(root, self._hear)
        except (ImportError, OSError, RuntimeError, SystemError):
            return False
        return True

    def disarm(self) -> None:
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            observer.join(STOP_SECONDS)

    def _hear(self, event: FileSystemEvent) -> None:
        source = os.fsdecode(event.src_path)
        name = PurePath(os.fsdecode(event.dest_path) or source).name
        if event.event_type == "modified" and not counts(name):
            return  # a download grows under its temporary name
        if event.event_type in {"closed", "moved"}:
            # Only a rename has an old name: from another folder a copy may be under way.
            self._names.append((name, event.event_type == "moved" and bool(source)))
        elif event.event_type == "deleted" and source == self._root:
            self._root_deleted = True
        self._changed.set()
