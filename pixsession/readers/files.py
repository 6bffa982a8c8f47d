"""From a path to an Export: read the bytes once, recognise, parse; nothing but a regular file is opened."""

from __future__ import annotations

import hashlib
import os
import stat
from datetime import datetime
from pathlib import Path
from typing import IO

from pixsession.foundation.clock import from_timestamp
from pixsession.foundation.errors import FileHeld, NotPix, UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.foundation.system_errors import cause_words
from pixsession.readers.documents import (
    ARCHIVE_STARTS,
    Document,
    contents_of,
    document_of,
    is_school_base,
)
from pixsession.readers.export import Export, ExportKind, FileDescription
from pixsession.readers.file_names import UNFINISHED, export_time
from pixsession.readers.kinds import Columns
from pixsession.readers.recognise import PEEK_BYTES, not_pix, recognise
from pixsession.readers.workbook.biff import MAX_BYTES as MAX_OLD_BYTES
from pixsession.readers.workbook.biff import OLD_START, is_old_workbook

__all__ = ["Document", "contents_of", "document_of", "export_of", "name_as_text", "read_bytes", "read_export"]

MAX_BYTES = 64 * 1024 * 1024  # an export of 100 000 students weighs 25 MB


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
    document = document_of(content, columns)
    contents = contents_of(document, content, file, columns)
    if document.inner_name and not file.time_from_name:
        name_time = export_time(document.inner_name, file.modified_at)
        file = file._replace(exported_at=name_time or file.exported_at, time_from_name=name_time is not None)
    return Export(file, hashlib.sha256(content).hexdigest(), content, contents)


def _modified_at(status: os.stat_result) -> datetime:
    """The file's own time; one that no calendar has (a broken clock, a damaged disk) is the oldest of all."""
    try:
        return from_timestamp(status.st_mtime)
    except (ValueError, OverflowError, OSError):
        return from_timestamp(0)


def _bytes_of(path: Path, columns: Columns | None) -> tuple[bytes, os.stat_result]:
    try:
        _check_regular(path.stat())
        # A pipe put in place of the file in between would block the open for ever.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as stream:
            before = os.fstat(stream.fileno())
            content = _read_whole(path, stream, before, columns)
            after = os.fstat(stream.fileno())
    except FileNotFoundError:
        raise FileHeld(_("the file has vanished")) from None
    except PermissionError:
        raise FileHeld(
            _("the file may not be read: close it in the other program, or check its rights")
        ) from None
    except OSError as error:
        words = _("the file cannot be read ({cause})")
        raise FileHeld(words.format(cause=cause_words(error))) from None
    has_changed = (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns)
    if has_changed or len(content) != after.st_size:
        raise FileHeld(_("the file is still being written"))
    return content, after


def _check_regular(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotPix(_("not a file"))


def _read_whole(path: Path, stream: IO[bytes], status: os.stat_result, columns: Columns | None) -> bytes:
    """All bytes of an open file; raises NotPix, FileHeld and UnreadableExport, and OSError of the system.

    A downloads folder holds large files of others: of these only the beginning is read.
    """
    _check_regular(status)
    head = stream.read(PEEK_BYTES)
    kind = _check_beginning(stream, head, status.st_size, columns)
    if _is_unfinished(path, status):
        raise FileHeld(_("its download is not finished: if it has stopped, download the file again"))
    if status.st_size > MAX_BYTES:
        words = _("far too large for an export of Pix ({size} MB): download it again")
        raise UnreadableExport(words.format(size=status.st_size // 1_000_000), kind=kind)
    return head + stream.read(MAX_BYTES)


def _is_unfinished(path: Path, status: os.stat_result) -> bool:
    """Whether a file stands beside the one in which its own download goes on, or has stalled."""
    for ending in UNFINISHED:
        try:
            if path.with_name(path.name + ending).stat().st_mtime >= status.st_mtime:
                return True
        except (OSError, ValueError):
            continue
    return False


def _check_beginning(stream: IO[bytes], head: bytes, size: int, columns: Columns | None) -> str:
    """The kind of a file by its beginning, a value of ExportKind; empty where only the whole shows it.

    Raises NotPix where the rest need not be read.
    """
    if head.startswith(ARCHIVE_STARTS):
        from pixsession.readers.workbook.archives import ArchiveKind, archive_kind  # noqa: PLC0415 - few folders hold any

        form = archive_kind(stream)
        if size > MAX_BYTES or form is ArchiveKind.OTHER:
            raise not_pix()
        if form is ArchiveKind.FILES:
            from pixsession.readers.workbook.packed import check_beginning as check_files  # noqa: PLC0415 - likewise

            check_files(stream, columns)
        elif form is not ArchiveKind.XML:
            from pixsession.readers.workbook.sheets import check_beginning  # noqa: PLC0415 - likewise

            check_beginning(stream, form, columns)
        stream.seek(len(head))
        return ""
    if head.startswith(OLD_START):
        if size > MAX_OLD_BYTES or not is_old_workbook(stream):
            raise not_pix()
        stream.seek(len(head))
        return ""
    if is_school_base(head):
        return ExportKind.ROSTER.value
    return recognise(head, columns, whole=size <= len(head)).kind.value
