"""The code of a campaign, as large as its place allows."""

from __future__ import annotations

from textual.content import Content

from pixsession.foundation.text import shown
from pixsession.ui.common.big_letters import big_letters
from pixsession.ui.common.line import Line
from pixsession.ui.common.symbols import Symbols


class BigCode(Line):
    """Letters drawn again for each size of the terminal."""

    def __init__(self, text: str, *, symbols: Symbols, lines: int = 10, classes: str | None = None) -> None:
        """`lines`: how high it is at most, in lines of the terminal."""
        super().__init__(classes=classes)
        self._text = shown(text, 40)
        self._symbols = symbols
        self._lines = lines

    def say(self, text: str) -> None:
        self._text = shown(text, 40)
        self.rewrite()

    def limit(self, lines: int) -> None:
        """At most so many lines from now on."""
        if lines != self._lines:
            self._lines = lines
            self.rewrite()

    def content_for(self, width: int) -> Content:
        """In the middle of its width."""
        drawn = big_letters(self._text, width, self._lines, ascii_only=self._symbols.ascii_only)
        self.styles.height = len(drawn)
        left = " " * ((width - max(map(len, drawn))) // 2)
        return Content.styled("\n".join(left + line for line in drawn), "bold")
