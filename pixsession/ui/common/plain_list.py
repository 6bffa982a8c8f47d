"""A list to read and to choose from: stock list of Textual, keys of the house, lines kept in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from pixsession.foundation.i18n import N_


class PlainList(OptionList):
    """Lines with a key each; the cursor stays on its line when others are added above."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", N_("down"), id="list.down", show=False, tooltip=N_("Next line")),
        Binding("up,k", "cursor_up", N_("up"), id="list.up", show=False, tooltip=N_("Line above")),
        Binding("home,g", "first", N_("first"), id="list.first", show=False, tooltip=N_("First line")),
        Binding("end,G", "last", N_("last"), id="list.last", show=False, tooltip=N_("Last line")),
    ]

    class Chosen(Message):
        """Enter or a click on a line."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Reached(Message):
        """The cursor came to another line, or its line was written anew."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._shown: list[tuple[str, Content]] = []

    @property
    def key(self) -> str | None:
        """The key of the line under the cursor."""
        at = self.highlighted
        return self._shown[at][0] if at is not None and at < len(self._shown) else None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all lines, from the top."""
        return tuple(key for key, _text in self._shown)

    def replace(self, lines: Sequence[tuple[str, Content]], *, at: str | None = None) -> None:
        """Show these (key, text), the cursor on the line `at`; nothing is painted when they are the same."""
        if len(lines) == len(self._shown) and all(
            old[0] == new[0] and old[1].is_same(new[1]) for old, new in zip(self._shown, lines, strict=True)
        ):
            self.go_to(at)
            return
        # On the first line one follows the news; elsewhere one reads on.
        above = len(lines) - len(self._shown) if self.highlighted else 0
        highlighted = (self.highlighted or 0) + above
        self._shown = list(lines)
        self.clear_options()
        self.add_options([Option(text) for _key, text in lines])
        if not self.go_to(at) and lines:
            self.highlighted = min(max(0, highlighted), len(lines) - 1)

    def go_to(self, key: str | None) -> bool:
        """Put the cursor on the line of this key; False when there is none."""
        found = next((number for number, line in enumerate(self._shown) if line[0] == key), None)
        if found is None:
            return False
        self.highlighted = found
        return True

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say that the cursor has moved."""
        event.stop()
        self.post_message(self.Reached())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which line, by its key."""
        event.stop()
        self.post_message(self.Chosen(self._shown[event.option_index][0]))
