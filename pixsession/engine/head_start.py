"""A pipeline that works while the screen is being loaded: what it has to say waits until it is heard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING

from pixsession.domain.board.snapshot import SentProfile, Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.foundation.clock import Clock
from pixsession.foundation.errors import PixSessionError
from pixsession.settings.config import BoardRequest

if TYPE_CHECKING:
    from pixsession.engine.pipeline import Pipeline


class HeadStart:
    """A pipeline started at once in a thread of its own, since it loads the engine; `make` hands it over."""

    def __init__(self, request: BoardRequest, now: Clock) -> None:
        """Return without waiting for anything."""
        self._request = request
        self._now = now
        self._turn = threading.Lock()
        self._is_heard = False
        self._unheard: list[Snapshot | PixSessionError] = []
        self._has_spoken = threading.Event()
        self._publish: Callable[[Snapshot], None]  # set before anything is heard
        self._failed: Callable[[PixSessionError], None]
        starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pixsession-start")
        self._started = starter.submit(self._begin)
        starter.shutdown(wait=False)

    def _begin(self) -> Pipeline:
        from pixsession.engine.pipeline import Pipeline  # noqa: PLC0415 - the engine loads in this thread

        pipeline = Pipeline(self._request, publish=self._say, failed=self._say, now=self._now)
        pipeline.start()
        return pipeline

    def make(
        self,
        request: BoardRequest,  # noqa: ARG002 - the one it was started with
        *,
        publish: Callable[[Snapshot], None],
        failed: Callable[[PixSessionError], None],
        now: Clock,  # noqa: ARG002 - likewise
    ) -> HeadStart:
        """The pipeline, for the app: `start` makes it heard. Waits for the engine; raises what stopped it."""
        self._started.result()
        self._publish, self._failed = publish, failed
        return self

    def first(self, seconds: float) -> Snapshot | None:
        """The board so far, waited for so many seconds at most; `start` does not tell it again."""
        self._has_spoken.wait(seconds)
        with self._turn:
            if self._is_heard or not self._unheard or isinstance(self._unheard[-1], PixSessionError):
                return None
            snapshot = self._unheard[-1]
            self._unheard.clear()  # those before it are out of date
        return snapshot

    def start(self) -> None:
        """From now on the app hears what comes; first what came before."""
        with self._turn:
            self._is_heard = True
            for words in self._unheard:
                self._pass_on(words)
            self._unheard.clear()

    def _say(self, words: Snapshot | PixSessionError) -> None:
        with self._turn:
            if self._is_heard:
                self._pass_on(words)
            else:
                self._unheard.append(words)
        self._has_spoken.set()

    def _pass_on(self, words: Snapshot | PixSessionError) -> None:
        if isinstance(words, PixSessionError):
            self._failed(words)
        else:
            self._publish(words)

    def stop(self) -> None:
        """End soon; join() waits for it."""
        if self._started.exception() is None:
            self._started.result().stop()

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end."""
        if self._started.exception() is None:
            self._started.result().join(timeout)

    def choose_campaigns(self, campaigns: frozenset[str]) -> None:
        """See `Pipeline`."""
        self._started.result().choose_campaigns(campaigns)

    def look_back(self, at: datetime | None) -> None:
        """See `Pipeline`."""
        self._started.result().look_back(at)

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """See `Pipeline`."""
        return self._started.result().history(student_id)

    def decide(self, key: str, other: str, same: bool) -> None:
        """See `Pipeline`."""
        self._started.result().decide(key, other, same)

    def show_all(self, shows_all: bool) -> None:
        """See `Pipeline`."""
        self._started.result().show_all(shows_all)

    def take_back_file(self, name: str, counts: bool) -> None:
        """See `Pipeline`."""
        self._started.result().take_back_file(name, counts)

    def undo_file(self) -> str:
        """See `Pipeline`."""
        return self._started.result().undo_file()

    def act(self, request: ActionRequest) -> None:
        """Write down what a supervisor did."""
        self._started.result().act(request)

    def undo_action(self) -> str:
        """Take back the last action; what it was, in words."""
        return self._started.result().undo_action()

    def undo_decision(self, key: str, other: str) -> None:
        """See `Pipeline`."""
        self._started.result().undo_decision(key, other)
