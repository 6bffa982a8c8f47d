"""What the map says on which line: its students in their order, with the headings and sums around them."""

from __future__ import annotations

from collections.abc import Sequence

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.pix.competences import CODES
from pixsession.ui.heatmap.columns import (
    HeatPieces,
    heat_footing,
    heat_headings,
    heat_layout,
    heat_line,
    heat_order,
    heat_sums,
)


class HeatLines:
    """Lines are kept for as long as their students and the layout stay the same."""

    def __init__(self, level: int, *, ascii_only: bool) -> None:
        """`level` is that of the rule: the columns count who has it."""
        self.ascii_only = ascii_only
        self.rows: tuple[BoardRow, ...] = ()
        self.column: int | None = None  # see `heat_order`; None: the order of need
        self.descending = False
        self.sums = heat_sums((), level)
        self.layout = heat_layout(0)
        self._level = level
        self._in_need_order: tuple[BoardRow, ...] = ()
        self._written: dict[int, tuple[BoardRow, HeatPieces]] = {}

    @property
    def competence(self) -> str | None:
        """The competence that the map is sorted by."""
        return CODES[self.column] if self.column is not None and 0 <= self.column < len(CODES) else None

    @property
    def weakest(self) -> tuple[str, ...]:
        """The competences that fewest students have at the level of the rule."""
        return tuple(CODES[position] for position in sorted(self.sums.weakest))

    @property
    def written(self) -> dict[int, HeatPieces]:
        """The lines written so far, by student."""
        return {student: pieces for student, (_row, pieces) in self._written.items()}

    def replace(self, rows: Sequence[BoardRow]) -> None:
        """Other students, or others' facts; `rows` are in the order of need."""
        self._in_need_order = tuple(rows)
        self.sums = heat_sums(rows, self._level)
        self._arrange()

    def sort(self, column: int | None, *, descending: bool) -> None:
        """By another column, or the other way round."""
        self.column, self.descending = column, descending and column is not None
        self._arrange()

    def lay_out(self, width: int) -> None:
        """Another width, other columns."""
        self.layout = heat_layout(width)
        self._written.clear()

    def headings(self) -> Sequence[HeatPieces]:
        """The lines over the students."""
        return heat_headings(
            self.layout, self.sums, self.column, descending=self.descending, ascii_only=self.ascii_only
        )

    def footing(self) -> HeatPieces:
        """The line under them."""
        return heat_footing(self.layout, self.sums, ascii_only=self.ascii_only)

    def line(self, number: int) -> HeatPieces | None:
        """The line of the student `number` of the map, from 0; None below the last."""
        if number >= len(self.rows):
            return None
        row = self.rows[number]
        kept = self._written.get(row.student_id)
        if kept is not None and (kept[0] is row or _alike(kept[0], row)):
            return kept[1]
        pieces = heat_line(row, self.layout, self._level, ascii_only=self.ascii_only)
        self._written[row.student_id] = (row, pieces)
        return pieces

    def _arrange(self) -> None:
        self.rows = heat_order(
            self._in_need_order, self.column, descending=self.descending, level=self._level
        )
        if len(self._written) > len(self.rows):
            kept = {row.student_id for row in self.rows}
            self._written = {key: line for key, line in self._written.items() if key in kept}


def _alike(old: BoardRow, new: BoardRow) -> bool:
    """All that a line of the map says is the same."""
    return old.profile == new.profile and old.shown_name == new.shown_name
