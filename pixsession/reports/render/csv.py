"""A document as a table for spreadsheets: no cell that could be a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from functools import cache

from pixsession.reports.document import Document

BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes UTF-8 for Windows-1252


def as_csv(document: Document) -> str:
    """The table in French spreadsheets' own form: byte order mark, `;`, CRLF, every cell between quotes.

    No cell, nor title, begins as a formula does (see `harmless_cell`).
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for line in (document.data.titles, *document.data.lines):
        writer.writerow(map(harmless_cell, line))
    return BYTE_ORDER_MARK + stream.getvalue()


# What may stand before the first character that counts: blanks, and quotes that a spreadsheet takes away.
_BEFORE = re.compile(r"^[\s\"'`´«»“”„‟‘’‚‹›＂＇]*")
# Where another spreadsheet may begin a cell: one set to English splits at commas, whatever our quotes say.
_AFTER_SEPARATOR = re.compile(r"([,;\t|])([\s\"'`´«»“”„‟‘’‚‹›＂＇]*)(?=(.))")


def harmless_cell(text: str) -> str:
    """`text` with an apostrophe where a spreadsheet would see a formula: at the start, after a separator.

    A formula starts with = + - @, a tab or a line break, in any width and after any blanks and quotes.
    """
    rest = _BEFORE.sub("", text, count=1)
    if (rest and _starts_formula(rest[0])) or text[:1] in {"\t", "\r", "\n"}:
        text = f"'{text}"
    return _AFTER_SEPARATOR.sub(_defused, text)


def _defused(found: re.Match[str]) -> str:
    apostrophe = "'" if _starts_formula(found[3]) else ""
    return f"{found[1]}{apostrophe}{found[2]}"


@cache
def _starts_formula(character: str) -> bool:
    """= + - @ as they are, or as wide, small, raised or mathematical forms of them."""
    return unicodedata.normalize("NFKC", character)[:1] in {"=", "+", "-", "@", "−", "‐", "‑"}
