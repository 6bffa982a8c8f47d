"""The bilan of certifications on the screen: the school, its classes and sessions; it follows the folder."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

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
from pixsession.ui.results.choice import PageChoiceScreen

_Source = tuple[tuple[ResultsFile, ...], tuple[BoardRow, ...]]


class _Bilan(NamedTuple):
    """The pages of one school year, and all years there are, oldest first."""

    pages: tuple[Document, ...] = ()
    year: str = ""
    years: tuple[str, ...] = ()


class ResultsScreen(DocumentPages):
    """One page at a time: the school, its classes, its sessions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "B", "app.close_page", N_("back"), id="results.close", show=False, tooltip=N_("Back to the board")
        ),
        Binding("c", "choose", N_("class"), id="results.choose", tooltip=N_("Choose a class or a session")),
        Binding(
            "a",
            "year_before",
            N_("year"),
            id="results.year",
            tooltip=N_("The school year before; after the oldest one, the newest"),
        ),
    ]

    class Made(Message):
        """The bilan of the newest Snapshot; without pages `fault` says why."""

        def __init__(self, bilan: _Bilan, fault: str = "") -> None:
            super().__init__()
            self.bilan, self.fault = bilan, fault

    def __init__(self, *, symbols: Symbols) -> None:
        super().__init__(_("Bilan"), _("Reading the results…"), symbols=symbols)
        self._source: _Source | None = None
        self._bilan = _Bilan()
        self._year: str | None = None  # chosen; None: the newest

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
        try:
            self.post_message(self.Made(_bilan_of(snapshot, self._year)))
        except PixSessionError as error:
            self.post_message(self.Made(_Bilan(), error.message))

    def on_results_screen_made(self, message: Made) -> None:
        """Show it, on the page where one is reading."""
        self._bilan = message.bilan
        otherwise = message.fault or _("No result of a certification in this folder.")
        self.show_pages(message.bilan.pages, otherwise)

    @property
    def subject(self) -> str:
        """With the school year, where there are several."""
        return f"{super().subject} {self._bilan.year}" if self._bilan.years[1:] else super().subject

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key for what there is one of."""
        if action == "year_before":
            return len(self._bilan.years) > 1
        return super().check_action("turn" if action == "choose" else action, parameters)

    @work
    async def action_choose(self) -> None:
        """A page from the list of all."""
        titles = [page.title for page in self.pages]
        place = await self.app.push_screen_wait(PageChoiceScreen(titles, self.at, symbols=self.symbols))
        if place is not None and titles[place] in (now := [page.title for page in self.pages]):
            self.go_to(now.index(titles[place]))

    def action_year_before(self) -> None:
        """The bilan as it was a year before, beside the years before that."""
        years = self._bilan.years
        self._year = years[years.index(self._bilan.year) - 1]
        if self.snapshot is not None:
            self._make(self.snapshot)


def _bilan_of(snapshot: Snapshot, wanted: str | None) -> _Bilan:
    """The pages of the school year wanted, or of the newest; raises PixSessionError."""
    reading = reading_of(snapshot)
    review = review_of(reading.files, reading.entries, reading.rows)
    years = review.years
    if wanted in years[:-1]:
        until = years[: years.index(wanted) + 1]
        review = review_of(reading.files, reading.entries, reading.rows, years=until)
    if not review.groups:
        return _Bilan()
    first = results_sheet(review, snapshot.built_at, with_sessions=True)
    return _Bilan((first, *first.further), review.years[-1], years)
