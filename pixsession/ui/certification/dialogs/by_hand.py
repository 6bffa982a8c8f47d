"""What is entered by hand of a candidate: extra time, or the room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import number_words
from pixsession.domain.certification.states import extra_time_of
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.text import shown
from pixsession.ui.common.choice_list import ChoiceList
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.note import NoteInput, who_words
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols

_MOST_PERCENT = 400
_BACK = Binding("escape", "cancel", N_("cancel"), id="by_hand.cancel", tooltip=N_("Change nothing"))


class ExtraTimeScreen(ModalScreen[float | None]):
    """Ends with the extra time as a fraction; a third is what candidates mostly have."""

    BINDINGS: ClassVar[list[BindingType]] = [_BACK]

    def __init__(self, rows: tuple[BoardRow, ...], *, symbols: Symbols) -> None:
        super().__init__()
        self._rows, self._symbols = rows, symbols

    def compose(self) -> ComposeResult:
        """Whom it is about, the percentage, what is wrong with it, keys."""
        found = {extra_time_of(row) for row in self._rows}
        there = found.pop() if len(found) == 1 else None
        value = number_words(round(there * 100, 1)) if there else "33"
        with Vertical(id="dialog", classes="note"):
            words = _("Extra time: {who}").format(who=who_words(self._rows))
            yield Static(words, classes="title", markup=False)
            yield NoteInput(value, compact=True, select_on_focus=True, max_length=6)
            yield Static(
                _("In percent of the duration, 0 for none. Why is not written down."),
                id="why",
                classes="calm",
                markup=False,
            )
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        self.query_one(NoteInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        percent = percent_of(event.value)
        if percent is None:
            words = _("0, or a number from 1 to {most}, such as 33.").format(most=_MOST_PERCENT)
            self.query_one("#why", Static).update(Content.styled(words, "bold $state-to-check"))
            return
        self.dismiss(percent / 100)

    def action_cancel(self) -> None:
        self.dismiss(None)


def percent_of(typed: str) -> float | None:
    """The percentage that was typed, "33", "33,3 %" or "+33"; None: none that makes sense.

    "0,33" makes none: whoever types what lists say means 33 %, and would lose the child half an hour.
    """
    try:
        percent = float(typed.replace("%", "").replace("+", "").replace(",", ".").strip())
    except ValueError:
        return None
    return percent if percent == 0 or 1 <= percent <= _MOST_PERCENT else None


class RoomScreen(ModalScreen[str | None]):
    """Ends with the name of the room that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [_BACK]

    def __init__(self, who: str, rooms: Sequence[str], *, symbols: Symbols) -> None:
        """`who` is fit to be painted."""
        super().__init__()
        self._who, self._rooms, self._symbols = who, rooms, symbols

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="pause"):
            yield Static(_("Room: {who}").format(who=self._who), classes="title", markup=False)
            yield ChoiceList()
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        choices = self.query_one(ChoiceList)
        choices.replace([(name, Content(shown(name))) for name in self._rooms])
        choices.styles.height = len(self._rooms)
        choices.focus()

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        message.stop()
        self.dismiss(message.key)

    def action_cancel(self) -> None:
        self.dismiss(None)
