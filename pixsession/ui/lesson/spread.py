"""The line that says how the group is spread over the way; on a tall screen alone."""

from __future__ import annotations

from functools import partial

from textual.content import Content
from textual.reactive import reactive

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.lesson.spread import spread_of
from pixsession.domain.lesson.view import LessonView
from pixsession.domain.lesson.words import spread_words
from pixsession.foundation.i18n import _
from pixsession.ui.board.filters import Filters
from pixsession.ui.common.line import Line, cut, widest
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.lesson.filters import students_there


class LessonSpread(Line):
    """How many stand in each fifth of the way; no name."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    filters: reactive[Filters] = reactive(Filters(), repaint=False)

    def __init__(self, lesson: LessonView, *, symbols: Symbols) -> None:
        super().__init__()
        self._lesson, self._symbols = lesson, symbols

    def content_for(self, width: int) -> Content:
        """A mark for each student where there is room, else the counts alone."""
        if self.snapshot is None:
            return Content("")
        bands = spread_of(students_there(self.snapshot, self._lesson, self.filters.places))
        if not any(band.students for band in bands):
            return Content("")
        mark = "#" if self._symbols.ascii_only else "█"
        words = (spread_words(bands, sign, f" {self._symbols.point} ") for sign in (mark, ""))
        head = Content.styled(f" {_('spread')}  ", "$board-calm")
        return cut(widest([partial(head.append, text) for text in words], width), width, self._symbols.cut)

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """The group has gone on."""
        self._lesson = (snapshot and snapshot.lesson) or self._lesson
        self.rewrite()

    def watch_filters(self) -> None:
        self.rewrite()
