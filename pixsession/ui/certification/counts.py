"""The counts of a session: what students need, each count a filter with its key, and who nobody has seen."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from textual.content import Content

from pixsession.domain.certification.day import DayState
from pixsession.domain.certification.words import counted_day_state, day_states_word, day_symbol
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import Filters, View
from pixsession.ui.certification.columns import short_day_count
from pixsession.ui.certification.filters import GROUP_KEYS, GROUP_STATES, MISSING_KEY, DayGroup
from pixsession.ui.certification.symbols import DAY_COLOURS
from pixsession.ui.common.line import clickable, widest
from pixsession.ui.common.symbols import Symbols

_NUMBER, _SHORT, _FULL = 0, 1, 2
# Someone has to do something for them.
_PRESSING = frozenset(
    {
        DayGroup.TO_REDIRECT,
        DayGroup.NOT_SENT,
        DayGroup.TO_CHECK,
        DayGroup.TO_CALL_BACK,
        DayGroup.IN_REMEDIATION,
    }
)


class _Form(NamedTuple):
    """How much the line says: words of the counts, whether those at zero are there, and the total."""

    words: int
    calm: int | None = None  # of the groups that need nothing now; None: the same
    zeros: bool = False
    gap: int = 2
    total: bool = True


# The first that fits is taken. What nobody needs goes before the words do.
_FORMS = (
    _Form(_FULL, zeros=True, gap=3),
    _Form(_FULL),
    _Form(_FULL, total=False),
    _Form(_SHORT),
    _Form(_SHORT, total=False),
    _Form(_SHORT, gap=1, total=False),
    _Form(_SHORT, calm=_NUMBER),
    _Form(_SHORT, calm=_NUMBER, gap=1, total=False),
    _Form(_NUMBER, gap=2),
    _Form(_NUMBER, gap=2, total=False),
    _Form(_NUMBER, gap=1, total=False),
)


def day_counts_content(view: View, wanted: Filters, width: int, symbols: Symbols) -> Content:
    """All the words where there is room, then shorter ones, then the numbers alone."""
    return widest([partial(_line, view, wanted, form, symbols) for form in _FORMS], width)


def _line(view: View, wanted: Filters, form: _Form, symbols: Symbols) -> Content:
    counts = {state: view.counts.get(state, 0) for state in DayState}
    pills = []
    for group in GROUP_KEYS:
        states = [state for state in GROUP_STATES[group] if counts.get(state)]
        if states or form.zeros or wanted.state is group:
            pills.append(_pill(group, states, counts, form, symbols, chosen=wanted.state is group))
    if view.missing or wanted.missing:
        pills.append(_missing(view.missing, form, chosen=wanted.missing))
    total = Content("")
    if form.total:
        words = ngettext("{n} student", "{n} students", view.total).format(n=view.total)
        total = Content.styled(f" {symbols.point} {words}", "dim")
    return Content.assemble(" ", Content(" " * form.gap).join(pills), total)


def _pill(
    group: DayGroup,
    states: list[DayState],
    counts: dict[DayState, int],
    form: _Form,
    symbols: Symbols,
    *,
    chosen: bool,
) -> Content:
    """The key of a group, and each of its states that somebody is in."""
    length = form.words if group in _PRESSING or form.calm is None else form.calm
    action = f"app.filter('group', '{'all' if chosen else group}')"
    parts = [clickable(GROUP_KEYS[group], action, "bold $accent" if chosen else "$accent")]
    for state in states or GROUP_STATES[group][:1]:
        count = counts.get(state, 0)
        words = (str(count), short_day_count(state, count), counted_day_state(state, count))[length]
        symbol = day_symbol(state, symbols.ascii_only)
        text = f"{symbol} {words}" if length else f"{symbol}{words}"
        colour = DAY_COLOURS[state] if count or chosen else "$board-calm"
        style = f"bold {colour} reverse" if chosen else f"bold {colour}" if count else colour
        parts += [
            clickable(" ", action),
            clickable(text, action, style),
        ]
    return Content.assemble(*parts)


def _missing(count: int, form: _Form, *, chosen: bool) -> Content:
    words = ngettext("{n} not seen yet", "{n} not seen yet", count)
    unseen = ngettext("{n} unseen", "{n} unseen", count)
    text = (str(count), unseen.format(n=count), words.format(n=count))[form.words]
    action = "app.filter('missing')"
    style = "bold $foreground reverse" if chosen else "bold $foreground"
    return Content.assemble(
        clickable(MISSING_KEY, action, "bold $accent" if chosen else "$accent"),
        clickable(" ", action),
        clickable(text, action, style),
    )


def filter_words(wanted: Filters) -> list[str]:
    """What the board of a session is narrowed to."""
    words = []
    if isinstance(wanted.state, DayGroup):
        words.append(", ".join(day_states_word(state) for state in GROUP_STATES[wanted.state]))
    if wanted.missing:
        words.append(_("not seen yet"))
    if wanted.room is not None:
        words.append(shown(wanted.room))
    return words
