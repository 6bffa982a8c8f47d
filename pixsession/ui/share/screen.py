"""The posts that share this session, a line each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from pixsession.foundation.i18n import N_, _
from pixsession.ui.common.page import Page
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.share.lines import post_lines


class PostsScreen(Page):
    """Who is there: the posts of a shared session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "W", "app.close_page", N_("back"), id="posts.close", show=False, tooltip=N_("Back to the board")
        ),
    ]

    def __init__(self, *, symbols: Symbols) -> None:
        super().__init__(_("Posts"), symbols=symbols)

    def body(self) -> Iterable[Widget]:
        """The list, or the reason why it is empty."""
        yield Static(_("This session is not shared: no other computer holds it."), id="none", markup=False)
        yield PlainList()

    def on_screen_resume(self) -> None:
        """The list has the keys."""
        self.query_one(PlainList).focus()

    def show(self) -> None:
        view = self.snapshot.share if self.snapshot else None
        self.set_class(view is None, "-none")
        self.query_one(PlainList).replace(post_lines(view, self.moment, self.symbols) if view else [])
