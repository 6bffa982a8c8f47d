"""The map of competences: students down, sixteen competences across; repaints only the lines that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.widget import Widget

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.pix.competences import CODES
from pixsession.foundation.i18n import N_
from pixsession.ui.common.table.keys import moving_keys
from pixsession.ui.common.table.painter import Look
from pixsession.ui.common.table.place import Place, brought_in
from pixsession.ui.common.table.table import StudentTable
from pixsession.ui.heatmap.columns import NAME, TOTAL, HeatRole, HeatSource
from pixsession.ui.heatmap.lines import HeatLines

_COLUMNS = (None, NAME, *range(len(CODES)), TOTAL)

_BINDINGS: list[BindingType] = [
    *moving_keys("heat", N_("The first student")),
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


_PREFIX = "heat-grid"


def _style_of(table: Widget, role: StrEnum | None) -> Style:
    return table.get_component_rich_style(f"{_PREFIX}--{role or HeatRole.NAME}")


HEAT_LOOK = Look(_PREFIX, 2, 1, blank=HeatRole.NAME, marks_margin=True, style_of=_style_of)


def same_student(old_ids: Sequence[int], place: Place, lines: Mapping[int, int], visible: int) -> Place:
    """The cursor stays with its student, else on its line; see `Follow`."""
    count = max(lines.values(), default=-1) + 1
    cursor = lines.get(old_ids[place.cursor]) if 0 <= place.cursor < len(old_ids) else None
    if cursor is None:
        cursor = max(0, min(place.cursor, count - 1))
    return brought_in(Place(cursor, place.scroll, chosen=True), visible, count)


class HeatGrid(StudentTable, can_focus=True):
    """The map with its keys and its mouse."""

    BINDINGS = _BINDINGS
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"{_PREFIX}--{name}" for name in ("cursor", *HeatRole)}

    def __init__(self, *, source: HeatSource, ascii_only: bool) -> None:
        """`source`: what the columns tell, and from where on they count."""
        self.lines = HeatLines(source, ascii_only=ascii_only)
        super().__init__(self.lines, HEAT_LOOK, same_student)

    def show(self, rows: Sequence[BoardRow]) -> None:
        """Show these, in the order of need; lines that say the same are not painted again."""
        self.cursor.rearrange(partial(self.lines.replace, rows))

    def tell(self, source: HeatSource) -> None:
        """The other evidence, of the same students."""
        self.cursor.rearrange(partial(self.lines.tell, source))

    def sort_by(self, column: int | None, *, descending: bool = False) -> None:
        """Sort by NAME, the position of a competence, or TOTAL; None: in the order of need."""
        self.cursor.rearrange(partial(self.lines.sort, column, descending=descending))

    def action_page(self, pages: int) -> None:
        """A screen further, scrolled no more than the cursor needs."""
        self.action_move(pages * self.cursor.visible_lines)

    def action_sort(self, steps: int) -> None:
        """By the next column, weakest first."""
        at = _COLUMNS.index(self.lines.column)
        self.sort_by(_COLUMNS[(at + steps) % len(_COLUMNS)])

    def action_reverse(self) -> None:
        """The same column the other way round."""
        self.sort_by(self.lines.column, descending=not self.lines.descending)

    def click_heading(self, x: int) -> None:
        """A heading sorts, and the other way round at the second click."""
        column = self.lines.layout.column_at(x)
        if column is not None:
            self.sort_by(column, descending=column == self.lines.column and not self.lines.descending)
