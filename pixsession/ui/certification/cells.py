"""What a student's line says during a session, beside what every board says: need, clock, room, progress."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.clock import authorised_until
from pixsession.domain.certification.day import DayState, DayView
from pixsession.domain.certification.remediation import progress_words
from pixsession.domain.certification.words import clock_words, day_symbol, freshness_words
from pixsession.foundation.i18n import ngettext
from pixsession.foundation.text import shown
from pixsession.ui.board.grid.columns import Column
from pixsession.ui.board.grid.roles import Cell, Role
from pixsession.ui.board.mode import LineFormat
from pixsession.ui.certification.columns import short_day_state
from pixsession.ui.certification.filters import day_of, state_of

_ROLES = {
    DayState.TO_REDIRECT: Role.NOT_ELIGIBLE,
    DayState.NOT_IN_EXPORT: Role.NOT_IN_EXPORT,
    DayState.NOT_SENT: Role.NOT_SENT,
    DayState.TO_CHECK: Role.TO_CHECK,
    DayState.TO_CALL_BACK: Role.CALL_BACK,
    DayState.IN_REMEDIATION: Role.REMEDIATION,
    DayState.ABSENT: Role.CALM,
    DayState.EXPECTED: Role.BODY,
    DayState.READY: Role.ELIGIBLE,
    DayState.RUNNING: Role.BODY,
    DayState.OVERTIME: Role.OVERTIME,
    DayState.FINISHED: Role.CALM,
}
_CALM = frozenset({DayState.ABSENT, DayState.RUNNING, DayState.FINISHED})
_CALLS = frozenset({DayState.TO_REDIRECT, DayState.TO_CHECK, DayState.TO_CALL_BACK, DayState.OVERTIME})

_BEFORE_THE_TEST = frozenset(
    {DayState.TO_REDIRECT, DayState.TO_CHECK, DayState.TO_CALL_BACK, DayState.EXPECTED, DayState.READY}
)
_AWAY = frozenset({DayState.IN_REMEDIATION, DayState.TO_CALL_BACK, DayState.TO_REDIRECT})


class DayCells(NamedTuple):
    """The words of one line; a line is written again only when one of them is another."""

    state: DayState
    symbol: str
    word: str
    clock: str
    room: str
    progress: str
    calls: bool = False  # the clock calls for a gesture that the state does not tell


def day_cells(row: BoardRow, day: DayView, now: datetime, *, ascii_only: bool) -> DayCells:
    """What is said of this student now."""
    state = state_of(row, day)
    return DayCells(
        state,
        day_symbol(state, ascii_only),
        short_day_state(state),
        _clock(row, day, state, now),
        shown(day.rooms.get(row.student_id, "")),
        progress_words(row, day) if state in _AWAY else "",
        state is DayState.READY and _ran_out(row, day, now),
    )


def board_cells(
    found: DayCells, writer: LineFormat, row: BoardRow, verdict: Mapping[Column, Cell]
) -> dict[Column, Cell]:
    """What a session says otherwise than `verdict`: the need in place of the state, and the clock."""
    role, words = _ROLES[found.state], writer.layout.words
    body = Role.CALM if found.state in _CALM else Role.BODY
    clock_role = role if found.state in _CALLS else body
    if role is Role.CALL_BACK:
        clock_role = Role.GAIN  # the state alone is a block of colour
    elif found.calls:
        clock_role = Role.OVERTIME
    name = role if found.state in _CALLS and not words else body
    cells = {
        column: cell._replace(role=body) if cell.role in {Role.CALM, Role.BODY} else cell
        for column, cell in verdict.items()
    }
    return cells | {
        Column.STATE: Cell(f"{found.symbol} {found.word}" if words else found.symbol, role),
        Column.NAME: Cell(writer.plain(row.shown_name), Role.MARKED if writer.marks(row) else name),
        Column.COMPETENCES: Cell(writer.progress(row.verdict.eligible_competences), body),
        Column.ROOM: Cell(found.room, body),
        Column.PROGRESS: Cell(found.progress, Role.REMEDIATION),
        Column.CLOCK: Cell(writer.plain(found.clock), clock_role),
    }


def _ran_out(row: BoardRow, day: DayView, now: datetime) -> bool:
    """The authorisation to start, unused."""
    until = authorised_until(day_of(row, day), day.session)
    return until is not None and now > until


def _clock(row: BoardRow, day: DayView, state: DayState, now: datetime) -> str:
    """The clock; where none runs, why the student is to be checked, or how old the profile is."""
    words = clock_words(row, day_of(row, day), day.session, now)
    if words or state not in _BEFORE_THE_TEST:
        return words
    if state is DayState.TO_CHECK and row.verdict.reasons:
        return shown(row.verdict.reasons[0].sentence())
    return _old_profile(row, now) if freshness_words(row, day.session, now) else ""


def _old_profile(row: BoardRow, now: datetime) -> str:
    """In a cell, how old it is; the panel says what to do."""
    days = (now.date() - datetime.fromisoformat(row.sent_at or "").date()).days
    return ngettext("profile {n} day old", "profile {n} days old", days).format(n=days)
