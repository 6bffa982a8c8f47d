"""What a gesture writes down: asked of the pipeline in a thread, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

from pixsession.engine.pipeline import LooksBack, Pipeline
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.ui.controllers.toaster import Toaster

# What is asked of the pipeline; what was taken back, if anything.
Write = Callable[[Pipeline], str | None]


class Writing:
    """Gestures are written in the order of their keys, and never block the screen."""

    def __init__(
        self,
        run: Callable[[Coroutine[None, None, None]], object],
        pipeline: Pipeline,
        toaster: Toaster,
        is_frozen: Callable[[], bool],
    ) -> None:
        """`run` starts a task; `is_frozen`: the board will not show what was written."""
        self._run = run
        self._pipeline = pipeline
        self._toaster = toaster
        self._is_frozen = is_frozen
        self._turn = asyncio.Lock()

    def is_refused(self) -> bool:
        """Whether nothing can be written down now; a toast says why."""
        try:
            self._pipeline.refuse_in_the_past()
        except LooksBack as error:
            self._toaster.say_error(error)
            return True
        return False

    def ask(self, act: Write) -> None:
        """Have it written down, then say so."""
        self._run(self._written(act))

    def try_to(self, act: Write, otherwise: Callable[[], None]) -> None:
        """In the same order, but nothing is written down: only a failure is told, then `otherwise` called."""
        self._run(self._tried(act, otherwise))

    async def _written(self, act: Write) -> None:
        async with self._turn:
            try:
                undone = await asyncio.to_thread(act, self._pipeline)
            except PixSessionError as error:
                self._toaster.say_error(error)
                return
        if undone:
            self._toaster.say(_("Taken back: {what}").format(what=undone))
        if self._is_frozen():
            self._toaster.say(_("Written down. The board is frozen: the space key shows it."))

    async def _tried(self, act: Write, otherwise: Callable[[], None]) -> None:
        async with self._turn:
            try:
                await asyncio.to_thread(act, self._pipeline)
            except PixSessionError as error:
                otherwise()
                self._toaster.say_error(error)
