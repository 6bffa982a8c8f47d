"""Tables of lists for the tests of their readers, made without the code that recognises files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from python_calamine import CalamineWorkbook

from pixsession.readers import FileDescription
from pixsession.readers.export import Contents, Origin
from pixsession.readers.table import Row, Table
from tests.factories.exports import MORNING

FILE = FileDescription("liste.csv", MORNING, False, MORNING)
Looks = Callable[[Sequence[str]], bool]


def csv_table(content: bytes | str, encoding: str = "utf-8-sig") -> Table:
    """The table of a CSV with semicolons."""
    text = content if isinstance(content, str) else content.decode(encoding)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    rows: list[Row] = []
    line = 1
    for row in reader:
        if any(map(str.strip, row)):
            rows.append((line, row))
        line = reader.line_num + 1
    (header_line, header), *rest = rows
    origin = Origin("csv", encoding, ";")
    return Table(origin, tuple(header), header_line, rest, ended=text.endswith(("\n", "\r")))


def table(*rows: Sequence[str], form: str = "csv", ended: bool = True) -> Table:
    """A table of these rows, the first being the header."""
    numbered = [(line, list(row)) for line, row in enumerate(rows, 1)]
    return Table(Origin(form), tuple(rows[0]), 1, numbered[1:], ended=ended)


def ods_table(content: bytes, is_header: Looks) -> Table:
    """The table of the first sheet of a workbook, from the row that is a header."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    rows = [(line, [_text(cell) for cell in cells]) for line, cells in enumerate(sheet, 1)]
    rows = [row for row in rows if any(row[1])]
    at = next(place for place, (_line, cells) in enumerate(rows) if is_header(cells))
    header_line, header = rows[at]
    return Table(Origin("ods"), tuple(header), header_line, rows[at + 1 :], tuple(rows[:at]))


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:g}"
    return cell.isoformat() if isinstance(cell, (date, datetime, time)) else str(cell)


def meanings(found: Contents) -> dict[str, str]:
    """What was read, by header."""
    return {use.header: use.meaning for use in found.columns if use.meaning is not None}


def causes(found: Contents) -> dict[int, str]:
    """Why lines were left out, by line."""
    return {reject.line: reject.cause for reject in found.rejects}
