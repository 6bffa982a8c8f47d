"""The app: brings Snapshots to the screens and gestures to the pipeline, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import events
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.widgets import Input

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind, DayView
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.clock import Clock, paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import shipped
from pixsession.foundation.text import shown
from pixsession.settings.config import BoardRequest, Settings
from pixsession.ui import messages
from pixsession.ui.board.filters import Filters
from pixsession.ui.certification.filters import tests_running
from pixsession.ui.common.freshness import NOT_YET, Road, RoadState, read_road
from pixsession.ui.common.keymap import completed
from pixsession.ui.common.line import written_once
from pixsession.ui.common.notices import LEAST_COLUMNS, LEAST_LINES, FailureScreen, TooSmallScreen
from pixsession.ui.common.past import past_words
from pixsession.ui.common.symbols import signs_for
from pixsession.ui.filtering import Filtering
from pixsession.ui.keys import APP_BINDINGS, does_something
from pixsession.ui.leaving import leave
from pixsession.ui.looking_back import LookingBack
from pixsession.ui.modes import LiveBoard, mode_of
from pixsession.ui.palette import Commands, commands, palette
from pixsession.ui.place import place_of
from pixsession.ui.terminal_input import GuardedApp
from pixsession.ui.themes import THEMES, begin_with, state_variables
from pixsession.ui.toaster import Toaster
from pixsession.ui.toasts import News
from pixsession.ui.writing import Writing

if TYPE_CHECKING:
    from pixsession.ui.common.page import Page
    from pixsession.ui.dialogs import SessionDialogs
    from pixsession.ui.pages import Pages

_TICK_SECONDS = 5.0  # ages are to the minute; a line is written only when its words changed
_JOIN_SECONDS = 5.0
_PATIENCE_SECONDS = 0.25  # a board painted empty and then again takes longer than this wait mostly does
_TOAST_SECONDS = 10.0
_ERROR_SECONDS = 15.0


class BoardOptions(NamedTuple):
    """How this board was asked for, beyond the settings."""

    places: frozenset[str] = frozenset()  # classes or groups to begin with
    demo: bool = False  # the head says so
    animations: bool = True  # off over SSH: each frame is a repaint
    started: Callable[[], None] | None = None  # called once, when the pipeline is heard


class PixSessionApp(GuardedApp):
    """The live board of one folder; `run()` gives "demo" when the user asks for the demonstration.

    Textual's hooks only: what they do is done by the controllers, which know no app.
    """

    BINDINGS: ClassVar[list[BindingType]] = APP_BINDINGS
    COMMANDS: ClassVar = {Commands}
    ENABLE_COMMAND_PALETTE = False  # Textual's own opening of it: ours speaks the user's language
    # As Textual declares them:
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-roomy"), (120, "-wide"), (160, "-vast")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)  # the one shown: a freeze holds it
    filters: reactive[Filters] = reactive(Filters(), repaint=False)
    road: reactive[Road] = reactive(Road(RoadState.READING, ""), repaint=False)
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
        super().__init__()
        self.settings, self.pipeline, self._now = settings, pipeline, now
        self._options = options or BoardOptions()
        self.signs = signs_for(settings.ascii_only)
        filters = Filters(None, self._options.places, "", request.campaigns)
        self.set_reactive(PixSessionApp.filters, filters)
        self._latest: Snapshot | None = None
        self._asked_about: frozenset[str] = frozenset()  # the deleted files
        self._frozen = self._stopped = False
        self.tests_running = 0  # of the newest state known; none once the board has stopped
        self._filtering = Filtering(self._set_filters, self._choose_campaigns, self.push_screen, self.signs)
        self._looking_back = LookingBack(self._look_back, self._say)
        self._toaster = Toaster(self._show_news, self._is_public)
        self._writing = Writing(self.run_worker, self._written, self._show_error)
        for theme in THEMES:
            self.register_theme(theme)
        begin_with(self, settings.theme)
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

        return Pages(self.settings, self.place, self.pipeline.history, self.signs)

    @cached_property
    def _dialogs(self) -> SessionDialogs:
        from pixsession.ui.dialogs import SessionDialogs  # noqa: PLC0415 - time to the painted board

        return SessionDialogs(self.push_screen, self._ask, self._act, self.signs)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return state_variables(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        # Not as `css_path`: read that early, they are parsed once more as soon as the theme is chosen.
        self.stylesheet.read_all(sorted(shipped("styles").glob("*.tcss")))
        # Known now: else the board is laid out, told its size, given these, and laid out again.
        sides = self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS
        for size, breakpoints in zip(self.size, sides, strict=True):
            self.board.add_class(max(point for point in breakpoints if point[0] <= size)[1])
        app = PixSessionApp
        return self.board.data_bind(app.snapshot, app.filters, app.road, app.moment)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        in_session = self.snapshot is not None and self.snapshot.day is not None
        return commands(self.run_action, on_the_board=screen is self.board, in_session=in_session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that would do nothing is not shown, nor is its command."""
        if action == "go_live":  # the letters of a search are not meant
            return self.is_back and not isinstance(self.focused, Input)
        return does_something(action, parameters, self.snapshot)

    # -- from the pipeline ---------------------------------------------------------------------------------

    async def on_mount(self) -> None:
        """Paint what is there, else an empty board; then hear what comes."""
        snapshot = await asyncio.to_thread(self.pipeline.first, _PATIENCE_SECONDS)
        if snapshot is not None:
            self.on_snapshot_ready(messages.SnapshotReady(snapshot))
        self._look()
        self.set_interval(_TICK_SECONDS, self._look)
        self.call_after_refresh(self._listen)

    def _listen(self) -> None:
        # What the screens over the board look like: the board is painted without.
        self.stylesheet.read_all(sorted(shipped("styles").glob("pages/*.tcss")))
        self.stylesheet.parse()
        if len(self.screen_stack) > 1:  # somebody was quicker
            self.refresh_css(animate=False)
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
        self._ask_about_deleted(message.snapshot.deleted)
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
        has_view = self.snapshot is not None
        self.push_screen(FailureScreen(message.error, has_view=has_view, signs=self.signs))

    def _ask_about_deleted(self, names: Sequence[str]) -> None:
        """Once for each file: it may have been deleted because it should not count."""
        new = [name for name in names if name not in self._asked_about]
        self._asked_about = frozenset(names)
        if new:
            from pixsession.ui.files.deleted import DeletedFileScreen  # noqa: PLC0415 - hardly ever

            self.push_screen(DeletedFileScreen(new[0], signs=self.signs))

    def _show(self, snapshot: Snapshot) -> None:
        self.moment = _to_the_second(self._now())  # before the rows: they are shown as of now
        if snapshot.as_of is not None or (self.snapshot is not None and self.snapshot.as_of is not None):
            # The past is no news, and neither is what is met again on the way back from it.
            self._toaster.forget()
        news = self._toaster.read(snapshot, self.filters.places, self.moment) if not snapshot.as_of else ()
        self.snapshot = snapshot
        self._tell(news)

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
            self._tell(self._toaster.tick(self.snapshot, self.moment))

    def watch_snapshot(self, before: Snapshot | None, snapshot: Snapshot | None) -> None:
        """Other keys in the past than live; only once it is shown is it so."""
        if bool(before and before.as_of) is not bool(snapshot and snapshot.as_of):
            self.refresh_bindings()

    # -- toasts --------------------------------------------------------------------------------------------

    def _say(self, words: str) -> None:
        self.notify(words, markup=False)

    def _tell(self, news: Sequence[News]) -> None:
        self._toaster.tell(news)
        if news and mode_of(self.snapshot).rings(self.settings.bell):
            self.bell()

    def _show_news(self, news: Sequence[News]) -> None:
        for item in news:
            self.notify(item.words, severity=item.severity, timeout=_TOAST_SECONDS, markup=False)

    def _is_public(self) -> bool:
        return any(getattr(screen, "is_public", False) for screen in self.screen_stack)

    def _show_error(self, error: PixSessionError) -> None:
        """What could not be done, in words; the board goes on."""
        words = "\n".join(shown(line, 400) for line in error.message.splitlines())
        title = shown(error.title or "")
        self.notify(words, title=title, severity="error", timeout=_ERROR_SECONDS, markup=False)

    # -- filters and the past ------------------------------------------------------------------------------

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
            self._say(_("The board shows the past: it stands still. The End key goes back to live."))
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

    # -- what is written down: the next Snapshot shows it --------------------------------------------------

    def _refuses_writing(self) -> bool:
        """True, with a toast that says why, while the board shows the past."""
        if self.is_back:
            self.notify(past_words(self.snapshot), severity="warning", markup=False)
        return self.is_back

    def _write(self, act: Callable[[Pipeline], str | None]) -> None:
        if not self._refuses_writing():
            self._writing.ask(lambda: act(self.pipeline))

    def _written(self, undone: str | None) -> None:
        if undone:
            self._say(_("Taken back: {what}").format(what=undone))
        if self._frozen:
            self._say(_("Written down. The board is frozen: the space key shows it."))

    def on_decision_asked(self, message: messages.DecisionAsked) -> None:
        self._write(lambda pipeline: pipeline.decide(message.key, message.other, message.same))

    def on_decision_undone(self, message: messages.DecisionUndone) -> None:
        self._write(lambda pipeline: pipeline.undo_decision(message.key, message.other))

    def on_file_taken_back(self, message: messages.FileTakenBack) -> None:
        self._write(lambda pipeline: pipeline.take_back_file(message.name, message.counts))

    def on_file_undo_asked(self) -> None:
        self._write(lambda pipeline: pipeline.undo_file())

    def on_action_asked(self, message: messages.ActionAsked) -> None:
        self._act(message.request)

    def _act(self, request: ActionRequest) -> None:
        self._write(lambda pipeline: pipeline.act(request))

    def on_undo_asked(self) -> None:
        self._write(lambda pipeline: pipeline.undo_action())

    def _ask(self, request: ActionRequest, rows: Sequence[BoardRow]) -> None:
        """As a key asks: those for whom it makes no sense are left out, with the reason."""
        if allowed := self.board.allowed(request.kind, rows, code=request.code):
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
            self.run_worker(self._hand_over(self.snapshot, self.snapshot.day))

    async def _hand_over(self, snapshot: Snapshot, day: DayView) -> None:
        from pixsession.ui.hand_over import hand_over  # noqa: PLC0415 - time to the painted board

        try:
            words = await asyncio.to_thread(hand_over, snapshot, day.session, self.moment)
        except PixSessionError as error:
            self.notify(error.message, severity="error", timeout=_TOAST_SECONDS, markup=False)
            return
        self.notify(words, timeout=_TOAST_SECONDS, markup=False)

    # -- screens over the board ----------------------------------------------------------------------------

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
        self._push_bound(page, *bound, app.moment, app.road, app.snapshot)

    def action_close_page(self) -> None:
        """One screen back; the board stays."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

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
            self._say(_("In a lesson only: in a certification everybody works alone."))
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

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(palette())

    def on_resize(self, event: events.Resize) -> None:
        """One message instead of a board that cannot be read."""
        too_small = event.size.width < LEAST_COLUMNS or event.size.height < LEAST_LINES
        if too_small and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())

    # -- the rest ------------------------------------------------------------------------------------------

    def on_copy_asked(self, message: messages.CopyAsked) -> None:
        """A student's line, to paste in a message."""
        from pixsession.ui.student.words import plain_line  # noqa: PLC0415 - time to the painted board

        line = plain_line(message.row, self.settings.rule, self.moment)
        self.copy_to_clipboard(line)
        words = _("Copied: {line}\nIf pasting gives nothing, this terminal does not let programs copy.")
        self._say(words.format(line=line))

    async def action_quit(self) -> None:
        """Close the board; while tests run, only after a question."""
        leave(self, self.tests_running, signs=self.signs)

    def action_use_theme(self, name: str) -> None:
        self.theme = name

    def action_help_quit(self) -> None:
        """Ctrl+C copies in some terminals and quits in others: say how to quit."""
        self._say(_("q quits the board; what was read is kept."))

    def action_demo(self) -> None:
        """From an empty board only: end with the wish to see the demonstration."""
        self.exit("demo")


def _to_the_second(moment: datetime) -> datetime:
    """Nothing shows less: told twice within one Snapshot, the time is only new once."""
    return moment.replace(microsecond=0)
