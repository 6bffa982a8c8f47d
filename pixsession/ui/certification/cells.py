"""What a student's line says during a session, beside what every board says: now, the next key, the room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import number_words
from pixsession.domain.certification.alerts import worst_call
from pixsession.domain.certification.clock import authorised_until
from pixsession.domain.certification.day import Alert, DayState, DayView
from pixsession.domain.certification.states import extra_time_of
from pixsession.domain.certification.steps import NextStep, next_step
from pixsession.foundation.text import shown
from pixsession.ui.board.grid.columns import Column
from pixsession.ui.board.grid.roles import Cell, Role
from pixsession.ui.board.mode import LineFormat
from pixsession.ui.certification.columns import short_call, short_room
from pixsession.ui.certification.filters import day_of, state_of
from pixsession.ui.certification.keys import key_words_of
from pixsession.ui.certification.now import Now, fitting, now_words
from pixsession.ui.certification.symbols import call_symbol

_ROLES: dict[DayState | Alert, Role] = {
    Alert.INCIDENT: Role.OVERTIME,
    Alert.FALLEN: Role.NOT_ELIGIBLE,
    Alert.DOUBT: Role.TO_CHECK,
    Alert.SEND_AGAIN: Role.OVERTIME,
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
_CALM: frozenset[DayState | Alert] = frozenset({DayState.ABSENT, DayState.RUNNING, DayState.FINISHED})
_CALLS: frozenset[DayState | Alert] = frozenset(
    {*Alert, DayState.TO_REDIRECT, DayState.TO_CHECK, DayState.TO_CALL_BACK, DayState.OVERTIME}
)
_COLOURED = _CALLS | {DayState.NOT_IN_EXPORT, DayState.NOT_SENT, DayState.IN_REMEDIATION}


class DayCells(NamedTuple):
    """The words of one line; a line is written again only when one of them is another."""

    call: DayState | Alert
    word: str  # of the call
    symbol: str
    now: Now
    step: NextStep | None
    room: str
    extra_time: str  # "+33"
    is_noted: bool
    ran_out: bool  # the authorisation to start: a gesture that the state does not tell


def day_cells(row: BoardRow, day: DayView, now: datetime, *, ascii_only: bool) -> DayCells:
    """What is said of this student now."""
    call, extra = worst_call(row.student_id, day), extra_time_of(row)
    return DayCells(
        call,
        short_call(call, day),
        call_symbol(call, ascii_only=ascii_only),
        now_words(row, day, now),
        next_step(row, day, now) if row.student_id in day.states else None,
        shown(day.rooms.get(row.student_id, "")),
        f"+{number_words(round(extra * 100, 1))}" if extra else "",
        bool(day_of(row, day).notes),
        state_of(row, day) is DayState.READY and _ran_out(row, day, now),
    )


def board_cells(
    found: DayCells, writer: LineFormat, row: BoardRow, verdict: Mapping[Column, Cell]
) -> dict[Column, Cell]:
    """What a session says otherwise than `verdict`: what goes on in place of the state, and the next key."""
    call, layout = found.call, writer.layout
    words = layout.words
    role, body = _ROLES[call], Role.CALM if call in _CALM else Role.BODY
    now_role = role if call in _COLOURED else body
    if role is Role.CALL_BACK:
        now_role = Role.GAIN  # the state alone is a block of colour
    elif found.ran_out:
        now_role = Role.OVERTIME
    name = role if call in _CALLS and not words else body
    cells: dict[Column, Cell] = {
        column: cell._replace(role=body) if cell.role in {Role.CALM, Role.BODY} else cell
        for column, cell in verdict.items()
        if column is not Column.NEAREST
    }
    slot = layout.slot(Column.NOW)
    now = fitting(found.now.beside if words else found.now.alone, slot.width if slot else 0)
    return cells | {
        Column.STATE: Cell(f"{found.symbol} {found.word}" if words else found.symbol, role),
        Column.NAME: Cell(_name(found, writer, row), Role.MARKED if writer.marks(row) else name),
        Column.COMPETENCES: Cell(writer.progress(row.verdict.eligible_competences), body),
        Column.ROOM: Cell(
            short_room(found.room, room.width if (room := layout.slot(Column.ROOM)) else 0), body
        ),
        Column.NOW: Cell(writer.plain(now).replace("…", "~") if writer.ascii_only else now, now_role),
        Column.KEY: Cell(_key(found.step, writer), Role.KEY),
    }


def _name(found: DayCells, writer: LineFormat, row: BoardRow) -> str:
    """The name, cut before the extra time and the sign of a note."""
    note = ("n" if writer.ascii_only else "✎") if found.is_noted else ""
    tail = "".join(f" {part}" for part in (found.extra_time, note) if part)
    return writer.name(row, tail)


def _key(step: NextStep | None, writer: LineFormat) -> str:
    """The next gesture with its key, "p present"; what the student has to do has none."""
    if step is None or not step.key:
        return ""
    return f"{key_words_of(step.key, writer.keys, ascii_only=writer.ascii_only)} {step.word}"


def _ran_out(row: BoardRow, day: DayView, now: datetime) -> bool:
    """The authorisation to start, unused."""
    until = authorised_until(day_of(row, day), day.session)
    return until is not None and now > until
