"""What the app shows, as its controllers know it, and the screens bound to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from textual.app import App
from textual.reactive import Reactive
from textual.screen import Screen

from pixsession.domain.board.snapshot import Snapshot
from pixsession.ui.asked_for import BoardOptions
from pixsession.ui.board.filters import Filters
from pixsession.ui.common.freshness import Freshness

S = TypeVar("S", bound=Screen[Any])


class Shown(Protocol):
    """Values that the screens follow: a controller sets one, and every screen bound to it is painted."""

    snapshot: Snapshot | None  # the one shown: a freeze holds it
    filters: Filters
    freshness: Freshness
    moment: datetime
    student_id: int | None  # whose screen is open


class Shell(Shown, Protocol):
    """What is shown, and the screens over one another that show it."""

    options: BoardOptions

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """The board first, the screen on top last."""

    def push_screen(self, screen: Screen[Any], callback: Callable[[Any], None] | None = None) -> object:
        """Open a screen; `callback` is told what it ends with."""

    def push_bound(self, screen: Screen[Any], callback: Callable[[Any], None] | None = None) -> None:
        """Open a screen that follows what is shown."""

    def pop_screen(self) -> object:
        """Close the screen on top."""

    def refresh_bindings(self) -> None:
        """What a key can do has changed."""

    def simulate_key(self, key: str) -> None:
        """As if this key, by Textual's name, had been pressed."""

    def bell(self) -> None:
        """Ring the bell of the terminal, where it has one."""

    def copy_to_clipboard(self, text: str) -> None:
        """Where the terminal lets programs copy."""


# The time comes first: a Snapshot is put in words as of now.
_IN_ORDER = ("student_id", "filters", "moment", "freshness", "snapshot")


def bound(screen: S, app: type[App[Any]]) -> S:
    """The screen, following those of the values that it has too; from the app's own task."""
    return screen.data_bind(
        *(getattr(app, name) for name in _IN_ORDER if isinstance(getattr(type(screen), name, None), Reactive))
    )
