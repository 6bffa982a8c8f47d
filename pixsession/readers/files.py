"""From a path to an Export: read the bytes once, recognise, parse; nothing but a regular file is opened."""

from __future__ import annotations

import hashlib
import os
import stat
from datetime import datetime
from pathlib import Path

from pixsession.domain.clock import from_timestamp
from pixsession.errors import FileHeld, NotPix, UnreadableExport
from pixsession.i18n import _
from pixsession.readers.export import Export, FileDescription
from pixsession.readers.file_names import export_time
from pixsession.readers.profiles import read_profiles
from pixsession.readers.recognise import PEEK_BYTES, recognise, text_of
from pixsession.readers.rows import table_of

MAX_BYTES = 64 * 1024 * 1024  # an export of 100 000 students weighs 25 MB


def read_export(path: Path) -> Export:
    """The export in this file.

    Raises NotPix when it is none of Pix's, UnreadableExport when it is but cannot be read, FileHeld when
    it vanished, changed or was locked meanwhile: the same file may be read a moment later.
    """
    content, status = _bytes_of(path)
    # A name that is no text (bytes of another system) cannot be stored, nor printed.
    name = os.fsencode(path.name).decode("utf-8", "replace")
    modified_at = _modified_at(status)
    name_time = export_time(name, modified_at)
    described = FileDescription(name, name_time or modified_at, name_time is not None, modified_at)
    return export_of(content, described)


def export_of(content: bytes, file: FileDescription) -> Export:
    """The export in these bytes of a file; raises NotPix and UnreadableExport like `read_export`."""
    recognised = recognise(content)
    table = table_of(text_of(content, recognised), recognised)
    return Export(file, hashlib.sha256(content).hexdigest(), content, read_profiles(table, file))


def _modified_at(status: os.stat_result) -> datetime:
    """The file's own time; one that no calendar has (a broken clock, a damaged disk) is the oldest of all."""
    try:
        return from_timestamp(status.st_mtime)
    except (ValueError, OverflowError, OSError):
        return from_timestamp(0)


def _bytes_of(path: Path) -> tuple[bytes, os.stat_result]:
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
            recognise(head)
            if opened.st_size > MAX_BYTES:
                raise UnreadableExport(
                    _("far too large for an export of Pix ({size} MB): download it again").format(
                        size=opened.st_size // 1_000_000
                    )
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
