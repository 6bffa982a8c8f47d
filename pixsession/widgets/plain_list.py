"""A list to read and to choose from: stock list of Textual, keys of the house, lines kept in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from pixsession.i18n import N_


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

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._shown: list[tuple[str, Content]] = []

    def replace(self, lines: Sequence[tuple[str, Content]]) -> None:
        """Show these (key, text); nothing is painted when they are the same."""
        if len(lines) == len(self._shown) and all(
            old[0] == new[0] and old[1].is_same(new[1]) for old, new in zip(self._shown, lines, strict=True)
        ):
            return
        # On the first line one follows the news; elsewhere one reads on.
        above = len(lines) - len(self._shown) if self.highlighted else 0
        highlighted = (self.highlighted or 0) + above
        self._shown = list(lines)
        self.clear_options()
        self.add_options([Option(text) for _key, text in lines])
        if lines:
            self.highlighted = min(max(0, highlighted), len(lines) - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which line, by its key."""
        event.stop()
        self.post_message(self.Chosen(self._shown[event.option_index][0]))
