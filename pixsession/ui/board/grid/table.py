"""The table of the board: one line per student, that keeps cursor, scroll and sort on the same student."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.lesson.aims import Aim
from pixsession.foundation.i18n import N_
from pixsession.settings.config import Settings
from pixsession.ui.board.board_lines import BoardLines
from pixsession.ui.board.grid.cells import row_as_text
from pixsession.ui.board.grid.columns import Column
from pixsession.ui.board.grid.look import BOARD_LOOK, BOARD_STYLES
from pixsession.ui.board.mode import BoardMode
from pixsession.ui.board.profiles import PROFILES
from pixsession.ui.common.table.keys import moving_keys
from pixsession.ui.common.table.place import followed
from pixsession.ui.common.table.table import StudentTable

__all__ = ["BoardGrid", "grid_of", "row_as_text"]

# Keys, action, words, identity, and what it does in a sentence.
_GESTURES = (
    ("enter", "open", N_("Detail"), "board.open", N_("The student in detail")),
    ("s", "sort_next", N_("Sort"), "board.sort", N_("Sort by the next column")),
    ("S", "sort_reverse", N_("Reverse"), "board.reverse", N_("Reverse the order of the sorted column")),
)
_BINDINGS = [
    *moving_keys("board", N_("Back to the top, and stay there")),
    *(
        Binding(keys, action, words, show=False, id=identity, tooltip=sentence)
        for keys, action, words, identity, sentence in _GESTURES
    ),
]


class BoardGrid(StudentTable, can_focus=True):
    """The students of a board.

    Until a student is chosen (by key, mouse or `select`), the board stays at its top, on those who need
    attention first; Home goes back to that.
    """

    BINDINGS: ClassVar[list[BindingType]] = _BINDINGS
    COMPONENT_CLASSES: ClassVar[set[str]] = BOARD_STYLES

    def __init__(self, lines: BoardLines) -> None:
        self.lines = lines
        super().__init__(self.lines, BOARD_LOOK, followed)
        self._lost: int | None = None  # who was selected when the board became empty

    def show(
        self,
        rows: Sequence[BoardRow],
        now: datetime,
        mode: BoardMode = PROFILES,
        marked: frozenset[int] = frozenset(),
        aim: Aim | None = None,
    ) -> None:
        """Show `rows` (filtered, in the order of need) as of `now`; only lines that changed are repainted.

        `aim`: the objective to show in a column; None: that of the mode.
        """
        if self.selected is not None:
            self._lost = self.selected.student_id if not rows and self.cursor.place.chosen else None
        self._rearrange(partial(self.lines.replace, rows, now, mode, marked, aim))
        if self._lost is not None and rows:
            found, self._lost = self._lost, None
            self.select(found)

    def tick(self, now: datetime) -> None:
        """Time went by: a change is no longer recent, or a day begins. Costs nothing when no line differs."""
        self._rearrange(partial(self.lines.tick, now))

    def sort_by(self, column: str | None, *, descending: bool = False) -> None:
        """Sort by a column ("name", "pix" …), None: by need; an unknown column is refused with ValueError."""
        chosen = Column(column) if column is not None else None
        self._rearrange(partial(self.lines.sort, chosen, descending=descending and chosen is not None))

    def action_sort_next(self) -> None:
        """Sort by the next column shown; after the last one, by need."""
        self.sort_by(self.lines.next_column())

    def action_sort_reverse(self) -> None:
        """The same column the other way round."""
        self.sort_by(self.lines.column, descending=not self.lines.descending)

    def click_heading(self, x: int) -> None:
        """First the column, then the other way round, then back to need."""
        column = self.lines.layout.column_at(x)
        if column is None or column is not self.lines.column:
            self.sort_by(column)
        else:
            self.sort_by(None if self.lines.descending else column, descending=True)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which line a click would take."""
        self.cursor.hover(event.y)

    def on_leave(self) -> None:
        self.cursor.hover(-1)

    def _rearrange(self, change: Callable[[], None]) -> None:
        was_filled = bool(self.lines.rows)
        self.cursor.rearrange(change)
        if was_filled:
            self.call_after_refresh(self._widen)

    def _widen(self) -> None:
        """After the paint: it asks every row, and hardly ever do later ones need more room than the first."""
        self.lines.lay_out(self.cursor.width)
        if self.lines.widen():
            self.refresh()


def grid_of(settings: Settings) -> BoardGrid:
    """The table of a board with these settings."""
    lines = BoardLines(
        wanted=settings.rule.min_competences,
        ascii_only=settings.ascii_only,
        change_minutes=settings.change_minutes,
        keys=settings.keys,
    )
    return BoardGrid(lines)
