"""What the map says on which line: its students in their order, with the headings and sums around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.pix.competences import CODES
from pixsession.ui.common.table.kept_lines import KeptLines
from pixsession.ui.common.table.line import TableLine
from pixsession.ui.heatmap.columns import (
    HeatPieces,
    HeatSource,
    heat_footing,
    heat_headings,
    heat_layout,
    heat_line,
    heat_order,
    heat_sums,
)


class HeatLines:
    """Lines are kept for as long as their students and the layout stay the same."""

    def __init__(self, source: HeatSource, *, ascii_only: bool) -> None:
        """`source`: what the columns tell, and from where on they count."""
        self.ascii_only = ascii_only
        self.divider = None  # every line is a student's
        self.rows: tuple[BoardRow, ...] = ()
        self.line_of: Mapping[int, int] = {}  # the line of each student, from 0
        self.width = 0
        self.column: int | None = None  # see `heat_order`; None: the order of need
        self.descending = False
        self.sums = heat_sums((), source)
        self.layout = heat_layout(0)
        self.source = source
        self._in_need_order: tuple[BoardRow, ...] = ()
        self.kept: KeptLines[BoardRow] = KeptLines(_alike)

    @property
    def competence(self) -> str | None:
        """The competence that the map is sorted by."""
        return CODES[self.column] if self.column is not None and 0 <= self.column < len(CODES) else None

    @property
    def weakest(self) -> tuple[str, ...]:
        """The competences that fewest students have at the level of the rule."""
        return tuple(CODES[position] for position in sorted(self.sums.weakest))

    @property
    def head(self) -> object:
        """What headings and sums are written from, beside the layout."""
        return self.sums, self.column, self.descending

    def replace(self, rows: Sequence[BoardRow]) -> None:
        """Other students, or others' facts; `rows` are in the order of need."""
        self._in_need_order = tuple(rows)
        self.sums = heat_sums(rows, self.source)
        self._arrange()

    def tell(self, source: HeatSource) -> None:
        """The other evidence, of the same students."""
        self.source = source
        self.replace(self._in_need_order)

    def sort(self, column: int | None, *, descending: bool) -> None:
        """By another column, or the other way round."""
        self.column, self.descending = column, descending and column is not None
        self._arrange()

    def lay_out(self, width: int) -> None:
        self.width = width
        self.layout = heat_layout(width)

    def headings(self) -> Sequence[HeatPieces]:
        """The lines over the students."""
        return heat_headings(
            self.layout, self.sums, self.column, descending=self.descending, ascii_only=self.ascii_only
        )

    def footings(self) -> Sequence[HeatPieces]:
        """The lines under those of the students, which stay."""
        return (heat_footing(self.layout, self.sums, ascii_only=self.ascii_only),)

    def line(self, row: BoardRow) -> TableLine:
        """The line of a student, kept while it says the same."""
        write = partial(heat_line, row, self.layout, self.source, ascii_only=self.ascii_only)
        return self.kept.line(row.student_id, row, (self.layout, self.source), write)

    def known(self, row: BoardRow) -> TableLine | None:
        """The line of a student as it was written last; None where it never was."""
        return self.kept.known(row.student_id)

    def forget_strips(self) -> None:
        self.kept.forget_strips()

    def _arrange(self) -> None:
        self.rows = heat_order(
            self._in_need_order, self.column, descending=self.descending, source=self.source
        )
        self.line_of = {row.student_id: number for number, row in enumerate(self.rows)}
        self.kept.keep_only(self.line_of)


def _alike(old: BoardRow, new: BoardRow) -> bool:
    """All that a line of the map says is the same."""
    return old is new or (
        old.profile == new.profile
        and old.shown_name == new.shown_name
        and old.participations == new.participations
    )
