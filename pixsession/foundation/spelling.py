"""The known word that somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest_spelling(written: str, known: Iterable[str]) -> str | None:
    """The one that is spelt most like what was written; None where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - (c): 1 ms, only on the way to an error

    return next(iter(get_close_matches(written, list(known), 1)), None)
