"""The toasts that the board shows by itself: which, and when the room may see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from textual.screen import Screen

from pixsession.domain.board.snapshot import Snapshot
from pixsession.engine.pipeline import LooksBack
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.text import shown
from pixsession.ui.certification.toasts import CertificationToasts
from pixsession.ui.common.public_screen import PublicScreen
from pixsession.ui.toasts import BoardToasts, News

_SECONDS = 10.0
_ERROR_SECONDS = 15.0


class Toaster:
    """Shows each toast once; they wait while the screen is projected."""

    def __init__(self, notify: Callable[..., None], screens: Callable[[], Sequence[Screen[Any]]]) -> None:
        """`notify` as Textual's; `screens`: those on top of one another now."""
        self._notify = notify
        self._screens = screens
        self._board = BoardToasts()
        self._certification = CertificationToasts()
        self._waiting: tuple[News, ...] = ()

    def forget(self) -> None:
        """The next Snapshot is another board: it is compared with none."""
        self._board.forget()
        self._certification.forget()

    def read(self, snapshot: Snapshot, places: frozenset[str], now: datetime) -> tuple[News, ...]:
        """What is new since the last Snapshot, for the students of these classes."""
        called = self._certification.read(snapshot, now)
        return *called.news, *self._board.read(snapshot, places, called.students)

    def tick(self, snapshot: Snapshot | None, now: datetime) -> tuple[News, ...]:
        """What time alone has brought."""
        return self._certification.tick(snapshot, now)

    def tell(self, news: Sequence[News], ring: Callable[[], None] | None = None) -> None:
        """Show them, or keep them until the projection is over; the bell rings in either case."""
        if any(isinstance(screen, PublicScreen) for screen in self._screens()):
            self._waiting = (*self._waiting, *news)
        else:
            for item in news:
                self._notify(item.words, severity=item.severity, timeout=_SECONDS, markup=False)
        if news and ring is not None:
            ring()

    def tell_waiting(self) -> None:
        """Show what was kept back while everybody saw the screen."""
        waiting, self._waiting = self._waiting, ()
        self.tell(waiting)

    def say(self, words: str, *, warns: bool = False) -> None:
        """An answer to a key."""
        self._notify(words, severity="warning" if warns else "information", markup=False)

    def say_error(self, error: PixSessionError) -> None:
        """What could not be done, in words; the board goes on."""
        if isinstance(error, LooksBack):
            self.say(error.message, warns=True)
            return
        words = "\n".join(shown(line, 400) for line in error.message.splitlines())
        title = shown(error.title or "")
        self._notify(words, title=title, severity="error", timeout=_ERROR_SECONDS, markup=False)
