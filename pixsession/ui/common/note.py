"""A free note, in one line."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from pixsession.domain.board.snapshot import BoardRow
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.symbols import Symbols

LONGEST = 300


class NoteInput(Input):
    """Textual's line of text, its enter told on the line of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("write down"), id="note.keep", tooltip=N_("Write it down")),
    ]

    def ask(self, words: str) -> None:
        """Have it typed in, after a line of the same dialog was chosen; `words` stand there until then."""
        self.placeholder, self.disabled = words, False
        self.focus()

    def leave(self) -> None:
        """Nothing is typed in any more."""
        self.placeholder, self.disabled = "", True


class NoteScreen(ModalScreen[str | None]):
    """Ends with the text; with None when there is nothing to write down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("cancel"), id="note.cancel", tooltip=N_("Change nothing")),
    ]

    def __init__(self, rows: tuple[BoardRow, ...], *, symbols: Symbols) -> None:
        super().__init__()
        self._rows = rows
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        """Whom it is about, the line, keys."""
        with Vertical(id="dialog", classes="note"):
            yield Static(_("Note: {who}").format(who=who_words(self._rows)), classes="title", markup=False)
            yield NoteInput(
                compact=True, placeholder=_("what the hand-over sheet should tell"), max_length=LONGEST
            )
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        self.query_one(NoteInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter; an empty note is none."""
        event.stop()
        self.dismiss(event.value.strip() or None)

    def action_cancel(self) -> None:
        self.dismiss(None)


def who_words(rows: tuple[BoardRow, ...]) -> str:
    """One name, or how many students."""
    if len(rows) == 1:
        return rows[0].shown_name
    return ngettext("{n} student", "{n} students", len(rows)).format(n=len(rows))
