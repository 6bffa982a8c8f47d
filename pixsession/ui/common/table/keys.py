"""The keys that every table has."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from pixsession.foundation.i18n import N_

# Keys, action, words, identity, and what it does in a sentence.
_MOVES = (
    ("up,k", "move(-1)", N_("Up"), "up", N_("The student above")),
    ("down,j", "move(1)", N_("Down"), "down", N_("The student below")),
    ("pageup", "page(-1)", N_("Page up"), "page_up", N_("One screen up")),
    ("pagedown", "page(1)", N_("Page down"), "page_down", N_("One screen down")),
    ("home,g", "top", N_("Top"), "top", ""),
    ("end,G", "bottom", N_("Bottom"), "bottom", N_("The last student")),
)


def moving_keys(table: str, top: str) -> list[BindingType]:
    """The keys that move the cursor of this table; `top` says what the one to the top does."""
    return [
        Binding(keys, action, words, show=False, id=f"{table}.{identity}", tooltip=sentence or top)
        for keys, action, words, identity, sentence in _MOVES
    ]
