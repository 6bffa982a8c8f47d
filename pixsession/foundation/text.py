"""Text from files made fit to be shown: what a terminal would obey never leaves this module."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
MAX_MARKS = 2  # Vietnamese needs two on one letter; more is a pile made to overflow the line
MAX_LENGTH = 200
_MOST_READ = 2000  # putting a pile of a hundred thousand marks in order takes Unicode half a minute

# Cc control, Cf format (bidi overrides, zero-width), Cs lone surrogates, Co private use, Cn unassigned,
# Zl and Zp line and paragraph separators.
_REFUSED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# ASCII, Latin letters and the punctuation of sentences: nothing is refused of these, nor put together.
_PLAIN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u202f-\u205e\u2212]*")


@lru_cache(maxsize=65536)
def shown(text: str, max_length: int = MAX_LENGTH) -> str:
    """`text` as it may be painted: one line, NFC, no control, bidi, zero-width or piled-up characters."""
    if (text.isascii() or len(text) <= _MOST_READ) and _PLAIN.fullmatch(text):
        return _cut(" ".join(text.split()), max_length)
    cleaned: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text[:_MOST_READ]):
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > MAX_MARKS:
            continue
        if character.isspace() and category not in {"Zl", "Zp"}:
            cleaned.append(" ")
        elif category in _REFUSED:
            cleaned.append(REPLACEMENT)
        else:
            cleaned.append(character)
    return _cut(" ".join("".join(cleaned).split()), max_length)


def unescaped(text: str) -> str:
    """A text that was escaped for a page, as it was."""
    if "&" not in text:
        return text
    import html  # noqa: PLC0415 - (c), (r): 2 ms for the names of 2 000 characters, and few texts are escaped

    return html.unescape(text)


def _cut(text: str, max_length: int) -> str:
    return text if len(text) <= max_length else text[: max_length - 1] + "…"
