"""The map of competences: students down, sixteen competences across; repaints only the lines that changed."""

from __future__ import annotations

from collections.abc import Sequence
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
from pixsession.ui.heatmap.columns import (
    NAME,
    TOTAL,
    HeatPieces,
    HeatRole,
    heat_footing,
    heat_headings,
    heat_layout,
    heat_line,
    heat_order,
    heat_sums,
)

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
        self._level = level
        self._ascii_only = ascii_only
        self._given: tuple[BoardRow, ...] = ()
        self._rows: tuple[BoardRow, ...] = ()
        self._cursor = 0
        self._column: int | None = None
        self._descending = False
        self._sums = heat_sums((), level)
        self._layout = heat_layout(0)
        self._lines: dict[int, tuple[BoardRow, HeatPieces]] = {}
        self._styles_of: dict[tuple[HeatRole, bool], Style] = {}

    @property
    def selected(self) -> BoardRow | None:
        """The student under the cursor."""
        return self._rows[self._cursor] if self._cursor < len(self._rows) else None

    @property
    def competence(self) -> str | None:
        """The competence that the map is sorted by."""
        return CODES[self._column] if self._column is not None and 0 <= self._column < len(CODES) else None

    @property
    def weakest(self) -> tuple[str, ...]:
        """The competences that fewest students have at the level of the rule."""
        return tuple(CODES[position] for position in sorted(self._sums.weakest))

    @property
    def _visible(self) -> int:
        return max(1, self.size.height - HEADINGS - FOOTINGS)

    def show(self, rows: Sequence[BoardRow]) -> None:
        """Show these, in the order of need; lines that say the same are not painted again."""
        self._given = tuple(rows)
        before = self._on_screen()
        sums, self._sums = self._sums, heat_sums(rows, self._level)
        self._arrange()
        self.virtual_size = Size(1, len(self._rows) + HEADINGS + FOOTINGS)
        if sums != self._sums:
            self.refresh(self._band(0, HEADINGS), self._band(self.size.height - FOOTINGS, FOOTINGS))
        self._repaint(before)

    def select(self, student_id: int) -> None:
        """Put the cursor on a student, if the map shows them."""
        found = (number for number, row in enumerate(self._rows) if row.student_id == student_id)
        self._go(next(found, self._cursor))

    def on_resize(self) -> None:
        """Another width, other columns."""
        self._layout = heat_layout(self.size.width - self.scrollbar_size_vertical)
        self._lines.clear()
        self._go(self._cursor)
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme, or the focus came or went."""
        super().notify_style_update()
        self._styles_of.clear()

    def render_line(self, y: int) -> Strip:
        """One line of the screen; headings and sums stay, wherever the scroll is."""
        if y < HEADINGS:
            headings = heat_headings(
                self._layout,
                self._sums,
                self._column,
                descending=self._descending,
                ascii_only=self._ascii_only,
            )
            return self._strip(headings[y], under_cursor=False)
        if y >= self.size.height - FOOTINGS:
            return self._strip(
                heat_footing(self._layout, self._sums, ascii_only=self._ascii_only), under_cursor=False
            )
        number = self.scroll_offset.y + y - HEADINGS
        if number >= len(self._rows):
            return Strip.blank(self.size.width, self._style(HeatRole.NAME, under_cursor=False))
        return self._strip(self._line(self._rows[number]), under_cursor=number == self._cursor)

    def _arrange(self) -> None:
        selected = self.selected
        self._rows = heat_order(self._given, self._column, descending=self._descending, level=self._level)
        ids = [row.student_id for row in self._rows]
        if selected is not None and selected.student_id in ids:
            self._cursor = ids.index(selected.student_id)
        self._cursor = max(0, min(self._cursor, len(ids) - 1))
        if len(self._lines) > len(ids):
            kept = set(ids)
            self._lines = {key: line for key, line in self._lines.items() if key in kept}
        self._bring_in()

    def _go(self, line: int) -> None:
        before = self._on_screen()
        self._cursor = max(0, min(line, len(self._rows) - 1))
        self._bring_in()
        self._repaint(before)

    def _bring_in(self) -> None:
        first = self.scroll_offset.y
        wanted = max(self._cursor - self._visible + 1, min(first, self._cursor))
        if wanted != first and self.is_mounted:
            self.scroll_to(y=wanted, animate=False, force=True)

    def _line(self, row: BoardRow) -> HeatPieces:
        kept = self._lines.get(row.student_id)
        if kept is not None and (kept[0] is row or _alike(kept[0], row)):
            return kept[1]
        pieces = heat_line(row, self._layout, self._level, ascii_only=self._ascii_only)
        self._lines[row.student_id] = (row, pieces)
        return pieces

    def _on_screen(self) -> list[tuple[HeatPieces | None, bool]]:
        first = self.scroll_offset.y
        found: list[tuple[HeatPieces | None, bool]] = []
        for number in range(first, first + self._visible):
            known = number < len(self._rows)
            found.append((self._line(self._rows[number]) if known else None, number == self._cursor))
        return found

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
            sign = ">" if self._ascii_only else "▌"
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

    BINDINGS: ClassVar[list[BindingType]] = [
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
        Binding(
            "S", "reverse", N_("reverse"), id="heat.reverse", tooltip=N_("Reverse the order of the column")
        ),
        Binding("enter", "open", N_("detail"), id="heat.open", tooltip=N_("The student in detail")),
    ]

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
        self._go(len(self._rows) - 1)

    def action_open(self) -> None:
        """Ask for the student under the cursor in detail."""
        if self.selected is not None:
            self.post_message(self.Opened(self.selected))

    def action_sort(self, steps: int) -> None:
        """By the next column, weakest first."""
        at = _COLUMNS.index(self._column)
        self.sort_by(_COLUMNS[(at + steps) % len(_COLUMNS)])

    def action_reverse(self) -> None:
        """The same column the other way round."""
        self.sort_by(self._column, descending=not self._descending)

    def sort_by(self, column: int | None, *, descending: bool = False) -> None:
        """Sort by NAME, the position of a competence, or TOTAL; None: in the order of need."""
        before = self._on_screen()
        self._column, self._descending = column, descending and column is not None
        self._arrange()
        self.refresh(self._band(0, HEADINGS))
        self._repaint(before)

    def on_click(self, event: events.Click) -> None:
        """A heading sorts, and the other way round at the second click; a student is selected, then opens."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if offset.y < HEADINGS:
            column = self._layout.column_at(offset.x)
            if column is not None:
                same = column == self._column
                self.sort_by(column, descending=same and not self._descending)
            return
        line = offset.y - HEADINGS + self.scroll_offset.y
        if offset.y >= self.size.height - FOOTINGS or line >= len(self._rows):
            return
        if line == self._cursor:
            self.action_open()
        self._go(line)


def _alike(old: BoardRow, new: BoardRow) -> bool:
    """All that a line of the map says is the same."""
    return old.profile == new.profile and old.shown_name == new.shown_name
