"""What stands on which line of the screen of a table, and what of it must be painted again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from pixsession.domain.board.snapshot import BoardRow
from pixsession.ui.common.table.divider import Divider
from pixsession.ui.common.table.line import Mark, OnScreen, Pieces, TableLine, changed_cells, paint
from pixsession.ui.common.table.place import Place


class TableLines(Protocol):
    """What a table says; it knows no cursor and no screen, but its width."""

    rows: tuple[BoardRow, ...]  # in the order shown
    line_of: Mapping[int, int]  # the line of each student, from 0
    width: int  # cells; see `lay_out`

    @property
    def ascii_only(self) -> bool:
        """Whether signs of ours are written in ASCII."""

    @property
    def divider(self) -> Divider | None:
        """The line of no student, where there is one."""

    @property
    def layout(self) -> object:
        """Where its columns stand; another one, and every line is painted again."""

    @property
    def head(self) -> object:
        """What headings and footings are written from."""

    def lay_out(self, width: int) -> None:
        """Write the lines for another width of the screen."""

    def headings(self) -> Sequence[Pieces]:
        """The lines above the students, which stay wherever the scroll is."""

    def footings(self) -> Sequence[Pieces]:
        """The lines below them, which stay as well."""

    def line(self, row: BoardRow) -> TableLine:
        """The line of a student, kept while it says the same."""

    def known(self, row: BoardRow) -> TableLine | None:
        """The line of a student as it was written last; None where it never was."""

    def forget_strips(self) -> None:
        """The colours changed: paint again, the words stand."""


class Look(NamedTuple):
    """How a table is painted; its styles are component classes, `prefix--role`, `--cursor` and `--hover`."""

    prefix: str
    headings: int  # lines that stay above the students
    footings: int  # and below them
    blank: StrEnum  # the role of what nothing is written on
    marks_margin: bool  # whether a mark goes on to the right of the pieces
    style_of: Callable[[Widget, StrEnum | None], Style]  # without a mark; None is the sign of the cursor


class Styles:
    """The styles of one table, as its theme and its focus have them."""

    def __init__(self, table: Widget, look: Look) -> None:
        self._table = table
        self._look = look
        self._kept: dict[tuple[StrEnum | None, Mark], Style] = {}

    def __call__(self, role: StrEnum | None, mark: Mark) -> Style:
        """The style of a piece under a mark."""
        if (style := self._kept.get((role, mark))) is None:
            style = self._kept[role, mark] = self._marked(self._look.style_of(self._table, role), mark)
        return style

    def forget(self) -> None:
        """Another theme, or the focus came or went."""
        self._kept.clear()

    def _marked(self, style: Style, mark: Mark) -> Style:
        if mark is Mark.NONE:
            return style
        under = self._table.get_component_rich_style(f"{self._look.prefix}--{mark}")
        # The sixteen colours of a terminal do not all show on its cursor colour: one does.
        whole = self._table.app.current_theme.ansi and mark is Mark.CURSOR
        return style + (under if whole else Style(bgcolor=under.bgcolor, bold=under.bold))


class Painter:
    """Paints the lines that stay and those of the students between them."""

    def __init__(self, lines: TableLines, look: Look, styles: Styles) -> None:
        self._lines = lines
        self._look = look
        self._styles = styles
        self.hovered = -1  # line of the screen under the mouse

    def strip(self, y: int, place: Place, size: Size) -> Strip:
        """One line of the screen."""
        look, blank = self._look, self._styles(self._look.blank, Mark.NONE)
        from_end = y - (size.height - look.footings)
        if y < look.headings or from_end >= 0:
            pieces = self._lines.headings()[y] if y < look.headings else self._lines.footings()[from_end]
            return paint(pieces, Mark.NONE, "", self._styles).adjust_cell_length(size.width, blank)
        line, mark = self._at(y, place, known=False)
        if line is None:
            return Strip.blank(size.width, blank)
        if look.marks_margin:
            blank = self._styles(look.blank, mark)
        sign = ">" if self._lines.ascii_only else "▌"
        return line.strip(mark, sign, self._styles).adjust_cell_length(size.width, blank)

    def on_screen(self, place: Place, height: int, *, known: bool = False) -> list[OnScreen]:
        """The students' lines from the top of a screen of this height; `known`: as they were written last."""
        return [self._at(y, place, known=known) for y in self._students(height)]

    def changed(self, before: Sequence[OnScreen], place: Place, size: Size) -> list[Region]:
        """The lines that differ from `before`, and of each no more than its changed part."""
        now = self.on_screen(place, size.height)
        return [
            Region(0, y, cells, 1)
            for y, old, new in zip(self._students(size.height), before, now, strict=True)
            if (cells := changed_cells(old, new, size.width))
        ]

    def bands(self, size: Size) -> list[Region]:
        """The lines that stay where they are while the others scroll."""
        above, below = self._look.headings, self._look.footings
        bands = Region(0, 0, size.width, above), Region(0, size.height - below, size.width, below)
        return [band for band in bands if band.height]

    def hover(self, y: int, height: int) -> set[int]:
        """The lines of the screen to be painted again when the mouse comes to the line `y` (−1: to none)."""
        before, self.hovered = self.hovered, y
        return {before, y} & set(self._students(height)) if before != y else set()

    def student_at(self, y: int, scroll: int) -> int | None:
        """The number of the student on a line of the screen; None where nobody stands."""
        number, divider = scroll - self._look.headings + y, self._lines.divider
        found = divider.students_line(number, scroll) if divider else number
        return found if found is not None and 0 <= found < len(self._lines.rows) else None

    def _students(self, height: int) -> range:
        return range(self._look.headings, height - self._look.footings)

    def _at(self, y: int, place: Place, *, known: bool) -> OnScreen:
        """What stands on a line of the screen."""
        number = self.student_at(y, place.scroll)
        if number is None:
            return self._divider_at(y, place.scroll), Mark.NONE
        mark = Mark.HOVER if y == self.hovered else Mark.NONE
        if number == place.cursor:
            mark = Mark.CURSOR
        return (self._lines.known if known else self._lines.line)(self._lines.rows[number]), mark

    def _divider_at(self, y: int, scroll: int) -> TableLine | None:
        divider = self._lines.divider
        return divider.line if divider and y - self._look.headings + scroll == divider.above else None
