"""The first rows of a workbook, out of its first bytes: one of others costs no more than its beginning."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from pixsession.readers.export import ExportKind
from pixsession.readers.kinds import Columns, kind_of
from pixsession.readers.prefilter import has_a_name, says_a_name
from pixsession.readers.recognise import HEADER_ROWS
from pixsession.readers.workbook.archives import ArchiveKind, Parts

PEEK = 128 * 1024  # of each part: labels come first, also in the list of texts that sheets share
MOST_SHEETS = 100
_ANY_CLASS = "3eA"  # a title or the name of a sheet may have one
_MOST_ROWS = 500  # of a prefix that holds several sheets

_ROW = re.compile(rb"<(?:\w+:)?(?:table-)?row\b[^>]*?(?<!/)>(.*?)</(?:\w+:)?(?:table-)?row>", re.DOTALL)
_CELL = re.compile(
    rb"<(?:\w+:)?(?:c|table-cell)\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?(?:c|table-cell)>)", re.DOTALL
)
_SHARED = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_REMARK = re.compile(rb"<office:annotation\b.*?</office:annotation>", re.DOTALL)
_SPACE = re.compile(rb"</text:p>|<text:(?:s|tab|line-break)\b[^>]*>")
_TAG = re.compile(rb"<[^>]*>")
_INLINE = re.compile(rb"""\bt\s*=\s*["'](?:str|inlineStr)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>\s*(\d{1,9})\s*<")
_IS_SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")


def may_be_known(parts: Parts, form: ArchiveKind, columns: Columns | None) -> bool:
    """Whether one of the first rows of a workbook is a known header, as far as its beginning shows."""
    for row in _first_rows(parts, form, named_only=not columns):
        if row is None:
            return True  # its labels are further away: only the whole shows it
        if (columns or has_a_name(row)) and kind_of(row, columns, _ANY_CLASS) is not ExportKind.UNKNOWN:
            return True
    return False


def _first_rows(parts: Parts, form: ArchiveKind, *, named_only: bool) -> Iterator[list[str] | None]:
    """The texts of each row; None for a row whose texts are not at the beginning.

    `named_only`: only the rows that show a text which may be a label of names, or may share one.
    """
    if form is ArchiveKind.ODS:
        tables = _REMARK.sub(b"", parts.beginning("content.xml", PEEK))
        for found in islice(_ROW.finditer(tables), _MOST_ROWS):
            if not named_only or says_a_name(_plain(found[1])):
                yield _without_blanks([_plain(cell) for _attributes, cell in _CELL.findall(found[1])])
        return
    head = parts.beginning("xl/sharedStrings.xml", PEEK)
    shared = _SHARED.findall(head)
    named = {index for index, text in enumerate(shared) if named_only and has_a_name([_plain(text)])}
    sheets = [name for name in parts.names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
    for name in sheets[:MOST_SHEETS]:
        for found in islice(_ROW.finditer(parts.beginning(name, PEEK)), HEADER_ROWS):
            if not named_only or _may_be_header(found[1], named, len(shared)):
                yield _cells(found[1], shared, is_whole=len(head) < PEEK)


def _may_be_header(row: bytes, named: set[int], known: int) -> bool:
    """Whether a row has a name among its own texts, or a shared one that is named or lies further away."""
    if _INLINE.search(row) and says_a_name(_plain(row)):
        return True
    if not _IS_SHARED.search(row):
        return False  # its values are numbers
    return any(index in named or index >= known for index in map(int, _VALUE.findall(row)))


def _cells(row: bytes, shared: Sequence[bytes], *, is_whole: bool) -> list[str] | None:
    found = []
    for attributes, cell in _CELL.findall(row):
        text = _plain(cell)
        if _IS_SHARED.search(attributes) and text.isascii() and text.isdigit():
            if int(text) < len(shared):
                text = _plain(shared[int(text)])
            elif not is_whole:
                return None
        found.append(text)
    return _without_blanks(found)


def _without_blanks(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row.pop()
    return row


def _plain(markup: bytes) -> str:
    text = _TAG.sub(b"", _SPACE.sub(b" ", markup)).decode("utf-8", "replace")
    return html.unescape(text).strip()
