"""Asked once before the board is closed while tests run: `q` is the neighbour of `a` on many keyboards."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.symbols import Symbols


class LeavingScreen(ModalScreen[bool]):
    """Ends with True when the board is to be closed. The key that asked does not answer: it may be a slip."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,o,y", "leave", N_("quit"), id="leaving.quit", tooltip=N_("Back to the command line")),
        Binding("escape,n", "stay", N_("stay"), id="leaving.stay", tooltip=N_("Back to the board")),
    ]

    def __init__(self, tests: int, *, symbols: Symbols) -> None:
        """`tests`: how many are running."""
        super().__init__()
        self._tests = tests
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        """The question, what happens to what was done, keys."""
        question = ngettext(
            "{n} test is running: quit all the same?",
            "{n} tests are running: quit all the same?",
            self._tests,
        )
        with Vertical(id="dialog"):
            yield Static(question.format(n=self._tests), classes="title", markup=False)
            yield Static(
                _("The tests go on, and nothing that was written down is lost."), classes="calm", markup=False
            )
            yield KeyBar(symbols=self._symbols)

    def action_leave(self) -> None:
        self.dismiss(True)

    def action_stay(self) -> None:
        self.dismiss(False)


def leave(app: App[str], tests: int, *, symbols: Symbols) -> None:
    """Close the app; while so many tests run only after a question, and it is asked once."""
    if not tests or any(isinstance(screen, LeavingScreen) for screen in app.screen_stack):
        app.exit()
        return

    def answered(wanted: bool | None) -> None:
        if wanted:
            app.exit()

    app.push_screen(LeavingScreen(tests, symbols=symbols), answered)
