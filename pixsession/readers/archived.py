"""Documents inside a workbook, or inside a ZIP of files: loaded where a file is one."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from pixsession.foundation.errors import UnreadableExport
from pixsession.readers.document import ARCHIVE_STARTS, Document
from pixsession.readers.export import ExportKind, Origin
from pixsession.readers.kinds import Columns, looks_like_school_base
from pixsession.readers.parts import joined
from pixsession.readers.recognise import not_pix
from pixsession.readers.table import Part
from pixsession.readers.workbook import packed
from pixsession.readers.workbook.archives import ArchiveKind, archive_kind
from pixsession.readers.workbook.biff import MAX_BYTES as MAX_OLD_BYTES
from pixsession.readers.workbook.biff import is_old_workbook

_Reader = Callable[[bytes, Columns | None], Document]


def may_be_known(head: bytes, stream: IO[bytes], size: int) -> bool:
    """Whether a file that begins as one of PACKED_STARTS may hold a table, by what costs little to see."""
    if head.startswith(ARCHIVE_STARTS):
        return archive_kind(stream) is not ArchiveKind.OTHER
    return size <= MAX_OLD_BYTES and is_old_workbook(stream)


def check_packed(path: Path, columns: Columns | None = None) -> None:
    """Raises NotPix where the beginning of a workbook or archive rules out an export or a list; OSError."""
    # A pipe put in place of the file in between would block the open for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as stream:
        _check_packed(stream, columns)


def _check_packed(stream: IO[bytes], columns: Columns | None) -> None:
    form = archive_kind(stream)
    if form is ArchiveKind.OTHER:
        raise not_pix()
    if form is ArchiveKind.FILES:
        packed.check_beginning(stream, columns)
    elif form is not ArchiveKind.XML:
        from pixsession.readers.workbook.sheets import check_beginning  # noqa: PLC0415 - (c): 3 ms, and few folders hold workbooks

        check_beginning(stream, form, columns)


def document_inside(content: bytes, columns: Columns | None, document_of: _Reader) -> Document:
    """What bytes that begin as one of PACKED_STARTS are; `document_of` says it of a file inside."""
    if content.startswith(ARCHIVE_STARTS):
        return _archived(content, columns, document_of)
    return _old_workbook(content, columns)


def _archived(content: bytes, columns: Columns | None, document_of: _Reader) -> Document:
    from pixsession.readers.workbook.sheets import read_workbook  # noqa: PLC0415 - (c): likewise

    form = archive_kind(io.BytesIO(content))
    if form is ArchiveKind.OTHER:
        raise not_pix()
    if form is ArchiveKind.XML:
        if looks_like_school_base(content):
            return Document(ExportKind.ROSTER, Origin("xml"), None)
        raise not_pix()
    if form is ArchiveKind.FILES:
        return _packed(content, columns, document_of)
    found = read_workbook(content, form, columns)
    return Document(found.kind, found.table.origin, found.table, found.parts, found.notes)


def _old_workbook(content: bytes, columns: Columns | None) -> Document:
    from pixsession.readers.workbook.sheets import read_workbook  # noqa: PLC0415 - (c): likewise

    if not is_old_workbook(io.BytesIO(content)):
        raise not_pix()
    found = read_workbook(content, ArchiveKind.XLS, columns)
    return Document(found.kind, found.table.origin, found.table, found.parts, found.notes)


def _packed(content: bytes, columns: Columns | None, document_of: _Reader) -> Document:
    """The one usable file of a ZIP; results of several sessions are one."""
    found: list[tuple[str, Document]] = []
    refused: list[tuple[str, UnreadableExport]] = []
    for name, inner in packed.packed_files(content, columns):
        try:
            found.append((name, document_of(inner, columns)))
        except UnreadableExport as error:
            if error.kind == ExportKind.CREDENTIALS.value:
                raise
            refused.append((name, error))
    names = [name for name, _any in (*found, *refused)]
    if not names:
        raise not_pix()
    if len(names) == 1:
        if refused:
            raise refused[0][1]
        name, document = found[0]
        return document._replace(inner_name=name)
    if any(document.kind is not ExportKind.RESULTS for _name, document in found) or not found:
        kind = found[0][1].kind if found else refused[0][1].kind
        raise packed.several_files(names, kind)
    parts = tuple(part for name, document in found for part in _parts_of(name, document))
    first = found[0][1]
    return Document(first.kind, first.origin, first.table, parts, joined(refused))


def _parts_of(name: str, document: Document) -> tuple[Part, ...]:
    if document.parts:
        return tuple(part._replace(name=f"{name}, {part.name}", file_name=name) for part in document.parts)
    return (Part(name, document.table, name),) if document.table is not None else ()
