"""What a gesture writes down: asked of the pipeline in a thread, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

from pixsession.foundation.errors import PixSessionError


class Writing:
    """Gestures are written in the order of their keys, and never block the screen."""

    def __init__(
        self,
        run: Callable[[Coroutine[None, None, None]], object],
        written: Callable[[str | None], None],
        failed: Callable[[PixSessionError], None],
    ) -> None:
        """`run` starts a task; `written` is told what was taken back, if anything."""
        self._run = run
        self._done = written
        self._failed = failed
        self._turn = asyncio.Lock()

    def ask(self, act: Callable[[], str | None]) -> None:
        """Have it written down, then say so."""
        self._run(self._written(act))

    def try_to(self, act: Callable[[], None], otherwise: Callable[[], None]) -> None:
        """In the same order, but nothing is written down: only a failure is told, then `otherwise` called."""
        self._run(self._tried(act, otherwise))

    async def _written(self, act: Callable[[], str | None]) -> None:
        async with self._turn:
            try:
                undone = await asyncio.to_thread(act)
            except PixSessionError as error:
                self._failed(error)
                return
        self._done(undone)

    async def _tried(self, act: Callable[[], None], otherwise: Callable[[], None]) -> None:
        async with self._turn:
            try:
                await asyncio.to_thread(act)
            except PixSessionError as error:
                otherwise()
                self._failed(error)
