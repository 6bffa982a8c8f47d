"""What a teacher has seen of a student, from the short list of the session; nothing about health."""

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
from pixsession.ui.common.choice_list import ChoiceList
from pixsession.ui.common.digit_keys import digit_of
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.note import who_words
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols

_MOST_KEYS = 9


class ObservationScreen(ModalScreen[str | None]):
    """Ends with the observation chosen, by enter, a click or its number; with None when nothing is noted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("cancel"), id="observation.cancel", tooltip=N_("Note nothing")),
    ]

    def __init__(
        self, rows: tuple[BoardRow, ...], observations: tuple[str, ...], *, symbols: Symbols
    ) -> None:
        super().__init__()
        self._rows = rows
        self._observations = observations
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        """Whom it is about, the list, why nothing else stands in it, keys."""
        title = _("Observed: {who}").format(who=who_words(self._rows))
        why = _("Nothing about health: these are minors, and what is noted here is kept and printed.")
        with Vertical(id="dialog", classes="observation"):
            yield Static(title, classes="title", markup=False)
            yield ChoiceList()
            yield Static(why, classes="why", markup=False)
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        """The observations of the session, each with its number."""
        choices = self.query_one(ChoiceList)
        choices.replace(
            [
                (
                    f"{number}",
                    Content.assemble(
                        (f"{number:>2} " if number <= _MOST_KEYS else "   ", "$accent"), shown(text)
                    ),
                )
                for number, text in enumerate(self._observations, start=1)
            ]
        )
        choices.focus()

    def on_key(self, event: events.Key) -> None:
        """A number takes its line at once."""
        if digit := digit_of(event.key):
            number = int(digit)
            if 1 <= number <= len(self._observations):
                event.stop()
                self.dismiss(self._observations[number - 1])

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        message.stop()
        self.dismiss(self._observations[int(message.key) - 1])

    def action_cancel(self) -> None:
        self.dismiss(None)
