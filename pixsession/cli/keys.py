"""The names of keys, as `[keys]` has them; loads every screen."""

from __future__ import annotations

from collections.abc import Iterator

from pixsession.foundation.i18n import _
from pixsession.ui.every_key import every_key


def key_names() -> Iterator[tuple[str, str, str]]:
    """What `[keys]` can name: each action of the screens, its keys and what it does."""
    for binding in every_key():
        yield binding.id or "", binding.key, _(binding.tooltip)
