"""Paragraphs one under the other in one widget: as widgets, each would cost its share of every frame."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from pixsession.ui.common.line import strip_of


class Paragraphs(Widget):
    """Some paragraphs; only what changed in them is written and painted again."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Paragraphs { width: 1fr; height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self._said: tuple[Content, ...] = ()
        self._written: list[list[Strip]] = []  # of each paragraph
        self._lines: list[Strip] = []  # of all of them
        self._width = 0  # that they were written for

    def say(self, paragraphs: Sequence[Content]) -> None:
        """Show these; an empty text is a blank line."""
        if not self._width:
            self._said = tuple(paragraphs)
            self.refresh(layout=True)
            return
        before = self._lines
        self._write(tuple(paragraphs), self._width)
        if len(before) != len(self._lines):
            self.refresh(layout=True)
            return
        pairs = enumerate(zip(before, self._lines, strict=True))
        changed = [Region(0, y, self._width, 1) for y, (old, new) in pairs if old is not new and old != new]
        if changed:
            self.refresh(*changed)

    def _write(self, paragraphs: tuple[Content, ...], width: int) -> None:
        known = list(zip(self._said, self._written, strict=False)) if width == self._width else []
        self._written = []
        for number, text in enumerate(paragraphs):
            said, strips = known[number] if number < len(known) else (None, [])
            self._written.append(strips if said and said.is_same(text) else self._strips(text, width))
        self._said, self._width = paragraphs, width
        self._lines = [line for lines in self._written for line in lines]

    def _strips(self, text: Content, width: int) -> list[Strip]:
        return [
            strip_of(self, line)
            for whole in text.split("\n", allow_blank=True)
            for line in (whole.wrap(width) if whole.cell_length > width else [whole])
        ]

    def notify_style_update(self) -> None:
        """Other colours: write everything again."""
        super().notify_style_update()
        self._written = []
        if self._width:
            self._write(self._said, self._width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the paragraphs take at this width."""
        if width != self._width or len(self._written) != len(self._said):
            self._write(self._said, width)
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """One line of a paragraph."""
        blank = self.visual_style.rich_style
        line = self._lines[y] if y < len(self._lines) else Strip([])
        return line.adjust_cell_length(self.size.width, blank)
