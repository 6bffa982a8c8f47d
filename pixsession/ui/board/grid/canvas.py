"""The surface of the board: what stands on which line of the screen, and what must be painted again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from pixsession.ui.board.board_lines import BoardLines
from pixsession.ui.board.grid.anchor import Place, brought_in, followed
from pixsession.ui.board.grid.line_cache import LineOf, Mark, OnScreen, changed_cells, paint
from pixsession.ui.board.grid.roles import Role

HEADING_LINES = 1


class GridCanvas(ScrollView, inherit_bindings=False):
    """Paints a heading that stays and the lines of the students below it; knows no key and no click."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    GridCanvas { height: 1fr; overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "board-grid--cursor",
        "board-grid--hover",
        "board-grid--sign",
        *(f"board-grid--{role}" for role in Role),
    }

    def __init__(self, lines: BoardLines, *, id: str | None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.lines = lines
        self._cursor = -1
        self._chosen = False
        self._hovered = -1  # line of the screen under the mouse
        self._styles_of: dict[tuple[Role | None, Mark], Style] = {}
        self._holds_paint = False

    @property
    def visible_lines(self) -> int:
        """How many students fit on the screen at once."""
        return max(1, self.size.height - HEADING_LINES)

    @property
    def table_width(self) -> int:
        """Cells of a line, without the scrollbar's column (kept free even when there is none)."""
        return max(0, self.size.width - self.scrollbar_size_vertical)

    @property
    def _place(self) -> Place:
        return Place(self._cursor, self.scroll_offset.y, self._chosen)

    # --- what stands where

    def _rearrange(self, rearrange: Callable[[], None]) -> None:
        """Put other lines in place of these; cursor and scroll follow their students."""
        lines = self.lines
        before = self._on_screen(lines.cache.known)
        layout, old_ids, first = lines.writer.layout, list(lines.line_of), not lines.rows
        lines.width = self.table_width
        rearrange()
        place = followed(old_ids, self._place, lines.line_of, self.visible_lines)
        if not first:
            self.call_after_refresh(self._widen)
        self._set_height(len(lines.rows))
        self._go(place)
        if lines.writer.layout != layout:
            self.refresh()
        else:
            self._repaint(before)

    def _widen(self) -> None:
        """After the paint: it asks every row, and hardly ever do later ones need more room than the first."""
        self.lines.lay_out(self.table_width)
        if self.lines.widen():
            self.refresh()

    def _move_to(self, place: Place) -> None:
        """Put cursor and scroll there; what was painted elsewhere stays."""
        before = self._on_screen()
        self._go(place)
        self._repaint(before)

    def _go(self, place: Place) -> None:
        self._cursor, self._chosen = place.cursor, place.chosen
        if place.scroll == self.scroll_offset.y:
            return
        self._holds_paint = True  # the caller repaints what differs
        self.scroll_to(y=place.scroll, animate=False, force=True)
        self._holds_paint = False

    def _set_height(self, lines: int) -> None:
        """Tell the scrollbar; only when it comes or goes is a layout of the whole screen worth its cost."""
        size = Size(1, lines + HEADING_LINES)
        height = self.size.height
        if (self.virtual_size.height > height) != (size.height > height) or not self.is_mounted:
            self.virtual_size = size
            return
        self.set_reactive(Widget.virtual_size, size)
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = size.height

    # --- what is painted

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Textual would repaint everything; when we moved the lines ourselves we know which differ."""
        if not self._holds_paint:
            super().watch_scroll_y(old_value, new_value)
        elif self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = new_value

    def notify_style_update(self) -> None:
        """Another theme, or the focus came or went."""
        super().notify_style_update()
        self._styles_of.clear()
        self.lines.cache.forget_strips()

    def on_resize(self) -> None:
        """Another width is another layout; the cursor stays in sight."""
        self.lines.lay_out(self.table_width)
        if self._cursor >= 0 and self._chosen:
            self._go(brought_in(self._place, self.visible_lines, len(self.lines.rows)))
        self.refresh()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which line a click would take."""
        self._hover(event.y)

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self._hover(-1)

    def render_line(self, y: int) -> Strip:
        """One line of the screen; the first is the heading, wherever the scroll is."""
        width = self.size.width
        if self.lines.width != self.table_width:  # painted before it is told its size
            self.lines.lay_out(self.table_width)
        blank = self._style(Role.BODY, Mark.NONE)
        if y < HEADING_LINES:
            lines = self.lines
            pieces = lines.writer.heading(lines.column, descending=lines.descending)
            return paint(pieces, Mark.NONE, "", self._style).adjust_cell_length(width, blank)
        line, mark = self._at(y, self.scroll_offset.y - HEADING_LINES + y, self.lines.cache.line)
        if line is None:
            return Strip.blank(width, blank)
        sign = ">" if self.lines.writer.ascii_only else "▌"
        return line.strip(mark, sign, self._style).adjust_cell_length(width, blank)

    def _hover(self, y: int) -> None:
        before, self._hovered = self._hovered, y
        for line in {before, y} if before != y else ():
            if HEADING_LINES <= line < self.size.height:
                self.refresh(Region(0, line, self.table_width, 1))

    def _on_screen(self, line_of: LineOf | None = None) -> list[OnScreen]:
        first = self.scroll_offset.y - HEADING_LINES
        line_of = line_of or self.lines.cache.line
        return [self._at(y, first + y, line_of) for y in range(HEADING_LINES, self.size.height)]

    def _at(self, y: int, number: int, line_of: LineOf) -> OnScreen:
        """What stands on a line of the screen, where the student `number` of the board would be."""
        if not 0 <= number < len(self.lines.rows):
            return None, Mark.NONE
        mark = Mark.HOVER if y == self._hovered else Mark.NONE
        if number == self._cursor:
            mark = Mark.CURSOR
        return line_of(self.lines.rows[number], self.lines.writer), mark

    def _repaint(self, before: Sequence[OnScreen]) -> None:
        """Paint again the lines that differ from `before`, and of each no more than its changed part."""
        width = self.table_width
        regions = []
        for y, (old, new) in enumerate(zip(before, self._on_screen(), strict=True), HEADING_LINES):
            if cells := changed_cells(old, new, width):
                regions.append(Region(0, y, cells, 1))
        if regions:
            self.refresh(*regions)

    def _repaint_heading(self) -> None:
        self.refresh(Region(0, 0, self.table_width, HEADING_LINES))

    def _style(self, role: Role | None, mark: Mark) -> Style:
        if (style := self._styles_of.get((role, mark))) is None:
            style = self._styles_of[role, mark] = _styled(self, role, mark)
        return style


def _styled(table: Widget, role: Role | None, mark: Mark) -> Style:
    """The style of a piece under a mark; None is the sign of the cursor."""
    style = table.get_component_rich_style(f"board-grid--{role or 'sign'}")
    if table.app.no_color and role not in (Role.CALM, Role.HEADER):
        # Turned to grey, the colours of states would dim those who matter most.
        style += Style(color=table.get_component_rich_style("board-grid--body").color)
    if mark is Mark.NONE:
        return style
    under = table.get_component_rich_style(f"board-grid--{mark}")
    # The sixteen colours of a terminal do not all show on its cursor colour: one does.
    whole = table.app.current_theme.ansi and mark is Mark.CURSOR
    return style + (under if whole else Style(bgcolor=under.bgcolor, bold=under.bold))
