"""One line of a table: pieces of plain text, each in a role that gives it its colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip


class Mark(StrEnum):
    """What lies on a line; the cursor hides the mouse."""

    NONE = "none"
    HOVER = "hover"
    CURSOR = "cursor"


# A line is its pieces from left to right, each a text that went through `shown` and its role.
Pieces = tuple[tuple[str, StrEnum], ...]
# The style of a piece under a mark; None stands for the sign of the cursor itself.
StyleOf = Callable[[StrEnum | None, Mark], Style]

# The sign of the cursor on a line that is marked: both are seen.
_MARKED_SIGNS = {"▌": "█", ">": "#"}


@dataclass(slots=True)
class TableLine:
    """One student's line: its pieces, and its strips painted so far."""

    pieces: Pieces
    strips: dict[Mark, Strip] = field(default_factory=dict)

    def strip(self, mark: Mark, sign: str, style_of: StyleOf) -> Strip:
        """The line under a mark; `sign` stands in its first cell where the cursor is."""
        painted = self.strips.get(mark)
        if painted is None:
            painted = self.strips[mark] = paint(self.pieces, mark, sign, style_of)
        return painted


# What was or is on a line of the screen; None below the last student.
OnScreen = tuple[TableLine | None, Mark]


def paint(pieces: Pieces, mark: Mark, sign: str, style_of: StyleOf) -> Strip:
    """The strip of a line; every text in it is a plain Segment."""
    segments = [Segment(text, style_of(role, mark)) for text, role in pieces]
    if mark is Mark.CURSOR and segments:
        text, style, _control = segments[0]
        if text[:1] != " ":
            sign = _MARKED_SIGNS.get(sign, sign)
        sign_style = style_of(None, mark)
        if sign_style == style:
            segments[0] = Segment(sign + text[1:], style)
        else:
            segments[:1] = [Segment(sign, sign_style), Segment(text[1:], style)]
    return Strip(segments)


def changed_cells(old: OnScreen, new: OnScreen, width: int) -> int:
    """How many cells of a line, from the left, need repainting; the terminal is sent no more than these."""
    (old_line, old_mark), (new_line, new_mark) = old, new
    if old_line is new_line and old_mark is new_mark:
        return 0
    if old_line is None or new_line is None or old_mark is not new_mark:
        return width
    if old_line.pieces == new_line.pieces:
        return 0
    return width - _common_tail(old_line.pieces, new_line.pieces, width)


def _common_tail(old: Pieces, new: Pieces, width: int) -> int:
    """How many cells at the right end of two lines are the same: they need no repainting."""
    before, after = _text(old), _text(new)
    if cell_len(before) != cell_len(after):
        return 0  # the ends stand elsewhere
    letters = {role: chr(number) for number, role in enumerate({role for _text, role in (*old, *new)})}
    together = zip(
        reversed(before),
        reversed(after),
        reversed(_roles(old, letters)),
        reversed(_roles(new, letters)),
        strict=False,
    )
    same = 0
    for left, right, left_role, right_role in together:
        # A blank looks the same in every role.
        if left != right or (left_role != right_role and left != " "):
            break
        same += 1
    # What is right of a line that does not fill the table stays as it is, too.
    return max(0, width - cell_len(after)) + cell_len(after[len(after) - same :])


def _text(pieces: Pieces) -> str:
    return "".join(text for text, _role in pieces)


def _roles(pieces: Pieces, letters: dict[StrEnum, str]) -> str:
    """One letter for the role of each character: strings cost the collector of garbage nothing."""
    return "".join(letters[role] * len(text) for text, role in pieces)
