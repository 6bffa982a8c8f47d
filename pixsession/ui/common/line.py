"""One line of text, sent to the terminal only when it has changed: an idle board is silent."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from textwrap import wrap

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static


def clickable(text: str, action: str, style: str | Style = "") -> Content:
    """A text of the program's own that runs an action when clicked; never for a text from a file."""
    return Content.styled(text, style).stylize(Style.from_meta({"@click": action}))


def cut(text: str | Content, width: int, mark: str = "…") -> Content:
    """The text in at most `width` cells, with a mark where something is missing."""
    content = Content(text) if isinstance(text, str) else text
    if content.cell_length <= width:
        return content
    return content.truncate(max(0, width - len(mark))) + mark


def cut_middle(text: str, width: int, mark: str = "…") -> str:
    """The text in at most `width` cells, its two ends kept: the end of a file's name has its date."""
    if Content(text).cell_length <= width:
        return text
    room = max(0, width - len(mark))
    end = room // 2
    while end and Content(text[-end:]).cell_length > room // 2:
        end -= 1
    tail = text[-end:] if end else ""
    return f"{Content(text).truncate(room - Content(tail).cell_length).plain}{mark}{tail}"


def wrapped(text: str, width: int, most: int, mark: str = "…", *, taken: int = 0) -> list[str]:
    """The text in at most so many lines, never none; `taken`: cells of the first one that are spoken for."""
    lines = wrap(
        text, width, initial_indent=" " * taken, break_on_hyphens=False, max_lines=most,
        placeholder=f" {mark}",
    )  # fmt: skip
    return [cut(line.strip(), width, mark).plain for line in lines or [""]]


def justified(left: Content, right: Content, width: int, mark: str = "…") -> Content:
    """`left` and `right` at the two ends of a line; it is the left one that gives way."""
    room = width - right.cell_length - (2 if right.cell_length else 0)
    kept = cut(left, max(0, room), mark)
    gap = max(0, width - kept.cell_length - right.cell_length)
    return Content.assemble(kept, " " * gap, right)


def widest(variants: Sequence[Callable[[], Content]], width: int) -> Content:
    """The first variant that fits; the last one whatever its width."""
    for variant in variants[:-1]:
        content = variant()
        if content.cell_length <= width:
            return content
    return variants[-1]()


def strip_of(widget: Widget, line: Content) -> Strip:
    """One line of a text that nobody selects: ten times as quick as what Textual does for one that may be."""
    pieces = line.render(widget.visual_style, end="", parse_style=widget.app.stylesheet.parse_style)
    return Strip([Segment(text, style.rich_style) for text, style in pieces], line.cell_length)


_waiting: list[dict[Line, None]] = []  # of each `written_once` that goes on, the lines asked for


@contextmanager
def written_once() -> Iterator[None]:
    """Lines asked for meanwhile, by one fact after the other, are written once, at the end."""
    asked: dict[Line, None] = {}
    _waiting.append(asked)
    try:
        yield
    finally:
        _waiting.remove(asked)
    for line in asked:
        line.rewrite()


class Line(Static):
    """A line whose text depends on its width; subclasses say what it is in `content_for`.

    One that sets ALLOW_SELECT to False is painted the quick way.
    """

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__("", classes=classes, markup=False)
        self.auto_links = False  # a key or a count is no hyperlink
        self._written = Content("")
        self._width = 0  # that it was written for

    @abstractmethod  # mypy's to check: ABC and Textual have metaclasses that do not go together
    def content_for(self, width: int) -> Content:
        """What stands on the line when it is `width` cells wide."""

    def rewrite(self) -> None:
        """Show the line as it is now; nothing is sent when it has not changed."""
        if _waiting:
            _waiting[-1][self] = None
            return
        if not self.is_mounted or not self.size.width:
            return
        before, content = self._written, self._write()
        if not content.is_same(before):
            self.refresh()

    def stand(self, there: bool) -> None:
        """Be there as high as what is said in a terminal of this width, or not at all."""
        self.display = there
        if there and self.is_mounted:
            lines = self.content_for(self.app.size.width).plain.count("\n") + 1
            if self.styles.height is None or self.styles.height.value != lines:
                self.styles.height = lines
        self.rewrite()

    def _write(self) -> Content:
        self._width = self.size.width
        self._written = self.content_for(self._width)
        return self._written

    def render(self) -> Content:
        """What is written; the first paint comes before a line is told its size."""
        if not self._width and self.is_mounted and self.size.width:
            self._write()
        return self._written

    def render_line(self, y: int) -> Strip:
        """A line of its text."""
        if self.ALLOW_SELECT:
            return super().render_line(y)
        lines = self.render().split("\n")
        strip = strip_of(self, lines[y] if y < len(lines) else Content(""))
        return strip.adjust_cell_length(self.size.width, self.visual_style.rich_style)

    def on_resize(self) -> None:
        """Another width, another choice of words."""
        self.rewrite()
