"""The question about an export that was deleted from the folder soon after it came."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.foundation.i18n import N_, _
from pixsession.foundation.text import shown
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.messages import FileTakenBack


class DeletedFileScreen(ModalScreen[None]):
    """Nothing is lost by a file that goes: whether it still counts is for the user to say."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,enter",
            "keep",
            N_("still counts"),
            id="deleted.keep",
            tooltip=N_("What the file told stays on the board"),
        ),
        Binding(
            "n",
            "take_back",
            N_("counts no more"),
            id="deleted.take_back",
            tooltip=N_("As if the file had never come; z on the page of files undoes it"),
        ),
        Binding(
            "q", "app.quit", N_("quit"), id="deleted.quit", show=False, tooltip=N_("Back to the command line")
        ),
    ]

    def __init__(self, name: str, *, symbols: Symbols) -> None:
        super().__init__()
        self._file = name
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        """What happened, and the two answers."""
        with Vertical(id="dialog"):
            yield Static(_("Deleted from the folder"), classes="title", markup=False)
            words = _("“{file}” was read and counts. It has just been deleted: should it still count?")
            yield Static(words.format(file=shown(self._file, 200)), classes="message", markup=False)
            yield KeyBar(symbols=self._symbols)

    def action_keep(self) -> None:
        """Leave everything as it is."""
        self.dismiss()

    def action_take_back(self) -> None:
        """The file counts no more."""
        self.post_message(FileTakenBack(self._file))
        self.dismiss()
