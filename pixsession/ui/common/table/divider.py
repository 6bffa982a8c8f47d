"""A line of no student between two students of a table: neither cursor nor mouse takes it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len

from pixsession.ui.common.table.line import TableLine


class DividerWords(NamedTuple):
    """What a divider says at its two ends; both went through `shown`."""

    above: int  # the line of the student that it stands above
    left: str
    right: str


class Divider(NamedTuple):
    """A divider as it is painted."""

    above: int
    line: TableLine

    def students_line(self, number: int, scroll: int) -> int | None:
        """The student on the line `number` of a table scrolled to `scroll`; None on the divider itself."""
        if not scroll <= self.above <= number:
            return number
        return None if number == self.above else number - 1


def written(words: DividerWords, width: int, role: StrEnum, *, ascii_only: bool) -> Divider:
    """The words with a rule between them, in so many cells; on a narrow table the left ones alone."""
    dash = "-" if ascii_only else "─"
    said = words.right.replace("·", "-") if ascii_only else words.right
    left, right = f" {dash * 2} {words.left} ", f" {said} {dash * 2} "
    if cell_len(left) + cell_len(right) > width:
        right = " "
    rule = dash * max(0, width - cell_len(left) - cell_len(right))
    return Divider(words.above, TableLine(((f"{left}{rule}{right}", role),)))
