"""The opening check, the first screen of a session: a line for what must be right, each with its key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from textwrap import wrap
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.opening import OpeningLine, opening_check
from pixsession.foundation.i18n import N_
from pixsession.foundation.text import shown
from pixsession.ui.certification.keys import all_keys_of, key_words_of
from pixsession.ui.common.freshness import NOT_YET
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.line import cut, justified
from pixsession.ui.common.symbols import Symbols

_WIDEST = 90
_FRAME = 6  # cells of the frame and the blanks beside the lines
_SIGN, _KEY = 2, 4  # cells before the words, and behind them


class OpeningScreen(ModalScreen[str | None]):
    """Ends with the key of the line that was asked for; with None when the board is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "open", N_("open the board"), id="opening.open", tooltip=N_("To the board")),
    ]

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    moment: reactive[datetime] = reactive(NOT_YET, repaint=False)

    def __init__(self, keys: Mapping[str, str], *, symbols: Symbols) -> None:
        """`keys`: by id of a binding, those that the settings ask for."""
        super().__init__()
        self._keys, self._symbols = keys, symbols

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="opening"):
            yield Static(id="heading", classes="title", markup=False)
            yield Static(id="lines", markup=False)
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    def watch_snapshot(self) -> None:
        """A list or an export has come meanwhile."""
        self._show()

    def watch_moment(self) -> None:
        self._show()

    @property
    def _lines(self) -> tuple[OpeningLine, ...]:
        snapshot = self.snapshot
        day = snapshot and snapshot.day
        return opening_check(snapshot, day, self.moment) if snapshot and day else ()

    def _show(self) -> None:
        day = self.snapshot and self.snapshot.day
        if not self.is_mounted or not day:
            return
        session = day.session
        rooms = ", ".join(shown(room.name) for room in session.rooms)
        heading = f" {self._symbols.point} ".join(filter(None, (shown(session.title), rooms)))
        width = min(_WIDEST, self.size.width * 94 // 100) - _FRAME
        self.query_one("#heading", Static).update(cut(heading, width, self._symbols.cut))
        lines = [self._line(line, width) for line in self._lines]
        self.query_one("#lines", Static).update(Content("\n").join(lines))

    def _line(self, line: OpeningLine, width: int) -> Content:
        good = "+" if self._symbols.ascii_only else "✔"
        sign = self._symbols.warning if line.is_trouble else good
        colour = "$state-to-check" if line.is_trouble else "$state-eligible"
        files = f" ({', '.join(line.files)})" if line.files else ""
        words = line.words.replace("·", self._symbols.point) + files
        key = key_words_of(line.key, self._keys, ascii_only=self._symbols.ascii_only) if line.key else ""
        first, *more = wrap(words, width - _SIGN - _KEY, break_on_hyphens=False)
        style = "bold" if line.is_trouble else ""
        left = Content.assemble((f"{sign} ", f"bold {colour}"), (first, style))
        top = justified(left, Content.styled(key, "bold $accent"), width, self._symbols.cut)
        return Content("\n").join([top, *(Content.styled(" " * _SIGN + rest, style) for rest in more)])

    def on_key(self, event: events.Key) -> None:
        """The key of a line leaves for what it shows; every other key is a slip."""
        keys = {key for line in self._lines if line.key for key in all_keys_of(line.key, self._keys)}
        if event.key in keys or (event.character or "") in keys:
            event.stop()
            self.dismiss(event.key)

    def action_open(self) -> None:
        self.dismiss(None)
