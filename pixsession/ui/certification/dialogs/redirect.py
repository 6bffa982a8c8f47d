"""Sending somebody to remediation: the code for the whole room to read, and what to do in three lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import gap_words
from pixsession.domain.certification.session import Remediation
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.common.big_code import BigCode
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.symbols import Symbols

_OTHER_LINES, _TIGHT_LINES = 11, 8  # of the dialog without the code, with blank lines and without
_SHORT = 20  # lines of a terminal under which there are no blank ones
_NAMED_AT_MOST = 4


class RedirectScreen(ModalScreen[bool]):
    """Ends with True when the students are redirected now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "redirect", N_("redirect now"), id="redirect.confirm", tooltip=N_("Redirected, from now")
        ),
        Binding("escape", "cancel", N_("cancel"), id="redirect.cancel", tooltip=N_("Change nothing")),
    ]

    def __init__(self, rows: tuple[BoardRow, ...], remediation: Remediation, *, symbols: Symbols) -> None:
        super().__init__()
        self._rows = rows
        self._remediation = remediation
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        """Who and where to, the code, what to do, keys."""
        code = self._remediation.code
        with Vertical(id="dialog", classes="redirect"):
            label = heading(self._rows, shown(self._remediation.label), self._symbols)
            yield Static(label, classes="title", markup=False)
            if code:
                yield BigCode(code, symbols=self._symbols)
            else:
                yield Static(
                    _("The session file gives no code of remediation: write it on the board of the room."),
                    classes="message",
                    markup=False,
                )
            yield Static(steps(self._rows, self._remediation, self._symbols), classes="steps", markup=False)
            yield KeyBar(symbols=self._symbols)

    def on_resize(self, event: events.Resize) -> None:
        """As large as the terminal allows."""
        tight = event.size.height < _SHORT
        self.set_class(tight, "-tight")
        for code in self.query(BigCode):
            code.limit(room_for_code(event.size.height))

    def action_redirect(self) -> None:
        self.dismiss(True)

    def action_cancel(self) -> None:
        self.dismiss(False)


def room_for_code(height: int) -> int:
    """The lines of a dialog that are left for its code on a screen of so many."""
    return max(1, height * 9 // 10 - (_TIGHT_LINES if height < _SHORT else _OTHER_LINES))


def heading(rows: tuple[BoardRow, ...], label: str, symbols: Symbols) -> Content:
    """Who, and what it is about; `label` is fit to be painted."""
    names = [row.shown_name for row in rows[:_NAMED_AT_MOST]]
    if (more := len(rows) - _NAMED_AT_MOST) > 0:
        names.append(ngettext("and {n} other", "and {n} others", more).format(n=more))
    arrow = "->" if symbols.ascii_only else "→"
    return Content.assemble((", ".join(names), "bold"), f" {arrow} {label}")


def steps(rows: tuple[BoardRow, ...], remediation: Remediation, symbols: Symbols) -> Content:
    """What to do, in three numbered lines that a student can follow; the last one is the one that counts."""
    work = _("Finish the course.")
    if len(rows) == 1 and rows[0].verdict.nearest:
        # The campaign need not hold these competences: they are always there in Pix, beside it.
        gaps = ", ".join(gap_words(gap, with_name=True) for gap in rows[0].verdict.nearest[:2])
        work = _("Finish the course. Otherwise, under Competences: {gaps}.").format(gaps=gaps)
    send = _("Send your profile again.")
    if remediation.collection_code:
        send = _("Send your profile again: campaign {code}.").format(code=shown(remediation.collection_code))
    join = _("app.pix.fr → “J’ai un code” → this code.")
    return numbered((Content(symbols.plain(join)), Content(work), Content.styled(send, "bold")))


def numbered(lines: Iterable[Content]) -> Content:
    """One line each, from "1." on."""
    return Content("\n").join(
        [
            Content.assemble((f"{number}. ", "bold $accent"), line)
            for number, line in enumerate(lines, start=1)
        ]
    )
