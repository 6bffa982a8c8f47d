"""The last line of every screen: the keys that do something here, each a button for the mouse."""

from __future__ import annotations

import unicodedata

from textual.binding import Binding
from textual.content import Content
from textual.keys import format_key, key_to_character
from textual.screen import Screen

from pixsession.foundation.i18n import N_, _
from pixsession.ui.common.line import Line, clickable
from pixsession.ui.common.symbols import UNICODE, Symbols

_SYMBOLS = {"enter": "↵", "up": "↑", "down": "↓", "space": "␣"}
_NAMES = {
    "escape": N_("esc"),
    "home": N_("Home"),
    "end": N_("End"),
    "pageup": N_("PgUp"),
    "pagedown": N_("PgDn"),
}


class KeyBar(Line):
    """Keys with their words, from the bindings in force."""

    def __init__(
        self, keys: tuple[str, ...] = (), *, spare: tuple[str, ...] = (), symbols: Symbols = UNICODE
    ) -> None:
        """Show the bindings of these ids (none: those that ask to be shown); `spare` ones give way first."""
        super().__init__()
        self._keys = keys
        self._spare = spare
        self._symbols = symbols

    def on_mount(self) -> None:
        """Follow the bindings: another widget with the focus, other keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)

    def _bindings_updated(self, _screen: Screen[object]) -> None:
        self.rewrite()

    def content_for(self, width: int) -> Content:
        """Every key that fits; closer together before one is left out."""
        bindings = self._in_force()
        for name in ("", *self._spare):
            bindings = [binding for binding in bindings if binding.id != name]
            for gap in (2, 1):
                content = self._line(bindings, gap)
                if content.cell_length <= width:
                    return content
        return content

    def _in_force(self) -> list[Binding]:
        found: dict[str, Binding] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.id and active.enabled:
                found.setdefault(binding.id, binding)
        if self._keys:
            return [found[name] for name in self._keys if name in found]
        return [binding for binding in found.values() if binding.show]

    def _line(self, bindings: list[Binding], gap: int) -> Content:
        keys = []
        for binding in bindings:
            action = f"app.simulate_key('{binding.key}')"
            key = clickable(key_words(binding, self._symbols), action, "bold $accent")
            keys.append(key + clickable(f" {_(binding.description).lower()}", action))
        return Content.assemble(" ", Content(" " * gap).join(keys))


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
