"""What bytes are: a text, a workbook of one or many sheets, the school's base, or a ZIP of one of these."""

import io
import os
from pathlib import Path
from typing import IO, NamedTuple

from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.readers.export import Contents, ExportKind, FileDescription, Origin
from pixsession.readers.kinds import Columns, looks_like_school_base, read_school_base, read_table
from pixsession.readers.parts import joined, read_parts
from pixsession.readers.recognise import PEEK_BYTES, not_pix, recognise, text_of
from pixsession.readers.repairs import with_names_repaired
from pixsession.readers.rows import table_of
from pixsession.readers.table import Part, Table
from pixsession.readers.workbook import packed
from pixsession.readers.workbook.archives import ArchiveKind, archive_kind
from pixsession.readers.workbook.biff import OLD_START, is_old_workbook

ARCHIVE_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
PACKED_STARTS = (*ARCHIVE_STARTS, OLD_START)  # of what is read in a process of its own
_SCHOOL_BASE = b"BEE_ELEVES"  # the root of the XML that the school's base exports


class Document(NamedTuple):
    """A file recognised and not yet read; `table` is None for the school's base, which is no table.

    `parts`: the tables of one with several, which are read together; `table` is then the first. `notes`: what
    the user should know of what was passed over. `inner_name`: the file of a ZIP that this is.
    """

    kind: ExportKind
    origin: Origin
    table: Table | None
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    inner_name: str | None = None


class Reading(NamedTuple):
    """One file recognised and read; `contents` is None where it was `refused` once its kind was known."""

    kind: ExportKind
    origin: Origin
    header: tuple[str, ...] = ()
    inner_name: str | None = None
    contents: Contents | None = None
    refused: UnreadableExport | None = None


def reading_of(content: bytes, file: FileDescription, columns: Columns | None = None) -> Reading:
    """What these bytes of a file are and say; raises NotPix, and UnreadableExport for what has no kind."""
    document = document_of(content, columns)
    header = document.table.header if document.table else ()
    found = Reading(document.kind, document.origin, header, document.inner_name)
    try:
        return found._replace(contents=contents_of(document, content, file, columns))
    except UnreadableExport as refused:
        return found._replace(refused=refused)


def unexpected(name: str) -> UnreadableExport:
    """The refusal of a file that made its reader fail as none should; `name`: of the error in Python."""
    words = _("this file cannot be read ({kind}): save it or download it again")
    return UnreadableExport(words.format(kind=name), kind=ExportKind.UNKNOWN.value)


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


def document_of(content: bytes, columns: Columns | None = None) -> Document:
    """What these bytes are; raises NotPix for what is not known, UnreadableExport for what is refused."""
    if content.startswith(ARCHIVE_STARTS):
        return _archived(content, columns)
    if content.startswith(OLD_START):
        return _old_workbook(content, columns)
    if is_school_base(content[:PEEK_BYTES]):
        return Document(ExportKind.ROSTER, Origin("xml"), None)
    recognised = recognise(content, columns)
    try:
        table = table_of(text_of(content, recognised), recognised)
    except UnreadableExport as error:
        error.kind = error.kind or recognised.kind.value
        raise
    return Document(recognised.kind, table.origin, table)


def contents_of(
    document: Document, content: bytes, file: FileDescription, columns: Columns | None = None
) -> Contents:
    """The contents of a recognised file, from its reader; raises UnreadableExport with its `kind`."""
    try:
        if document.table is None:
            return with_names_repaired(read_school_base(content, file))
        if document.inner_name:
            file = file._replace(name=document.inner_name)
        if len(document.parts) > 1:
            contents = read_parts(document.kind, document.parts, file, columns)
        else:
            contents = read_table(document.kind, document.table, file, columns)
    except UnreadableExport as error:
        error.kind = error.kind or document.kind.value
        raise
    contents = with_names_repaired(contents)
    return _with_encoding_note(contents._replace(notes=(*contents.notes, *document.notes)))


def is_school_base(head: bytes) -> bool:
    """Whether a text, by its beginning, is the school's base (SIECLE) as XML."""
    return _SCHOOL_BASE in head.replace(b"\x00", b"") and looks_like_school_base(head)


def _with_encoding_note(contents: Contents) -> Contents:
    missing = tuple(note for note in contents.origin.notes() if note not in contents.notes)
    return contents._replace(notes=contents.notes + missing) if missing else contents


def _archived(content: bytes, columns: Columns | None) -> Document:
    from pixsession.readers.workbook.sheets import read_workbook  # noqa: PLC0415 - (c): likewise

    form = archive_kind(io.BytesIO(content))
    if form is ArchiveKind.OTHER:
        raise not_pix()
    if form is ArchiveKind.XML:
        if looks_like_school_base(content):
            return Document(ExportKind.ROSTER, Origin("xml"), None)
        raise not_pix()
    if form is ArchiveKind.FILES:
        return _packed(content, columns)
    found = read_workbook(content, form, columns)
    return Document(found.kind, found.table.origin, found.table, found.parts, found.notes)


def _old_workbook(content: bytes, columns: Columns | None) -> Document:
    from pixsession.readers.workbook.sheets import read_workbook  # noqa: PLC0415 - (c): likewise

    if not is_old_workbook(io.BytesIO(content)):
        raise not_pix()
    found = read_workbook(content, ArchiveKind.XLS, columns)
    return Document(found.kind, found.table.origin, found.table, found.parts, found.notes)


def _packed(content: bytes, columns: Columns | None) -> Document:
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
