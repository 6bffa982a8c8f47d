"""Tables saved as XLSX or ODS: the first sheet with a header that is known, its typed cells as text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import IO, NamedTuple

from pixsession.errors import UnreadableExport
from pixsession.i18n import _
from pixsession.readers.archives import ArchiveKind, Parts, opened, too_large
from pixsession.readers.export import ExportKind, Origin
from pixsession.readers.kinds import Columns, has_passwords, kind_of, passwords_refused
from pixsession.readers.recognise import HEADER_ROWS, not_pix
from pixsession.readers.table import Row, Table
from pixsession.readers.workbook_peek import MOST_SHEETS, may_be_known

_MAX_CELLS = 8_000_000  # calamine makes room for every cell between the first and the last
_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,4})(\d{1,8})["']""")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']([^"']*)["']""")

Value = int | float | str | bool | time | date | datetime | timedelta


class Workbook(NamedTuple):
    """What was found in a workbook: the kind of its first sheet that has one, and the table."""

    kind: ExportKind
    table: Table


def read_workbook(content: bytes, form: ArchiveKind, columns: Columns | None = None) -> Workbook:
    """The first table of a workbook whose header is known.

    Raises NotPix where no sheet has one, UnreadableExport for passwords and for what is damaged, locked or
    far larger than any list. Only the beginning of a workbook is inflated to see that it is not ours.
    """
    with opened(io.BytesIO(content)) as parts:
        if not may_be_known(parts, form, columns):
            raise not_pix()
        plain = _plain(parts, form)
    found = list(_sheets(plain))
    kinds = [_header(rows, columns) for rows in found]
    if any(kind is ExportKind.CREDENTIALS for kind, _position in kinds):
        raise passwords_refused()
    for rows, (kind, position) in zip(found, kinds, strict=True):
        if kind is not ExportKind.UNKNOWN:
            return Workbook(kind, _table(rows, position, Origin(form.value)))
    raise not_pix()


def glance(stream: IO[bytes], form: ArchiveKind, columns: Columns | None = None) -> None:
    """Look at the beginning of a workbook; raises NotPix where nothing in it could be ours."""
    with opened(stream) as parts:
        if not may_be_known(parts, form, columns):
            raise not_pix()


def _plain(parts: Parts, form: ArchiveKind) -> bytes:
    """The same workbook with nothing but its tables, not packed, and each of its sizes looked at before.

    calamine trusts what a workbook says of itself, and a process that asks for a terabyte is ended by the
    system: neither a size, nor a repetition, nor the place of a cell is left to it unchecked.
    """
    wanted = [name for name in parts.names if _is_wanted(name, form)]
    found = dict(parts.inflated(wanted))
    for name, content in found.items():
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise UnreadableExport(
                _("the workbook holds definitions that no list has: nothing of it was read")
            )
        if name == "content.xml":
            found[name] = _bounded(content)
        elif "/worksheets/" in name:
            _check_extent(content)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _is_wanted(name: str, form: ArchiveKind) -> bool:
    if form is ArchiveKind.ODS:
        return name in {"mimetype", "content.xml", "META-INF/manifest.xml"}
    folders = r"xl/(?:worksheets/)?(?:_rels/)?[^/]+\.(?:xml|rels)"
    return name in {"[Content_Types].xml", "_rels/.rels"} or re.fullmatch(folders, name) is not None


def _check_extent(sheet: bytes) -> None:
    """Raises UnreadableExport where the cells of a sheet of XLSX stand too far from one another."""
    columns = rows = 0
    for letters, number in set(_CELL.findall(sheet)):
        column = 0
        for letter in letters.upper():
            column = 26 * column + letter - 64
        columns, rows = max(columns, column), max(rows, int(number))
    if columns * rows > _MAX_CELLS:
        raise too_large()


_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_ODS_COLUMNS = re.compile(rb"""(number-columns-repeated\s*=\s*["'])(\d+)(["'])""")
_ODS_ROWS = re.compile(rb"""(number-rows-repeated\s*=\s*["'])(\d+)(["'])""")
_WIDEST, _LONGEST = 1024, 1000


def _bounded(sheet: bytes) -> bytes:
    """A sheet of ODS whose repetitions are at most those of a list; what is blank is repeated without end.

    Raises UnreadableExport where what is left would still be far too much.
    """
    if any(not times.isdigit() for times in _REPEATED.findall(sheet)):
        raise too_large()
    sheet = _ODS_COLUMNS.sub(lambda found: _at_most(found, _WIDEST), sheet)
    sheet = _ODS_ROWS.sub(lambda found: _at_most(found, _LONGEST), sheet)
    widest = rows = 0
    for attributes, cells in _ODS_ROW.findall(sheet):
        repeated = _ODS_ROWS.search(attributes)
        rows += int(repeated[2]) if repeated else 1
        width = cells.count(b"-cell") + sum(int(times) for _a, times, _b in _ODS_COLUMNS.findall(cells))
        widest = max(widest, width if b"office:" in cells else 0)
    if widest * rows > 4 * _MAX_CELLS:
        raise too_large()
    return sheet


def _at_most(found: re.Match[bytes], limit: int) -> bytes:
    return found[1] + str(min(int(found[2]), limit)).encode() + found[3]


def _sheets(content: bytes) -> Iterator[list[Row]]:
    """The rows of each sheet that has any, as text, with their number in the sheet."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - few folders hold workbooks

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names[:MOST_SHEETS]:
            cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            rows = [(number, list(map(_text, row))) for number, row in enumerate(cells, 1)]
            yield [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    except CalamineError:
        words = _("the workbook cannot be opened: it is damaged or has a password, save it again")
        raise UnreadableExport(words) from None


def _header(rows: Sequence[Row], columns: Columns | None) -> tuple[ExportKind, int]:
    """The kind of a sheet, and which of its rows is the header."""
    for position, (number, row) in enumerate(rows):
        if number > HEADER_ROWS:
            break
        if has_passwords(row):
            return ExportKind.CREDENTIALS, position
        if (kind := kind_of(_trimmed(row), columns)) is not ExportKind.UNKNOWN:
            return kind, position
    return ExportKind.UNKNOWN, 0


def _table(rows: Sequence[Row], position: int, origin: Origin) -> Table:
    line, header = rows[position]
    labels = _trimmed(header)
    width = len(labels)
    below = [(number, row[: max(width, len(_trimmed(row)))]) for number, row in rows[position + 1 :]]
    return Table(origin, tuple(labels), line, below, above=tuple(rows[:position]))


def _trimmed(row: Sequence[str]) -> list[str]:
    """The cells of a row without the blank ones at its end."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return list(row[:end])


def _text(value: Value) -> str:
    """A typed cell as text: "12", "0.33", "2011-02-03", "2026-06-02T08:30", "08:30", "Oui"."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        # Fifteen digits are what a spreadsheet holds: 0.1 + 0.2 is 0.3 there.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    return _duration(value)


def _duration(value: timedelta) -> str:
    """A time that a spreadsheet keeps as a length ("08:30" typed into a cell of hours)."""
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text
