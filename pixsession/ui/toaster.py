"""The toasts that the board shows by itself: what is news, and when the room may see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.ui.certification.toasts import DayNews
from pixsession.ui.toasts import News, NewsDesk


class Toaster:
    """Shows each news once; while everybody sees the screen they wait."""

    def __init__(self, show: Callable[[Sequence[News]], None], is_public: Callable[[], bool]) -> None:
        self._show = show
        self._is_public = is_public
        self._board = NewsDesk()
        self._day = DayNews()
        self._waiting: tuple[News, ...] = ()

    def forget(self) -> None:
        """The next Snapshot is another board: nothing in it is news."""
        self._board.forget()
        self._day.forget()

    def read(self, snapshot: Snapshot, places: frozenset[str], now: datetime) -> tuple[News, ...]:
        """What is new since the last Snapshot, for the students of these classes."""
        called = self._day.read(snapshot, now)
        return *called.news, *self._board.read(snapshot, places, called.students)

    def tick(self, snapshot: Snapshot | None, now: datetime) -> tuple[News, ...]:
        """What time alone has brought."""
        return self._day.tick(snapshot, now)

    def tell(self, news: Sequence[News]) -> None:
        """Show them, or keep them until the projection is over."""
        if self._is_public():
            self._waiting = (*self._waiting, *news)
        else:
            self._show(news)

    def tell_waiting(self) -> None:
        """The projection is over."""
        waiting, self._waiting = self._waiting, ()
        self.tell(waiting)
