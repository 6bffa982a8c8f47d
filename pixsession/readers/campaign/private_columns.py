"""An export without what a share is not to hold: student numbers, external identifiers, own columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pixsession.foundation.errors import PixSessionError
from pixsession.readers.campaign.assessment_layout import looks_like_assessment, read_assessment_layout
from pixsession.readers.campaign.headers import looks_like_profiles, read_layout
from pixsession.readers.campaign.labels import Column
from pixsession.readers.document import PACKED_STARTS, Document
from pixsession.readers.export import ExportKind
from pixsession.readers.recognise import recognise
from pixsession.readers.rows import surplus_of

_SHARED = (Column.DIVISION, Column.GROUP)
_NUMBERS = (Column.STUDENT_NUMBER, Column.EXTERNAL_ID)


class _Private(NamedTuple):
    """The positions to be emptied in a row as wide as the header, and where surplus cells come in."""

    positions: tuple[int, ...]
    width: int
    surplus_at: int | None

    def labels_dropped(self, rows: Iterable[Sequence[str]]) -> int:
        """How many cells a row has whose labels Pix has dropped: of one file, every row has as many."""
        if self.surplus_at is None:
            return 0
        return max((surplus_of(row, self.width) for row in rows), default=0)

    def emptied(self, row: Sequence[str], dropped: int) -> list[str]:
        # What a row has besides, a spreadsheet has put at its end; the last cell of its own may be empty too.
        extra = max(0, min(len(row) - self.width, dropped))
        start = self.surplus_at or 0
        behind = {place + extra if place >= start else place for place in self.positions}
        emptied = {*range(start, start + extra), *behind}
        return ["" if place in emptied else cell for place, cell in enumerate(row)]


def without_numbers(content: bytes) -> bytes:
    """A campaign export whose cells that identify somebody elsewhere are empty, all else to the letter.

    Files of other kinds, and those that are no text, come back as they are.
    """
    if content.startswith(PACKED_STARTS):
        return content
    try:
        found = recognise(content)
    except PixSessionError:
        return content
    if found.kind not in {ExportKind.PROFILES, ExportKind.ASSESSMENT}:
        return content
    text = content.decode(found.encoding)
    rewritten = "".join(_lines(text, found.delimiter))
    return content if rewritten == text else rewritten.encode(found.encoding)


def is_private(document: Document) -> bool:
    """Whether a workbook tells what `without_numbers` takes out of a text.

    So it is assumed of sheets that are not read, and of what is no campaign export.
    """
    table = document.table
    private = _private_of(table.header) if table is not None else None
    if table is None or private is None or document.notes:
        return True
    rows = [row for _line, row in table.rows]
    dropped = private.labels_dropped(rows)
    return any(private.emptied(row, dropped) != row for row in rows)


def _lines(text: str, delimiter: str) -> Iterator[str]:
    stream, raw = io.StringIO(text, newline=""), list[str]()

    def noted() -> Iterator[str]:
        for line in stream:
            raw.append(line)
            yield line

    private: _Private | None = None
    rows = list[tuple[str, list[str]]]()  # below the header
    for row in csv.reader(noted(), delimiter=delimiter):
        written = "".join(raw)
        raw.clear()
        if private is None:
            private = _private_of(row)
            yield written
        else:
            rows.append((written, row))
    if private is not None:
        dropped = private.labels_dropped(row for _written, row in rows)
        for written, row in rows:
            cells = private.emptied(row, dropped)
            yield written if cells == row else _as_line(cells, delimiter, written)


def _as_line(cells: Sequence[str], delimiter: str, before: str) -> str:
    end = before[len(before.rstrip("\r\n")) :]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end).writerow(cells)
    return out.getvalue()


def _private_of(header: Sequence[str]) -> _Private | None:
    """What is private below this header; None where this row is none yet."""
    if looks_like_profiles(header):
        layout = read_layout(header)
        return _private_in(layout.at, len(header), layout.surplus_at)
    if looks_like_assessment(header):
        assessment = read_assessment_layout(header)
        return _private_in(assessment.at, len(header), assessment.surplus_at)
    return None


def _private_in(at: Mapping[Column, int], width: int, surplus_at: int | None) -> _Private:
    """The free columns but class and group: a school's import may have brought birth dates there."""
    first = at.get(Column.FIRST_NAME, -1)
    after = [place for column, place in at.items() if place > first and column not in (*_SHARED, *_NUMBERS)]
    shared = {at[column] for column in _SHARED if column in at}
    free = range(first + 1, min(after, default=first + 1))
    numbers = [at[column] for column in _NUMBERS if column in at]
    return _Private(tuple(sorted({*numbers, *free} - shared)), width, surplus_at)
