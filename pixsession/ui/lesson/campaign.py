"""Which evaluation a lesson is about, where the folders hold several."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.domain.lesson.view import LessonView
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import campaign_words
from pixsession.ui.common.choice_list import ChoiceList
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols


class LessonCampaignScreen(ModalScreen[frozenset[str] | None]):
    """Ends with the key of one campaign, alone; with None when the user changed their mind."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("cancel"), id="lesson_campaign.cancel", tooltip=N_("Change nothing")),
    ]

    def __init__(self, lesson: LessonView, *, symbols: Symbols) -> None:
        super().__init__()
        self._lesson = lesson
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="observation"):
            yield Static(_("Campaign to follow"), classes="title", markup=False)
            yield ChoiceList()
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        """The cursor on the one that is shown."""
        lines = [
            (one.key, Content.assemble(campaign_words(one), (f"  {shown(one.code or '')}", "$board-calm")))
            for one in self._lesson.campaigns
        ]
        choices = self.query_one(ChoiceList)
        choices.replace(lines, at=self._lesson.campaign.key if self._lesson.campaign else None)
        choices.focus()

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        message.stop()
        self.dismiss(frozenset({message.key}))

    def action_cancel(self) -> None:
        self.dismiss(None)
