"""Keys of another kind of board: pressed on this one they say why they do nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from time import monotonic
from typing import Protocol

from textual.binding import Binding, BindingType

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import _
from pixsession.ui.board.mode import BoardMode
from pixsession.ui.common.key_bar import key_words

_OF_MODES = ("session.", "lesson.")  # ids of what only some kinds of board do
_TOAST_SECONDS = 5.0  # Textual's own


class KeyedBoard(Protocol):
    """What is asked of the board that a key was pressed on."""

    @property
    def snapshot(self) -> Snapshot | None:
        """What is shown; None: nothing is known yet."""

    @property
    def mode(self) -> BoardMode:
        """Which kind of board it is."""

    @property
    def active_bindings(self) -> Mapping[str, object]:
        """By key, what does something now."""

    def notify(self, message: str, *, markup: bool = True) -> None:
        """Show a toast, as Textual does."""


class IdleKeys:
    """Says it once as long as the toast stands, however often the key is pressed."""

    def __init__(
        self,
        bindings: Iterable[BindingType],
        chosen: Mapping[str, str],
        *,
        demo: bool,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        """`bindings`: those of every kind of board; `chosen`, by id of one, its keys in the settings."""
        found = [
            (key.strip(), binding)
            for binding in bindings
            if isinstance(binding, Binding) and (binding.id or "").startswith(_OF_MODES)
            for key in (chosen.get(binding.id or "") or binding.key).split(",")
        ]
        self._by_key = dict(reversed(found))  # of two with one key, the first is told
        self._demo, self._seconds = demo, seconds
        self._said: tuple[str, float] = ("", 0.0)

    def tell(self, key: str, board: KeyedBoard) -> None:
        """Why a key that reached nobody does nothing on this board, if it does something on another."""
        binding = self._by_key.get(key)
        if binding is None or key == "escape" or board.snapshot is None or key in board.active_bindings:
            return
        name = key_words(binding.with_key(key))
        if board.mode.is_supervised and not board.snapshot.rows:
            words = _("{key} ({word}): nobody is on the board yet.")
            words = words.format(key=name, word=_(binding.description).lower())
        else:
            words = board.mode.idle_words(binding, name, demo=self._demo)
        said, at = self._said
        if words != said or self._seconds() - at >= _TOAST_SECONDS:
            self._said = (words, self._seconds())
            board.notify(words, markup=False)
