"""Where the columns of the board stand during a session: who, what goes on, and the next key."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from pixsession.domain.certification.day import Alert, DayState, DayView
from pixsession.domain.certification.words import counted_day_state, counted_state_of
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.board.grid.columns import (
    LONG_DELTA,
    SYMBOL_WIDTH,
    Column,
    Layout,
    Needs,
    Slot,
    day_width,
    first_that_fits,
    title,
)

_SHORT_STATES = {
    DayState.TO_REDIRECT: N_("to redirect"),
    DayState.NOT_IN_EXPORT: N_("not in export"),
    DayState.NOT_SENT: N_("not sent"),
    DayState.TO_CHECK: N_("to check"),
    DayState.TO_CALL_BACK: N_("to call back"),
    DayState.IN_REMEDIATION: N_("remediation"),
    DayState.ABSENT: N_("absent"),
    DayState.EXPECTED: N_("expected"),
    DayState.READY: N_("ready"),
    DayState.RUNNING: N_("running"),
    DayState.OVERTIME: N_("time over"),
    DayState.FINISHED: N_("finished"),
}
_SHORT_ALERTS = {
    Alert.INCIDENT: N_("incident"),
    Alert.FALLEN: N_("fallen"),
    Alert.DOUBT: N_("to check"),
    Alert.SEND_AGAIN: N_("send again"),
}
_WIDEST_NAME, _WIDEST_NOW = 34, 60


class _Plan(NamedTuple):
    """One way to spend a width: least cells of the name and of what goes on, most of class and room."""

    name: int
    now: int
    key: int = 11
    place: int = 0
    room: int = 0
    figures: bool = True
    dots: bool = False
    sent: bool = False
    words: bool = False


# The first that fits is taken.
_PLANS = (
    _Plan(name=26, now=40, key=13, place=12, room=12, dots=True, sent=True, words=True),
    _Plan(name=24, now=36, key=13, place=10, room=12, dots=True, words=True),
    _Plan(name=22, now=36, key=13, place=8, room=12, words=True),
    _Plan(name=22, now=34, key=13, place=8, room=12),
    _Plan(name=19, now=30, place=6, room=9),
    _Plan(name=17, now=28, place=6, room=9, figures=False),
    _Plan(name=17, now=26, place=6, room=8, figures=False),
    _Plan(name=17, now=26, place=6),
    _Plan(name=18, now=26, figures=False),
    _Plan(name=15, now=22, figures=False),
    _Plan(name=14, now=18, key=0, figures=False),
)


def day_needs(needs: Needs, day: DayView) -> Needs:
    """These needs with the longest name of a room, where there are several."""
    rooms = [cell_len(shown(room.name)) for room in day.session.rooms]
    return needs._replace(room=max(rooms) if len(rooms) > 1 else 0)


def short_day_state(state: DayState) -> str:
    """What a student needs, in as few letters as stay readable."""
    return _(_SHORT_STATES[state])


def short_call(call: DayState | Alert, day: DayView) -> str:
    """What a line is about, in as few letters as stay readable."""
    if call is DayState.NOT_IN_EXPORT and not day.has_exports:
        return _("no export")
    return _(_SHORT_ALERTS[call]) if isinstance(call, Alert) else short_day_state(call)


def short_day_count(state: DayState, count: int) -> str:
    """A count with its state, in as few letters as stay readable."""
    short = {
        DayState.IN_REMEDIATION: ngettext("{n} in remed.", "{n} in remed.", count),
        DayState.NOT_SENT: ngettext("{n} unsent", "{n} unsent", count),
        DayState.TO_REDIRECT: ngettext("{n} redirect", "{n} redirect", count),
        DayState.TO_CHECK: ngettext("{n} check", "{n} check", count),
    }
    if state in short:
        return short[state].format(n=count)
    return counted_day_state(state, count)


def short_count(state: DayState, count: int, day: DayView) -> str:
    """A count with its state as `short_day_count`, on a day that may have no export yet."""
    if state is DayState.NOT_IN_EXPORT:
        return counted_state_of(state, count, day)
    return short_day_count(state, count)


def short_room(name: str, width: int) -> str:
    """The name of a room in so many cells: its first words give way, as the number that tells stands last."""
    words = name.split()
    for at in range(len(words)):
        if cell_len(" ".join(words)) <= width or at == len(words) - 1:
            break
        words[at] = f"{words[at][0]}."
    return " ".join(words)


def day_layout_for(width: int, needs: Needs, wanted: int) -> Layout:
    """The richest layout of a session that fits; below all plans, the symbol and the name."""
    return first_that_fits((_arranged(plan, width, needs, wanted) for plan in _PLANS), width)


def _arranged(plan: _Plan, width: int, needs: Needs, wanted: int) -> Layout | None:
    """The layout of a plan, or None when it needs more than `width`; name and now share what is left."""
    words = (*map(short_day_state, DayState), *map(_, _SHORT_ALERTS.values()))
    word = max(map(cell_len, words)) if plan.words else -1
    parts = _fixed_parts(plan, needs, wanted)
    free = width - SYMBOL_WIDTH - (word + 1) - sum(gutter + cells for _column, gutter, cells in parts) - 2
    free -= plan.key + 1 if plan.key else 0
    spare = free - plan.name - plan.now
    if spare < 0:
        return None
    name = min(_WIDEST_NAME, plan.name + spare // 3)
    slots = [Slot(Column.STATE, 1, 2 + word)]
    slots.append(Slot(Column.NAME, slots[0].end + 1, name))
    for column, gutter, cells in parts:
        slots.append(Slot(column, slots[-1].end + gutter, cells))
    start = slots[-1].end + 2
    slots.append(Slot(Column.NOW, start, min(free - name, _WIDEST_NOW)))
    if plan.key:
        slots.append(Slot(Column.KEY, slots[-1].end + 1, plan.key))
    if width - slots[-1].end > LONG_DELTA:
        slots.append(Slot(Column.DELTA, slots[-1].end + 1, LONG_DELTA))
    return Layout(width, tuple(slots), plan.words, plan.dots, 0, 0, needs.gap)


def _fixed_parts(plan: _Plan, needs: Needs, wanted: int) -> list[tuple[Column, int, int]]:
    """(column, blank cells before it, cells) of everything between the name and what goes on."""
    parts = []
    for column, most, need in (
        (Column.PLACE, plan.place, needs.place),
        (Column.ROOM, plan.room, needs.room),
    ):
        if need and most:
            heading = cell_len(title(column))
            parts.append((column, 1, min(most, max(need, heading))))
    if plan.figures:
        dots = wanted + 1 if plan.dots and wanted <= 6 else 0
        heading = cell_len(title(Column.COMPETENCES, 0))
        parts.append((Column.COMPETENCES, 1, max(3 + len(str(wanted)) + dots, heading)))
    if needs.aim:
        parts.append((Column.OBJECTIVE, 1, needs.aim))
    if plan.sent:
        parts.append((Column.SENT, 2, day_width()))
    return parts
