"""The board: who needs something, first; one line a student."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from pixsession.domain.board.changes import Change
from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.foundation.i18n import N_
from pixsession.settings.config import Settings
from pixsession.ui.board.counts import StateCounts
from pixsession.ui.board.cursor_line import CursorLine
from pixsession.ui.board.empty_folder import EmptyFolder
from pixsession.ui.board.filters import Filters, View
from pixsession.ui.board.gestures import SessionGestures
from pixsession.ui.board.grid.table import BoardGrid, grid_of
from pixsession.ui.board.idle_keys import IdleKeys
from pixsession.ui.board.lines import BoardKeys, FilterLine, HiddenLine, LastChange
from pixsession.ui.board.mode import BoardMode, BoardReactives, ModeOf
from pixsession.ui.board.title import BoardTitle
from pixsession.ui.board.view import changes_for, view_of
from pixsession.ui.common.digit_keys import STATE_KEYS, keys_of, span_of
from pixsession.ui.common.freshness import NOT_YET, FeedStatus, Freshness
from pixsession.ui.common.symbols import symbols_for
from pixsession.ui.messages import CopyAsked, StudentAsked

if TYPE_CHECKING:
    from pixsession.ui.student.submissions import ReadHistory

_WIDE = 120  # columns from which there is room for a panel beside the table
_FILTER_TOOLTIPS = {
    Eligibility.NOT_ELIGIBLE: N_("Only the students who are not eligible"),
    Eligibility.TO_CHECK: N_("Only the students to check"),
    Eligibility.NOT_SENT: N_("Only the students who sent no profile"),
    Eligibility.NOT_IN_EXPORT: N_("Only the students who are not in the export"),
    Eligibility.ELIGIBLE: N_("Only the students who are eligible"),
}


def _filter_binding(state: Eligibility, key: str) -> Binding:
    first = key == "1"
    return Binding(
        keys_of(key),
        f"app.filter('state', '{state}')",
        N_("filter") if first else N_("filter by state"),
        id=f"board.only_{state}",
        show=first,
        key_display=span_of(STATE_KEYS.values()) if first else None,
        tooltip=_FILTER_TOOLTIPS[state],
    )


BOARD_BINDINGS: list[BindingType] = [
    # Before any other key is handed out: the letters that follow belong to the search.
    Binding("slash", "search", N_("search"), id="board.search", priority=True, tooltip=N_("Look for a name")),
    *(_filter_binding(state, key) for state, key in STATE_KEYS.items()),
    Binding(
        keys_of("0"),
        "app.filter('state', 'all')",
        N_("all states"),
        id="board.all_states",
        show=False,
        tooltip=N_("Students in every state"),
    ),
    Binding(
        "c", "app.choose('places')", N_("class"), id="board.classes", tooltip=N_("Choose classes or groups")
    ),
    Binding(
        "C",
        "app.choose('campaigns')",
        N_("campaign"),
        id="board.campaigns",
        show=False,
        tooltip=N_("Choose the campaigns that count"),
    ),
    Binding(
        "J",
        "app.choose('objective')",
        N_("objective"),
        id="board.objective",
        show=False,
        tooltip=N_("An objective in a column: who has reached it, and only those who have not"),
    ),
    Binding(
        "A",
        "app.show_all",
        N_("hidden campaigns"),
        id="board.show_all",
        show=False,
        tooltip=N_("Show the campaigns of earlier years and other organisations, or hide them"),
    ),
    Binding(
        "space",
        "app.freeze",
        N_("freeze"),
        id="board.freeze",
        tooltip=N_("Hold the board still; new exports wait. The same key shows them"),
    ),
    Binding(
        "y",
        "copy",
        N_("copy"),
        id="board.copy",
        show=False,
        tooltip=N_("Copy the student's line as plain words"),
    ),
]
# After those of the modes: `escape` first unmarks.
WIDEN_BINDING = Binding(
    "escape",
    "app.widen",
    N_("wider"),
    id="board.widen",
    show=False,
    tooltip=N_("Take one filter away"),
)


class BoardScreen(Screen[None]):
    """Head, table, last change and keys; on a wide screen the student under the cursor beside the table."""

    KEYS: ClassVar[tuple[str, ...]]  # on the line of keys, in its order
    SPARE_KEYS: ClassVar[tuple[str, ...]]  # when room is short the last of these goes first
    AUTO_FOCUS = ""  # the table has the keys as soon as there is somebody on it, and not before

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    moment: reactive[datetime] = reactive(NOT_YET, repaint=False)
    view: reactive[View | None] = reactive(None, repaint=False)
    marked: reactive[frozenset[int]] = reactive(frozenset[int](), repaint=False)
    filters: reactive[Filters] = reactive(Filters(), repaint=False)
    freshness: reactive[Freshness] = reactive(Freshness(FeedStatus.READING, ""), repaint=False)
    changes: reactive[tuple[Change, ...]] = reactive((), repaint=False)
    notices: reactive[tuple[str, ...]] = reactive((), repaint=False)
    selected: reactive[BoardRow | None] = reactive(None, repaint=False)

    def __init__(
        self, settings: Settings, folder: str, read: ReadHistory, mode_of: ModeOf, *, demo: bool = False
    ) -> None:
        super().__init__()
        self.mode_of = mode_of
        self._settings = settings
        self._empty = EmptyFolder(folder, mode_of)
        self._grid = grid_of(settings)
        self.gestures = SessionGestures(self, self._grid)
        self._idle_keys = IdleKeys(self.BINDINGS, settings.keys, demo=demo)
        self._room_beside = Container(id="panel", classes="-nobody")  # styled without the rest of the screen
        self._read, self._demo = read, demo
        self.symbols = symbols_for(settings.ascii_only)

    def compose(self) -> ComposeResult:
        """Two lines of head, the table, one of the last change, one of keys."""
        screen, symbols = BoardScreen, self.symbols
        yield BoardTitle(self.mode_of, demo=self._demo, symbols=symbols).data_bind(
            screen.snapshot, screen.filters, screen.freshness, screen.moment
        )
        yield StateCounts(symbols=symbols).data_bind(screen.view, screen.filters, screen.freshness)
        yield from self._lines_of_mode()
        with Horizontal(id="body"):
            yield self._empty.data_bind(screen.snapshot)
            yield self._grid
            yield self._room_beside
        yield CursorLine(self.mode_of, panel_from=_WIDE, symbols=symbols).data_bind(
            screen.snapshot, screen.moment, row=screen.selected
        )
        yield FilterLine(symbols=symbols).data_bind(screen.filters, screen.view)
        yield HiddenLine(symbols=symbols).data_bind(screen.snapshot)
        yield LastChange(self.mode_of, symbols=symbols).data_bind(
            screen.changes, screen.notices, screen.moment, screen.snapshot
        )
        yield BoardKeys(self.mode_of, self.KEYS, spare=self.SPARE_KEYS, symbols=symbols).data_bind(
            screen.snapshot
        )

    @property
    def mode(self) -> BoardMode:
        return self.mode_of(self.snapshot)

    def _lines_of_mode(self) -> Sequence[Widget]:
        if not self.mode.is_supervised:
            return ()
        from pixsession.ui.board.notice import SupervisionNotice  # noqa: PLC0415 - (d): 1 ms, of a supervised board

        screen, notice = BoardScreen, SupervisionNotice(self.mode_of, symbols=self.symbols)
        notice.data_bind(screen.snapshot, screen.moment, screen.marked, screen.view)
        names = ("snapshot", "filters", "freshness")
        bound: BoardReactives = {name: getattr(screen, name) for name in names}
        return *self.mode.lines(bound, self.symbols), notice

    def on_mount(self) -> None:
        """The keys go to the table as soon as there is somebody on it."""
        self._show_rows()
        # The first Snapshot may come between the lines of the board and this.
        self.call_after_refresh(self._add_lines_of_mode)

    def _add_lines_of_mode(self) -> None:
        if self.is_mounted and not self.query("SupervisionNotice") and (lines := self._lines_of_mode()):
            self.mount_all(lines, after=self.query_one(StateCounts))

    def on_resize(self, event: events.Resize) -> None:
        """The panel is filled the first time there is room for it, and never before the table is painted."""
        if event.size.width >= _WIDE and not self.query("StudentPanel"):
            self._room_beside.mount(_panel_of(self, self._read, self._settings.rule))

    # -- what comes down from the app --------------------------------------------------------------------

    def watch_snapshot(self, before: Snapshot | None, snapshot: Snapshot | None) -> None:
        self._add_lines_of_mode()
        self.notices = snapshot.notices if snapshot else ()
        self.gestures.forget_gone()
        self._narrow()
        if (before and bool(before.rows)) != (snapshot and bool(snapshot.rows)):
            self.refresh_bindings()  # what a key can do depends on whether anybody is there, see check_action

    def watch_filters(self, before: Filters, filters: Filters) -> None:
        if before != filters:
            self._narrow()
            if before._replace(worse=filters.worse) != filters:  # no export did it
                self.gestures.forget_slip()

    def watch_moment(self, before: datetime, moment: datetime) -> None:
        """Marks of change grow old by the minute."""
        if before.replace(second=0) != moment.replace(second=0):
            self._show_rows()

    def watch_marked(self) -> None:
        self._show_rows()
        self.refresh_bindings()

    def _narrow(self) -> None:
        if self.snapshot is not None:
            under = self._grid.selected
            self.view = view_of(self.snapshot, self.filters, self.mode)
            self.changes = changes_for(self.snapshot, self.filters.places, self.mode)
            self._show_rows()
            self.gestures.note_slip(under)

    def _show_rows(self) -> None:
        if not self.is_mounted:
            return
        rows = self.view.rows if self.view else ()
        grid = self._grid
        grid.display, self._empty.display = bool(rows), not rows
        self._room_beside.set_class(not rows, "-nobody")
        # In the past, what was news then is news.
        seen_at = (self.snapshot.as_of if self.snapshot else None) or self.moment
        grid.show(rows, seen_at, self.mode, self.marked, self.filters.aim)
        self.selected = grid.selected  # now, not at its message: the panel is painted with the table
        if not rows and grid.has_focus:
            self.set_focus(None)  # its keys would do nothing
        elif rows and self.focused is None:
            grid.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to look for, to sort or to copy on an empty board; one search at a time."""
        if action == "search" and self.query("SearchLine"):
            return False
        if action == "gesture":
            return self.gestures.makes_sense(*map(str, parameters))
        return action not in {"search", "sort_next", "copy"} or bool(self.snapshot and self.snapshot.rows)

    def mark(self, students: frozenset[int]) -> None:
        self.marked = students

    # -- gestures ----------------------------------------------------------------------------------------

    def on_student_table_highlighted(self) -> None:
        """The panel follows the cursor; what a message says may be out of date when it comes."""
        self.selected = self._grid.selected

    def on_student_table_opened(self, message: BoardGrid.Opened) -> None:
        self.post_message(StudentAsked(message.row.student_id))

    def on_search_line_closed(self) -> None:
        self.query("SearchLine").remove()
        self._grid.focus()

    def on_key(self, event: events.Key) -> None:
        self._idle_keys.tell(event.key, self)

    def action_gesture(self, name: str, *arguments: str) -> None:
        self.gestures.do(name, *arguments)

    def action_sort_next(self) -> None:
        """By the next column, from the line of keys and the menu too."""
        self._grid.action_sort_next()

    async def action_search(self) -> None:
        """Type a name; waits for the line, so that no letter typed right after the key is lost."""
        from pixsession.ui.board.search_line import SearchLine  # noqa: PLC0415 - (d): 1 ms, when it is asked for

        line = SearchLine(self.filters.search)
        await self.mount(line, before=self.query_one(LastChange))
        self.set_focus(line.input)

    def action_copy(self) -> None:
        if (row := self._grid.selected) is not None:
            self.post_message(CopyAsked(row))

    def neighbour(self, student_id: int, steps: int) -> BoardRow | None:
        """The student so many lines further on the board as it is sorted now; the cursor goes there."""
        grid = self._grid
        row = grid.lines.neighbour(student_id, steps) or grid.selected  # of who is gone: from the cursor on
        if row is not None:
            grid.select(row.student_id)
        return row


def _panel_of(board: BoardScreen, read: ReadHistory, rule: Rule) -> Widget:
    """The student under the cursor."""
    from pixsession.ui.board.panel import StudentPanel  # noqa: PLC0415 - (d): 28 ms, only where there is room

    panel = StudentPanel(read, rule, board.mode_of, symbols=board.symbols)
    return panel.data_bind(row=BoardScreen.selected, moment=BoardScreen.moment, snapshot=BoardScreen.snapshot)
