"""The keys that the settings ask for, completed so that no other key is lost with those they replace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding, BindingType

from pixsession.ui.common.key_bar import key_sign


def completed(chosen: Mapping[str, str], bindings: Iterable[BindingType]) -> dict[str, str]:
    """By id of a binding its keys: those chosen, and of the others those that remain to them.

    Textual takes a key that is moved away from every binding that had it, and a key that is asked for from
    whoever had it: where an action has several keys the others stay. An action that keeps none is left out.
    """
    if not chosen:
        return {}
    keys = {one.id: _keys(one.key) for one in bindings if isinstance(one, Binding) and one.id}
    taken = {key_sign(key) for asked in chosen.values() for key in _keys(asked)}
    touched = taken | {key_sign(key) for name in chosen for key in keys.get(name, ())}
    found = dict(chosen)
    while shared := [
        name for name in keys.keys() - found.keys() if any(key_sign(key) in touched for key in keys[name])
    ]:
        for name in shared:
            touched |= {key_sign(key) for key in keys[name]}
            # Empty: Textual leaves the binding alone, and it loses the key that was asked for.
            found[name] = ",".join(key for key in keys[name] if key_sign(key) not in taken)
    return {name: asked for name, asked in found.items() if asked}


def _keys(written: str) -> tuple[str, ...]:
    return tuple(key.strip() for key in written.split(","))
