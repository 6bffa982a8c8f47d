"""One table as every reader gets it: header and rows of text, whatever the file they were written in."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pixsession.readers.export import Origin

# A text that a program has written as a formula, so that no spreadsheet takes "3E1" for a number.
_FORMULA = r"""\s*=\s*"((?:[^"]|"")*)"\s*"""

Row = tuple[int, list[str]]  # the line of the file (of the sheet) a row starts on, its cells


class Table(NamedTuple):
    """Header and rows of one file.

    `rows` come in the order of the file, once; rows that hold nothing are left out, and each is as wide as in
    the file. Raises UnreadableExport, while they are read, at the first one that cannot be split into cells.
    Cells of a workbook are text too: "12", "0.33", "2011-02-03", "2026-06-02T08:30", "08:30".
    """

    origin: Origin
    header: tuple[str, ...]
    header_line: int
    rows: Iterable[Row]
    above: tuple[Row, ...] = ()  # the rows over the header, as in a list of candidates
    ended: bool = True  # a line end follows the last row; always so in a workbook
    untouched: bool = False  # a text written as Pix does: no other program has saved it
    division: str | None = None  # the class in its title, or in the name of its sheet


class Part(NamedTuple):
    """One table of several: a sheet, or a file of a ZIP, which then has a name of its own."""

    name: str
    table: Table
    file_name: str | None = None


def plain_cell(cell: str) -> str:
    """The text of a cell: of the formula `="3B"`, 3B."""
    match = re.fullmatch(_FORMULA, cell) if "=" in cell else None
    return match[1].replace('""', '"') if match else cell
