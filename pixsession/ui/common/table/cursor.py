"""Cursor and scroll of a table: where they are, where they go, and what is painted again for it."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.widget import Widget

from pixsession.domain.board.snapshot import BoardRow
from pixsession.ui.common.table.painter import Look, Painter, TableLines
from pixsession.ui.common.table.place import Follow, Place, brought_in, lines_after


class Cursor:
    """On a student of `lines`; cursor −1 as long as there was none."""

    def __init__(
        self,
        table: ScrollView,
        lines: TableLines,
        look: Look,
        painter: Painter,
        follow: Follow,
        moved: Callable[[BoardRow | None], None],
    ) -> None:
        """`moved` is called when the cursor has come to another student, or to none."""
        self._table = table
        self._lines = lines
        self._look = look
        self._painter = painter
        self._follow = follow
        self._moved = moved
        self._line = -1
        self._chosen = False
        self._told: int | None = None
        self.holds_paint = False  # while the table scrolls, and what differs is painted afterwards

    @property
    def selected(self) -> BoardRow | None:
        """The student under the cursor."""
        return self._lines.rows[self._line] if 0 <= self._line < len(self._lines.rows) else None

    @property
    def visible_lines(self) -> int:
        """How many students fit on the screen at once, beside the divider."""
        return max(1, self._table.size.height - self._stays)

    @property
    def _stays(self) -> int:
        """How many lines are of no student."""
        return self._look.headings + self._look.footings + bool(self._lines.divider)

    @property
    def width(self) -> int:
        """Cells of a line, without the scrollbar's column (kept free even when there is none)."""
        return max(0, self._table.size.width - self._table.scrollbar_size_vertical)

    @property
    def place(self) -> Place:
        """Where cursor and scroll are."""
        return Place(self._line, self._table.scroll_offset.y, self._chosen)

    def rearrange(self, change: Callable[[], None]) -> None:
        """Put other lines in place of these; cursor and scroll follow their students."""
        lines, height = self._lines, self._table.size.height
        before = self._painter.on_screen(self.place, height, known=True)
        layout, head, old_rows, old_lines = lines.layout, lines.head, lines.rows, lines.line_of
        lines.width, visible = self.width, self.visible_lines
        change()
        at = lines.line_of
        if not at.keys() >= old_lines.keys():
            at = lines_after(old_rows, lines.rows, at)
        place = self._follow(list(old_lines), self.place, at, self.visible_lines)
        if self.visible_lines < visible and place.chosen:  # the divider came: nobody is pushed off below
            place = brought_in(place, self.visible_lines, len(lines.rows))
        self._set_height(len(lines.rows))
        self._go(place)
        if lines.layout != layout:
            self._table.refresh()
        else:
            bands = self._painter.bands(self._area) if lines.head != head else []
            self._refresh(self._painter.changed(before, self.place, self._area) + bands)
        self._tell()

    def move_to(self, place: Place) -> None:
        """Put cursor and scroll there; what was painted elsewhere stays."""
        before = self._painter.on_screen(self.place, self._table.size.height)
        self._go(place)
        self._refresh(self._painter.changed(before, self.place, self._area))
        self._tell()

    def choose(self, line: int, scroll: int | None = None) -> None:
        """Put the cursor on a line, the nearest one there is, and bring it in."""
        if self._lines.rows:
            line = max(0, min(line, len(self._lines.rows) - 1))
            scroll = self._table.scroll_offset.y if scroll is None else max(0, scroll)
            self.move_to(
                brought_in(Place(line, scroll, chosen=True), self.visible_lines, len(self._lines.rows))
            )

    def stay_in_sight(self) -> None:
        """The table has another size; who was not chosen may go out of sight."""
        if self._line >= 0 and self._chosen:
            self._go(brought_in(self.place, self.visible_lines, len(self._lines.rows)))

    def hover(self, y: int) -> None:
        """The mouse is on this line of the screen; −1: elsewhere."""
        lines = self._painter.hover(y, self._table.size.height)
        self._refresh([Region(0, line, self.width, 1) for line in lines])

    @property
    def _area(self) -> Size:
        """What is painted again of a line whose mark has changed."""
        size = self._table.size
        return size if self._look.marks_margin else Size(self.width, size.height)

    def _go(self, place: Place) -> None:
        self._line, self._chosen = place.cursor, place.chosen
        if place.scroll == self._table.scroll_offset.y:
            return
        self.holds_paint = True
        self._table.scroll_to(y=place.scroll, animate=False, force=True)
        self.holds_paint = False

    def _tell(self) -> None:
        row = self.selected
        if (row and row.student_id) != self._told:
            self._told = row and row.student_id
            self._moved(row)

    def _refresh(self, regions: list[Region]) -> None:
        if regions:
            self._table.refresh(*regions)

    def _set_height(self, lines: int) -> None:
        """Tell the scrollbar; only when it comes or goes is a layout of the whole screen worth its cost."""
        table = self._table
        size, height = Size(1, lines + self._stays), table.size.height
        if (table.virtual_size.height > height) != (size.height > height) or not table.is_mounted:
            table.virtual_size = size
            return
        table.set_reactive(Widget.virtual_size, size)
        if table.show_vertical_scrollbar:
            table.vertical_scrollbar.window_virtual_size = size.height
