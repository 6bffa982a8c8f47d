"""The first line of every screen: what it shows, how old that is, and the time."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content
from textual.reactive import reactive

from pixsession.foundation.room_time import hour_words
from pixsession.ui.common.freshness import FeedStatus, Freshness, recolour
from pixsession.ui.common.line import Line, cut, justified
from pixsession.ui.common.symbols import Symbols

_READING = Freshness(FeedStatus.READING, "")
_LEAST_TITLE = 6  # cells of a title that are worth more than how fresh the board is


class TitleLine(Line):
    """A title on the left; how fresh the board is and a clock on the right."""

    ALLOW_SELECT = False

    freshness: reactive[Freshness] = reactive(_READING, repaint=False)
    moment: reactive[datetime | None] = reactive(None, repaint=False)
    heading: reactive[str] = reactive("", repaint=False)

    def __init__(self, *, symbols: Symbols) -> None:
        super().__init__()
        self._symbols = symbols

    def content_for(self, width: int) -> Content:
        """The title gives way, then the freshness; the clock and what follows the title are never cut."""
        room = width - 2
        facts, freshness = self._facts(width), self._freshness(self.freshness.words)
        clock = Content.styled(f"  {hour_words(self.moment)}" if self.moment else "", "dim")
        taken = facts.cell_length + freshness.cell_length + clock.cell_length
        title = self._title(room - taken - 2)
        least = min(title.cell_length, _LEAST_TITLE) + facts.cell_length + 2
        space = max(0, room - least - clock.cell_length)
        if freshness.cell_length > space and self.freshness.short:
            freshness = self._freshness(self.freshness.short)
        right = cut(freshness, space, self._symbols.cut) + clock
        left = cut(
            title, max(_LEAST_TITLE, room - facts.cell_length - 2 - right.cell_length), self._symbols.cut
        )
        return Content.assemble(" ", justified(left + facts, right, room, self._symbols.cut), " ")

    def _title(self, _room: int) -> Content:
        """The title, in `_room` cells where there is one so short."""
        return Content.styled(self.heading, "bold")

    def _facts(self, _width: int) -> Content:
        return Content("")

    def _freshness(self, text: str) -> Content:
        words = Content(text)
        # The sign alone: a head in colour means that something is wrong.
        return words.stylize("$state-eligible", -1) if self.freshness.state is FeedStatus.LIVE else words

    def watch_freshness(self, before: Freshness, freshness: Freshness) -> None:
        recolour(self, before, freshness)
        self.rewrite()

    def watch_moment(self, before: datetime | None, moment: datetime | None) -> None:
        """The clock; it has no seconds."""
        if before is None or moment is None or before.replace(second=0) != moment.replace(second=0):
            self.rewrite()

    def watch_heading(self) -> None:
        self.rewrite()
