"""Ask a disk that may never answer, as a drive whose network has gone, and go on without it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from errno import ETIMEDOUT
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Patient(Generic[Answer]):
    """Asks one question at a time, each in a thread of its own; from any thread.

    `seconds`: how long an answer is waited for. One that came too late is given to who asks next, but where
    questions differ: then it `forgets` the answer.
    """

    def __init__(self, seconds: float, *, forgets: bool = False) -> None:
        self.seconds = seconds
        self._forgets = forgets
        self._asked: _Asked[Answer] | None = None
        self._lock = threading.Lock()

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """What the question gives, or raises; TimeoutError, at once while an older one has no answer."""
        with self._lock:
            if self._forgets and self._asked is not None and self._asked.done.is_set():
                self._asked = None
            asked, is_new = self._asked, self._asked is None
            if asked is None:
                self._asked = asked = _Asked(question)
                asked.start()
            if not asked.done.wait(self.seconds if is_new else 0):
                raise TimeoutError(ETIMEDOUT, os.strerror(ETIMEDOUT))
            self._asked = None
        return asked.answer()


class _Asked(threading.Thread, Generic[Answer]):
    """A question under way; what it gives or raises is kept until it is taken."""

    def __init__(self, question: Callable[[], Answer]) -> None:
        super().__init__(name="pixsession-patient", daemon=True)
        self.done = threading.Event()
        self._question = question
        self._found: Answer
        self._error: Exception | None = None

    def run(self) -> None:
        try:
            self._found = self._question()
        except Exception as error:  # noqa: BLE001 - raised again where the answer is taken
            self._error = error
        self.done.set()

    def answer(self) -> Answer:
        if self._error is not None:
            raise self._error
        return self._found
