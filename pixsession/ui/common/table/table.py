"""A table of students that scrolls: keys and mouse move its cursor, and only what has changed is painted."""

from __future__ import annotations

from abc import abstractmethod

from textual import events
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pixsession.domain.board.snapshot import BoardRow
from pixsession.ui.common.table.cursor import Cursor
from pixsession.ui.common.table.painter import Look, Painter, Styles, TableLines
from pixsession.ui.common.table.place import Follow, Place


class StudentTable(ScrollView, inherit_bindings=False):
    """Its words come from `TableLines`, how they look from `Look`, what its cursor follows from `Follow`."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    StudentTable { height: 1fr; overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    """

    class Highlighted(Message):
        """The cursor is on another student; None: the table is empty. Of new facts nothing is told."""

        def __init__(self, row: BoardRow | None) -> None:
            super().__init__()
            self.row = row

    class Opened(Message):
        """Someone wants this student in detail."""

        def __init__(self, row: BoardRow) -> None:
            super().__init__()
            self.row = row

    def __init__(
        self,
        lines: TableLines,
        look: Look,
        follow: Follow,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self._text = lines
        self._look = look
        self._styles = Styles(self, look)
        self._painter = Painter(lines, look, self._styles)
        self.cursor = Cursor(self, lines, look, self._painter, follow, self._tell)
        self._click_opened = False

    @abstractmethod  # mypy's to check: ABC and Textual have metaclasses that do not go together
    def click_heading(self, x: int) -> None:
        """A click on the headings, so many cells from the left."""

    @property
    def selected(self) -> BoardRow | None:
        """The student under the cursor."""
        return self.cursor.selected

    def select(self, student_id: int) -> bool:
        """Put the cursor on a student; False when the table does not show them."""
        line = self._text.line_of.get(student_id)
        if line is not None:
            self.cursor.choose(line)
        return line is not None

    def _tell(self, row: BoardRow | None) -> None:
        self.post_message(self.Highlighted(row))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Textual would repaint everything; where the cursor scrolls, it is known which lines differ."""
        if not self.cursor.holds_paint:
            super().watch_scroll_y(old_value, new_value)
        elif self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = new_value

    def notify_style_update(self) -> None:
        """Another theme, or the focus came or went."""
        super().notify_style_update()
        self._styles.forget()
        self._text.forget_strips()

    def on_resize(self) -> None:
        """Another width is another layout; the cursor stays in sight."""
        self._text.lay_out(self.cursor.width)
        self.cursor.stay_in_sight()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if self._text.width != self.cursor.width:  # painted before it is told its size
            self._text.lay_out(self.cursor.width)
        return self._painter.strip(y, self.cursor.place, self.size)

    def on_click(self, event: events.Click) -> None:
        """A student is selected, the selected one opens; a double click opens once."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if offset.y < self._look.headings:
            self.click_heading(offset.x)
            return
        place = self.cursor.place
        line = self._painter.student_at(offset.y, place.scroll)
        if offset.y >= self.size.height - self._look.footings or line is None:
            return
        opens = line == place.cursor and not (event.chain > 1 and self._click_opened)
        self.cursor.choose(line)
        if opens:
            self.action_open()
        self._click_opened = opens

    def action_move(self, steps: int) -> None:
        """The student `steps` lines below."""
        self.cursor.choose(self.cursor.place.cursor + steps)

    def action_page(self, pages: int) -> None:
        """A screen further; the cursor keeps its line of the screen where it can."""
        place, steps = self.cursor.place, pages * self.cursor.visible_lines
        self.cursor.choose(place.cursor + steps, scroll=place.scroll + steps)

    def action_top(self) -> None:
        """Back to the top, and stay there whatever comes."""
        if self._text.rows:
            self.cursor.move_to(Place(0, 0, chosen=False))

    def action_bottom(self) -> None:
        self.cursor.choose(len(self._text.rows) - 1)

    def action_open(self) -> None:
        """Ask for the student under the cursor in detail."""
        if self.selected is not None:
            self.post_message(self.Opened(self.selected))
