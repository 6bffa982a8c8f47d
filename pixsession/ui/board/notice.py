"""What calls for a gesture and stands on no student's line: the marks, and what a mode warns of."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content
from textual.reactive import reactive

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import ngettext
from pixsession.ui.board.mode import ModeOf
from pixsession.ui.common.freshness import NOT_YET
from pixsession.ui.common.line import Line, cut
from pixsession.ui.common.symbols import Symbols


class SupervisionNotice(Line):
    """How many are marked, else the warnings; not there when nothing calls for a gesture."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    moment: reactive[datetime] = reactive(NOT_YET, repaint=False)
    marked: reactive[frozenset[int]] = reactive(frozenset[int](), repaint=False)

    def __init__(self, mode_of: ModeOf, *, symbols: Symbols) -> None:
        super().__init__()
        self._mode_of = mode_of
        self._symbols = symbols
        self.display = False

    def content_for(self, width: int) -> Content:
        """The most pressing thing, in words."""
        return Content.assemble(" ", cut(self._words(), width - 2, self._symbols.cut), " ")

    def _words(self) -> Content:
        snapshot = self.snapshot
        if snapshot is None or snapshot.as_of is not None:
            return Content("")
        if self.marked:
            count = len(self.marked)
            words = ngettext(
                "{n} student marked: the next key is for them · esc unmarks",
                "{n} students marked: the next key is for all of them · esc unmarks",
                count,
            )
            return Content.styled(self._plain(words.format(n=count)), "bold $accent")
        of_mode = self._mode_of(snapshot).warnings(snapshot, self.moment)
        warnings = [*filter(None, (snapshot.session_trouble,)), *of_mode]
        if not warnings:
            return Content("")
        text = f" {self._symbols.point} ".join(warnings)
        return Content.styled(f"{self._symbols.warning} {self._plain(text)}", "bold $state-to-check")

    def _plain(self, text: str) -> str:
        return text.replace("·", self._symbols.point)

    def _show(self) -> None:
        self.display = bool(self._words())
        self.rewrite()

    def watch_snapshot(self) -> None:
        self._show()

    def watch_moment(self) -> None:
        self._show()

    def watch_marked(self) -> None:
        """Marked, or not any more."""
        self._show()
