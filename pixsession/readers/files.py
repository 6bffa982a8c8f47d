"""From a path to an Export: read the bytes once, recognise, parse; nothing but a regular file is opened."""

from __future__ import annotations

import hashlib
import os
import stat
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

from pixsession.domain.clock import from_timestamp
from pixsession.errors import FileHeld, NotPix, UnreadableExport
from pixsession.i18n import _
from pixsession.readers.export import Contents, Export, ExportKind, FileDescription, Origin
from pixsession.readers.file_names import export_time
from pixsession.readers.kinds import Columns, looks_like_school_base, read_school_base, read_table
from pixsession.readers.recognise import PEEK_BYTES, not_pix, recognise, text_of
from pixsession.readers.repairs import with_names_repaired
from pixsession.readers.rows import table_of
from pixsession.readers.table import Table

MAX_BYTES = 64 * 1024 * 1024  # an export of 100 000 students weighs 25 MB
_ARCHIVE_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_SCHOOL_BASE = b"BEE_ELEVES"  # the root of the XML that the school's base exports


class Document(NamedTuple):
    """A file recognised and not yet read; `table` is None for the school's base, which is no table."""

    kind: ExportKind
    origin: Origin
    table: Table | None


def read_export(path: Path, columns: Columns | None = None) -> Export:
    """The export in this file; `columns`: what headers of the user's own lists mean.

    Raises NotPix when it is none of Pix's, UnreadableExport when it is but cannot be read or is refused,
    FileHeld when it vanished, changed or was locked meanwhile: the same file may be read a moment later.
    """
    return export_of(*read_bytes(path, columns), columns)


def read_bytes(path: Path, columns: Columns | None = None) -> tuple[bytes, FileDescription]:
    """The bytes of a file that may be of a known kind, and what is known of it besides; raises as above."""
    content, status = _bytes_of(path, columns)
    name = name_as_text(path)
    modified_at = _modified_at(status)
    name_time = export_time(name, modified_at)
    return content, FileDescription(name, name_time or modified_at, name_time is not None, modified_at)


def name_as_text(path: Path) -> str:
    """The name of a file as text: one in the bytes of another system can be neither stored nor printed."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def export_of(content: bytes, file: FileDescription, columns: Columns | None = None) -> Export:
    """The export in these bytes of a file; raises NotPix and UnreadableExport like `read_export`."""
    contents = contents_of(document_of(content, columns), content, file, columns)
    return Export(file, hashlib.sha256(content).hexdigest(), content, contents)


def document_of(content: bytes, columns: Columns | None = None) -> Document:
    """What these bytes are; raises NotPix for what is not known, UnreadableExport for what is refused."""
    if content.startswith(_ARCHIVE_STARTS):
        return _archived(content, columns)
    if _is_school_base(content[:PEEK_BYTES]):
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
    """What its reader makes of a recognised file; raises UnreadableExport, which then says the kind."""
    try:
        if document.table is None:
            return with_names_repaired(read_school_base(content, file))
        contents = with_names_repaired(read_table(document.kind, document.table, file, columns))
    except UnreadableExport as error:
        error.kind = error.kind or document.kind.value
        raise
    return _with_guess_told(contents)


def _with_guess_told(contents: Contents) -> Contents:
    if not contents.origin.guessed:
        return contents
    note = _("encoding guessed: {encoding}").format(encoding=contents.origin.encoding)
    return contents if note in contents.notes else contents._replace(notes=(*contents.notes, note))


def _archived(content: bytes, columns: Columns | None) -> Document:
    import io  # noqa: PLC0415 - few folders hold archives

    from pixsession.readers.archives import ArchiveKind, archive_kind  # noqa: PLC0415
    from pixsession.readers.workbook import read_workbook  # noqa: PLC0415

    form = archive_kind(io.BytesIO(content))
    if form is ArchiveKind.OTHER:
        raise not_pix()
    if form is ArchiveKind.XML:
        if looks_like_school_base(content):
            return Document(ExportKind.ROSTER, Origin("xml"), None)
        raise not_pix()
    found = read_workbook(content, form, columns)
    return Document(found.kind, found.table.origin, found.table)


def _is_school_base(head: bytes) -> bool:
    return _SCHOOL_BASE in head.replace(b"\x00", b"") and looks_like_school_base(head)


def _modified_at(status: os.stat_result) -> datetime:
    """The file's own time; one that no calendar has (a broken clock, a damaged disk) is the oldest of all."""
    try:
        return from_timestamp(status.st_mtime)
    except (ValueError, OverflowError, OSError):
        return from_timestamp(0)


def _bytes_of(path: Path, columns: Columns | None) -> tuple[bytes, os.stat_result]:
    try:
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            raise NotPix(_("not a file"))
        # A pipe put in place of the file in between would block the open for ever.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as stream:
            opened = os.fstat(stream.fileno())
            if not stat.S_ISREG(opened.st_mode):
                raise NotPix(_("not a file"))
            # A downloads folder holds large files of others: they cost no more than their beginning.
            head = stream.read(PEEK_BYTES)
            kind = _glance(stream, head, opened.st_size, columns)
            if opened.st_size > MAX_BYTES:
                raise UnreadableExport(
                    _("far too large for an export of Pix ({size} MB): download it again").format(
                        size=opened.st_size // 1_000_000
                    ),
                    kind=kind,
                )
            content = head + stream.read(MAX_BYTES)
            after = os.fstat(stream.fileno())
    except FileNotFoundError:
        raise FileHeld(_("the file has vanished")) from None
    except PermissionError:
        raise FileHeld(
            _("the file may not be read: close it in the other program, or check its rights")
        ) from None
    except OSError as error:
        raise FileHeld(_("the file cannot be read ({cause})").format(cause=error.strerror or "I/O")) from None
    if (after.st_size, after.st_mtime_ns) != (opened.st_size, opened.st_mtime_ns) or len(
        content
    ) != after.st_size:
        raise FileHeld(_("the file is still being written"))
    return content, after


def _glance(stream: IO[bytes], head: bytes, size: int, columns: Columns | None) -> str:
    """What the beginning of a file may be, as a value of ExportKind; raises NotPix where the rest is vain."""
    if head.startswith(_ARCHIVE_STARTS):
        from pixsession.readers.archives import ArchiveKind, archive_kind  # noqa: PLC0415

        form = archive_kind(stream)
        if size > MAX_BYTES or form is ArchiveKind.OTHER:
            raise not_pix()
        if form is not ArchiveKind.XML:
            from pixsession.readers.workbook import glance  # noqa: PLC0415

            glance(stream, form, columns)
        stream.seek(len(head))
        return ""
    if _is_school_base(head):
        return ExportKind.ROSTER.value
    return recognise(head, columns, whole=size <= len(head)).kind.value
