"""The app: brings Snapshots to the screens and gestures to the pipeline, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Input

from pixsession.domain.board.snapshot import Snapshot
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.clock import Clock, paris_now
from pixsession.settings.config import BoardRequest, Settings
from pixsession.ui import messages
from pixsession.ui.asked_for import BoardOptions, shown_folder
from pixsession.ui.board.filters import Filters
from pixsession.ui.common.freshness import NOT_YET, FeedStatus, Freshness
from pixsession.ui.common.keymap import completed
from pixsession.ui.common.notices import FailureScreen
from pixsession.ui.controllers.deleted_files import DeletedFiles
from pixsession.ui.controllers.filtering import Filtering
from pixsession.ui.controllers.live_view import LiveView
from pixsession.ui.controllers.toaster import Toaster
from pixsession.ui.controllers.writing import Writing
from pixsession.ui.framed_app import FramedApp
from pixsession.ui.keys import APP_BINDINGS, does_something
from pixsession.ui.leaving import leave
from pixsession.ui.modes import LiveBoard, mode_of
from pixsession.ui.palette import commands
from pixsession.ui.shown import bound
from pixsession.ui.styles import read_board_styles, read_page_styles, size_known

if TYPE_CHECKING:
    from pixsession.ui.controllers.dialogs import BoardDialogs
    from pixsession.ui.controllers.pages import Pages

_TICK_SECONDS = 5.0  # ages are to the minute; a line is written only when its words changed
_JOIN_SECONDS = 5.0
_PATIENCE_SECONDS = 0.25  # a board painted empty and then again takes longer than this wait mostly does


class PixSessionApp(FramedApp):
    """The live board of one folder; `run()` gives "demo" when the user asks for the demonstration.

    Textual's hooks only: what they do is done by the controllers, which know no app.
    """

    BINDINGS: ClassVar[list[BindingType]] = APP_BINDINGS
    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    filters: reactive[Filters] = reactive(Filters(), repaint=False)
    freshness: reactive[Freshness] = reactive(Freshness(FeedStatus.READING, ""), repaint=False)
    moment: reactive[datetime] = reactive(NOT_YET, repaint=False)
    student_id: reactive[int | None] = reactive(None, repaint=False)

    def __init__(
        self,
        request: BoardRequest,
        settings: Settings,
        options: BoardOptions | None = None,
        *,
        now: Clock = paris_now,
        pipeline: Pipeline,
    ) -> None:
        """`pipeline` is about the same request; `now` gives Paris time without zone."""
        super().__init__(settings.theme)
        self.set_class(settings.ascii_only, "-ascii", update=False)
        self.settings, self.pipeline = settings, pipeline
        self.options, self.folder = options or BoardOptions(), shown_folder(request)
        self.set_reactive(PixSessionApp.filters, Filters(None, self.options.places, "", request.campaigns))
        self.set_keymap(completed(settings.keys, LiveBoard.BINDINGS))
        demo = self.options.demo
        self.board = LiveBoard(settings, self.folder.path, pipeline.history, mode_of, demo=demo)
        self.toaster = Toaster(self.notify, lambda: self.screen_stack)
        self.writing = Writing(self.run_worker, pipeline, self.toaster, lambda: self.live.is_frozen)
        self.live = LiveView(self, pipeline, settings, self.toaster, self.writing, now)
        self.filtering = Filtering(self)
        self.deleted_files = DeletedFiles(self.push_screen, self.board.symbols)
        if not self.options.animations:
            self.animation_level = "none"

    @cached_property
    def pages(self) -> Pages:
        from pixsession.ui.controllers.pages import Pages  # noqa: PLC0415 - (d): 190 ms

        history = self.pipeline.history
        return Pages(self, self.board, self.settings, self.folder, self.toaster, history)

    @cached_property
    def dialogs(self) -> BoardDialogs:
        from pixsession.ui.controllers.dialogs import BoardDialogs  # noqa: PLC0415 - (d): 50 ms

        return BoardDialogs(self, self.board, self.writing, self.live, self.pipeline.history)

    def get_default_screen(self) -> Screen[None]:
        read_board_styles(self)
        size_known(self, self.board)
        return bound(self.board, PixSessionApp)

    def push_bound(self, screen: Screen[Any], callback: Callable[[Any], None] | None = None) -> None:
        # Bound from the app's own task, whoever asked: a click runs in the task of its widget.
        self.call_later(lambda: self.push_screen(bound(screen, PixSessionApp), callback))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        return commands(self.run_action, self.snapshot, on_the_board=screen is self.board)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that would do nothing is not shown, nor is its command."""
        if action == "go_live":  # the letters of a search are not meant
            return self.live.is_back and not isinstance(self.focused, Input)
        return does_something(action, parameters, self.snapshot)

    def on_mount(self) -> None:
        """Paint what is there, else an empty board; then hear what comes."""
        # Giving no way: the screens would draw a board meanwhile, and Textual paints none before this ends.
        snapshot = self.pipeline.first(_PATIENCE_SECONDS)
        if snapshot is not None:
            self.on_snapshot_ready(messages.SnapshotReady(snapshot))
        self.live.look()
        self.set_interval(_TICK_SECONDS, self.live.look)
        self.call_after_refresh(self._listen)

    def _listen(self) -> None:
        read_page_styles(self)
        self.pipeline.listen(
            lambda snapshot: self.post_message(messages.SnapshotReady(snapshot)),
            lambda error: self.post_message(messages.PipelineStopped(error)),
        )
        self.options.started(self.toaster.say)

    async def on_unmount(self) -> None:
        """What was read is written down before the program ends."""
        self.pipeline.stop()
        await asyncio.to_thread(self.pipeline.join, _JOIN_SECONDS)

    def on_snapshot_ready(self, message: messages.SnapshotReady) -> None:
        self.deleted_files.ask(message.snapshot.deleted)
        self.live.take(message.snapshot)

    def on_pipeline_stopped(self, message: messages.PipelineStopped) -> None:
        self.live.stop()
        has_view = self.snapshot is not None
        self.push_screen(FailureScreen(message.error, has_view=has_view, symbols=self.board.symbols))

    @on(messages.WriteAsked)
    def _write(self, message: messages.WriteAsked) -> None:
        self.writing.ask(message.write)

    @on(messages.PageAsked)
    def _open(self, message: messages.PageAsked) -> None:
        message.open(self.pages)

    def on_action_wished(self, message: messages.ActionWished) -> None:
        self.dialogs.open(message.kind, message.targets)

    def on_sheet_asked(self) -> None:
        self.run_worker(self.dialogs.hand_over(self.notify))

    def on_search_changed(self, message: messages.SearchChanged) -> None:
        self.filtering.search(message.text)

    def action_filter(self, by: str, value: str = "") -> None:
        self.filtering.by(by, value)

    def action_widen(self) -> None:
        self.filtering.widen()

    def action_choose(self, what: str) -> None:
        self.dialogs.choose(what)

    def action_page(self, name: str) -> None:
        self.pages.open(name)

    def action_show_all(self) -> None:
        self.live.show_all()

    def action_freeze(self) -> None:
        self.live.freeze_or_go_on()

    def action_step(self, steps: int) -> None:
        self.live.looking_back.step(self.snapshot, steps)

    def action_go_live(self) -> None:
        self.live.looking_back.go_live(self.snapshot)

    async def action_quit(self) -> None:
        leave(self, self.live.tests_running, symbols=self.board.symbols)
