"""Who is who: names made comparable, and the rules that follow one student from export to export."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_UNDECOMPOSED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """`text` without case, accents, punctuation or doubled spaces: equal keys, same spelling of a name."""
    folded = text.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_UNDECOMPOSED)
    if folded.isalpha():
        return folded
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


@lru_cache(maxsize=4096)
def place_key(place: str) -> str:
    """A class or group made comparable: "3e B", "3eB" and "3E-B" are one class."""
    return name_key(place).replace(" ", "")
