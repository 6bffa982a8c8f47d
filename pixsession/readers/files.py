"""From a path to an Export: read the bytes once, recognise, parse; nothing but a regular file is opened."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from pixsession.foundation.clock import from_timestamp
from pixsession.foundation.errors import FileHeld, NotPix, PixSessionError, UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.foundation.placeholders import is_placeholder
from pixsession.foundation.system_errors import cause_words
from pixsession.readers.document import ARCHIVE_STARTS, PACKED_STARTS
from pixsession.readers.documents import Reading, is_school_base, unexpected
from pixsession.readers.documents import reading_of as read_here
from pixsession.readers.export import Export, ExportKind, FileDescription
from pixsession.readers.file_names import UNFINISHED, believed_time
from pixsession.readers.kinds import Columns
from pixsession.readers.recognise import PEEK_BYTES, not_pix, recognise

__all__ = ["Reading", "export_of", "name_as_text", "read_bytes", "read_export", "reading_of"]

_OUR_ENDINGS = (".csv", ".xlsx", ".ods", ".xls", ".xml", ".zip")
MAX_BYTES = 64 * 1024 * 1024  # an export of 100 000 students weighs 25 MB


def read_export(path: Path, columns: Columns | None = None, fetch_since: datetime | None = None) -> Export:
    """The export in this file; `columns`: what headers of the user's own lists mean.

    `fetch_since`: a file that only OneDrive or iCloud has is downloaded if it has changed since then, Paris
    time; None: in any case.

    Raises NotPix when it is none of Pix's, UnreadableExport when it is but cannot be read or is refused,
    FileHeld when it vanished, changed or was locked meanwhile: the same file may be read a moment later.
    """
    return export_of(*read_bytes(path, columns, fetch_since), columns)


def read_bytes(
    path: Path, columns: Columns | None = None, fetch_since: datetime | None = None
) -> tuple[bytes, FileDescription]:
    """The bytes of a file that may be of a known kind, and what is known of it besides; as above."""
    with _whatever_refused():
        content, status = _bytes_of(path, columns, fetch_since)
    name = name_as_text(path)
    modified_at = _modified_at(status)
    name_time = believed_time(name, modified_at)
    return content, FileDescription(name, name_time or modified_at, name_time is not None, modified_at)


def name_as_text(path: Path) -> str:
    """The name of a file as text: one in the bytes of another system can be neither stored nor printed."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def export_of(content: bytes, file: FileDescription, columns: Columns | None = None) -> Export:
    """The export in these bytes of a file; raises NotPix and UnreadableExport like `read_export`."""
    found = reading_of(content, file, columns)
    if found.contents is None:
        raise found.refused or unexpected(found.kind)
    if found.inner_name and not file.time_from_name:
        name_time = believed_time(found.inner_name, file.modified_at)
        file = file._replace(exported_at=name_time or file.exported_at, time_from_name=name_time is not None)
    return Export(file, hashlib.sha256(content).hexdigest(), content, found.contents)


def reading_of(content: bytes, file: FileDescription, columns: Columns | None = None) -> Reading:
    """As `reading_of` of the documents, whatever the file makes a reader do: workbooks and archives are read
    where they can be given up, and an error that nobody expects is a refusal of this file.
    """
    with _whatever_refused():
        if content.startswith(PACKED_STARTS):
            from pixsession.readers.apart.process import read_apart  # noqa: PLC0415 - (c): 7 ms, and few folders hold workbooks

            return read_apart(content, file, columns)
        return read_here(content, file, columns)


@contextmanager
def _whatever_refused() -> Iterator[None]:
    """Make a refusal of this one file out of an error that nobody expects."""
    try:
        yield
    except PixSessionError:
        raise
    except Exception as error:
        raise unexpected(type(error).__name__) from error


def _modified_at(status: os.stat_result) -> datetime:
    """The file's own time; one that no calendar has (a broken clock, a damaged disk) is the oldest of all."""
    try:
        return from_timestamp(status.st_mtime)
    except (ValueError, OverflowError, OSError):
        return from_timestamp(0)


def _bytes_of(
    path: Path, columns: Columns | None, fetch_since: datetime | None
) -> tuple[bytes, os.stat_result]:
    try:
        status = path.stat()
        _check_regular(status)
        if fetch_since is not None and is_placeholder(status):
            _check_wanted(path, _modified_at(status), fetch_since)
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


def _check_wanted(path: Path, modified_at: datetime, fetch_since: datetime) -> None:
    """Raise NotPix or UnreadableExport where a file that is not on this computer is not to be downloaded."""
    if not path.name.lower().endswith(_OUR_ENDINGS):
        raise not_pix()
    if modified_at < fetch_since:
        words = _("not downloaded yet: only OneDrive or iCloud has it, open it once to have it here")
        is_export = believed_time(name_as_text(path), modified_at) is not None
        raise UnreadableExport(words) if is_export else NotPix(words)


def _read_whole(path: Path, stream: IO[bytes], status: os.stat_result, columns: Columns | None) -> bytes:
    """All bytes of an open file; raises NotPix, FileHeld and UnreadableExport, and OSError of the system.

    A downloads folder holds large files of others: of these only the beginning is read.
    """
    _check_regular(status)
    head = stream.read(PEEK_BYTES)
    kind = _check_beginning(path, stream, head, status.st_size, columns)
    if _is_unfinished(path, status):
        raise FileHeld(_("its download is not finished: if it has stopped, download the file again"))
    if status.st_size > MAX_BYTES:
        words = _("far too large for an export of Pix ({size} MB): download it again")
        raise UnreadableExport(words.format(size=status.st_size // 1_000_000), kind=kind)
    # In one piece, and one byte more than there should be, to see that it has grown.
    stream.seek(0)
    return stream.read(status.st_size + 1)


def _is_unfinished(path: Path, status: os.stat_result) -> bool:
    """Whether a file stands beside the one in which its own download goes on, or has stalled."""
    for ending in UNFINISHED:
        try:
            if path.with_name(path.name + ending).stat().st_mtime >= status.st_mtime:
                return True
        except (OSError, ValueError):
            continue
    return False


def _check_beginning(path: Path, stream: IO[bytes], head: bytes, size: int, columns: Columns | None) -> str:
    """The kind of a file by its beginning, a value of ExportKind; empty where only the whole shows it.

    Raises NotPix where the rest need not be read.
    """
    if head.startswith(PACKED_STARTS):
        _check_packed_beginning(path, stream, head, size, columns)
        return ""
    if is_school_base(head):
        return ExportKind.ROSTER.value
    return recognise(head, columns, whole=size <= len(head)).kind.value


def _check_packed_beginning(
    path: Path, stream: IO[bytes], head: bytes, size: int, columns: Columns | None
) -> None:
    from pixsession.readers.archived import may_be_known  # noqa: PLC0415 - (c), (r): likewise

    if size > MAX_BYTES or not may_be_known(head, stream, size):
        raise not_pix()
    if head.startswith(ARCHIVE_STARTS):
        from pixsession.readers.apart.process import check_apart  # noqa: PLC0415 - (c): likewise

        check_apart(path, size, columns)
