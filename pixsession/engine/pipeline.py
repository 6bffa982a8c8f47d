"""The thread behind the board; light to import, it loads the engine when it runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from pixsession.domain.board.snapshot import SentProfile, Snapshot
from pixsession.domain.board.wording import state_at_words
from pixsession.engine.outbox import Failed, Outbox, Publish
from pixsession.engine.wanted import Wanted
from pixsession.foundation.clock import Clock
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.settings.config import BoardRequest

if TYPE_CHECKING:
    from pixsession.domain.certification.actions import ActionRequest
    from pixsession.engine.board.engine import BoardEngine
    from pixsession.engine.live_engine import LiveEngine


_LOADING_SECONDS = 3.0  # of the screen, on a slow computer
_FIRST_PAINTING_SECONDS = 0.2
_PAINTING_SECONDS = 0.03


class LooksBack(PixSessionError):
    """Nothing is written down while the board shows the past."""


class Pipeline(threading.Thread):
    """Follows the folders of a board until stopped; a daemon thread. Its methods are for any thread.

    What it publishes waits for `listen`. What is asked of it before the engine has loaded, and is to be
    written down, is nothing: no board shows anybody then.
    """

    def __init__(self, request: BoardRequest, now: Clock) -> None:
        super().__init__(name="pixsession-pipeline", daemon=True)
        self._request = request
        self._now = now
        self._outbox = Outbox()
        self._stopping = threading.Event()
        self._wanted = Wanted(request.campaigns, request.shows_all)
        self._live: LiveEngine | None = None
        self._is_loaded = False

    def listen(self, publish: Publish, failed: Failed) -> None:
        """Hear what was said so far and what comes, from this thread: post a message, touch no widget."""
        self._outbox.listen(publish, failed)

    def first(self, seconds: float) -> Snapshot | None:
        """The board so far, waited for so many seconds at most; `listen` does not tell it again."""
        return self._outbox.first(seconds)

    # -- what is shown: a Snapshot follows -----------------------------------------------------------------

    def choose_campaigns(self, campaigns: frozenset[str]) -> None:
        """Narrow the board to these campaigns (codes or keys; none: all)."""
        self._wanted.campaigns = campaigns
        self._wake()

    def look_back(self, at: datetime | None) -> None:
        """Show the board as it was after the export of this time; None: as it is now.

        Exports are still taken in meanwhile: each brings a Snapshot with its `export_times`.
        """
        self._wanted.as_of = at
        self._wake()

    def show_all(self, shows_all: bool) -> None:
        """Show the campaigns that are kept off the board too, or not."""
        self._wanted.shows_all = shows_all
        self._wake()

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile the student sent, newest first; no Snapshot follows."""
        live = self._live
        return live.engine.history(student_id) if live else ()

    # -- what is written down: a Snapshot follows; raises PixSessionError where it cannot be ---------------

    def decide(self, key: str, other: str, same: bool) -> None:
        """Write down who is whom, of an open doubt."""
        self._write(lambda engine: engine.students.decide(key, other, same=same))

    def undo_decision(self, key: str, other: str) -> None:
        """Take a decision back; nothing where none stands."""
        self._write(lambda engine: engine.students.undo_decision(key, other))

    def take_back_file(self, name: str, counts: bool) -> None:
        """Have a file count no more, or (`counts`) again."""
        self._write(lambda engine: engine.intake.take_back_file(name, counts=counts))

    def undo_file(self) -> str:
        """Have the file taken back last count again; its name."""
        return self._write(lambda engine: engine.intake.taken_back.undo())

    def act(self, request: ActionRequest) -> None:
        """Write down what a supervisor did; see `Supervision.act`."""
        self._write(lambda engine: engine.supervision.act(request))

    def undo_action(self) -> str:
        """Take back the newest action; what it was, in words. See `Supervision.undo`."""
        return self._write(lambda engine: engine.supervision.undo())

    def refuse_in_the_past(self) -> None:
        """Raise LooksBack while the board shows the past: what is done is done now."""
        live = self._live
        at = self._wanted.as_of or (live.shown_as_of if live else None)
        if at is not None:
            words = _(
                "You are looking at the board {when}: nothing is written down. The End key goes back to live."
            )
            raise LooksBack(words.format(when=state_at_words(at, self._now())))

    def _write(self, act: Callable[[BoardEngine], str | None]) -> str:
        self.refuse_in_the_past()
        live = self._live
        if live is None:
            return ""
        try:
            return act(live.engine) or ""
        finally:
            live.wake()  # of several students some may be written down and others refused

    def _wake(self) -> None:
        live = self._live
        if live is not None:
            live.wake()

    # -- the thread ----------------------------------------------------------------------------------------

    def stop(self) -> None:
        """End soon; join() waits for it."""
        self._stopping.set()
        self._outbox.let_go()
        self._wake()

    def run(self) -> None:
        """Work until stopped; every failure is told in words."""
        try:
            self._follow()
        except PixSessionError as error:
            self._outbox.say(error)
        except Exception as error:  # noqa: BLE001 - a thread that dies in silence leaves a board that looks live
            sentence = _("The board has stopped ({cause}). What was read is kept: start it again.")
            self._outbox.say(PixSessionError(sentence.format(cause=type(error).__name__)))

    def _wait_until_painted(self) -> None:
        if self._is_loaded:
            self._stopping.wait(_PAINTING_SECONDS)
            return
        self._outbox.wait_until_heard(_LOADING_SECONDS)
        self._stopping.wait(_FIRST_PAINTING_SECONDS)
        self._is_loaded = True

    def _follow(self) -> None:
        # (d): the engine and DuckDB load while the screen does.
        from pixsession.engine.live_engine import DatabaseError, LiveEngine  # noqa: PLC0415

        def follow(*, rebuild: bool) -> None:
            self._live = live = LiveEngine(self._request, self._now, self._wanted, rebuild=rebuild)
            try:
                live.follow(self._outbox.say, self._stopping, self._wait_until_painted)
            finally:
                self._live = None

        while not self._stopping.is_set():
            try:
                follow(rebuild=False)
            except DatabaseError:
                # Damage that showed on the way: all is there in the exports kept, and in the folder.
                follow(rebuild=True)
