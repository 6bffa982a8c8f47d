"""The app: brings Snapshots to the screens and gestures to the pipeline, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.board.snapshot import SentProfile, Snapshot
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.clock import Clock, paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.settings.config import BoardRequest, Settings
from pixsession.ui.board.empty_folder import folder_words
from pixsession.ui.board.filters import Filters
from pixsession.ui.certification.filters import tests_running
from pixsession.ui.certification.toasts import DayNews
from pixsession.ui.common.freshness import read_road
from pixsession.ui.common.line import written_once
from pixsession.ui.messages import (
    ActionAsked,
    DecisionAsked,
    DecisionUndone,
    FileTakenBack,
    PipelineStopped,
    SnapshotReady,
)
from pixsession.ui.shell import BoardShell, Place
from pixsession.ui.toasts import News, NewsDesk
from pixsession.ui.writing import Writing

_TICK_SECONDS = 5.0  # ages are to the minute; a line is written only when its words changed
_JOIN_SECONDS = 5.0
_PATIENCE_SECONDS = 0.25  # a board painted empty and then again takes longer than this wait mostly does


class BoardOptions(NamedTuple):
    """How this board was asked for, beyond the settings."""

    places: frozenset[str] = frozenset()  # classes or groups to begin with
    demo: bool = False  # the head says so
    animations: bool = True  # off over SSH: each frame is a repaint
    started: Callable[[], None] | None = None  # called once, when the pipeline is heard


class PixSessionApp(BoardShell):
    """The live board of one folder; `run()` gives "demo" when the user asks for the demonstration."""

    def __init__(
        self,
        request: BoardRequest,
        settings: Settings,
        options: BoardOptions | None = None,
        *,
        now: Clock = paris_now,
        pipeline: Pipeline,
    ) -> None:
        """`now` gives Paris time without zone; the demonstration has a clock of its own."""
        self._options = options or BoardOptions()
        home = str(Path.home())
        kept_in = folder_words(str(request.dossier), home) if request.dossier else None
        place = Place(folder_words(str(request.folder), home), kept_in, self._options.demo)
        super().__init__(settings, place, Filters(None, self._options.places, "", request.campaigns))
        self._now = now
        self._pipeline = pipeline
        self._latest: Snapshot | None = None
        self._frozen = False
        self._stopped = False
        self._news = NewsDesk()
        self._day_news = DayNews()
        self._writing = Writing(self)
        if not self._options.animations:
            self.animation_level = "none"

    async def on_mount(self) -> None:
        """Paint what is there, else an empty board; then hear what comes."""
        snapshot = await asyncio.to_thread(self._pipeline.first, _PATIENCE_SECONDS)
        if snapshot is not None:
            self.on_snapshot_ready(SnapshotReady(snapshot))
        self._look()
        self.set_interval(_TICK_SECONDS, self._look)
        self.call_after_refresh(self._listen)

    def _listen(self) -> None:
        self.read_page_styles()
        self._pipeline.listen(self._publish, self._failed)
        if self._options.started is not None:
            self._options.started()

    def _publish(self, snapshot: Snapshot) -> None:
        self.post_message(SnapshotReady(snapshot))

    def _failed(self, error: PixSessionError) -> None:
        self.post_message(PipelineStopped(error))

    async def on_unmount(self) -> None:
        """What was read is written down before the program ends."""
        self._pipeline.stop()
        await asyncio.to_thread(self._pipeline.join, _JOIN_SECONDS)

    def on_snapshot_ready(self, message: SnapshotReady) -> None:
        """Show it, unless the board is frozen."""
        self._latest = message.snapshot
        self._writing.ask_about_deleted(message.snapshot)
        if message.snapshot.as_of is None:
            self.tests_running = tests_running(message.snapshot)
        with written_once():
            if not self._frozen:
                self._show(message.snapshot)
            self._look()

    def on_pipeline_stopped(self, message: PipelineStopped) -> None:
        """The board never looks live after that."""
        from pixsession.ui.common.notices import FailureScreen  # noqa: PLC0415 - not before the first paint

        self._stopped, self.tests_running = True, 0
        self._look()
        has_view = self.snapshot is not None
        self.push_screen(FailureScreen(message.error, has_view=has_view, signs=self.signs))

    def _show(self, snapshot: Snapshot) -> None:
        self.moment = _to_the_second(self._now())  # before the rows: they are shown as of now
        if snapshot.as_of is not None or (self.snapshot is not None and self.snapshot.as_of is not None):
            # The past is no news, and neither is what is met again on the way back from it.
            self._news.forget()
            self._day_news.forget()
        if snapshot.as_of is not None:
            self.snapshot = snapshot
            return
        called = self._day_news.read(snapshot, self.moment)
        news = (*called.news, *self._news.read(snapshot, self.filters.places, called.students))
        self.snapshot = snapshot
        self._tell(news)

    def _tell(self, news: Sequence[News]) -> None:
        self.tell(news)
        rings = self.day.session.bell if self.day is not None else self.settings.bell
        if news and rings:
            self.bell()

    def _look(self) -> None:
        """The time, and how far the board can be trusted."""
        self.moment = _to_the_second(self._now())
        self.road = read_road(
            self._latest,
            self.moment,
            stale_minutes=self.settings.stale_minutes,
            shown=self.snapshot,
            frozen=self._frozen,
            stopped=self._stopped,
            signs=self.signs,
        )
        if not self.is_back:
            self._tell(self._day_news.tick(self.snapshot, self.moment))

    def read_history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile a student sent, newest first."""
        return self._pipeline.history(student_id)

    def on_decision_asked(self, message: DecisionAsked) -> None:
        """Who is who: it is the next Snapshot that shows it."""
        self._write(lambda pipeline: pipeline.decide(message.key, message.other, message.same))

    def on_decision_undone(self, message: DecisionUndone) -> None:
        """The doubt is open again with the next Snapshot."""
        self._write(lambda pipeline: pipeline.undo_decision(message.key, message.other))

    def on_file_taken_back(self, message: FileTakenBack) -> None:
        """A file counts no more, or again: it is the next Snapshot that shows it."""
        self._write(lambda pipeline: pipeline.take_back_file(message.name, message.counts))

    def on_file_undo_asked(self) -> None:
        """The file taken back last counts again."""
        self._write(lambda pipeline: pipeline.undo_file())

    def action_show_all(self) -> None:
        """Campaigns that are kept off the board, or not; what follows is another board, and no news."""
        if self.snapshot is None:
            return
        self._news.forget()
        self._day_news.forget()
        self._pipeline.show_all(not self.snapshot.shows_all)

    def on_action_asked(self, message: ActionAsked) -> None:
        """What a supervisor did: it is the next Snapshot that shows it."""
        self._write(lambda pipeline: pipeline.act(message.request))

    def on_undo_asked(self) -> None:
        """The last action is taken back; a toast says which."""
        self._write(lambda pipeline: pipeline.undo_action())

    def _write(self, act: Callable[[Pipeline], str | None]) -> None:
        if not self.refuses_writing():
            self._writing.ask(self._pipeline, act)

    def written(self, undone: str | None) -> None:
        """Something stands in the journal now; `undone`: what was taken back."""
        if undone:
            self.notify(_("Taken back: {what}").format(what=undone), markup=False)
        if self._frozen:
            self.notify(_("Written down. The board is frozen: the space key shows it."), markup=False)

    def look_back(self, at: datetime | None) -> None:
        """Another moment; what waits behind a freeze waits no more."""
        self._frozen = False
        self._writing.ask(self._pipeline, lambda pipeline: pipeline.look_back(at), failed=self._still_here)

    def _still_here(self) -> None:
        self._target = self.snapshot.as_of if self.snapshot else None

    def narrow_campaigns(self, campaigns: frozenset[str]) -> None:
        """What follows is another board: shown at once, and nothing in it is news."""
        self._frozen = False
        self._news.forget()
        self._day_news.forget()
        self._pipeline.choose_campaigns(campaigns)

    def action_freeze(self) -> None:
        """Hold the board still, or go on from the newest export."""
        if self.is_back:
            words = _("The board shows the past: it stands still. The End key goes back to live.")
            self.notify(words, markup=False)
            return
        self._frozen = not self._frozen and self.snapshot is not None
        if not self._frozen and self._latest is not None:
            self._show(self._latest)
        self._look()


def _to_the_second(moment: datetime) -> datetime:
    """Nothing shows less: told twice within one Snapshot, the time is only new once."""
    return moment.replace(microsecond=0)
