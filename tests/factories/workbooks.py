"""Workbooks for the tests: the smallest XLSX and ODS that spreadsheets would save, with typed cells."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from xml.sax.saxutils import escape

Cell = str | int | float | bool | date | datetime | time | None
Rows = Sequence[Sequence[Cell]]

_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_DATE, _MOMENT, _TIME = 1, 2, 3  # styles of XLSX
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="22"/><xf numFmtId="20"/></cellXfs></styleSheet>'
)
_DAY_ZERO = date(1899, 12, 30)
_MIME = "application/vnd.oasis.opendocument.spreadsheet"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these parts, in this order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def xlsx(*sheets: Rows, shared: bool = True) -> bytes:
    """A workbook of XLSX; its texts in the list that sheets share, as Excel keeps them, or in the cells."""
    texts: dict[str, int] | None = {} if shared else None
    bodies = [_xlsx_sheet(rows, texts) for rows in sheets]
    return xlsx_of(bodies, texts or {})


def xlsx_of(bodies: Sequence[str], texts: Iterable[str] = ()) -> bytes:
    """A workbook of XLSX whose sheets have these rows, as XML."""
    numbers = range(1, len(bodies) + 1)
    names = "".join(f'<sheet name="Feuil{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    links = "".join(_link(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    links += _link("rId98", "styles", "styles.xml") + _link("rId99", "sharedStrings", "sharedStrings.xml")
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    parts = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _links(_link("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{names}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _links(links),
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f'{_XML}<sst xmlns="{_MAIN}">{items}</sst>',
    }
    for number, body in zip(numbers, bodies, strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'
        )
    return packed(parts)


def _link(identity: str, sort: str, target: str) -> str:
    return f'<Relationship Id="{identity}" Type="{_RELATED}/{sort}" Target="{target}"/>'


def _links(links: str) -> str:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _xlsx_sheet(rows: Rows, texts: dict[str, int] | None) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_xlsx_cell(f"{_letters(i)}{number}", cell, texts) for i, cell in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    return "".join(lines)


def _letters(column: int) -> str:
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _xlsx_cell(place: str, cell: Cell, texts: dict[str, int] | None) -> str:
    if cell is None or cell == "":
        return f'<c r="{place}"/>'
    if isinstance(cell, str):
        if texts is None:
            return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        return f'<c r="{place}" t="s"><v>{texts.setdefault(cell, len(texts))}</v></c>'
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, datetime):
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
        return f'<c r="{place}" s="{_MOMENT}"><v>{(cell.date() - _DAY_ZERO).days + seconds / 86400!r}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{place}" s="{_DATE}"><v>{(cell - _DAY_ZERO).days}</v></c>'
    if isinstance(cell, time):
        return f'<c r="{place}" s="{_TIME}"><v>{(cell.hour * 60 + cell.minute) / 1440!r}</v></c>'
    return f'<c r="{place}"><v>{cell!r}</v></c>'


def ods(*sheets: Rows) -> bytes:
    """A workbook of ODS."""
    tables = "".join(
        f'<table:table table:name="Feuille{number}">{"".join(map(_ods_row, rows))}</table:table>'
        for number, rows in enumerate(sheets, 1)
    )
    return ods_of(tables)


def ods_of(tables: str) -> bytes:
    """A workbook of ODS with these tables, as XML."""
    content = (
        f'{_XML}<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0"'
        f' xmlns:text="{_OASIS}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'{_XML}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/></manifest:manifest>'
    )
    return packed({"mimetype": _MIME, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_row(row: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        words = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
        return f'<table:table-cell office:value-type="string">{words}</table:table-cell>'
    if isinstance(cell, bool):
        value = f'office:value-type="boolean" office:boolean-value="{str(cell).lower()}"'
    elif isinstance(cell, date):  # a moment too
        value = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, time):
        value = f'office:value-type="time" office:time-value="PT{cell.hour:02d}H{cell.minute:02d}M00S"'
    else:
        value = f'office:value-type="float" office:value="{cell!r}"'
    return f"<table:table-cell {value}/>"


_MOMENT_TEXT = re.compile(r"(\d\d)/(\d\d)/(\d{4}) (\d\d):(\d\d)")


def typed(text: str) -> Cell:
    """A cell as a spreadsheet takes it from a CSV: what looks like a number or a date becomes one."""
    if re.fullmatch(r"0|[1-9]\d{0,14}", text):
        return int(text)
    if re.fullmatch(r"0,\d+", text):
        return float(text.replace(",", "."))
    if found := _MOMENT_TEXT.fullmatch(text):
        day, month, year, hour, minute = map(int, found.groups())
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - as in a spreadsheet
    if re.fullmatch(r"20\d\d-\d\d-\d\d", text):
        return date.fromisoformat(text)
    return text


def xls(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook as Excel saved them before 2007, its cells texts; empty ones are left out."""
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    bodies = [_xls_sheet(rows) for rows in sheets.values()]
    names = [struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in sheets]
    before = len(start) + sum(len(name) + 10 for name in names) + 4
    places = [before + sum(map(len, bodies[:at])) for at in range(len(bodies))]
    bounds = (
        _record(0x0085, struct.pack("<IH", at, 0) + name) for at, name in zip(places, names, strict=True)
    )
    stream = start + b"".join(bounds) + _record(0x000A, b"") + b"".join(bodies)
    return _compound(stream.ljust(4096, b"\x00"))


def _xls_sheet(rows: Sequence[Sequence[str]]) -> bytes:
    cells = b"".join(
        _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text
    )
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    return start + cells + _record(0x000A, b"")


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound(stream: bytes) -> bytes:
    """The container of old documents around one stream, in sectors of 512 bytes: table, directory, stream."""
    count = -(-len(stream) // 512)
    end, unused = 0xFFFFFFFE, 0xFFFFFFFF
    table = [0xFFFFFFFD, end, *range(3, count + 2), end]
    table += [unused] * (128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[unused] * 108)
    entries = _entry("Root Entry", 5, 1, end, 0) + _entry("Workbook", 2, unused, 2, len(stream))
    entries += bytes(512 - len(entries))
    return head + struct.pack("<128I", *table) + entries + stream.ljust(count * 512, b"\x00")


def _entry(name: str, sort: int, child: int, start: int, size: int) -> bytes:
    unused = 0xFFFFFFFF
    title = name.encode("utf-16-le").ljust(64, b"\x00")
    about = struct.pack("<HBBIII", 2 * len(name) + 2, sort, 1, unused, unused, child)
    return title + about + bytes(36) + struct.pack("<III", start, size, 0)
