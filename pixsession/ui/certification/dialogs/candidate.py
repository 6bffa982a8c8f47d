"""Somebody who is called on the day: one of the other students of the exports, or a name that none shows."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import state_symbol, state_word
from pixsession.domain.people.students import name_key
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.common.choice_list import ChoiceList
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.note import NoteInput
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import STATE_COLOURS, Symbols

_LONGEST_NAME = 120
_TYPED = "typed"  # the key of the line that takes the name as it was typed


class Candidate(NamedTuple):
    """`student` of the exports; None: `named`, whom they do not show."""

    student: int | None
    named: str = ""


class CandidateScreen(ModalScreen[Candidate | None]):
    """The others as far as the letters typed go; enter goes to them, and calls the one chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "back", N_("back"), id="candidate.back", tooltip=N_("Back to the name, or to the board")
        ),
        Binding("down", "to_list", N_("down"), id="candidate.down", show=False, tooltip=N_("To the names")),
    ]

    def __init__(self, others: tuple[BoardRow, ...], *, symbols: Symbols) -> None:
        super().__init__()
        self._others = sorted(others, key=lambda row: (name_key(row.last_name), name_key(row.first_name)))
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        """How many others there are, the name, those who have it, keys."""
        count = len(self._others)
        words = ngettext(
            "{n} other student of the exports, not called",
            "{n} other students of the exports, not called",
            count,
        )
        with Vertical(id="dialog", classes="candidate"):
            yield Static(words.format(n=count), classes="title", markup=False)
            yield NoteInput(
                compact=True, placeholder=_("LAST NAME First name, and (class)"), max_length=_LONGEST_NAME
            )
            yield ChoiceList()
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        self._show("")
        self.query_one(NoteInput).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the names: nobody is called by the key that ends a search."""
        event.stop()
        self.action_to_list()

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        message.stop()
        if message.key == _TYPED:
            self.dismiss(Candidate(None, self.query_one(NoteInput).value.strip()))
        else:
            self.dismiss(Candidate(int(message.key)))

    def action_to_list(self) -> None:
        if self.query_one(ChoiceList).keys:
            self.query_one(ChoiceList).focus()

    def action_back(self) -> None:
        """From the names to the line, from the line to the board."""
        if self.query_one(NoteInput).has_focus:
            self.dismiss(None)
        else:
            self.query_one(NoteInput).focus()

    def _show(self, typed: str) -> None:
        wanted = name_key(typed.partition("(")[0]).split()
        found = [row for row in self._others if all(word in name_key(row.shown_name) for word in wanted)]
        lines = [(str(row.student_id), self._line(row)) for row in found]
        if typed.strip():
            words = _("call {name}, whom no export shows").format(name=shown(typed.strip()))
            lines.append((_TYPED, Content.styled(f"+ {words}", "bold")))
        self.query_one(ChoiceList).replace(lines)

    def _line(self, row: BoardRow) -> Content:
        state = row.eligibility
        sign = state_symbol(state, ascii_only=self._symbols.ascii_only)
        name = f"{row.shown_name}  {row.shown_place}".ljust(40)
        return Content.assemble(name, " ", (f"{sign} {state_word(state)}", STATE_COLOURS[state]))
