"""Which page of the bilan to see: the school, a class, a session, students and files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.foundation.i18n import N_, _
from pixsession.ui.common.choice_list import ChoiceList
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols


class PageChoiceScreen(ModalScreen[int | None]):
    """Ends with the place of the page, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("cancel"), id="results.stay", tooltip=N_("Stay on this page")),
    ]

    def __init__(self, titles: Sequence[str], at: int, *, symbols: Symbols) -> None:
        super().__init__()
        self._titles, self._at = tuple(titles), at
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="results"):
            yield Static(_("Page of the bilan"), classes="title", markup=False)
            yield ChoiceList()
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        """The titles, the cursor on the page that is read."""
        choices = self.query_one(ChoiceList)
        lines = [(str(place), Content(title)) for place, title in enumerate(self._titles)]
        choices.replace(lines, at=str(self._at))
        choices.focus()

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        message.stop()
        self.dismiss(int(message.key))

    def action_cancel(self) -> None:
        self.dismiss(None)
