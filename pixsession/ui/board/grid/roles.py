"""The pieces that a line of the board is made of: plain text, and the role that gives it its colour."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a piece of text is; the style sheet gives each role its colour (`board-grid--…`)."""

    HEADER = "header"
    SORTED = "sorted"
    BODY = "body"
    CALM = "calm"
    GAIN = "gain"
    LOSS = "loss"
    NOT_ELIGIBLE = "not-eligible"
    TO_CHECK = "to-check"
    NOT_SENT = "not-sent"
    NOT_IN_EXPORT = "not-in-export"
    ELIGIBLE = "eligible"
    CALL_BACK = "call-back"
    REMEDIATION = "remediation"
    OVERTIME = "overtime"
    MARKED = "marked"
    KEY = "key"


# A line is its pieces from left to right; together they fill the width of the layout.
Piece = tuple[str, Role]
BoardPieces = tuple[Piece, ...]


class Cell(NamedTuple):
    """The text of one column; `spills` lets it run over the empty columns on its right."""

    text: str
    role: Role
    spills: bool = False
