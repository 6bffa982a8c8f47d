"""The app: brings Snapshots to the screens and gestures to the pipeline, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.widgets import Input

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.clock import Clock, paris_now
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import shipped
from pixsession.settings.config import BoardRequest, Settings
from pixsession.ui import messages
from pixsession.ui.board.filters import Filters
from pixsession.ui.certification.filters import tests_running
from pixsession.ui.common.freshness import NOT_YET, FeedStatus, Freshness, freshness_of
from pixsession.ui.common.keymap import completed
from pixsession.ui.common.line import written_once
from pixsession.ui.common.notices import FailureScreen
from pixsession.ui.common.past import past_words
from pixsession.ui.common.symbols import symbols_for
from pixsession.ui.deleted_files import DeletedFiles
from pixsession.ui.filtering import Filtering
from pixsession.ui.framed_app import FramedApp
from pixsession.ui.keys import APP_BINDINGS, does_something
from pixsession.ui.leaving import leave
from pixsession.ui.looking_back import LookingBack
from pixsession.ui.modes import LiveBoard, mode_of
from pixsession.ui.palette import commands
from pixsession.ui.place import BoardOptions, place_of
from pixsession.ui.toaster import Toaster
from pixsession.ui.writing import Writing

if TYPE_CHECKING:
    from pixsession.ui.common.page import Page
    from pixsession.ui.dialogs import SessionDialogs
    from pixsession.ui.pages import Pages

_TICK_SECONDS = 5.0  # ages are to the minute; a line is written only when its words changed
_JOIN_SECONDS = 5.0
_PATIENCE_SECONDS = 0.25  # a board painted empty and then again takes longer than this wait mostly does


class PixSessionApp(FramedApp):
    """The live board of one folder; `run()` gives "demo" when the user asks for the demonstration.

    Textual's hooks only: what they do is done by the controllers, which know no app.
    """

    BINDINGS: ClassVar[list[BindingType]] = APP_BINDINGS
    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)  # the one shown: a freeze holds it
    filters: reactive[Filters] = reactive(Filters(), repaint=False)
    freshness: reactive[Freshness] = reactive(Freshness(FeedStatus.READING, ""), repaint=False)
    moment: reactive[datetime] = reactive(NOT_YET, repaint=False)
    student_id: reactive[int | None] = reactive(None, repaint=False)  # whose screen is open

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
        self.settings, self.pipeline = settings, pipeline
        # Nothing shows less than a second: told twice within one Snapshot, the time is only new once.
        self._now: Clock = lambda: now().replace(microsecond=0)
        self._options = options or BoardOptions()
        self.symbols = symbols_for(settings.ascii_only)
        filters = Filters(None, self._options.places, "", request.campaigns)
        self.set_reactive(PixSessionApp.filters, filters)
        self._latest: Snapshot | None = None
        self._frozen = self._stopped = False
        self.tests_running = 0  # of the newest state known; none once the board has stopped
        self._filtering = Filtering(self._set_filters, self._choose_campaigns, self.push_screen, self.symbols)
        self._toaster = Toaster(self.notify, lambda: self.screen_stack)
        self._looking_back = LookingBack(self._look_back, self._toaster.say)
        self._deleted_files = DeletedFiles(self.push_screen, self.symbols)
        self._writing = Writing(self.run_worker, self._written, self._toaster.say_error)
        self.set_keymap(completed(settings.keys, LiveBoard.BINDINGS))
        self.place = place_of(request)
        self.board = LiveBoard(
            settings, self.place.folder, pipeline.history, mode_of, demo=self._options.demo
        )
        if not self._options.animations:
            self.animation_level = "none"

    @cached_property
    def _pages(self) -> Pages:
        from pixsession.ui.pages import Pages  # noqa: PLC0415 - time to the painted board

        return Pages(self.settings, self.place, self.pipeline.history, self.symbols)

    @cached_property
    def _dialogs(self) -> SessionDialogs:
        from pixsession.ui.dialogs import SessionDialogs  # noqa: PLC0415 - time to the painted board

        return SessionDialogs(self.push_screen, self._ask, self._act, self.symbols)

    def get_default_screen(self) -> Screen[None]:
        # Not as `css_path`: read that early, they are parsed once more as soon as the theme is chosen.
        self.stylesheet.read_all(sorted(shipped("styles").glob("*.tcss")))
        self.size_known(self.board)
        app = PixSessionApp
        return self.board.data_bind(app.snapshot, app.filters, app.freshness, app.moment)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        in_session = self.snapshot is not None and self.snapshot.day is not None
        return commands(self.run_action, on_the_board=screen is self.board, in_session=in_session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that would do nothing is not shown, nor is its command."""
        if action == "go_live":  # the letters of a search are not meant
            return self.is_back and not isinstance(self.focused, Input)
        return does_something(action, parameters, self.snapshot)

    async def on_mount(self) -> None:
        """Paint what is there, else an empty board; then hear what comes."""
        snapshot = await asyncio.to_thread(self.pipeline.first, _PATIENCE_SECONDS)
        if snapshot is not None:
            self.on_snapshot_ready(messages.SnapshotReady(snapshot))
        self._look()
        self.set_interval(_TICK_SECONDS, self._look)
        self.call_after_refresh(self._listen)

    def _listen(self) -> None:
        self.read_page_styles()
        self.pipeline.listen(
            lambda snapshot: self.post_message(messages.SnapshotReady(snapshot)),
            lambda error: self.post_message(messages.PipelineStopped(error)),
        )
        if self._options.started is not None:
            self._options.started()

    async def on_unmount(self) -> None:
        """What was read is written down before the program ends."""
        self.pipeline.stop()
        await asyncio.to_thread(self.pipeline.join, _JOIN_SECONDS)

    def on_snapshot_ready(self, message: messages.SnapshotReady) -> None:
        """Show it, unless the board is frozen."""
        self._latest = message.snapshot
        self._deleted_files.ask(message.snapshot.deleted)
        if message.snapshot.as_of is None:
            self.tests_running = tests_running(message.snapshot)
        with written_once():
            if not self._frozen:
                self._show(message.snapshot)
            self._look()

    def on_pipeline_stopped(self, message: messages.PipelineStopped) -> None:
        """The board never looks live after that."""
        self._stopped, self.tests_running = True, 0
        self._look()
        self.push_screen(
            FailureScreen(message.error, has_view=self.snapshot is not None, symbols=self.symbols)
        )

    def _show(self, snapshot: Snapshot) -> None:
        self.moment = self._now()  # before the rows: they are shown as of now
        if snapshot.as_of is not None or (self.snapshot is not None and self.snapshot.as_of is not None):
            # The past is no news, and neither is what is met again on the way back from it.
            self._toaster.forget()
        news = self._toaster.read(snapshot, self.filters.places, self.moment) if not snapshot.as_of else ()
        self.snapshot = snapshot
        self._toaster.tell(news, ring=self._ring)

    @property
    def _ring(self) -> Callable[[], None] | None:
        day = self.snapshot.day if self.snapshot is not None else None
        return self.bell if (day.session if day is not None else self.settings).bell else None

    def _look(self) -> None:
        """The time, and how far the board can be trusted."""
        self.moment = self._now()
        self.freshness = freshness_of(
            self._latest,
            self.moment,
            stale_minutes=self.settings.stale_minutes,
            shown=self.snapshot,
            frozen=self._frozen,
            stopped=self._stopped,
            symbols=self.symbols,
        )
        if not self.is_back:
            self._toaster.tell(self._toaster.tick(self.snapshot, self.moment), ring=self._ring)

    def watch_snapshot(self, before: Snapshot | None, snapshot: Snapshot | None) -> None:
        """Other keys in the past than live; only once it is shown is it so."""
        if bool(before and before.as_of) is not bool(snapshot and snapshot.as_of):
            self.refresh_bindings()

    def _set_filters(self, filters: Filters) -> None:
        self.filters = filters

    def _choose_campaigns(self, campaigns: frozenset[str]) -> None:
        """What follows is another board: shown at once, and nothing in it is news."""
        self._frozen = False
        self._toaster.forget()
        self.pipeline.choose_campaigns(campaigns)

    def action_show_state(self, state: str) -> None:
        self._filtering.by_state(self.filters, state)

    def action_show_need(self, state: str) -> None:
        self._filtering.by_need(self.filters, state)

    def action_show_group(self, group: str) -> None:
        self._filtering.by_group(self.filters, group)

    def action_show_missing(self) -> None:
        self._filtering.missing(self.filters)

    def action_next_room(self) -> None:
        self._filtering.next_room(self.filters, self.snapshot)

    def action_widen(self) -> None:
        self.filters = self.filters.widened()

    def on_search_changed(self, message: messages.SearchChanged) -> None:
        self.filters = self.filters._replace(search=message.text)

    def action_places(self) -> None:
        self._filtering.ask_places(self.filters, self.snapshot)

    def action_campaigns(self) -> None:
        self._filtering.ask_campaigns(self.filters, self.snapshot)

    def action_show_all(self) -> None:
        """Campaigns that are kept off the board, or not; what follows is another board, and no news."""
        if self.snapshot is not None:
            self._toaster.forget()
            self.pipeline.show_all(not self.snapshot.shows_all)

    def action_freeze(self) -> None:
        """Hold the board still, or go on from the newest export."""
        if self.is_back:
            self._toaster.say(_("The board shows the past: it stands still. The End key goes back to live."))
            return
        self._frozen = not self._frozen and self.snapshot is not None
        if not self._frozen and self._latest is not None:
            self._show(self._latest)
        self._look()

    @property
    def is_back(self) -> bool:
        return self._looking_back.is_back(self.snapshot)

    def action_step_back(self) -> None:
        self._looking_back.step_back(self.snapshot)

    def action_step_on(self) -> None:
        self._looking_back.step_on(self.snapshot)

    def action_go_live(self) -> None:
        self._looking_back.go_live(self.snapshot)

    def _look_back(self, at: datetime | None) -> None:
        """Another moment; what waits behind a freeze waits no more."""
        self._frozen = False
        self._writing.try_to(
            lambda: self.pipeline.look_back(at), lambda: self._looking_back.stay_at(self.snapshot)
        )

    def _refuses_writing(self) -> bool:
        """True, with a toast that says why, while the board shows the past."""
        if self.is_back:
            self._toaster.say(past_words(self.snapshot), warns=True)
        return self.is_back

    def _write(self, act: Callable[[Pipeline], str | None]) -> None:
        if not self._refuses_writing():
            self._writing.ask(lambda: act(self.pipeline))

    def _written(self, undone: str | None) -> None:
        if undone:
            self._toaster.say(_("Taken back: {what}").format(what=undone))
        if self._frozen:
            self._toaster.say(_("Written down. The board is frozen: the space key shows it."))

    @on(messages.DecisionAsked)
    @on(messages.DecisionUndone)
    @on(messages.FileTakenBack)
    @on(messages.FileUndoAsked)
    @on(messages.ActionAsked)
    @on(messages.UndoAsked)
    def _written_down(self, message: messages.WriteAsked) -> None:
        self._write(message.write)

    def _act(self, request: ActionRequest) -> None:
        self._write(lambda pipeline: pipeline.act(request))

    def _ask(self, request: ActionRequest, rows: Sequence[BoardRow]) -> None:
        """As a key asks: those for whom it makes no sense are left out, with the reason."""
        if allowed := self.board.gestures.allowed(request.kind, rows, code=request.code):
            self._act(request._replace(students=tuple(row.student_id for row in allowed)))
            self.board.marked = frozenset()  # the marks have served

    def on_action_wished(self, message: messages.ActionWished) -> None:
        """Ask for the words that go with it."""
        if self._refuses_writing():
            return
        if message.kind is not ActionKind.TICK:
            self._dialogs.open(message.kind, message.targets, self.snapshot, self.filters.room)
        elif self.snapshot is not None and self.snapshot.day is not None:
            self._push_bound(self._pages.checklist(), PixSessionApp.snapshot)

    def on_sheet_asked(self) -> None:
        """Beside the session file; a toast says where."""
        if self.snapshot is not None and self.snapshot.day is not None:
            from pixsession.ui.hand_over import hand_over  # noqa: PLC0415 - time to the painted board

            session = self.snapshot.day.session
            self.run_worker(hand_over(self.snapshot, session, self.moment, self.notify))

    def on_projection_asked(self) -> None:
        """What everybody may see; the toasts that waited come when it is over."""
        app = PixSessionApp
        self._push_bound(
            self._pages.projection(),
            app.snapshot,
            app.filters,
            app.moment,
            ended=lambda _result: self._toaster.tell_waiting(),
        )

    def _push_bound(
        self,
        screen: Screen[Any],
        *bound: Reactive[Any],
        ended: Callable[[Any], None] | None = None,
    ) -> None:
        # Bound from the app's own task, whoever asked: a click runs in the task of its widget.
        self.call_later(lambda: self.push_screen(screen.data_bind(*bound), ended))

    def _open_page(self, page: Page, *bound: Reactive[Any]) -> None:
        """Over the board; a page of its kind that is open already is closed first."""
        while any(type(screen) is type(page) for screen in self.screen_stack[1:]):
            self.pop_screen()
        app = PixSessionApp
        # The time comes first: a Snapshot is put in words as of now.
        self._push_bound(page, *bound, app.moment, app.freshness, app.snapshot)

    def action_files(self) -> None:
        self._open_page(self._pages.files())

    def action_changes(self) -> None:
        self._open_page(self._pages.changes(self.filters.places))

    def action_matches(self) -> None:
        self._open_page(self._pages.matches())

    def action_help(self) -> None:
        lesson = self.snapshot.lesson if self.snapshot else None
        self._open_page(self._pages.help(self.screen.active_bindings, lesson))

    def action_heatmap(self) -> None:
        self._open_page(self._pages.heatmap(self.board.selected), PixSessionApp.filters)

    def action_mutual_help(self) -> None:
        """Who could explain what is missing; in a lesson only."""
        if self.snapshot is None or self.snapshot.lesson is None:
            self._toaster.say(_("In a lesson only: in a certification everybody works alone."))
            return
        page = self._pages.mutual_help(self.screen, self.board.selected, self.student_id)
        self._open_page(page, PixSessionApp.filters)

    def on_student_asked(self, message: messages.StudentAsked) -> None:
        self.student_id = message.student_id
        self._open_page(self._pages.student(), PixSessionApp.student_id)

    def on_neighbour_asked(self, message: messages.NeighbourAsked) -> None:
        """Along the board; the table's cursor goes along."""
        row = self.board.neighbour(message.student_id, message.steps)
        self.student_id = row.student_id if row else self.student_id

    def on_copy_asked(self, message: messages.CopyAsked) -> None:
        """A student's line, to paste in a message."""
        from pixsession.ui.student.words import plain_line  # noqa: PLC0415 - time to the painted board

        line = plain_line(message.row, self.settings.rule, self.moment)
        self.copy_to_clipboard(line)
        words = _("Copied: {line}\nIf pasting gives nothing, this terminal does not let programs copy.")
        self._toaster.say(words.format(line=line))

    async def action_quit(self) -> None:
        """Close the board; while tests run, only after a question."""
        leave(self, self.tests_running, symbols=self.symbols)
