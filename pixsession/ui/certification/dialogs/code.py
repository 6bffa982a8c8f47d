"""A code for the whole room to read, and what to do with it; nothing is written down."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.domain.board.snapshot import BoardRow
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.text import shown
from pixsession.ui.certification.codes import ShownCode
from pixsession.ui.certification.dialogs.redirect import heading, numbered, room_for_code
from pixsession.ui.common.big_code import BigCode
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.symbols import Symbols


class CodeScreen(ModalScreen[None]):
    """The same keys as for a redirection close it: nobody is redirected."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,e", "close", N_("back"), id="code.close", tooltip=N_("Back to the board")),
    ]

    def __init__(self, rows: tuple[BoardRow, ...], shown_code: ShownCode, *, symbols: Symbols) -> None:
        super().__init__()
        self._rows, self._code, self._symbols = rows, shown_code, symbols

    def compose(self) -> ComposeResult:
        """Who and what for, the code, what to do, keys."""
        with Vertical(id="dialog", classes="redirect"):
            label = heading(self._rows, shown(self._code.label), self._symbols)
            yield Static(label, classes="title", markup=False)
            if self._code.code:
                yield BigCode(self._code.code, symbols=self._symbols)
            else:
                words = _("The session file does not give this code: write it on the board of the room.")
                yield Static(words, classes="message", markup=False)
            yield Static(
                numbered(Content(self._symbols.plain(step)) for step in self._code.steps),
                classes="steps",
                markup=False,
            )
            yield KeyBar(symbols=self._symbols)

    def on_resize(self, event: events.Resize) -> None:
        """As large as the terminal allows."""
        for code in self.query(BigCode):
            code.limit(room_for_code(event.size.height))

    def action_close(self) -> None:
        self.dismiss()
