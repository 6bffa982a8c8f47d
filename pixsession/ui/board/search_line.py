"""Where the name to look for is typed; the board follows at each letter."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from pixsession.foundation.i18n import N_, _
from pixsession.ui.messages import SearchChanged


class NameInput(Input):
    """Textual's line of text; enter and down go back to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,down",
            "submit",
            N_("keep"),
            id="search.keep",
            key_display="↵",
            tooltip=N_("Back to the list"),
        ),
    ]


class SearchLine(Horizontal):
    """A line over the last change, there only while one types."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", N_("clear"), id="search.clear", tooltip=N_("Forget the search")),
    ]

    class Closed(Message):
        """The search is over: the line goes, and the table wants the keys back."""

    def __init__(self, text: str) -> None:
        super().__init__()
        words = _("part of a name; enter keeps, escape clears")
        self.input = NameInput(text, compact=True, placeholder=words, max_length=60)

    def compose(self) -> ComposeResult:
        """A slash and a line to type on."""
        yield Static(" / ", markup=False)
        yield self.input

    def action_clear(self) -> None:
        self.post_message(SearchChanged(""))
        self.action_keep()

    def action_keep(self) -> None:
        """Leave the search as it is."""
        self.post_message(self.Closed())

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(SearchChanged(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter keeps what was found."""
        event.stop()
        self.action_keep()
