"""A page with a list and, under it, what there is to know of the line under the cursor."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from pixsession.ui.common.page import Page
from pixsession.ui.common.plain_list import PlainList

_MARGINS = 3  # as the style sheet has them: one cell on each side, and the scrollbar


class ListDetailPage(Page):
    """Subclasses fill the list in `show` and write the details of a line in `show_detail`."""

    def body(self) -> Iterable[Widget]:
        """A line of counts, what is said when there is nothing to list, the list, the details."""
        yield Static(id="counts", markup=False)
        yield Static(id="notices", markup=False)
        yield Static(id="none", markup=False)
        yield PlainList()
        with VerticalScroll(id="details", can_focus=False):
            yield Static(id="detail", markup=False)

    def on_screen_resume(self) -> None:
        """The list has the keys."""
        self.plain_list.focus()

    @property
    def plain_list(self) -> PlainList:
        """The list of this page."""
        return self.query_one(PlainList)

    @property
    def text_width(self) -> int:
        """Cells for the text of a line, in the list and under it."""
        return self.size.width - _MARGINS

    def on_plain_list_reached(self) -> None:
        """The details follow the cursor."""
        self.show_detail()

    @abstractmethod
    def show_detail(self) -> None:
        """Write the details of the line under the cursor."""
