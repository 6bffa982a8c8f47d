"""What a gesture writes down: asked of the pipeline in a thread, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.errors import PixSessionError

if TYPE_CHECKING:
    from pixsession.ui.shell import BoardShell

Source = TypeVar("Source")


class Writing:
    """Gestures are written in the order of their keys, and never block the screen."""

    def __init__(self, app: BoardShell) -> None:
        self._app = app
        self._turn = asyncio.Lock()
        self._asked_about: frozenset[str] = frozenset()

    def ask(
        self,
        source: Source,
        act: Callable[[Source], str | None],
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Have the source write; `failed` is called after an error was shown."""
        self._app.run_worker(self._written(source, act, failed))

    async def _written(
        self, source: Source, act: Callable[[Source], str | None], failed: Callable[[], None] | None
    ) -> None:
        async with self._turn:
            try:
                undone = await asyncio.to_thread(act, source)
            except PixSessionError as error:
                if failed is not None:
                    failed()
                self._app.show_error(error)
                return
        if failed is None:
            self._app.written(undone)

    def ask_about_deleted(self, snapshot: Snapshot) -> None:
        """Once for each file: it may have been deleted because it should not count."""
        new = [name for name in snapshot.deleted if name not in self._asked_about]
        self._asked_about = frozenset(snapshot.deleted)
        if new:
            from pixsession.ui.files.deleted import DeletedFileScreen  # noqa: PLC0415 - hardly ever

            self._app.push_screen(DeletedFileScreen(new[0], signs=self._app.signs))
