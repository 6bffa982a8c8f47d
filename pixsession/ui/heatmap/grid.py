"""The map of competences: students down, sixteen competences across; repaints only the lines that changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.pix.competences import CODES
from pixsession.foundation.i18n import N_
from pixsession.ui.heatmap.columns import NAME, TOTAL, HeatPieces, HeatRole
from pixsession.ui.heatmap.lines import HeatLines

HEADINGS, FOOTINGS = 2, 1  # lines that stay
_COLUMNS = (None, NAME, *range(len(CODES)), TOTAL)

_GESTURES = (
    ("up,k", "move(-1)", N_("Up"), "heat.up", N_("The student above")),
    ("down,j", "move(1)", N_("Down"), "heat.down", N_("The student below")),
    ("pageup", "page(-1)", N_("Page up"), "heat.page_up", N_("One screen up")),
    ("pagedown", "page(1)", N_("Page down"), "heat.page_down", N_("One screen down")),
    ("home,g", "top", N_("Top"), "heat.top", N_("The first student")),
    ("end,G", "bottom", N_("Bottom"), "heat.bottom", N_("The last student")),
)


_BINDINGS: list[BindingType] = [
    *(
        Binding(keys, action, words, show=False, id=identity, tooltip=sentence)
        for keys, action, words, identity, sentence in _GESTURES
    ),
    Binding(
        "s,right",
        "sort(1)",
        N_("sort"),
        id="heat.sort",
        tooltip=N_("Sort by the next column; after the last one, in the order of need"),
    ),
    Binding(
        "left",
        "sort(-1)",
        N_("column before"),
        id="heat.sort_back",
        show=False,
        tooltip=N_("Sort by the column before"),
    ),
    Binding("S", "reverse", N_("reverse"), id="heat.reverse", tooltip=N_("Reverse the order of the column")),
    Binding("enter", "open", N_("detail"), id="heat.open", tooltip=N_("The student in detail")),
]


class HeatCanvas(ScrollView, inherit_bindings=False):
    """Cursor, scroll and order stay with their students when others come; knows no key and no click."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heat-grid--cursor",
        *(f"heat-grid--{role}" for role in HeatRole),
    }
    DEFAULT_CSS = """
    HeatCanvas { height: 1fr; overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    """

    def __init__(self, *, level: int, ascii_only: bool) -> None:
        """`level` is that of the rule: the columns count who has it."""
        super().__init__()
        self.lines = HeatLines(level, ascii_only=ascii_only)
        self._cursor = 0
        self._styles_of: dict[tuple[HeatRole, bool], Style] = {}

    @property
    def selected(self) -> BoardRow | None:
        """The student under the cursor."""
        return self.lines.rows[self._cursor] if self._cursor < len(self.lines.rows) else None

    @property
    def _visible(self) -> int:
        return max(1, self.size.height - HEADINGS - FOOTINGS)

    def show(self, rows: Sequence[BoardRow]) -> None:
        """Show these, in the order of need; lines that say the same are not painted again."""
        before, sums = self._on_screen(), self.lines.sums
        self._arrange(partial(self.lines.replace, rows))
        self.virtual_size = Size(1, len(self.lines.rows) + HEADINGS + FOOTINGS)
        if sums != self.lines.sums:
            self.refresh(self._band(0, HEADINGS), self._band(self.size.height - FOOTINGS, FOOTINGS))
        self._repaint(before)

    def sort_by(self, column: int | None, *, descending: bool = False) -> None:
        """Sort by NAME, the position of a competence, or TOTAL; None: in the order of need."""
        before = self._on_screen()
        self._arrange(partial(self.lines.sort, column, descending=descending))
        self.refresh(self._band(0, HEADINGS))
        self._repaint(before)

    def select(self, student_id: int) -> None:
        """Put the cursor on a student, if the map shows them."""
        found = (number for number, row in enumerate(self.lines.rows) if row.student_id == student_id)
        self._go(next(found, self._cursor))

    def on_resize(self) -> None:
        """Another width, other columns."""
        self.lines.lay_out(self.size.width - self.scrollbar_size_vertical)
        self._go(self._cursor)
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme, or the focus came or went."""
        super().notify_style_update()
        self._styles_of.clear()

    def render_line(self, y: int) -> Strip:
        """One line of the screen; headings and sums stay, wherever the scroll is."""
        if y < HEADINGS:
            return self._strip(self.lines.headings()[y], under_cursor=False)
        if y >= self.size.height - FOOTINGS:
            return self._strip(self.lines.footing(), under_cursor=False)
        number = self.scroll_offset.y + y - HEADINGS
        pieces = self.lines.line(number)
        if pieces is None:
            return Strip.blank(self.size.width, self._style(HeatRole.NAME, under_cursor=False))
        return self._strip(pieces, under_cursor=number == self._cursor)

    def _arrange(self, rearrange: Callable[[], None]) -> None:
        """The cursor stays with its student, else on its line."""
        selected = self.selected
        rearrange()
        ids = [row.student_id for row in self.lines.rows]
        if selected is not None and selected.student_id in ids:
            self._cursor = ids.index(selected.student_id)
        self._cursor = max(0, min(self._cursor, len(ids) - 1))
        self._bring_in()

    def _go(self, line: int) -> None:
        before = self._on_screen()
        self._cursor = max(0, min(line, len(self.lines.rows) - 1))
        self._bring_in()
        self._repaint(before)

    def _bring_in(self) -> None:
        first = self.scroll_offset.y
        wanted = max(self._cursor - self._visible + 1, min(first, self._cursor))
        if wanted != first and self.is_mounted:
            self.scroll_to(y=wanted, animate=False, force=True)

    def _on_screen(self) -> list[tuple[HeatPieces | None, bool]]:
        first = self.scroll_offset.y
        shown = range(first, first + self._visible)
        return [(self.lines.line(number), number == self._cursor) for number in shown]

    def _repaint(self, before: Sequence[tuple[HeatPieces | None, bool]]) -> None:
        changed = [
            self._band(y, 1)
            for y, (old, new) in enumerate(zip(before, self._on_screen(), strict=False), HEADINGS)
            if old != new
        ]
        if changed:
            self.refresh(*changed)

    def _band(self, y: int, lines: int) -> Region:
        return Region(0, y, max(0, self.size.width - self.scrollbar_size_vertical), lines)

    def _strip(self, pieces: HeatPieces, *, under_cursor: bool) -> Strip:
        segments = [Segment(text, self._style(role, under_cursor=under_cursor)) for text, role in pieces]
        if under_cursor and segments:
            first = segments[0]
            sign = ">" if self.lines.ascii_only else "▌"
            segments[0] = Segment(sign + first.text[1:], first.style)
        blank = self._style(HeatRole.NAME, under_cursor=under_cursor)
        return Strip(segments).adjust_cell_length(self.size.width, blank)

    def _style(self, role: HeatRole, *, under_cursor: bool) -> Style:
        style = self._styles_of.get((role, under_cursor))
        if style is None:
            style = self.get_component_rich_style(f"heat-grid--{role}")
            if under_cursor:
                under = self.get_component_rich_style("heat-grid--cursor")
                # The sixteen colours of a terminal do not all show on its cursor colour: one does.
                style += under if self.app.current_theme.ansi else Style(bgcolor=under.bgcolor)
            self._styles_of[role, under_cursor] = style
        return style


class HeatGrid(HeatCanvas, can_focus=True, inherit_bindings=False):
    """The map with its keys and its mouse."""

    BINDINGS = _BINDINGS

    class Opened(Message):
        """Someone wants this student in detail."""

        def __init__(self, row: BoardRow) -> None:
            super().__init__()
            self.row = row

    def action_move(self, steps: int) -> None:
        """The student `steps` lines below."""
        self._go(self._cursor + steps)

    def action_page(self, pages: int) -> None:
        """A screen further."""
        self._go(self._cursor + pages * self._visible)

    def action_top(self) -> None:
        """The first student."""
        self._go(0)

    def action_bottom(self) -> None:
        """The last student."""
        self._go(len(self.lines.rows) - 1)

    def action_open(self) -> None:
        """Ask for the student under the cursor in detail."""
        if self.selected is not None:
            self.post_message(self.Opened(self.selected))

    def action_sort(self, steps: int) -> None:
        """By the next column, weakest first."""
        at = _COLUMNS.index(self.lines.column)
        self.sort_by(_COLUMNS[(at + steps) % len(_COLUMNS)])

    def action_reverse(self) -> None:
        """The same column the other way round."""
        self.sort_by(self.lines.column, descending=not self.lines.descending)

    def on_click(self, event: events.Click) -> None:
        """A heading sorts, and the other way round at the second click; a student is selected, then opens."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if offset.y < HEADINGS:
            column = self.lines.layout.column_at(offset.x)
            if column is not None:
                same = column == self.lines.column
                self.sort_by(column, descending=same and not self.lines.descending)
            return
        line = offset.y - HEADINGS + self.scroll_offset.y
        if offset.y >= self.size.height - FOOTINGS or line >= len(self.lines.rows):
            return
        if line == self._cursor:
            self.action_open()
        self._go(line)
