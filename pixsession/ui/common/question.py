"""A question before something that cannot be meant by a slip of the finger."""

from __future__ import annotations

from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.foundation.i18n import N_
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.symbols import Symbols

READING_SECONDS = 0.5  # an Enter that comes sooner was typed before anybody could read


class QuestionScreen(ModalScreen[bool]):
    """Ends with True where it is meant. No letter answers: it may be the one that was pressed by mistake."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", N_("yes"), id="question.yes", tooltip=N_("Do it")),
        Binding("escape", "answer(False)", N_("no"), id="question.no", tooltip=N_("Change nothing")),
    ]

    def __init__(self, question: str, *, symbols: Symbols) -> None:
        """`question` is fit to be painted."""
        super().__init__()
        self._question, self._symbols = question, symbols
        self._read_from = float("inf")  # until it is painted

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="question"):
            yield Static(self._question, classes="title", markup=False)
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self._read_from = monotonic() + READING_SECONDS

    def action_answer(self, meant: bool) -> None:
        """What changes nothing may be answered at once."""
        if not meant or monotonic() >= self._read_from:
            self.dismiss(meant)
