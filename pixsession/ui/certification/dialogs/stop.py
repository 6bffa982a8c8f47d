"""Why a test is given up, in the words that Pix Certif asks for when the session is finalised."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import StopReason
from pixsession.domain.certification.words import stop_reason_words
from pixsession.foundation.i18n import N_, _
from pixsession.ui.common.choice_list import ChoiceList
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.note import who_words
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols

_LATER = "later"


class StopScreen(ModalScreen[str | None]):
    """Ends with the code of the reason; with an empty one where it is said later; with None for no stop."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("cancel"), id="stop.cancel", tooltip=N_("Change nothing")),
    ]

    def __init__(self, rows: tuple[BoardRow, ...], *, symbols: Symbols) -> None:
        super().__init__()
        self._rows, self._symbols = rows, symbols

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="pause"):
            words = _("Stop of the test: {who}").format(who=who_words(self._rows))
            yield Static(words, classes="title", markup=False)
            yield ChoiceList()
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        """The reasons, and the keys to them."""
        choices = self.query_one(ChoiceList)
        reasons = [(reason.value, Content(stop_reason_words(reason.value))) for reason in StopReason]
        choices.replace([*reasons, (_LATER, Content(_("say why later")))])
        choices.styles.height = len(reasons) + 1
        choices.focus()

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        message.stop()
        self.dismiss("" if message.key == _LATER else message.key)

    def action_cancel(self) -> None:
        self.dismiss(None)
