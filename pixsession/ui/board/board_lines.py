"""What the board says on which line: its students in their order, in the columns that fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from operator import attrgetter

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.lesson.aims import Aim
from pixsession.ui.board.grid.cells import LineWriter
from pixsession.ui.board.grid.columns import Column, Layout, Needs, layout_for, objective_width
from pixsession.ui.board.grid.line_cache import LineCache
from pixsession.ui.board.grid.order import in_order
from pixsession.ui.board.grid.roles import Role
from pixsession.ui.board.mode import BoardMode
from pixsession.ui.board.profiles import PROFILES
from pixsession.ui.common.table.divider import Divider, DividerWords, written
from pixsession.ui.common.table.line import Pieces, TableLine

_STUDENT = attrgetter("student_id")


class BoardLines:
    """Knows no cursor and no screen, but its width."""

    def __init__(
        self, *, wanted: int, ascii_only: bool, change_minutes: int, keys: Mapping[str, str]
    ) -> None:
        """`wanted` competences make the rule; ▲ ▼ stay `change_minutes` beside a student.

        `keys`: by id of a binding, those that the settings ask for.
        """
        self.rows: tuple[BoardRow, ...] = ()
        self.line_of: Mapping[int, int] = {}  # the line of each student, from 0
        self.divider: Divider | None = None  # in the order of need alone
        self.column: Column | None = None  # sorted by; None: the order of need
        self.descending = False
        self.width = 0
        self.cache = LineCache()
        now = datetime.min  # noqa: DTZ901 - Paris time has no zone here; replaced by the first rows
        self._needs = Needs()
        layout = layout_for(0, self._needs, wanted)
        self.writer = LineWriter(
            layout, wanted, ascii_only, timedelta(minutes=change_minutes), now, keys=keys
        )
        self._aim_is_asked = False
        self._in_need_order: tuple[BoardRow, ...] = ()
        self._divided: tuple[DividerWords | None, int] = (None, 0)  # the divider's words, and its cells
        # The width, the needs and the mode that the layout is made for.
        self._laid_out: tuple[int, Needs, type[BoardMode]] = (0, self._needs, type(PROFILES))

    @property
    def ascii_only(self) -> bool:
        """Whether signs of ours are written in ASCII."""
        return self.writer.ascii_only

    @property
    def layout(self) -> Layout:
        return self.writer.layout

    @property
    def sorted_by(self) -> tuple[Column | None, bool]:
        """The sorted column (None: the order of need) and whether it is descending."""
        return self.column, self.descending

    @property
    def head(self) -> object:
        """What the headings are written from, beside the layout."""
        return self.sorted_by

    def headings(self) -> Sequence[Pieces]:
        """The names of the columns."""
        return (self.writer.heading(self.column, descending=self.descending),)

    def footings(self) -> Sequence[Pieces]:
        """No line stays below the students."""
        return ()

    def line(self, row: BoardRow) -> TableLine:
        """The line of a student, kept while it says the same."""
        return self.cache.line(row, self.writer)

    def known(self, row: BoardRow) -> TableLine | None:
        """The line of a student as it was written last; None where it never was."""
        return self.cache.kept.known(row.student_id)

    def forget_strips(self) -> None:
        self.cache.kept.forget_strips()
        if self.divider is not None:
            self.divider.line.strips.clear()

    def neighbour(self, student_id: int, steps: int) -> BoardRow | None:
        """The student `steps` lines below (above, when negative) in the order shown; the ends hold."""
        line = self.line_of.get(student_id)
        return None if line is None else self.rows[max(0, min(line + steps, len(self.rows) - 1))]

    def replace(
        self,
        rows: Sequence[BoardRow],
        now: datetime,
        mode: BoardMode,
        marked: frozenset[int],
        aim: Aim | None = None,
    ) -> None:
        """Other students, others' facts, or another moment; `rows` are in the order of need."""
        self._in_need_order = tuple(rows)
        self.writer = self.writer._replace(now=now, mode=mode, marked=marked, aim=aim or mode.aim)
        self._aim_is_asked = aim is not None
        self._arrange()

    def tick(self, now: datetime) -> None:
        """Time went by: a change is no longer recent, or a day begins."""
        aim = self.writer.aim if self._aim_is_asked else None
        self.replace(self._in_need_order, now, self.writer.mode, self.writer.marked, aim)

    def sort(self, column: Column | None, *, descending: bool) -> None:
        """By another column, or the other way round."""
        self.column, self.descending = column, descending
        self._arrange()

    def next_column(self) -> Column | None:
        """The column shown after the sorted one; after the last one, None."""
        cycle = [None, *(one.column for one in self.writer.layout.slots if one.column is not Column.STATE)]
        position = cycle.index(self.column) if self.column in cycle else 0
        return cycle[(position + 1) % len(cycle)]

    def lay_out(self, width: int) -> None:
        """The columns that fit; nothing changes where nothing of it is new."""
        self.width = width
        writer = self.writer
        asked = (width, self._needs, type(writer.mode))
        if asked != self._laid_out:
            self._laid_out = asked
            layout = writer.mode.layout(width, self._needs, writer.wanted)
            if layout != writer.layout:  # else the same object: lines are compared with it often
                self.writer = writer._replace(layout=layout)
        self._divide(self._divided[0])

    def widen(self) -> bool:
        """Ask every row how much room it needs; True: more than there was."""
        needs = self._needs.widened(self.rows)
        if needs == self._needs:
            return False
        self._needs = needs
        self.lay_out(self.width)
        return True

    def _arrange(self) -> None:
        writer, first = self.writer, not self.rows
        self.rows = rows = in_order(
            self._in_need_order,
            self.column,
            descending=self.descending,
            wanted=writer.wanted,
            now=writer.now,
            change_span=writer.change_span,
            mode=writer.mode,
            aim=writer.aim,
        )
        self.line_of = dict(zip(map(_STUDENT, rows), count()))
        needs = writer.mode.needs(self._needs.widened(rows) if first else self._needs, rows)
        self._needs = needs._replace(
            aim=objective_width() if writer.aim else 0, aim_is_asked=self._aim_is_asked
        )
        self.lay_out(self.width)
        self._divide(writer.mode.divider(rows, writer.now) if self.column is None else None)
        self.cache.kept.keep_only(self.line_of)

    def _divide(self, words: DividerWords | None) -> None:
        """Say this between the students; the line that says the same stays."""
        if self._divided != (words, self.width):
            self._divided = (words, self.width)
            self.divider = words and written(words, self.width, Role.CALM, ascii_only=self.ascii_only)
