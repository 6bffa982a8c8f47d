"""The question about files that were deleted from the folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.screen import Screen

from pixsession.ui.common.symbols import Symbols


class DeletedFiles:
    """Asks once for each file: it may have been deleted because it should not count."""

    def __init__(self, push: Callable[[Screen[None]], object], symbols: Symbols) -> None:
        self._push = push
        self._symbols = symbols
        self._asked_about: frozenset[str] = frozenset()

    def ask(self, names: Sequence[str]) -> None:
        """About the first of these that nobody was asked about."""
        new = [name for name in names if name not in self._asked_about]
        self._asked_about = frozenset(names)
        if new:
            from pixsession.ui.files.deleted import DeletedFileScreen  # noqa: PLC0415 - (d): 1 ms, when one is

            self._push(DeletedFileScreen(new[0], symbols=self._symbols))
