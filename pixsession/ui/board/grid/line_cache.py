"""The painted lines of the board, kept for as long as their student and their layout stay the same."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.foundation.room_time import room_day
from pixsession.ui.board.grid.cells import LineWriter
from pixsession.ui.common.table.kept_lines import KeptLines
from pixsession.ui.common.table.line import TableLine


class _Source(NamedTuple):
    """What a line is written from, beside the layout and the day."""

    row: BoardRow
    recent: bool  # whether its change is still news
    facts: object  # during a session, what else it says


class LineCache:
    """Rendered lines by student; invalidated by row, layout, date or the mark of a recent change."""

    def __init__(self) -> None:
        self.kept: KeptLines[_Source] = KeptLines(_reads_alike)

    def __len__(self) -> int:
        return len(self.kept)

    def line(self, row: BoardRow, writer: LineWriter) -> TableLine:
        """The line of a student, written only when something of it changed."""
        source = _Source(row, writer.is_recent(row.delta), writer.facts_of(row))
        look = (writer.layout, room_day(writer.now))
        return self.kept.line(row.student_id, source, look, partial(writer.write, row))


def _reads_alike(before: _Source, after: _Source) -> bool:
    """True when all that `LineWriter.write` reads is the same; the export they come from is not of it."""
    old, new = before.row, after.row
    if before.recent != after.recent or before.facts != after.facts:
        return False
    return old is new or (
        old.pix == new.pix
        and (old.verdict is new.verdict or old.verdict == new.verdict)
        and old.sent_at == new.sent_at
        and old.delta == new.delta
        and old.last_name == new.last_name
        and old.first_name == new.first_name
        and old.division == new.division
        and old.group == new.group
    )
