"""The orders that the columns of a session give to the board."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.alerts import need_of_day
from pixsession.domain.certification.day import DayView
from pixsession.ui.board.grid.columns import Column
from pixsession.ui.board.grid.order import natural
from pixsession.ui.board.mode import SortKey
from pixsession.ui.certification.filters import day_of


def day_sort_keys(day: DayView) -> Mapping[Column, SortKey]:
    """What the columns of a certification sort by: see `BoardMode.sort_keys`."""
    return {
        Column.STATE: lambda row: need_of_day(row, day),
        Column.ROOM: lambda row: natural(day.rooms.get(row.student_id, "")),
        Column.NOW: lambda row: _since(row, day),
        Column.KEY: lambda row: need_of_day(row, day),
    }


def _since(row: BoardRow, day: DayView) -> datetime | None:
    """When what goes on with the student began: who has waited longest comes first."""
    so_far = day_of(row, day)
    return so_far.started_at or so_far.authorised_at or so_far.redirected_at or so_far.presence_at
