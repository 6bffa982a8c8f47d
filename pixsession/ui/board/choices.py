"""A small list over the board, to choose one or several classes or campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.people.students import place_key
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import Filters, campaign_words, place_counts
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: what it stands for, its words (fit to be painted), and whether it is chosen now."""

    key: str
    words: Content
    chosen: bool


class TickList(PlainList):
    """Lines with a box to tick: readable without colours, which Textual's own boxes are not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", N_("tick"), id="choices.tick", tooltip=N_("Take this line or leave it")),
    ]

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self.ticked = {choice.key for choice in choices if choice.chosen}

    def on_mount(self) -> None:
        """The boxes as they are now."""
        self._paint()
        self.focus()

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        message.stop()
        self.ticked ^= {message.key}
        self._paint()

    def _paint(self) -> None:
        boxes = {True: "[x] ", False: "[ ] "}
        self.replace([(c.key, Content(boxes[c.key in self.ticked]) + c.words) for c in self._choices])


class ChoicesScreen(ModalScreen[frozenset[str] | None]):
    """Ends with the keys chosen, none meaning all; with None when the user changed their mind."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the list's own enter, which would tick the line instead.
        Binding("enter", "apply", N_("show"), id="choices.apply", priority=True, tooltip=N_("Show these")),
        Binding("a", "all", N_("all"), id="choices.all", tooltip=N_("Show all of them")),
        Binding("escape", "cancel", N_("cancel"), id="choices.cancel", tooltip=N_("Change nothing")),
    ]

    def __init__(self, heading: str, choices: Sequence[Choice], *, symbols: Symbols) -> None:
        super().__init__()
        self._heading = heading
        self._choices = tuple(choices)
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(self._heading, classes="title", markup=False)
            yield TickList(self._choices)
            yield KeyBar(symbols=self._symbols)

    def action_apply(self) -> None:
        """All ticked narrows nothing. With no tick at all it is the line under the cursor that is meant."""
        ticks = self.query_one(TickList)
        chosen = frozenset(ticks.ticked)
        if not chosen and ticks.highlighted is not None and not any(c.chosen for c in self._choices):
            chosen = frozenset({self._choices[ticks.highlighted].key})
        self.dismiss(frozenset() if len(chosen) == len(self._choices) else chosen)

    def action_all(self) -> None:
        self.dismiss(frozenset())

    def action_cancel(self) -> None:
        self.dismiss(None)


def place_choices(snapshot: Snapshot | None, filters: Filters, *, symbols: Symbols) -> ChoicesScreen:
    """The classes or groups of the board, each with its students and those who still need something."""
    counts = place_counts(snapshot) if snapshot else ()
    chosen = {place_key(place) for place in filters.places}
    width = max((Content(shown(place)).cell_length for place, _students, _waiting in counts), default=0)
    choices = []
    for place, students, waiting in counts:
        words = ngettext("{n} student", "{n} students", students).format(n=students)
        missing = _("{n} not eligible yet").format(n=waiting) if waiting else _("all eligible")
        text = f"{shown(place)}{' ' * (width - Content(shown(place)).cell_length)}  {words}, {missing}"
        choices.append(Choice(place, Content(text), place_key(place) in chosen))
    return ChoicesScreen(_("Classes or groups to show"), choices, symbols=symbols)


def campaign_choices(snapshot: Snapshot | None, filters: Filters, *, symbols: Symbols) -> ChoicesScreen:
    """The campaigns of the folder."""
    choices = []
    for campaign in snapshot.campaigns if snapshot else ():
        code = f"  {shown(campaign.code)}" if campaign.code else ""
        words = Content.assemble(campaign_words(campaign), (code, "$board-calm"))
        choices.append(Choice(campaign.key, words, bool(filters.campaigns) and filters.takes(campaign)))
    return ChoicesScreen(_("Campaigns that count"), choices, symbols=symbols)
