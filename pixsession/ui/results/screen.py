"""The bilan of certifications on the screen: the school, its classes and sessions; it follows the folder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

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
from pixsession.ui.results.choice import PageChoiceScreen

_MARGIN = 3  # the padding of the page and its scrollbar
_Source = tuple[tuple[ResultsFile, ...], tuple[BoardRow, ...]]


class _Bilan(NamedTuple):
    """The pages of one school year, and all years there are, oldest first."""

    pages: tuple[Document, ...] = ()
    year: str = ""
    years: tuple[str, ...] = ()


class ResultsScreen(Page):
    """One page at a time: the school, its classes, its sessions."""

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
        Binding("c", "choose", N_("class"), id="results.choose", tooltip=N_("Choose a class or a session")),
        Binding(
            "a",
            "year_before",
            N_("year"),
            id="results.year",
            tooltip=N_("The school year before; after the oldest one, the newest"),
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
        """The bilan of the newest Snapshot; without pages `fault` says why."""

        def __init__(self, bilan: _Bilan, fault: str = "") -> None:
            super().__init__()
            self.bilan, self.fault = bilan, fault

    def __init__(self, *, symbols: Symbols) -> None:
        super().__init__(_("Bilan"), symbols=symbols)
        self._source: _Source | None = None
        self._bilan = _Bilan()
        self._year: str | None = None  # chosen; None: the newest
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
        try:
            self.post_message(self.Made(_bilan_of(snapshot, self._year)))
        except PixSessionError as error:
            self.post_message(self.Made(_Bilan(), error.message))

    def on_results_screen_made(self, message: Made) -> None:
        """Show it, on the page where one is reading."""
        title = self._title
        self._bilan = message.bilan
        if not message.bilan.pages:
            none = message.fault or _("No result of a certification in this folder.")
            self.query_one("#none", Static).update(Content(none))
        titles = [page.title for page in message.bilan.pages]
        self._at = titles.index(title) if title in titles else 0
        self.refresh_bindings()
        self._write()

    @property
    def _title(self) -> str:
        return self._bilan.pages[self._at].title if self._bilan.pages else ""

    def _write(self) -> None:
        pages = self._bilan.pages
        self.set_class(not pages, "-none")
        if not pages:
            return
        page, year = pages[self._at], f" {self._bilan.year}" if self._bilan.years[1:] else ""
        at = f"{self._at + 1}/{len(pages)}"  # first: the end of a title gives way
        self.heading = f"{_('Bilan')}{year} {at} {self.symbols.point} {page.title}"
        width = max(20, self.size.width - _MARGIN)
        said: list[Content] = []
        for block in blocks(page, width):
            lines = list(map(in_ascii, block)) if self.symbols.ascii_only else block
            said += [Content(""), *_block_content(lines)]
        self.query_one(Paragraphs).say(said[1:])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """No key for what there is one of."""
        if action == "year_before":
            return len(self._bilan.years) > 1
        return len(self._bilan.pages) > 1 if action in {"turn", "choose"} else True

    def action_turn(self, steps: int) -> None:
        self._go_to((self._at + steps) % len(self._bilan.pages))

    @work
    async def action_choose(self) -> None:
        """A page from the list of all."""
        titles = [page.title for page in self._bilan.pages]
        place = await self.app.push_screen_wait(PageChoiceScreen(titles, self._at, symbols=self.symbols))
        if place is not None and titles[place] in (now := [page.title for page in self._bilan.pages]):
            self._go_to(now.index(titles[place]))

    def _go_to(self, place: int) -> None:
        """Another page, from its top."""
        self._at = place
        self._write()
        self.query_one("#bilan").scroll_home(animate=False)

    def action_year_before(self) -> None:
        """The bilan as it was a year before, beside the years before that."""
        years = self._bilan.years
        self._year = years[years.index(self._bilan.year) - 1]
        if self.snapshot is not None:
            self._make(self.snapshot)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#bilan").scroll_relative(y=lines, animate=False)


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


def _block_content(lines: list[str]) -> Iterable[Content]:
    """The first line of several is a title."""
    if len(lines) > 1:
        yield Content.styled(lines[0], "bold $accent")
        yield from map(Content, lines[1:])
    else:
        yield from map(Content, lines)
