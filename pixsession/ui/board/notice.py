"""What calls for a gesture and stands on no student's line: the marks, and what a mode warns of."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content
from textual.reactive import reactive

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import ngettext
from pixsession.ui.board.filters import View
from pixsession.ui.board.mode import ModeOf
from pixsession.ui.common.freshness import NOT_YET
from pixsession.ui.common.line import Line, wrapped
from pixsession.ui.common.symbols import Symbols

_MOST_LINES = 2


class SupervisionNotice(Line):
    """How many are marked, else the warnings; not there when nothing calls for a gesture."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    moment: reactive[datetime] = reactive(NOT_YET, repaint=False)
    marked: reactive[frozenset[int]] = reactive(frozenset[int](), repaint=False)
    view: reactive[View | None] = reactive(None, repaint=False)

    def __init__(self, mode_of: ModeOf, *, symbols: Symbols) -> None:
        super().__init__()
        self._mode_of = mode_of
        self._symbols = symbols
        self.display = False

    def content_for(self, width: int) -> Content:
        """The most pressing things, in words; two lines where one is too short for what there is to do."""
        text, style = self._words()
        lines = wrapped(self._symbols.plain(text), max(1, width - 2), _MOST_LINES, self._symbols.cut)
        return Content.styled("\n".join(f" {line} " for line in lines), style)

    def _words(self) -> tuple[str, str]:
        """What is said, and its style; empty for nothing."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.as_of is not None:
            return "", ""
        if self.marked:
            count = len(self.marked)
            words = ngettext(
                "{n} student marked: the next key is for them · esc unmarks",
                "{n} students marked: the next key is for all of them · esc unmarks",
                count,
            )
            said = filter(None, (words.format(n=count), self._hidden_words()))
            return " · ".join(said), "bold $accent"
        of_mode = self._mode_of(snapshot).warnings(snapshot, self.moment)
        warnings = [*filter(None, (snapshot.session_trouble,)), *of_mode]
        if not warnings:
            return "", ""
        return f"{self._symbols.warning} {' · '.join(warnings)}", "bold $state-to-check"

    def _hidden_words(self) -> str:
        """How many of those marked the filters hide: the next key is for them too."""
        hidden = len(self.marked - {row.student_id for row in self.view.rows}) if self.view else 0
        words = ngettext(
            "{n} of them is hidden by the filters", "{n} of them are hidden by the filters", hidden
        )
        return words.format(n=hidden) if hidden else ""

    def _show(self) -> None:
        self.stand(bool(self._words()[0]))

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    def watch_snapshot(self) -> None:
        self._show()

    def watch_moment(self) -> None:
        self._show()

    def watch_marked(self) -> None:
        self._show()

    def watch_view(self) -> None:
        self._show()
