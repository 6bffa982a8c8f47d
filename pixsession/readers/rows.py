"""From text to rows as wide as their header; a file that is cut or damaged is refused with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from pixsession.domain.competences import PIX_PER_LEVEL
from pixsession.errors import UnreadableExport
from pixsession.i18n import _
from pixsession.readers.cells import is_missing, read_number, read_yes_no
from pixsession.readers.export import Origin
from pixsession.readers.headers import Layout
from pixsession.readers.labels import Column
from pixsession.readers.recognise import Recognised
from pixsession.readers.table import Row, Table


def table_of(text: str, recognised: Recognised) -> Table:
    """The table of a recognised text."""
    rows = _rows(text, recognised)
    header_line, header = next(rows)
    origin = Origin("csv", recognised.encoding, recognised.delimiter, recognised.guessed)
    above = _rows_above(text, recognised) if recognised.skipped_lines else ()
    return Table(origin, tuple(header), header_line, rows, above, ended=text.endswith(("\n", "\r")))


def _rows_above(text: str, recognised: Recognised) -> tuple[Row, ...]:
    """What stands over the header, as in a list of candidates."""
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
    stream = io.StringIO(text, newline="")
    for _skipped in range(recognised.skipped_lines):
        stream.readline()
    reader = csv.reader(stream, delimiter=recognised.delimiter, strict=True)
    above = recognised.skipped_lines + 1
    start = above
    try:
        for row in reader:
            if row and (row[0].strip() or any(map(str.strip, row))):
                yield start, row
            start = reader.line_num + above
    except csv.Error:
        raise UnreadableExport(
            _("the line cannot be split into cells: the file is damaged or cut, download it again"), start
        ) from None


def ends_whole(table: Table, layout: Layout, last: list[str] | None) -> bool:
    """Whether the file stops where a line does; `last` is its last row, None where there is only a header.

    Pix and spreadsheets end every line. An editor may have taken the last line end away: then the last row
    must tell by itself that nothing of it is missing, the pix of the last competence by fitting the level.
    """
    if table.ended:
        return True
    if last is None:
        return layout.is_whole
    position = len(last) - 1
    if position not in layout.competence_pix:
        return True
    level = layout.levels[layout.competence_pix.index(position)]
    pix, wanted = read_number(last[position]), None if level is None else read_number(last[level])
    if pix is None:
        return bool(last[position].strip()) and is_missing(last[position])
    return wanted is None or pix // PIX_PER_LEVEL == wanted


class Alignment:
    """Makes every row as wide as the header, or refuses it; what the first row has too much, all must have.

    A spreadsheet may add empty cells at the end. Pix drops the label of a column when it is empty but keeps
    its cells.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._sent = layout.at[Column.SENT]
        self._surplus: int | None = None

    def fit(self, line: int, row: list[str]) -> list[str]:
        """The row as wide as the header; raises UnreadableExport."""
        width, found = self._layout.width, len(row)
        if found == width and not self._surplus:
            self._surplus = 0
            return row
        while found > width and not row[found - 1].strip():
            found -= 1
        surplus = found - width
        if self._surplus is None:
            self._surplus = max(0, surplus)
        start = self._layout.surplus_at
        if surplus == self._surplus and (surplus == 0 or start is not None):
            fitted = row[:start] + row[(start or 0) + surplus : found] if surplus else row[:width]
            if not surplus or read_yes_no(fitted[self._sent]) is not None:
                return fitted
        raise UnreadableExport(
            _("{found} cells instead of {width}: the file is damaged or cut, download it again").format(
                found=len(row), width=width + self._surplus
            ),
            line,
        )
