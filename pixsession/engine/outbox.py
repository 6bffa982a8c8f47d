"""What the pipeline has to say: kept until somebody listens, then passed on in order."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.errors import PixSessionError

Publish = Callable[[Snapshot], object]
Failed = Callable[[PixSessionError], object]


class Outbox:
    """Snapshots, and the error that ended them; for any thread."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._has_spoken = threading.Event()
        self._is_heard = threading.Event()
        self._unheard: list[Snapshot | PixSessionError] = []
        self._listeners: tuple[Publish, Failed] | None = None

    def listen(self, publish: Publish, failed: Failed) -> None:
        """Pass on what was said so far, then everything as it comes, from the thread that says it."""
        with self._turn:
            self._listeners = publish, failed
            self._is_heard.set()
            unheard, self._unheard = self._unheard, []
            for words in unheard:
                self._pass_on(words)

    def first(self, seconds: float) -> Snapshot | None:
        """The newest Snapshot, waited for so many seconds at most; `listen` does not tell it again.

        None where there is none yet, or only an error, which `listen` tells.
        """
        self._has_spoken.wait(seconds)
        with self._turn:
            newest = self._unheard[-1] if self._unheard else None
            if newest is None or isinstance(newest, PixSessionError):
                return None
            self._unheard.clear()  # those before it are out of date
            self._is_heard.set()
            return newest

    def wait_until_heard(self, seconds: float) -> None:
        """Wait until somebody has taken what was said, or listens; so many seconds at most."""
        self._is_heard.wait(seconds)

    def let_go(self) -> None:
        """Have nobody wait any more until something is heard."""
        self._is_heard.set()

    def say(self, words: Snapshot | PixSessionError) -> None:
        """Pass a Snapshot or the last error on, or keep it until somebody listens."""
        with self._turn:
            if self._listeners is None:
                self._unheard.append(words)
            else:
                self._pass_on(words)
        self._has_spoken.set()

    def _pass_on(self, words: Snapshot | PixSessionError) -> None:
        if self._listeners is None:
            return
        publish, failed = self._listeners
        if isinstance(words, PixSessionError):
            failed(words)
        else:
            publish(words)
