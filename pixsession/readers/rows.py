"""From text to rows as wide as their header; a file that is cut or damaged is refused with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.readers.cells import read_yes_no
from pixsession.readers.export import Origin
from pixsession.readers.lists.class_names import class_of_rows
from pixsession.readers.recognise import Recognised
from pixsession.readers.table import Row, Table, plain_cell

MOST_LINES = 300_000  # an export of 100 000 students, with three lines each
MOST_CELLS = 4096  # in a line; an evaluation of 300 skills has 700
_LARGE = 1_000_000  # characters; what is smaller holds no line that does harm

MAY_BE_FORMULA = re.compile(r'=\s*"')

# A date of Pix in quotes (its first group), or what another program has made of one.
_A_DATE = re.compile(
    r'[;\n](?:("(?:\d\d/\d\d/\d{4} \d\d:\d\d|\d{4}-\d\d-\d\d[^"]{0,15})")|"?\d{1,4}[-/]\d{1,2}[-/]\d)',
    re.ASCII,
)
_A_NUMBER = re.compile(r";\d+[;\n]", re.ASCII)
MOST_SEEN = 256 * 1024  # characters


def last_line_cut(line: int) -> UnreadableExport:
    """The refusal of a file whose end is missing; `line` is its last one."""
    return UnreadableExport(_("the last line is cut: the download is incomplete, download it again"), line)


def table_of(text: str, recognised: Recognised) -> Table:
    """The table of a recognised text."""
    rows = _rows(text, recognised)
    header_line, header = next(rows)
    origin = Origin("csv", recognised.encoding, recognised.delimiter, recognised.guessed)
    above = _rows_above(text, recognised) if recognised.skipped_lines else ()
    ended = text.endswith(("\n", "\r"))
    untouched = not recognised.skipped_lines and is_untouched(text, recognised.encoding, recognised.delimiter)
    return Table(origin, tuple(header), header_line, rows, above, ended, untouched, class_of_rows(above))


def is_untouched(text: str, encoding: str, delimiter: str) -> bool:
    """Whether a text is written as Pix does: quotes around texts and dates, none around numbers, lines in LF.

    No spreadsheet writes all of that: with quotes around every text, its dates have none.
    """
    end = text.find("\n")
    is_so = text[:1] == '"' and delimiter == ";" and text[end - 1 : end] != "\r"
    if not is_so or not encoding.startswith("utf-8"):
        return False
    date = _A_DATE.search(text, 0, MOST_SEEN)
    return _A_NUMBER.search(text, 0, MOST_SEEN) is not None and (date is None or bool(date[1]))


def _rows_above(text: str, recognised: Recognised) -> tuple[Row, ...]:
    """The rows over the header, as in a list of candidates."""
    stream = io.StringIO(text, newline="")
    lines = [stream.readline() for _skipped in range(recognised.skipped_lines)]
    reader = csv.reader(lines, delimiter=recognised.delimiter)
    found = []
    start = 1
    for row in reader:
        if any(map(str.strip, row)):
            found.append((start, row))
        start = reader.line_num + 1
    return tuple(found)


def _rows(text: str, recognised: Recognised) -> Iterator[Row]:
    """Header first, then each row that holds anything, with the line of the file it starts on."""
    if len(text) > _LARGE:
        _check_widths(text, recognised.delimiter)
    stream = io.StringIO(text, newline="")
    for _skipped in range(recognised.skipped_lines):
        stream.readline()
    reader = csv.reader(stream, delimiter=recognised.delimiter, strict=True)
    above = recognised.skipped_lines + 1
    start = above
    has_formulas = MAY_BE_FORMULA.search(text) is not None
    try:
        for cells in reader:
            row = list(map(plain_cell, cells)) if has_formulas else cells
            if has_cells(row):
                yield start, row
            start = reader.line_num + above
            if start > MOST_LINES:
                words = _("more than {n} lines: no list of students is so long, nothing of it was read")
                raise UnreadableExport(words.format(n=MOST_LINES), start)
    except csv.Error:
        raise UnreadableExport(
            _("the line cannot be split into cells: the file is damaged or cut, download it again"), start
        ) from None


def has_cells(row: Sequence[str]) -> bool:
    """Whether anything stands in a row."""
    return bool(row) and (bool(row[0].strip()) or any(map(str.strip, row)))


def _check_widths(text: str, delimiter: str) -> None:
    """Raise UnreadableExport at a line of so many cells that it would fill the memory."""
    start, number = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text.count(delimiter, start, end) >= MOST_CELLS:
            words = _("more than {n} cells in a line: no list of students is so wide, nothing of it was read")
            raise UnreadableExport(words.format(n=MOST_CELLS), number)
        start, number = end + 1, number + 1


def cells_at(positions: Sequence[int | None]) -> Callable[[list[str]], Sequence[str]]:
    """What gives the cells at these positions of a row, empty ones for those that are missing."""
    known = [position for position in positions if position is not None]
    if len(known) == len(positions) > 1:  # of a single position, itemgetter gives the bare cell
        return itemgetter(*known)
    return lambda row: ["" if position is None else row[position] for position in positions]


def surplus_of(row: Sequence[str], width: int) -> int:
    """How many cells a row has more than its header; empty ones at its end are those of a spreadsheet."""
    found = len(row)
    while found > width and not row[found - 1].strip():
        found -= 1
    return found - width


class Alignment:
    """Makes every row as wide as the header, or refuses it; all must have the surplus cells of the first.

    A spreadsheet may add empty cells at the end. Pix drops the label of a column when it is empty but keeps
    its cells.
    """

    def __init__(self, width: int, surplus_at: int | None = None, yes_no_at: int | None = None) -> None:
        self._width = width
        self._surplus_at = surplus_at  # the position of those cells; None: every cell must have its label
        self._yes_no_at = yes_no_at  # a yes/no column: it shows whether the right cells were taken out
        self._surplus: int | None = None

    def fit(self, line: int, row: list[str]) -> list[str]:
        """The row as wide as the header; raises UnreadableExport."""
        width = self._width
        if len(row) == width and not self._surplus:
            self._surplus = 0
            return row
        surplus = surplus_of(row, width)
        if self._surplus is None:
            self._surplus = max(0, surplus)
        start = self._surplus_at
        if surplus == self._surplus and (surplus == 0 or start is not None):
            fitted = row[:start] + row[(start or 0) + surplus : width + surplus] if surplus else row[:width]
            if not surplus or self._yes_no_at is None or read_yes_no(fitted[self._yes_no_at]) is not None:
                return fitted
        raise UnreadableExport(
            _("{found} cells instead of {width}: the file is damaged or cut, download it again").format(
                found=len(row), width=width + self._surplus
            ),
            line,
        )
