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
from pixsession.reports.render import blocks, folded, in_ascii
from pixsession.ui.common.page import Page
from pixsession.ui.common.paragraphs import Paragraphs
from pixsession.ui.common.scrolling import scroll_keys
from pixsession.ui.common.symbols import Symbols

_MARGIN = 3  # the padding of the page and its scrollbar


_BINDINGS: list[BindingType] = [
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
    *scroll_keys("documents"),
]


class DocumentPages(Page):
    """One page at a time; subclasses make the documents and have them shown."""

    BINDINGS: ClassVar[list[BindingType]] = _BINDINGS

    def __init__(self, heading: str, reading: str, *, symbols: Symbols) -> None:
        """`heading` stands before the title of each page, `reading` while there is none yet."""
        super().__init__(heading, symbols=symbols)
        self._subject, self._reading = heading, reading
        self.pages: tuple[Document, ...] = ()
        self.at = 0  # the place of the page that is shown

    def body(self) -> Iterable[Widget]:
        """What is said while there is nothing to show, then the page."""
        yield Static(self._reading, id="none", markup=False)
        with VerticalScroll(id="document"):
            yield Paragraphs()

    def show_pages(self, pages: Sequence[Document], otherwise: str) -> None:
        """Show these, on the page where one is reading; `otherwise` where there is none."""
        if not pages:
            self.query_one("#none", Static).update(Content(otherwise))
        title = self.pages[self.at].title if self.pages else ""
        self.pages = tuple(pages)
        titles = [page.title for page in pages]
        self.at = titles.index(title) if title in titles else 0
        self.refresh_bindings()
        self.write()

    @property
    def subject(self) -> str:
        """What stands before the title of each page."""
        return self._subject

    def write(self) -> None:
        """Write the page for the width of the screen."""
        self.set_class(not self.pages, "-none")
        if not self.pages:
            return
        page = self.pages[self.at]
        place = f"{self.at + 1}/{len(self.pages)}"  # first: the end of a title gives way
        self.heading = f"{self.subject} {place} {self.symbols.point} {page.title}"
        width = max(20, self.size.width - _MARGIN)
        said: list[Content] = []
        for block in blocks(page, width):
            lines = list(map(in_ascii, block)) if self.symbols.ascii_only else block
            said += [Content(""), *_block_content(lines, width)]
        self.query_one(Paragraphs).say(said[1:])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """No key for other pages where there is one."""
        return len(self.pages) > 1 if action == "turn" else True

    def action_turn(self, steps: int) -> None:
        self.go_to((self.at + steps) % len(self.pages))

    def go_to(self, place: int) -> None:
        """Another page, from its top."""
        self.at = place
        self.write()
        self.query_one("#document").scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#document").scroll_relative(y=lines, animate=False)


def _block_content(lines: list[str], width: int) -> Iterable[Content]:
    """The first line of several is a title; what goes on below a line of a list stands under its words."""
    title, said = (lines[:1], lines[1:]) if len(lines) > 1 else ([], lines)
    yield from (Content.styled(line, "bold $accent") for line in title)
    yield from map(Content, folded("\n".join(said), width).splitlines())
