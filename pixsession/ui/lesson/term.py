"""The year of the classes of a lesson: the lessons side by side, the council, the campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.lesson.calendar import calendar_of
from pixsession.domain.lesson.term import objective_of_class, of_newest_year
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.lesson.calendar import kept_campaigns
from pixsession.engine.lesson.term import kept_lessons
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import N_, _
from pixsession.reports.document import Document
from pixsession.reports.lesson.calendar import calendar_document
from pixsession.reports.lesson.council import council_pages
from pixsession.reports.lesson.progress import term_progress
from pixsession.reports.lesson.term import term_of
from pixsession.ui.common.documents import DocumentPages
from pixsession.ui.common.symbols import Symbols


class TermScreen(DocumentPages):
    """The lessons kept of the classes on the board, as they stood when the page was opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "Y", "app.close_page", N_("back"), id="term.close", show=False, tooltip=N_("Back to the board")
        ),
    ]

    class Made(Message):
        """The pages so far; none where nothing is kept, `fault` says why."""

        def __init__(self, pages: tuple[Document, ...], fault: str = "") -> None:
            super().__init__()
            self.pages, self.fault = pages, fault

    def __init__(self, rule: Rule, state_folder: Path, *, symbols: Symbols) -> None:
        super().__init__(_("Year"), _("Reading the lessons…"), symbols=symbols)
        self._rule, self._state_folder = rule, state_folder
        self._is_asked = False

    def show(self) -> None:
        """Read once what is kept: a lesson that goes on is on the board."""
        if self._is_asked:
            self.write()
        elif self.snapshot is not None:
            self._is_asked = True
            self._make(self.snapshot)

    @work(thread=True, exclusive=True)
    def _make(self, snapshot: Snapshot) -> None:
        classes = {row.place for row in snapshot.rows if row.place}
        pages: list[Document] = []
        try:
            for page in _pages(self._state_folder, frozenset(classes), self._rule, snapshot.built_at):
                pages.append(page)
                self.post_message(self.Made(tuple(pages)))
        except PixSessionError as error:
            self.post_message(self.Made(tuple(pages), error.message))

    def on_term_screen_made(self, message: Made) -> None:
        self.show_pages(message.pages, message.fault)


def _pages(state_folder: Path, classes: frozenset[str], rule: Rule, now: datetime) -> Iterator[Document]:
    lessons = of_newest_year(kept_lessons(state_folder))
    term = term_of(lessons, classes, rule, objective_of_class)
    yield term_progress(term, now)
    council = council_pages(term, now)
    yield from (council, *council.further)
    yield calendar_document(calendar_of(kept_campaigns(state_folder), classes), now)
