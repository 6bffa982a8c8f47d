"""The one count of what changed: it says whether a snapshot is due."""

from __future__ import annotations

from threading import Lock


class Revision:
    """A number that grows with each change that a snapshot would show; from any thread."""

    def __init__(self) -> None:
        self.number = 0
        self._lock = Lock()

    def advance(self) -> None:
        """Note a change: the next snapshot differs from the last one."""
        with self._lock:
            self.number += 1
