"""The orders that the columns of a session give to the board."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import DayState, DayView
from pixsession.domain.certification.remediation import in_remediation
from pixsession.ui.board.grid.columns import Column
from pixsession.ui.board.grid.order import natural
from pixsession.ui.board.mode import SortKey
from pixsession.ui.certification.filters import day_of, state_of

_RANKS = {state: rank for rank, state in enumerate(DayState)}


def day_sort_keys(day: DayView) -> Mapping[Column, SortKey]:
    """What the columns of a certification sort by: see `BoardMode.sort_keys`."""
    return {
        Column.STATE: lambda row: _RANKS[state_of(row, day)],
        Column.ROOM: lambda row: natural(day.rooms.get(row.student_id, "")),
        Column.PROGRESS: lambda row: _progress(row, day),
        Column.CLOCK: lambda row: _since(row, day),
    }


def _progress(row: BoardRow, day: DayView) -> float | None:
    found = in_remediation(row, day.session.remediation)
    return None if found is None else 1.0 if found.shared else found.progress


def _since(row: BoardRow, day: DayView) -> datetime | None:
    """When what goes on with the student began: who has waited longest comes first."""
    so_far = day_of(row, day)
    return so_far.started_at or so_far.authorised_at or so_far.redirected_at or so_far.presence_at
