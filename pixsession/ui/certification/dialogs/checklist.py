"""The checklist of the day: what must not be forgotten, ticked with its time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind, DayView
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.room_time import hour_words
from pixsession.foundation.text import shown
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.messages import ActionAsked


class TickedList(PlainList):
    """Lines that are ticked by enter, space or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space",
            "select",
            N_("done"),
            id="checklist.tick",
            tooltip=N_("Done, or not done after all"),
        ),
    ]


class ChecklistScreen(ModalScreen[None]):
    """A box is ticked when the next Snapshot says that it was written down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,L",
            "close",
            N_("back"),
            id="checklist.close",
            tooltip=N_("Back to the board"),
        ),
    ]

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)

    def __init__(self, day: DayView, *, symbols: Symbols) -> None:
        super().__init__()
        self._day, self._symbols = day, symbols

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="checklist"):
            yield Static(id="heading", classes="title", markup=False)
            yield TickedList()
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        """The items as they are now."""
        self._show()
        self.query_one(TickedList).focus()

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Something was ticked, here or in another program."""
        self._day = (snapshot and snapshot.day) or self._day
        self._show()

    def _show(self) -> None:
        if not self.is_mounted:
            return
        day = self._day
        items = dict.fromkeys((*day.session.checklist, *day.ticked))
        done = sum(item in day.ticked for item in items)
        words = ngettext("Checklist: {done} of {n} done", "Checklist: {done} of {n} done", len(items))
        self.query_one("#heading", Static).update(words.format(done=done, n=len(items)))
        lines = []
        for item in items:
            moment = day.ticked.get(item)
            box = f"[x] {hour_words(moment)}  " if moment else "[ ]        "
            style = "bold $state-eligible" if moment else ""
            lines.append((item, Content.assemble((box, style), shown(item, 200))))
        if not lines:
            lines = [("", Content(_("The session file has no checklist.")))]
        self.query_one(TickedList).replace(lines)

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        """Done, or not done after all."""
        message.stop()
        if message.key:
            kind = ActionKind.UNTICK if message.key in self._day.ticked else ActionKind.TICK
            self.post_message(ActionAsked(ActionRequest(kind, text=message.key)))

    def action_close(self) -> None:
        self.dismiss()
