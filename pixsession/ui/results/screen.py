"""The bilan of certifications on the screen: the school first, then each class; it follows the folder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.results.certification import ResultsFile
from pixsession.engine.results.reading import reading_of
from pixsession.engine.results.review import review_of
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import N_, _
from pixsession.reports.document import Document
from pixsession.reports.render import blocks, in_ascii
from pixsession.reports.results.sheet import results_sheet
from pixsession.ui.common.page import Page
from pixsession.ui.common.paragraphs import Paragraphs
from pixsession.ui.common.symbols import Symbols

_MARGIN = 3  # the padding of the page and its scrollbar
_Source = tuple[tuple[ResultsFile, ...], tuple[BoardRow, ...]]


class ResultsScreen(Page):
    """One page at a time: the school, then its classes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "B", "app.close_page", N_("back"), id="results.close", show=False, tooltip=N_("Back to the board")
        ),
        Binding(
            "right,n",
            "turn(1)",
            N_("next"),
            id="results.next",
            key_display="→",
            tooltip=N_("The next class; after the last one, the school"),
        ),
        Binding(
            "left,p",
            "turn(-1)",
            N_("previous"),
            id="results.previous",
            key_display="←",
            tooltip=N_("The class before"),
        ),
        Binding("down,j", "scroll(1)", N_("down"), id="results.down", show=False, tooltip=N_("Further down")),
        Binding("up,k", "scroll(-1)", N_("up"), id="results.up", show=False, tooltip=N_("Back up")),
        Binding(
            "pagedown,space", "scroll(15)", N_("page down"), id="results.page_down", tooltip=N_("A page down")
        ),
        Binding(
            "pageup", "scroll(-15)", N_("page up"), id="results.page_up", show=False, tooltip=N_("A page up")
        ),
    ]

    class Made(Message):
        """The bilan of the newest Snapshot; None where there is nothing to say, `fault` says why."""

        def __init__(self, document: Document | None, fault: str = "") -> None:
            super().__init__()
            self.document, self.fault = document, fault

    def __init__(self, *, symbols: Symbols) -> None:
        super().__init__(_("Bilan"), symbols=symbols)
        self._source: _Source | None = None
        self._pages: tuple[Document, ...] = ()
        self._at = 0

    def body(self) -> Iterable[Widget]:
        """What is said while there is nothing to show, then the page."""
        yield Static(_("Reading the results…"), id="none", markup=False)
        with VerticalScroll(id="bilan"):
            yield Paragraphs()

    def show(self) -> None:
        """Make the bilan anew where results or students have changed; else write it for another width."""
        if self.snapshot is None:
            return
        source = self.snapshot.results, self.snapshot.rows
        if source != self._source:
            self._source = source
            self._make(self.snapshot)
        else:
            self._write()

    @work(thread=True, exclusive=True)
    def _make(self, snapshot: Snapshot) -> None:
        reading = reading_of(snapshot)
        try:
            review = review_of(reading.files, reading.entries, reading.rows)
            document = results_sheet(review, snapshot.built_at) if review.groups else None
        except PixSessionError as error:
            self.post_message(self.Made(None, error.message))
            return
        self.post_message(self.Made(document))

    def on_results_screen_made(self, message: Made) -> None:
        """Show it, on the page where one is reading."""
        document = message.document
        if document is None:
            none = message.fault or _("No result of a certification in this folder.")
            self.query_one("#none", Static).update(Content(none))
        self._pages = (document, *document.further) if document else ()
        self._at = min(self._at, max(0, len(self._pages) - 1))
        self._write()

    def _write(self) -> None:
        self.set_class(not self._pages, "-none")
        if not self._pages:
            return
        page = self._pages[self._at]
        self.heading = f"{_('Bilan')} {self.symbols.point} {page.title} ({self._at + 1}/{len(self._pages)})"
        width = max(20, self.size.width - _MARGIN)
        said: list[Content] = []
        for block in blocks(page, width):
            lines = list(map(in_ascii, block)) if self.symbols.ascii_only else block
            said += [Content(""), *_block_content(lines)]
        self.query_one(Paragraphs).say(said[1:])

    def action_turn(self, steps: int) -> None:
        """Another page, from its top."""
        if self._pages:
            self._at = (self._at + steps) % len(self._pages)
            self._write()
            self.query_one("#bilan").scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#bilan").scroll_relative(y=lines, animate=False)


def _block_content(lines: list[str]) -> Iterable[Content]:
    """The first line of several is a title."""
    if len(lines) > 1:
        yield Content.styled(lines[0], "bold $accent")
        yield from map(Content, lines[1:])
    else:
        yield from map(Content, lines)
