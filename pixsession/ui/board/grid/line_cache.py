"""The painted lines of the board, kept for as long as their student and their layout stay the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pixsession.domain.board.snapshot import BoardRow
from pixsession.foundation.room_time import room_day
from pixsession.ui.board.grid.cells import LineWriter, common_tail
from pixsession.ui.board.grid.roles import Pieces, Role


class Mark(StrEnum):
    """What lies on a line; the cursor hides the mouse."""

    NONE = "none"
    HOVER = "hover"
    CURSOR = "cursor"


# The style of a piece under a mark; None stands for the sign of the cursor itself.
StyleOf = Callable[[Role | None, Mark], Style]


@dataclass(slots=True)
class Line:
    """One student's line: its pieces, and its strips painted so far."""

    row: BoardRow
    recent: bool
    pieces: Pieces
    facts: object = None  # during a session, what else it says
    strips: dict[Mark, Strip] = field(default_factory=dict)

    def strip(self, mark: Mark, sign: str, style_of: StyleOf) -> Strip:
        """The line under a mark; `sign` stands in its first cell where the cursor is."""
        painted = self.strips.get(mark)
        if painted is None:
            painted = self.strips[mark] = paint(self.pieces, mark, sign, style_of)
        return painted


# The sign of the cursor on a line that is marked: both are seen.
_MARKED_SIGNS = {"▌": "█", ">": "#"}

# What was or is on a line of the screen; None below the last student.
OnScreen = tuple[Line | None, Mark]
LineOf = Callable[[BoardRow, LineWriter], Line | None]


class LineCache:
    """Lines by student, good while what they say, layout, day and the news of a change stay the same."""

    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}
        self._look: object = None

    def __len__(self) -> int:
        return len(self._lines)

    def line(self, row: BoardRow, writer: LineWriter) -> Line:
        """The line of a student, written only when something of it changed."""
        look = (writer.layout, room_day(writer.now))
        if look != self._look:
            self._lines.clear()
            self._look = look
        recent = writer.is_recent(row.delta)
        facts = writer.facts_of(row)
        line = self._lines.get(row.student_id)
        same = line is not None and line.recent == recent and line.facts == facts
        if line is not None and same and (line.row is row or _reads_alike(line.row, row)):
            line.row = row  # so that the next comparison is one of identity
            return line
        line = self._lines[row.student_id] = Line(row, recent, writer.write(row), facts)
        return line

    def known(self, row: BoardRow, _writer: LineWriter) -> Line | None:
        """The line of a student as it was written last; None where it never was."""
        return self._lines.get(row.student_id)

    def forget_strips(self) -> None:
        """The colours changed: paint again, the words stand."""
        for line in self._lines.values():
            line.strips.clear()

    def keep_only(self, student_ids: Mapping[int, int]) -> None:
        """Forget who left the board."""
        if len(self._lines) > len(student_ids):
            self._lines = {key: line for key, line in self._lines.items() if key in student_ids}


def _reads_alike(old: BoardRow, new: BoardRow) -> bool:
    """True when all that `LineWriter.write` reads is the same; the export they come from is not of it."""
    return (
        old.pix == new.pix
        and (old.verdict is new.verdict or old.verdict == new.verdict)
        and old.sent_at == new.sent_at
        and old.delta == new.delta
        and old.last_name == new.last_name
        and old.first_name == new.first_name
        and old.division == new.division
        and old.group == new.group
    )


def paint(pieces: Pieces, mark: Mark, sign: str, style_of: StyleOf) -> Strip:
    """The strip of a line; every text in it went through `shown` and is a plain Segment."""
    segments = [Segment(text, style_of(role, mark)) for text, role in pieces]
    if mark is Mark.CURSOR and segments:
        first = segments[0]
        if first.text[:1] != " ":
            sign = _MARKED_SIGNS.get(sign, sign)
        segments[0] = Segment(first.text[1:], first.style)
        segments.insert(0, Segment(sign, style_of(None, mark)))
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
    return width - common_tail(old_line.pieces, new_line.pieces)
