"""Which objective stands in a column of the board, and whether those who reached it are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.lesson.aim_words import aim_name
from pixsession.domain.lesson.aims import Aim, aim_counts
from pixsession.domain.lesson.objectives import Objective
from pixsession.domain.lesson.words import objective_words
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.ui.common.choice_list import ChoiceList
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.line import cut
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols


class AimChosen(NamedTuple):
    """What the board goes by from now on; `aim` None: what is its own."""

    aim: Aim | None


class ObjectiveScreen(ModalScreen[AimChosen | None]):
    """Ends with None when the user changed their mind."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("cancel"), id="objective.cancel", tooltip=N_("Change nothing")),
    ]

    def __init__(
        self,
        rows: Sequence[BoardRow],
        objectives: Sequence[Objective],
        now: Aim | None,
        *,
        symbols: Symbols,
    ) -> None:
        """`rows`: those that are counted; `now`: what was chosen last."""
        super().__init__()
        self._rows, self._now, self._symbols = tuple(rows), now, symbols
        aims = (*(Aim(one) for one in objectives), Aim(None))
        self._choices = (None, *(one for aim in aims for one in (aim, aim._replace(only_short=True))))

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="objectives"):
            yield Static(_("Objective to show in a column"), classes="title", markup=False)
            yield ChoiceList()
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        """The cursor on what is shown."""
        choices = self.query_one(ChoiceList)
        at = self._choices.index(self._now) if self._now in self._choices else 0
        choices.replace(list(self._lines()), at=str(at))
        choices.focus()

    def _lines(self) -> Iterator[tuple[str, Content]]:
        for number, aim in enumerate(self._choices):
            yield str(number), self._line(aim)

    def _line(self, aim: Aim | None) -> Content:
        if aim is None:
            return Content(_("none, everybody"))
        counts = aim_counts(self._rows, aim)
        if aim.only_short:
            words = _("only those who have not reached it ({n})")
            if counts.unknown:
                words = _("only those who have not reached it, or may not have ({n})")
            return Content(f"   {words.format(n=counts.known - counts.reached + counts.unknown)}")
        words = _("{reached} of {known} reached")
        told = words.format(reached=counts.reached, known=counts.known) if counts.known else ""
        if counts.unknown:
            unknown = ngettext("unknown of {n}", "unknown of {n}", counts.unknown).format(n=counts.unknown)
            told = ", ".join(filter(None, (told, unknown)))
        asked = objective_words(aim.objective) if aim.objective else ""
        line = Content.assemble(
            (aim_name(aim), "bold"), f" {self._symbols.point} {told}", (f"  {asked}", "$board-calm")
        )
        return cut(line, min(76, max(20, self.app.size.width * 9 // 10 - 8)), self._symbols.cut)

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        message.stop()
        self.dismiss(AimChosen(self._choices[int(message.key)]))

    def action_cancel(self) -> None:
        self.dismiss(None)
