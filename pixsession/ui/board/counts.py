"""The second line of the board: how many students in each state, each count a filter with its key."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import NamedTuple

from textual.content import Content
from textual.reactive import reactive

from pixsession.domain.board.wording import counted_state, state_symbol
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import _, ngettext
from pixsession.ui.board.filters import Filters, View
from pixsession.ui.common.digit_keys import STATE_KEYS
from pixsession.ui.common.freshness import FeedStatus, Freshness, recolour
from pixsession.ui.common.line import Line, clickable, widest
from pixsession.ui.common.symbols import STATE_COLOURS, Symbols

_NUMBER, _SHORT, _FULL = 0, 1, 2


class _Form(NamedTuple):
    """How much one line says: words of the states, of those without anybody, and of the total."""

    gap: int = 2
    key_gap: int = 1
    words: int = _FULL
    zeros: int = _FULL
    total: int = 1  # 0 none, 1 the number, 2 with its word


# The first that fits is taken.
_FORMS = (
    _Form(gap=3, total=2),
    _Form(),
    _Form(total=0),
    _Form(zeros=_NUMBER),
    _Form(zeros=_NUMBER, total=0),
    _Form(key_gap=0, zeros=_NUMBER, total=0),
    _Form(words=_SHORT, zeros=_NUMBER, total=0),
    _Form(words=_NUMBER),
    _Form(gap=1, key_gap=0, words=_NUMBER, total=0),
)


class StateCounts(Line):
    """Symbol, count, word and colour of each state; the one that is filtered on stands out."""

    ALLOW_SELECT = False

    view: reactive[View | None] = reactive(None, repaint=False)
    filters: reactive[Filters] = reactive(Filters(), repaint=False)
    freshness: reactive[Freshness] = reactive(Freshness(FeedStatus.READING, ""), repaint=False)

    def __init__(self, *, symbols: Symbols) -> None:
        super().__init__()
        self._symbols = symbols

    def content_for(self, width: int) -> Content:
        """All the words where there is room, then shorter ones, then the numbers alone."""
        view = self.view
        if view is None or not view.of_all:
            return Content("")
        return view.counts_content(view, self.filters, width, self._symbols)

    def _write(self) -> Content:
        content = super()._write()
        self.styles.height = 1 + content.plain.count("\n")
        return content

    def watch_view(self, before: View | None, view: View | None) -> None:
        """Other rows; most exports leave the counts as they were."""
        if before is None or view is None or not before.counts_as(view):
            self.rewrite()

    def watch_filters(self) -> None:
        self.rewrite()

    def watch_freshness(self, before: Freshness, freshness: Freshness) -> None:
        recolour(self, before, freshness)


def eligibility_counts(view: View, chosen: StrEnum | None, width: int, symbols: Symbols) -> Content:
    """Each state with its key; fewer words where there is no room."""
    return widest([partial(_line, view, chosen, form, symbols) for form in _FORMS], width)


def _line(view: View, chosen: StrEnum | None, form: _Form, symbols: Symbols) -> Content:
    pills = [
        _pill(state, view.counts.get(state, 0), form, symbols, chosen=chosen is state)
        for state in STATE_KEYS
        # Known only where a class list was given: no place is kept for it on the other boards.
        if state is not Eligibility.NOT_IN_EXPORT or view.counts.get(state) or chosen is state
    ]
    return Content.assemble(" ", Content(" " * form.gap).join(pills), _total(view.total, form.total, symbols))


def _pill(state: Eligibility, count: int, form: _Form, symbols: Symbols, *, chosen: bool) -> Content:
    words = form.words if count or chosen else min(form.words, form.zeros)
    text = (str(count), short_state(state, count), counted_state(state, count))[words]
    symbol = state_symbol(state, ascii_only=symbols.ascii_only)
    colour = STATE_COLOURS[state] if count or chosen else "$board-calm"
    style = f"bold {colour} reverse" if chosen else f"bold {colour}" if count else colour
    action = "app.filter('state', 'all')" if chosen else f"app.filter('state', '{state}')"
    return Content.assemble(
        clickable(STATE_KEYS[state], action, "bold $accent" if chosen else "$accent"),
        clickable(" " * form.key_gap, action),
        clickable(f"{symbol} {text}", action, style),
    )


def _total(total: int, words: int, symbols: Symbols) -> Content:
    if not words:
        return Content("")
    text = ngettext("{n} student", "{n} students", total) if words == 2 else "{n}"
    return Content.styled(f" {symbols.point} {text.format(n=total)}", "dim")


def short_state(state: Eligibility, count: int) -> str:
    """A count with its state, in as few letters as stay readable."""
    words = {
        Eligibility.NOT_ELIGIBLE: _("{n} not elig."),
        Eligibility.TO_CHECK: _("{n} check"),
        Eligibility.NOT_SENT: _("{n} unsent"),
        Eligibility.NOT_IN_EXPORT: _("{n} missing"),
        Eligibility.ELIGIBLE: _("{n} elig."),
    }
    return words[state].format(n=count)
