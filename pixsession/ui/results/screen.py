"""The bilan of certifications on the screen: the school first, then each class; it follows the folder."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.results.certification import ResultsFile
from pixsession.engine.results.reading import reading_of
from pixsession.engine.results.review import review_of
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import N_, _
from pixsession.reports.document import Document
from pixsession.reports.results.sheet import results_sheet
from pixsession.ui.common.documents import DocumentPages
from pixsession.ui.common.symbols import Symbols

_Source = tuple[tuple[ResultsFile, ...], tuple[BoardRow, ...]]


class ResultsScreen(DocumentPages):
    """One page at a time: the school, then its classes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "B", "app.close_page", N_("back"), id="results.close", show=False, tooltip=N_("Back to the board")
        ),
    ]

    class Made(Message):
        """The bilan of the newest Snapshot; None where there is nothing to say, `fault` says why."""

        def __init__(self, document: Document | None, fault: str = "") -> None:
            super().__init__()
            self.document, self.fault = document, fault

    def __init__(self, *, symbols: Symbols) -> None:
        super().__init__(_("Bilan"), _("Reading the results…"), symbols=symbols)
        self._source: _Source | None = None

    def show(self) -> None:
        """Make the bilan anew where results or students have changed; else write it for another width."""
        if self.snapshot is None:
            return
        source = self.snapshot.results, self.snapshot.rows
        if source != self._source:
            self._source = source
            self._make(self.snapshot)
        else:
            self.write()

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
        none = message.fault or _("No result of a certification in this folder.")
        self.show_pages((document, *document.further) if document else (), none)
