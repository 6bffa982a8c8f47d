"""What the app shows and how one gets there: keys, palette, filters, and the screens over the board."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.reactive import reactive
from textual.screen import Screen

from pixsession.domain.board.snapshot import BoardRow, SentProfile
from pixsession.domain.certification.day import ActionKind
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.paths import shipped
from pixsession.foundation.text import shown
from pixsession.settings.config import Settings
from pixsession.ui.board.filters import Filters
from pixsession.ui.common.freshness import Road, RoadState
from pixsession.ui.common.keymap import completed
from pixsession.ui.common.notices import LEAST_COLUMNS, LEAST_LINES, TooSmallScreen
from pixsession.ui.map_shell import MapShell
from pixsession.ui.messages import CopyAsked, NeighbourAsked, StudentAsked
from pixsession.ui.modes import LiveBoard, mode_of
from pixsession.ui.palette import Commands, commands, palette
from pixsession.ui.themes import THEMES, state_variables

if TYPE_CHECKING:
    from pixsession.ui.common.page import Page

_SESSION_FILTERS = frozenset({"show_group", "show_missing", "next_room"})
_NEED_STUDENTS = frozenset({"mutual_help", "heatmap", "show_state", "places", "campaigns", "freeze", "widen"})


class Place(NamedTuple):
    """Which folder the board is about and where its exports are kept, in words fit to be painted."""

    folder: str
    kept_in: str | None
    demo: bool = False


_BINDINGS: list[BindingType] = [
    Binding("f", "files", N_("files"), id="app.files", tooltip=N_("Files read, ignored and refused")),
    Binding("l", "changes", N_("log"), id="app.changes", tooltip=N_("Log of everything, newest first")),
    Binding(
        "r",
        "matches",
        N_("doubts"),
        id="app.matches",
        tooltip=N_("Who is who: students who may be the same"),
    ),
    Binding("ctrl+p", "command_palette", N_("menu"), id="app.menu", tooltip=N_("Every command, and themes")),
    Binding("question_mark", "help", N_("help"), id="app.help", tooltip=N_("Keys, rule, signs")),
    Binding("q", "quit", N_("quit"), id="app.quit", tooltip=N_("Back to the command line")),
    Binding(
        "ctrl+q",
        "quit",
        N_("quit"),
        id="app.quit_anywhere",
        show=False,
        priority=True,
        tooltip=N_("Back to the command line, from anywhere"),
    ),
    Binding(
        "ctrl+c",
        "help_quit",
        N_("how to quit"),
        id="app.how_to_quit",
        show=False,
        tooltip=N_("How to quit"),
    ),
    Binding("d", "demo", N_("demonstration"), id="app.demo", show=False, tooltip=N_("See a demonstration")),
]


class BoardShell(MapShell):
    """The screens and the gestures; where Snapshots come from is the business of the subclass."""

    BINDINGS: ClassVar[list[BindingType]] = _BINDINGS
    COMMANDS: ClassVar = {Commands}
    ENABLE_COMMAND_PALETTE = False  # Textual's own opening of it: ours speaks the user's language
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual declares it
        (0, "-narrow"),
        (100, "-roomy"),
        (120, "-wide"),
        (160, "-vast"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012 - as Textual declares it

    road: reactive[Road] = reactive(Road(RoadState.READING, ""), repaint=False)

    def __init__(self, settings: Settings, place: Place, filters: Filters) -> None:
        super().__init__(settings, filters)
        self.place = place
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_with(settings.theme if settings.theme in self.available_themes else THEMES[0].name)
        self.set_keymap(completed(settings.keys, LiveBoard.BINDINGS))
        self.board = LiveBoard(settings, place.folder, self.read_history, mode_of, demo=place.demo)

    def _begin_with(self, name: str) -> None:
        """The first colours; set as later ones are, they would have every style parsed twice at the start."""
        theme = self.available_themes[name]
        if theme.ansi or not theme.dark:  # Textual itself begins with a dark theme of true colours
            self.theme = name
            return
        self.set_reactive(App.theme, name)
        self.set_class(True, f"-theme-{name}", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    @abstractmethod
    def read_history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile a student sent, newest first; called from a thread."""

    @abstractmethod
    def written(self, undone: str | None) -> None:
        """Something stands in the journal now; `undone`: what was taken back."""

    def allowed(self, kind: ActionKind, rows: Sequence[BoardRow], code: str) -> tuple[BoardRow, ...]:
        """Those for whom this makes sense now."""
        return self.board.allowed(kind, rows, code=code)

    def under_cursor(self) -> BoardRow | None:
        """The student under the cursor of the board."""
        return self.board.selected

    def gesture_done(self) -> None:
        """The marks have served."""
        self.board.marked = frozenset()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of states in a theme that is not ours."""
        return state_variables(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        """The board, under everything else."""
        shell = BoardShell
        # Not as `css_path`: read that early, they are parsed once more as soon as the theme is chosen.
        self.stylesheet.read_all(sorted(shipped("styles").glob("*.tcss")))
        # Known now: else the board is laid out, told its size, given these, and laid out again.
        for size, breakpoints in (
            (self.size.width, self.HORIZONTAL_BREAKPOINTS),
            (self.size.height, self.VERTICAL_BREAKPOINTS),
        ):
            self.board.add_class(max(point for point in breakpoints if point[0] <= size)[1])
        return self.board.data_bind(shell.snapshot, shell.filters, shell.road, shell.moment)

    def read_page_styles(self) -> None:
        """What the screens over the board look like: the board is painted without."""
        self.stylesheet.read_all(sorted(shipped("styles").glob("pages/*.tcss")))
        self.stylesheet.parse()
        if len(self.screen_stack) > 1:  # somebody was quicker
            self.refresh_css(animate=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Our commands alone, in the user's language."""
        in_session = self.day is not None
        return commands(self.run_action, on_the_board=screen is self.board, in_session=in_session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that would do nothing is not shown, nor is its command."""
        students = bool(self.snapshot and self.snapshot.rows)
        if action == "demo":
            return self.snapshot is not None and not students
        if (enabled := self.key_of_lesson(action, parameters)) is not None:
            return enabled
        day = self.snapshot.day if self.snapshot else None
        if action in _SESSION_FILTERS:
            return day is not None and (action != "next_room" or len(day.session.rooms) > 1)
        if action == "show_state" and day is not None:
            return parameters == ("all",)  # a session has its own states
        return students or action not in _NEED_STUDENTS

    # -- screens over the board --------------------------------------------------------------------------

    def open_page(self, page: Page) -> None:
        """Over the board; a page of its kind that is open already is closed first."""
        while any(type(screen) is type(page) for screen in self.screen_stack[1:]):
            self.pop_screen()
        # Bound from the app's own task, whoever asked: a click runs in the task of its widget.
        self.call_later(self._push, page)

    def _push(self, page: Page) -> None:
        shell = BoardShell
        # The time comes first: a Snapshot is put in words as of now.
        self.push_screen(page.data_bind(shell.moment, shell.road, shell.snapshot))

    def action_close_page(self) -> None:
        """One screen back; the board stays."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def action_files(self) -> None:
        """What became of each file."""
        from pixsession.ui.files.screen import FilesScreen  # noqa: PLC0415 - not before the first paint

        self.open_page(FilesScreen(self.place.folder, signs=self.signs))

    def action_changes(self) -> None:
        """The log of changes."""
        from pixsession.ui.log.screen import ChangesScreen  # noqa: PLC0415 - not before the first paint

        self.open_page(ChangesScreen(self.filters.places, signs=self.signs))

    def action_matches(self) -> None:
        """Who is who across files."""
        from pixsession.ui.people.screen import MatchesScreen  # noqa: PLC0415 - not before the first paint

        self.open_page(MatchesScreen(signs=self.signs))

    def action_help(self) -> None:
        """The keys of this screen, the rule, the signs."""
        from pixsession.ui.help import Facts, HelpScreen  # noqa: PLC0415 - not before the first paint

        lesson = self.snapshot.lesson if self.snapshot else None
        facts = Facts(self.settings.rule, self.settings.stale_minutes, self.place.kept_in, lesson)
        self.open_page(HelpScreen(self.screen.active_bindings, facts, signs=self.signs))

    def on_student_asked(self, message: StudentAsked) -> None:
        """One student in detail."""
        from pixsession.ui.student.screen import StudentScreen  # noqa: PLC0415 - not before the first paint

        self.student_id = message.student_id
        page = StudentScreen(self.settings.rule, self.read_history, mode_of, signs=self.signs)
        self.open_page(page.data_bind(BoardShell.student_id))

    def on_neighbour_asked(self, message: NeighbourAsked) -> None:
        """Along the board; the table's cursor goes along."""
        row = self.board.neighbour(message.student_id, message.steps)
        self.student_id = row.student_id if row else self.student_id

    def action_command_palette(self) -> None:
        """Every command, by its name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(palette())

    def on_resize(self, event: events.Resize) -> None:
        """One message instead of a board that cannot be read."""
        too_small = event.size.width < LEAST_COLUMNS or event.size.height < LEAST_LINES
        if too_small and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())

    def show_error(self, error: PixSessionError) -> None:
        """What could not be done, in words; the board goes on."""
        words = "\n".join(shown(line, 400) for line in error.message.splitlines())
        self.notify(words, title=shown(error.title or ""), severity="error", timeout=15, markup=False)

    # -- the rest ----------------------------------------------------------------------------------------

    def on_copy_asked(self, message: CopyAsked) -> None:
        """A student's line, to paste in a message."""
        from pixsession.ui.student.words import plain_line  # noqa: PLC0415 - not before the first paint

        line = plain_line(message.row, self.settings.rule, self.moment)
        self.copy_to_clipboard(line)
        words = _("Copied: {line}\nIf pasting gives nothing, this terminal does not let programs copy.")
        self.notify(words.format(line=line), markup=False)

    async def action_quit(self) -> None:
        """Close the board; while tests run, only after a question."""
        from pixsession.ui.leaving import leave  # noqa: PLC0415 - not before the first paint

        leave(self, self.tests_running, signs=self.signs)

    def action_use_theme(self, name: str) -> None:
        """Other colours, until the end of this run."""
        self.theme = name

    def action_help_quit(self) -> None:
        """Ctrl+C copies in some terminals and quits in others: say how to quit."""
        self.notify(_("q quits the board; what was read is kept."), markup=False)

    def action_demo(self) -> None:
        """From an empty board only: end with the wish to see the demonstration."""
        self.exit("demo")
