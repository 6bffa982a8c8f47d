"""Digits as keys, and which digit stands for which state: the same one on every board.

On a French keyboard a digit takes Shift: the sign that its key gives without Shift is a second key for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pixsession.domain.pix.eligibility import Eligibility

# As Textual names them. `-` and `_` are `§` and `!` on the French keyboard of macOS and on the Belgian one.
SECOND_KEYS: Mapping[str, str] = {
    "1": "ampersand",
    "2": "é",
    "3": "quotation_mark",
    "4": "apostrophe",
    "5": "left_parenthesis",
    "6": "minus,section_sign",
    "7": "è",
    "8": "underscore,exclamation_mark",
    "9": "ç",
    "0": "à",
}
_DIGITS = {key: digit for digit, keys in SECOND_KEYS.items() for key in keys.split(",")}

# A state that several boards have keeps its digit on all of them (1 2 3 7 8 9), and no other state takes that
# digit anywhere; 4 5 6 are for what only one board knows. The counts stand in this order.
STATE_KEYS: Mapping[Eligibility, str] = {
    Eligibility.NOT_ELIGIBLE: "1",
    Eligibility.TO_CHECK: "2",
    Eligibility.NOT_SENT: "3",
    Eligibility.NOT_IN_EXPORT: "4",
    Eligibility.ELIGIBLE: "5",
}


def keys_of(digit: str) -> str:
    """The keys of a Binding for this digit: the digit, then its second keys."""
    return f"{digit},{SECOND_KEYS[digit]}"


def digit_of(key: str) -> str | None:
    """The digit that a key of Textual's stands for; None: no digit."""
    return key if key in SECOND_KEYS else _DIGITS.get(key)


def span_of(digits: Iterable[str]) -> str:
    """The filters of one board on the line of keys: "1-5"."""
    in_order = sorted(digits)
    return f"{in_order[0]}-{in_order[-1]}"
