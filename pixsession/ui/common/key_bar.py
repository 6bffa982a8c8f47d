"""The last line of every screen: the keys that do something here, each a button for the mouse."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content
from textual.keys import format_key, key_to_character
from textual.screen import Screen

from pixsession.foundation.i18n import N_, _, language
from pixsession.ui.common.line import Line, clickable
from pixsession.ui.common.symbols import UNICODE, Symbols

_SYMBOLS = {"enter": "↵", "up": "↑", "down": "↓", "space": "␣"}
_NAMES = {
    "escape": N_("esc"),
    "home": N_("Home"),
    "end": N_("End"),
    "pageup": N_("PgUp"),
    "pagedown": N_("PgDn"),
    "right": N_("right"),
}


class KeyBar(Line):
    """Keys with their words, from the bindings in force."""

    def __init__(
        self, keys: tuple[str, ...] = (), *, spare: tuple[str, ...] = (), symbols: Symbols = UNICODE
    ) -> None:
        """Show the bindings of these ids (none: those that ask to be shown); `spare` ones give way first."""
        super().__init__()
        self._every, self._every_spare = keys, spare
        self._keys, self._spare = keys, spare
        self._symbols = symbols

    def put_first(self, keys: tuple[str, ...]) -> None:
        """Begin the line with these, which give way after all others; from the last one on."""
        wanted = (*keys, *(key for key in self._every if key not in keys))
        if wanted != self._keys:
            self._keys = wanted
            others = tuple(key for key in self._every_spare if key not in keys)
            self._spare = (*others, *reversed(keys))
            self.rewrite()

    def on_mount(self) -> None:
        """Follow the bindings: another widget with the focus, other keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)

    def _bindings_updated(self, _screen: Screen[object]) -> None:
        self.rewrite()

    def content_for(self, width: int) -> Content:
        """Every key that fits; closer together before one is left out."""
        return _keys_line(tuple(self._in_force()), self._spare, width, self._symbols, language())

    def _in_force(self) -> list[Binding]:
        found: dict[str, Binding] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.id and active.enabled:
                found.setdefault(binding.id, binding)
        if self._keys:
            return [found[name] for name in self._keys if name in found]
        return [binding for binding in found.values() if binding.show]


# Asked for at each change of the focus or the board, which hardly ever changes the keys in force.
@lru_cache(maxsize=64)
def _keys_line(
    bindings: tuple[Binding, ...], spare: tuple[str, ...], width: int, symbols: Symbols, _language: str
) -> Content:
    """See `KeyBar`; `_language` is the one in use, which the words are in."""
    keys = [_Key.of(binding, symbols) for binding in bindings]
    for name in ("", *spare):
        keys = [key for key in keys if key.identity != name]
        for gap in (2, 1):
            if 1 + sum(key.width for key in keys) + gap * (len(keys) - 1) <= width:
                return _joined(keys, gap)
    return _joined(keys, 1)


class _Key(NamedTuple):
    identity: str | None
    action: str
    sign: str
    words: str  # with the blank before them

    @classmethod
    def of(cls, binding: Binding, symbols: Symbols) -> _Key:
        """What stands on the line for a binding."""
        action = f"app.simulate_key('{binding.key}')"
        return cls(binding.id, action, key_words(binding, symbols), f" {_(binding.description).lower()}")

    @property
    def width(self) -> int:
        return cell_len(self.sign) + cell_len(self.words)


def _joined(keys: Sequence[_Key], gap: int) -> Content:
    buttons = [
        clickable(key.sign, key.action, "bold $accent") + clickable(key.words, key.action) for key in keys
    ]
    return Content.assemble(" ", Content(" " * gap).join(buttons))


def key_words(binding: Binding, symbols: Symbols = UNICODE) -> str:
    """A key as people read it: "↵", "^p", "esc"."""
    if binding.key_display and (binding.key_display.isascii() or not symbols.ascii_only):
        return binding.key_display
    *modifiers, key = binding.key.split("+") if binding.key != "+" else ["+"]
    if key in _NAMES:
        name = _(_NAMES[key])
    elif key in _SYMBOLS and not symbols.ascii_only:
        name = _SYMBOLS[key]
    else:
        name = key_sign(key)
    return f"^{name}" if "ctrl" in modifiers else "+".join([*modifiers, name])


def key_sign(key: str) -> str:
    """The sign that this key writes, "[" of "left_square_bracket"; its name where it writes none."""
    for sign in (key_to_character(key), format_key(key)):
        if sign is not None and len(sign) == 1 and sign.isprintable() and not sign.isspace():
            # Textual draws some keys that write nothing as arrows.
            return sign if sign == key or not _is_symbol(sign) else key
    return key


def _is_symbol(sign: str) -> bool:
    return unicodedata.category(sign) in {"Sm", "So"} and not sign.isascii()
