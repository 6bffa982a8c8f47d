"""Documents on a screen, one at a time: pages to turn and to scroll."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pixsession.foundation.i18n import N_
from pixsession.reports.document import Document
from pixsession.reports.render import blocks, in_ascii
from pixsession.ui.common.page import Page
from pixsession.ui.common.paragraphs import Paragraphs
from pixsession.ui.common.symbols import Symbols

_MARGIN = 3  # the padding of the page and its scrollbar


class DocumentPages(Page):
    """One page at a time; subclasses make the documents and have them shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,n",
            "turn(1)",
            N_("next"),
            id="documents.next",
            key_display="→",
            tooltip=N_("The next page; after the last one, the first"),
        ),
        Binding(
            "left,p",
            "turn(-1)",
            N_("previous"),
            id="documents.previous",
            key_display="←",
            tooltip=N_("The page before"),
        ),
        Binding(
            "down,j", "scroll(1)", N_("down"), id="documents.down", show=False, tooltip=N_("Further down")
        ),
        Binding("up,k", "scroll(-1)", N_("up"), id="documents.up", show=False, tooltip=N_("Back up")),
        Binding(
            "pagedown,space",
            "scroll(15)",
            N_("page down"),
            id="documents.page_down",
            tooltip=N_("A page down"),
        ),
        Binding(
            "pageup",
            "scroll(-15)",
            N_("page up"),
            id="documents.page_up",
            show=False,
            tooltip=N_("A page up"),
        ),
    ]

    def __init__(self, heading: str, reading: str, *, symbols: Symbols) -> None:
        """`heading` stands before the title of each page, `reading` while there is none yet."""
        super().__init__(heading, symbols=symbols)
        self._subject, self._reading = heading, reading
        self._pages: tuple[Document, ...] = ()
        self._at = 0

    def body(self) -> Iterable[Widget]:
        """What is said while there is nothing to show, then the page."""
        yield Static(self._reading, id="none", markup=False)
        with VerticalScroll(id="document"):
            yield Paragraphs()

    def show_pages(self, pages: Sequence[Document], otherwise: str) -> None:
        """Show these, on the page where one is reading; `otherwise` where there is none."""
        if not pages:
            self.query_one("#none", Static).update(Content(otherwise))
        self._pages = tuple(pages)
        self._at = min(self._at, max(0, len(self._pages) - 1))
        self.write()

    def write(self) -> None:
        """Write the page for the width of the screen."""
        self.set_class(not self._pages, "-none")
        if not self._pages:
            return
        page = self._pages[self._at]
        at = f"{self._at + 1}/{len(self._pages)}"  # first: the end of a title gives way
        self.heading = f"{self._subject} {at} {self.symbols.point} {page.title}"
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
            self.write()
            self.query_one("#document").scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#document").scroll_relative(y=lines, animate=False)


def _block_content(lines: list[str]) -> Iterable[Content]:
    """The first line of several is a title."""
    if len(lines) > 1:
        yield Content.styled(lines[0], "bold $accent")
        yield from map(Content, lines[1:])
    else:
        yield from map(Content, lines)
