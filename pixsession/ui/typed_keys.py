"""Keys that a terminal sends together: each is passed on when what the one before asked for has happened."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterator

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump

Typed = events.Key | events.Paste
_PATIENCE_SECONDS = 0.5  # a key is never held longer, whatever became of the one before


class TypedKeys:
    """Hands keys on, one after the other.

    Textual sends each to whatever has the focus when it is read: one that came with Enter would be typed into
    the line that Enter has closed, and one behind the key of a dialog be a command to the board under it.
    """

    def __init__(self, app: App[str], pass_on: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._pass_on = pass_on
        self._waiting: deque[Typed] = deque()
        self._turn = 0
        self._is_busy = False

    @property
    def waits(self) -> bool:
        """Whether a key is held back."""
        return bool(self._waiting)

    async def take(self, event: events.Event) -> None:
        """Pass on any event of the app: a key or a paste when those before it have been dealt with."""
        if not isinstance(event, Typed) or event.is_forwarded:
            await self._pass_on(event)
            return
        self._waiting.append(event)
        if not self._is_busy:
            await self._next()

    async def _next(self) -> None:
        if not self._waiting:
            self._is_busy = False
            return
        self._is_busy = True
        self._turn += 1
        turn, screen = self._turn, self._app.screen
        target = self._app.focused or screen
        await self._pass_on(self._waiting.popleft())
        self._app.set_timer(_PATIENCE_SECONDS, lambda: self._done(turn))
        self._follow(self._way_of(target), lambda: self._settle(turn, screen))

    def _way_of(self, target: DOMNode) -> Iterator[MessagePump]:
        """All who deal with a key, as often as one thing leads to another: the key goes up to the app, which
        asks its target, which tells those above it, who move the focus.
        """
        for _time in range(3):
            yield from target.ancestors_with_self

    def _follow(self, way: Iterator[MessagePump], then: Callable[[], None]) -> None:
        """Call back when each of these has dealt with what it was sent so far; passes over those gone."""
        for following in way:
            if following.call_later(self._follow, way, then):
                return
        then()

    def _settle(self, turn: int, screen: DOMNode) -> None:
        """Wait for a screen that came, or came back: only then does it say what has the focus."""
        if self._app.screen is screen or not self._app.screen.call_after_refresh(self._done, turn):
            self._app.call_later(self._done, turn)

    async def _done(self, turn: int) -> None:
        if turn == self._turn and self._is_busy:
            await self._next()
