"""The table of the board: one line per student, that keeps cursor, scroll and sort on the same student."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from pixsession.domain.board.snapshot import BoardRow
from pixsession.foundation.i18n import N_
from pixsession.ui.board.board_lines import BoardLines
from pixsession.ui.board.grid.anchor import Place, brought_in
from pixsession.ui.board.grid.canvas import HEADING_LINES, GridCanvas
from pixsession.ui.board.grid.cells import row_as_text
from pixsession.ui.board.grid.columns import Column
from pixsession.ui.board.mode import BoardMode
from pixsession.ui.board.profiles import PROFILES

__all__ = ["BoardGrid", "row_as_text"]

# Keys, action, words, identity, and what it does in a sentence.
_GESTURES = (
    ("up,k", "move(-1)", N_("Up"), "board.up", N_("The student above")),
    ("down,j", "move(1)", N_("Down"), "board.down", N_("The student below")),
    ("pageup", "page(-1)", N_("Page up"), "board.page_up", N_("One screen up")),
    ("pagedown", "page(1)", N_("Page down"), "board.page_down", N_("One screen down")),
    ("home,g", "top", N_("Top"), "board.top", N_("Back to the top, and stay there")),
    ("end,G", "bottom", N_("Bottom"), "board.bottom", N_("The last student")),
    ("enter", "open", N_("Detail"), "board.open", N_("The student in detail")),
    ("s", "sort_next", N_("Sort"), "board.sort", N_("Sort by the next column")),
    ("S", "sort_reverse", N_("Reverse"), "board.reverse", N_("Reverse the order of the sorted column")),
)


class BoardGrid(GridCanvas, can_focus=True, inherit_bindings=False):
    """The students of a board.

    Until a student is chosen (by key, mouse or `select`), the board stays at its top, on those who need
    attention first; Home goes back to that.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys, action, words, show=False, id=identity, tooltip=sentence)
        for keys, action, words, identity, sentence in _GESTURES
    ]

    class Highlighted(Message):
        """The cursor is on another student; None: the board is empty. New facts come by `show` alone."""

        def __init__(self, row: BoardRow | None) -> None:
            super().__init__()
            self.row = row

    class Opened(Message):
        """Someone wants this student in detail."""

        def __init__(self, row: BoardRow) -> None:
            super().__init__()
            self.row = row

    class Sorted(Message):
        """The board has another order; column None is the order of need."""

        def __init__(self, column: str | None, descending: bool) -> None:
            super().__init__()
            self.column = column
            self.descending = descending

    def __init__(
        self,
        *,
        wanted: int = 5,
        ascii_only: bool = False,
        change_minutes: int = 15,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        """`wanted` competences make the rule; ▲ ▼ stay `change_minutes` beside a student."""
        lines = BoardLines(wanted=wanted, ascii_only=ascii_only, change_minutes=change_minutes)
        super().__init__(lines, id=id)
        self._told: int | None = None
        self._lost: int | None = None  # who was selected when the board became empty
        self._click_opened = False

    @property
    def sorted_by(self) -> tuple[str | None, bool]:
        """The sorted column (None: the order of need) and whether it is descending."""
        return (self.lines.column.value if self.lines.column else None, self.lines.descending)

    @property
    def selected(self) -> BoardRow | None:
        """The student under the cursor."""
        return self.lines.rows[self._cursor] if 0 <= self._cursor < len(self.lines.rows) else None

    def show(
        self,
        rows: Sequence[BoardRow],
        now: datetime,
        mode: BoardMode = PROFILES,
        marked: frozenset[int] = frozenset(),
    ) -> None:
        """Show `rows` (filtered, in the order of need) as of `now`; only lines that changed are repainted."""
        if self.selected is not None:
            self._lost = self.selected.student_id if not rows and self._chosen else None
        self._rearrange(partial(self.lines.replace, rows, now, mode, marked))
        self._tell()
        if self._lost is not None and rows:
            found, self._lost = self._lost, None
            self.select(found)

    def tick(self, now: datetime) -> None:
        """Time went by: news grows old, today's date changes. Costs nothing when no line differs."""
        self._rearrange(partial(self.lines.tick, now))
        self._tell()

    def select(self, student_id: int) -> bool:
        """Put the cursor on a student; False when the board does not show them."""
        line = self.lines.line_of.get(student_id)
        if line is None:
            return False
        self._choose(line)
        return True

    def neighbour(self, student_id: int, steps: int) -> BoardRow | None:
        """The student `steps` lines below (above, when negative) in the order shown; the ends hold."""
        line = self.lines.line_of.get(student_id)
        return None if line is None else self.lines.rows[max(0, min(line + steps, len(self.lines.rows) - 1))]

    def sort_by(self, column: str | None, *, descending: bool = False) -> None:
        """Sort by a column ("name", "pix" …), None: by need; an unknown column is refused with ValueError."""
        chosen = Column(column) if column is not None else None
        order = (chosen, descending and chosen is not None)
        if order == (self.lines.column, self.lines.descending):
            return
        self._rearrange(partial(self.lines.sort, order[0], descending=order[1]))
        self._tell()
        self._repaint_heading()
        self.post_message(self.Sorted(*self.sorted_by))

    def action_move(self, steps: int) -> None:
        """The student `steps` lines below."""
        self._choose(self._cursor + steps)

    def action_page(self, pages: int) -> None:
        """A screen further; the cursor keeps its line of the screen where it can."""
        steps = pages * self.visible_lines
        self._choose(self._cursor + steps, scroll=self.scroll_offset.y + steps)

    def action_top(self) -> None:
        """Back to who needs attention first, and stay there whatever comes."""
        if self.lines.rows:
            self._move_to(Place(0, 0, chosen=False))
            self._tell()

    def action_bottom(self) -> None:
        """The last student."""
        self._choose(len(self.lines.rows) - 1)

    def action_open(self) -> None:
        """Ask for the student under the cursor in detail."""
        if self.selected is not None:
            self.post_message(self.Opened(self.selected))

    def action_sort_next(self) -> None:
        """Sort by the next column shown; after the last one, by need."""
        self.sort_by(self.lines.next_column())

    def action_sort_reverse(self) -> None:
        """The same column the other way round."""
        self.sort_by(self.lines.column, descending=not self.lines.descending)

    def on_click(self, event: events.Click) -> None:
        """A heading sorts, a student is selected, the selected one opens."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if offset.y < HEADING_LINES:
            self._sort_by_heading(self.lines.writer.layout.column_at(offset.x))
            return
        line = offset.y - HEADING_LINES + self.scroll_offset.y
        if line >= len(self.lines.rows):
            return
        opens = line == self._cursor and not (event.chain > 1 and self._click_opened)
        self._choose(line)
        if opens:
            self.action_open()
        self._click_opened = opens

    def _sort_by_heading(self, column: Column | None) -> None:
        """First the column, then the other way round, then back to need."""
        if column is None or column is not self.lines.column:
            self.sort_by(column)
        elif not self.lines.descending:
            self.sort_by(column, descending=True)
        else:
            self.sort_by(None)

    def _choose(self, line: int, scroll: int | None = None) -> None:
        if self.lines.rows:
            line = max(0, min(line, len(self.lines.rows) - 1))
            place = Place(line, self.scroll_offset.y if scroll is None else max(0, scroll), chosen=True)
            self._move_to(brought_in(place, self.visible_lines, len(self.lines.rows)))
            self._tell()

    def _tell(self) -> None:
        row = self.selected
        if (row and row.student_id) != self._told:
            self._told = row and row.student_id
            self.post_message(self.Highlighted(row))
