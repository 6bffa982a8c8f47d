"""Text that was encoded twice on its way ("LÃ©na" for "Léna"), decoded back where that is sure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MOST_ROUNDS = 3
_MOST_READ = 2000  # no name is longer
# The first bytes of letters and typographic signs in UTF-8, as cp1252 shows them.
_OF_TWO = "".join(map(chr, (0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xCB)))
_OF_THREE = "".join(map(chr, (0xE1, 0xE2)))
_LEADS = _OF_TWO + _OF_THREE
_LEAD = re.compile(f"[{_LEADS}]")
# As a Mac and a DOS code page show them: signs that occur in no name.
_FOREIGN = (("mac_roman", re.compile("[√≈]")), ("cp850", re.compile("[├─┼┬]")))
_LETTERS = frozenset({"Lu", "Ll", "Lo", "Mn"})
_NAME_MARKS = frozenset("’‘‐‑–·\u00a0")


@lru_cache(maxsize=65536)
def repaired(text: str) -> str:
    """`text` decoded back, up to three times, where it was encoded twice; else as it is.

    It is sure where the bytes are those of UTF-8 and what comes out is letters and marks of names: a name
    that has an "Ã" of its own is left alone.
    """
    if text.isascii() or len(text) > _MOST_READ:
        return text
    if _LEAD.search(text):
        found = best = text
        for _round in range(_MOST_ROUNDS):
            found = _decoded_once(found)
            if _is_of_names(found):
                best = found
        if best != text:
            return best
    for encoding, signs in _FOREIGN:
        if signs.search(text):
            whole = _decoded(text, encoding)
            if whole is not None and _is_of_names(whole):
                return whole
    return text


def _decoded_once(text: str) -> str:
    """The text with each run of characters that cp1252 makes of one character of UTF-8 decoded."""
    pieces: list[str] = []
    at = 0
    while at < len(text):
        length = 3 if text[at] in _OF_THREE else 2 if text[at] in _OF_TWO else 1
        decoded = _decoded(text[at : at + length], "cp1252") if length > 1 else None
        pieces.append(decoded or text[at])
        at += length if decoded else 1
    return "".join(pieces)


def _decoded(text: str, encoding: str) -> str | None:
    """The bytes of a text read as UTF-8; None where they are none."""
    found = bytearray()
    for character in text:
        try:
            found += character.encode(encoding)
        except UnicodeEncodeError:
            if not 0x80 <= ord(character) < 0xA0:
                return None
            found.append(ord(character))  # a byte that cp1252 leaves without a sign stands for itself
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_of_names(text: str) -> bool:
    """Whether everything beyond ASCII is a letter or a mark of names."""
    return all(
        character.isascii() or unicodedata.category(character) in _LETTERS or character in _NAME_MARKS
        for character in text
    )
