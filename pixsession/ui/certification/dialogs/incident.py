"""An incident, by the code that Pix gives it, and what remains to be done about it in Pix's own screens."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.incidents import CODES, is_live
from pixsession.domain.certification.words import incident_reminder, incident_words
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.text import shown
from pixsession.ui.common.choice_list import ChoiceList
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.note import LONGEST, NoteInput, who_words
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols

_HANDLED = "handled "  # before a code, in the key of a line


class Reported(NamedTuple):
    """What was chosen, and what was added to it."""

    code: str
    text: str
    is_handled: bool = False  # the open incident with this code is handled; else it is a new one


class IncidentScreen(ModalScreen[Reported | None]):
    """First the code, then a note that may stay empty; the reminder stands under both."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right",
            "by_whom",
            N_("by whom"),
            id="incident.by_whom",
            key_display="→",
            priority=True,  # a list scrolls by it
            tooltip=N_("Say who handled it: it stands on the sheet"),
        ),
        Binding("escape", "back", N_("back"), id="incident.back", tooltip=N_("One step back")),
    ]

    def __init__(
        self, rows: tuple[BoardRow, ...], *, symbols: Symbols, begun: bool, open_codes: tuple[str, ...] = ()
    ) -> None:
        """`begun`: a test has started, so that the codes of questions come first.

        `open_codes`: of the incidents that wait to be handled; enter alone says that they are.
        """
        super().__init__()
        self._open_codes = open_codes
        self._rows = rows
        self._symbols = symbols
        self._typed = ""
        self._codes = tuple(sorted(CODES, key=lambda code: is_live(code) is not begun))

    def compose(self) -> ComposeResult:
        """Whom it is about, the codes, the reminder, the note, keys."""
        with Vertical(id="dialog", classes="incident"):
            yield Static(
                _("Incident: {who}").format(who=who_words(self._rows)), classes="title", markup=False
            )
            yield ChoiceList()
            yield Static(id="reminder", markup=False)
            yield NoteInput(compact=True, max_length=LONGEST, disabled=True)
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        """The codes, and the keys to them."""
        codes = self.query_one(ChoiceList)
        opened = [(f"{_HANDLED}{code}", _handled_line(code)) for code in self._open_codes]
        codes.replace([*opened, *((code, _line(code)) for code in self._codes)])
        codes.focus()

    def on_key(self, event: events.Key) -> None:
        """A code that is typed ("C6", "E10") is gone to, letter by letter; another letter begins anew."""
        letter = (event.character or "").upper()
        if not self.query_one(NoteInput).disabled or not letter:
            return
        for typed in (self._typed + letter, letter):
            if code := min((one for one in CODES if one.startswith(typed)), key=len, default=""):
                event.stop()
                self._typed = typed
                self.query_one(ChoiceList).go_to(code)
                return

    def on_plain_list_reached(self) -> None:
        """What to do about this one."""
        code = self.query_one(ChoiceList).key or ""
        words = f"{self._symbols.warning} {incident_reminder(code)}" if code in CODES else ""
        self.query_one("#reminder", Static).update(words)
        self.refresh_bindings()

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        message.stop()
        if message.key.startswith(_HANDLED):
            self.dismiss(Reported(message.key.removeprefix(_HANDLED), "", is_handled=True))
            return
        words = _("{code}: a note, or enter alone to write it down").format(code=message.key)
        self.query_one(NoteInput).ask(words)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Only what is handled has somebody who handled it."""
        if action != "by_whom" or not self.is_mounted:
            return True
        is_handled = (self.query_one(ChoiceList).key or "").startswith(_HANDLED)
        return is_handled and self.query_one(NoteInput).disabled

    def action_by_whom(self) -> None:
        code = (self.query_one(ChoiceList).key or "").removeprefix(_HANDLED)
        self.query_one(NoteInput).ask(_("{code} is handled: by whom").format(code=shown(code, 12)))
        self.refresh_bindings()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        key, text = self.query_one(ChoiceList).key or "", event.value.strip()
        code = key.removeprefix(_HANDLED)
        self.dismiss(Reported(code, text, is_handled=key != code) if code else None)

    def action_back(self) -> None:
        """From the note to the codes, from the codes to the board."""
        note = self.query_one(NoteInput)
        if note.disabled:
            self.dismiss(None)
            return
        self.query_one(ChoiceList).focus()
        note.leave()
        self.refresh_bindings()


def _handled_line(code: str) -> Content:
    return Content.styled(_("{code} is handled").format(code=shown(code, 12)), "bold $state-eligible")


def _line(code: str) -> Content:
    colour = "bold $state-to-check" if is_live(code) else "bold $state-not-sent"
    label = incident_words(code).removeprefix(code).strip()
    return Content.assemble((code.ljust(4), colour), label)
