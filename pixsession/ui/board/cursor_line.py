"""The line under the table: what a student's line is too short for, and how many are not called."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content
from textual.reactive import reactive

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.foundation.i18n import _, ngettext
from pixsession.ui.board.mode import ModeOf
from pixsession.ui.common.line import Line, clickable, justified, wrapped
from pixsession.ui.common.symbols import Symbols

_MOST_LINES = 2  # a reason of doubt that names two files is cut; `enter` shows it whole


class CursorLine(Line):
    """Of the student under the cursor, what to do or why, where no panel says it; on the right the others."""

    ALLOW_SELECT = False

    row: reactive[BoardRow | None] = reactive(None, repaint=False)
    moment: reactive[datetime | None] = reactive(None, repaint=False)
    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)

    def __init__(self, mode_of: ModeOf, *, panel_from: int, symbols: Symbols) -> None:
        """`panel_from`: columns of a terminal from which a panel stands beside the table."""
        super().__init__()
        self._mode_of, self._panel_from, self._symbols = mode_of, panel_from, symbols
        self.display = False

    def content_for(self, width: int) -> Content:
        """One line, or two where there is much to say."""
        aside = self._aside()
        right = self._others(briefly=aside is not None)
        if aside is None:
            left, more = Content.styled(self._others_words(), "$board-calm"), []
        else:
            taken = right.cell_length + 2 if right else 0
            left, *more = map(Content, wrapped(aside, width - 2, _MOST_LINES, self._symbols.cut, taken=taken))
        first = justified(left, right, width - 2, self._symbols.cut)
        return Content("\n").join([Content.assemble(" ", line, " ") for line in (first, *more)])

    def _aside(self) -> str | None:
        """Empty without anybody under the cursor; None: a panel says it, or no mode would."""
        if self.moment is None or self.app.size.width >= self._panel_from:
            return None
        if self.row is None:
            return "" if self._others_words() else None
        words = self._mode_of(self.snapshot).aside(self.row, self.moment)
        return words and self._symbols.plain(words)

    def _others_words(self) -> str:
        """Empty where everybody is called."""
        count = len(self.snapshot.others) if self.snapshot else 0
        words = ngettext(
            "{n} other student of the exports, not called",
            "{n} other students of the exports, not called",
            count,
        )
        return words.format(n=count) if count else ""

    def _others(self, *, briefly: bool) -> Content:
        count = len(self.snapshot.others) if self.snapshot else 0
        words = _("O: see them, or add a candidate")
        if briefly:
            words = ngettext("O: {n} other", "O: {n} others", count).format(n=count)
        return clickable(words, "screen.gesture('call')", "$board-calm") if count else Content("")

    def _show(self) -> None:
        if self.is_mounted:
            self.stand(self._aside() is not None or bool(self._others_words()))

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    def watch_row(self) -> None:
        self._show()

    def watch_moment(self, before: datetime | None, moment: datetime | None) -> None:
        """What waits or runs out is said in minutes."""
        if before is None or moment is None or before.replace(second=0) != moment.replace(second=0):
            self._show()

    def watch_snapshot(self) -> None:
        self._show()
