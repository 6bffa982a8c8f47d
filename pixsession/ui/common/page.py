"""What every screen over the board has: how fresh the board is on top, the keys below, escape to go back."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import N_
from pixsession.ui.common.freshness import NOT_YET, FeedStatus, Freshness
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.common.title_line import TitleLine


class Page(Screen[None]):
    """A screen with one subject; subclasses give its title and its body."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.close_page", N_("back"), id="page.back", tooltip=N_("Back to the board")),
    ]

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    freshness: reactive[Freshness] = reactive(Freshness(FeedStatus.READING, ""), repaint=False)
    moment: reactive[datetime] = reactive(NOT_YET, repaint=False)

    heading: reactive[str] = reactive("", repaint=False)

    def __init__(self, heading: str, *, symbols: Symbols) -> None:
        super().__init__()
        self.set_reactive(Page.heading, heading)
        self.symbols = symbols

    def compose(self) -> ComposeResult:
        yield TitleLine(symbols=self.symbols).data_bind(Page.heading, Page.freshness, Page.moment)
        yield from self.body()
        spare = (
            "app.matches", "app.heatmap", "app.menu", "app.changes", "app.files", "documents.page_down",
        )  # fmt: skip
        yield KeyBar(spare=spare, symbols=self.symbols)

    # Textual's metaclass is not that of ABC, and only a private name of Textual would join the two:
    # that no page lacks this is what mypy checks, and not the interpreter.
    @abstractmethod
    def body(self) -> Iterable[Widget]:
        """The widgets between the title and the keys."""

    def show(self) -> None:
        """Bring the body up to the Snapshot; called when there is one, and for each newer one."""

    def on_mount(self) -> None:
        self._show_if_known()

    def on_resize(self) -> None:
        """Another width, other line breaks."""
        self._show_if_known()

    def watch_snapshot(self) -> None:
        self._show_if_known()

    def _show_if_known(self) -> None:
        if self.is_mounted and self.snapshot is not None:
            self.show()
