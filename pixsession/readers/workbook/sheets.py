"""Tables saved as XLSX, ODS or XLS: the sheets with a header that is known, their typed cells as text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import IO, NamedTuple
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.readers.export import ExportKind, Origin
from pixsession.readers.kinds import Columns, has_passwords, kind_of, lacks_a_class, passwords_refused
from pixsession.readers.lists.class_names import class_of_rows, class_of_title
from pixsession.readers.parts import joined, quoted
from pixsession.readers.recognise import HEADER_ROWS, not_pix, without_class
from pixsession.readers.table import Part, Row, Table, plain_cell
from pixsession.readers.workbook.archives import ArchiveKind, Parts, opened, too_large
from pixsession.readers.workbook.biff import check_old_workbook
from pixsession.readers.workbook.peek import MOST_SHEETS, may_be_known

MAX_CELLS = 2_500_000  # calamine makes room for every cell between the first and the last
_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,4})(\d{1,8})["']""")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']([^"']*)["']""")

Value = int | float | str | bool | time | date | datetime | timedelta


class Workbook(NamedTuple):
    """What was found in a workbook: its kind, the table of the first sheet, and all where there are several.

    `notes`: which sheets are not read.
    """

    kind: ExportKind
    table: Table
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()


class _Sheet(NamedTuple):
    """One sheet that holds anything; `position` is that of its header among the rows."""

    name: str
    rows: list[Row]
    is_visible: bool
    kind: ExportKind
    position: int
    division: str | None  # the class in its title, or in its name


# Kinds of which several sheets are one: the others are each the state of a campaign at a moment.
_JOINED = {ExportKind.ROSTER, ExportKind.CANDIDATES, ExportKind.SESSIONS, ExportKind.RESULTS}


def read_workbook(content: bytes, form: ArchiveKind, columns: Columns | None = None) -> Workbook:
    """The tables of a workbook whose headers are known, of every sheet; hidden ones where no other has any.

    Raises NotPix where no sheet has one, UnreadableExport for passwords, for sheets that are no single file
    together, and for what is damaged, locked or far larger than any list. Only the beginning of a workbook is
    inflated to see that it is not ours.
    """
    found, unread = _sheets(_checked(content, form, columns), columns)
    if any(sheet.kind is ExportKind.CREDENTIALS for sheet in found):
        raise passwords_refused()
    visible = [sheet for sheet in found if sheet.is_visible]
    known = [sheet for sheet in visible if sheet.kind is not ExportKind.UNKNOWN]
    known = known or [sheet for sheet in found if sheet.kind is not ExportKind.UNKNOWN]
    if not known:
        causes = [_cause(sheet, columns) for sheet in found]
        raise next((cause for cause in causes if cause.message != not_pix().message), not_pix())
    kind = known[0].kind
    if len(known) > 1 and (kind not in _JOINED or any(sheet.kind is not kind for sheet in known)):
        names = ", ".join(f"« {quoted(sheet.name)} »" for sheet in known)
        words = _("several exports in one workbook ({names}): save each sheet as a file of its own")
        raise UnreadableExport(words.format(names=names), kind=kind.value)
    parts = tuple(Part(sheet.name, _table(sheet, Origin(form.value))) for sheet in known)
    others = [(sheet.name, _cause(sheet, columns)) for sheet in visible if sheet.kind is ExportKind.UNKNOWN]
    return Workbook(kind, parts[0].table, parts, joined([*others, *((name, not_pix()) for name in unread)]))


def _cause(sheet: _Sheet, columns: Columns | None) -> NotPix:
    """Why a sheet is not read."""
    nameless = any(lacks_a_class(_trimmed(row), columns) for _number, row in _top(sheet.rows))
    return without_class() if nameless else not_pix()


def _checked(content: bytes, form: ArchiveKind, columns: Columns | None) -> bytes:
    """A workbook whose sizes were looked at; raises NotPix, UnreadableExport."""
    if form is ArchiveKind.XLS:
        check_old_workbook(content, MAX_CELLS)
        return content
    with opened(io.BytesIO(content)) as parts:
        if not may_be_known(parts, form, columns):
            raise not_pix()
        return _plain(parts, form)


def check_beginning(stream: IO[bytes], form: ArchiveKind, columns: Columns | None = None) -> None:
    """Raises NotPix where the beginning of a workbook rules out an export or a list."""
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
    cells = 0
    for name, content in found.items():
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise UnreadableExport(
                _("the workbook holds definitions that no list has: nothing of it was read")
            )
        if name == "content.xml":
            _check_whole(content)
            found[name] = _bounded(content)
        elif "/worksheets/" in name:
            cells += _extent(content)
    if cells > MAX_CELLS:
        raise too_large()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _check_whole(content: bytes) -> None:
    """Raises UnreadableExport for XML that is cut: calamine looks for the end of a table for ever."""
    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError:
        raise _damaged() from None


def _is_wanted(name: str, form: ArchiveKind) -> bool:
    if form is ArchiveKind.ODS:
        return name in {"mimetype", "content.xml", "META-INF/manifest.xml"}
    folders = r"xl/(?:worksheets/)?(?:_rels/)?[^/]+\.(?:xml|rels)"
    return name in {"[Content_Types].xml", "_rels/.rels"} or re.fullmatch(folders, name) is not None


def _extent(sheet: bytes) -> int:
    """How many cells there are between the first and the last one of a sheet of XLSX."""
    columns = rows = 0
    for letters, number in set(_CELL.findall(sheet)):
        column = 0
        for letter in letters.upper():
            column = 26 * column + letter - 64
        columns, rows = max(columns, column), max(rows, int(number))
    return columns * rows


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
    if widest * rows > 4 * MAX_CELLS:
        raise too_large()
    return sheet


def _at_most(found: re.Match[bytes], limit: int) -> bytes:
    return found[1] + str(min(int(found[2]), limit)).encode() + found[3]


def _sheets(content: bytes, columns: Columns | None) -> tuple[list[_Sheet], list[str]]:
    """Each sheet that holds anything, as text; the names of those beyond what any workbook of lists has."""
    found = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        about = [one for one in workbook.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        for one in about[:MOST_SHEETS]:
            cells = workbook.get_sheet_by_name(one.name).to_python(skip_empty_area=False)
            rows = [(number, list(map(_text, row))) for number, row in enumerate(cells, 1)]
            rows = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
            if rows:
                found.append(
                    _sheet(one.name, rows, columns, is_visible=one.visible is SheetVisibleEnum.Visible)
                )
    except CalamineError:
        raise _damaged() from None
    except BaseException as error:  # calamine stops so at some damage, and Python has no name for it
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged() from None
    return found, [one.name for one in about[MOST_SHEETS:]]


def _damaged() -> UnreadableExport:
    return UnreadableExport(
        _("the workbook cannot be opened: it is damaged or has a password, save it again")
    )


def _sheet(name: str, rows: list[Row], columns: Columns | None, *, is_visible: bool) -> _Sheet:
    """A sheet with its kind, and which of its rows is the header."""
    named = class_of_title(name)
    for position, (_number, row) in enumerate(_top(rows)):
        if has_passwords(row):
            return _Sheet(name, rows, is_visible, ExportKind.CREDENTIALS, position, None)
        division = class_of_rows(rows[:position]) or named
        kind = kind_of(_trimmed(row), columns, division)
        if kind is not ExportKind.UNKNOWN:
            return _Sheet(name, rows, is_visible, kind, position, division)
    return _Sheet(name, rows, is_visible, ExportKind.UNKNOWN, 0, None)


def _top(rows: Sequence[Row]) -> list[Row]:
    """The rows of which one may be the header."""
    return [row for row in rows[:HEADER_ROWS] if row[0] <= HEADER_ROWS]


def _table(sheet: _Sheet, origin: Origin) -> Table:
    rows, position = sheet.rows, sheet.position
    line, header = rows[position]
    labels = _trimmed(header)
    width = len(labels)
    below = [(number, row[: max(width, len(_trimmed(row)))]) for number, row in rows[position + 1 :]]
    return Table(origin, tuple(labels), line, below, above=tuple(rows[:position]), division=sheet.division)


def _trimmed(row: Sequence[str]) -> list[str]:
    """The cells of a row without the blank ones at its end."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return list(row[:end])


def _text(value: Value) -> str:
    """A typed cell as text: "12", "0.33", "2011-02-03", "2026-06-02T08:30", "08:30", "Oui"."""
    if isinstance(value, str):
        return plain_cell(value)
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
