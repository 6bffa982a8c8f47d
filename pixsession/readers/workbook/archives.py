"""ZIP archives within limits: which are worth opening, and their parts inflated no further than they say."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterable, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import IO, TYPE_CHECKING

from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_INFLATED = 128 * 1024 * 1024  # of all parts: a workbook of 20 000 students and 50 columns has 80 MB
MAX_RATIO = 200  # deflate reaches 1 000 on nothing but zeros, 30 on the XML of workbooks
MOST_FILES = 200  # a ZIP of more is no download of Pix
_TABLES = (".csv", ".txt", ".tsv")
WORKBOOKS = (".xlsx", ".ods", ".xls")
_SMALL = 1024 * 1024  # what is no larger may be packed as it likes
_MAX_PARTS = 2000
_MAX_DIRECTORY = 256 * 1024
_MAX_COMMENT = 64 * 1024
_OF_OFFICE = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"}
_END = struct.Struct("<4s4H2LH")  # the record at the end: where the directory is, and how large
_END_MARK = b"PK\x05\x06"


class ArchiveKind(StrEnum):
    """What an archive may be, by the names of its parts."""

    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"  # a workbook, though no archive
    FILES = "files"  # files packed as they are
    XML = "xml"  # one XML file packed, as the school's base exports it
    OTHER = "other"


def archive_kind(stream: IO[bytes]) -> ArchiveKind:
    """What an archive may be, from its directory alone: nothing is inflated, a large one is not read."""
    if not _has_small_directory(stream):
        return ArchiveKind.OTHER
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = [part.filename for part in archive.infolist() if not part.filename.endswith("/")]
            if "xl/workbook.xml" in parts:
                return ArchiveKind.XLSX
            if "content.xml" in parts and "mimetype" in parts:
                is_sheet = archive.getinfo("mimetype").file_size < 100 and b"spreadsheet" in archive.read(
                    "mimetype"
                )
                return ArchiveKind.ODS if is_sheet else ArchiveKind.OTHER
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        return ArchiveKind.OTHER
    shown = list(filter(is_shown, parts))
    if len(shown) <= 3 and sum(part.lower().endswith(".xml") for part in shown) == 1:
        return ArchiveKind.XML
    if _OF_OFFICE & set(parts) or not candidates(parts):
        return ArchiveKind.OTHER
    return ArchiveKind.FILES


def candidates(names: Iterable[str]) -> list[str]:
    """Files that may be tables by their ending, and those without one: Pix hands some out so."""
    shown = list(filter(is_shown, names))
    if len(shown) > MOST_FILES:
        return []
    return [name for name in shown if _has_ending_of_a_table(name.rpartition("/")[2].lower())]


def _has_ending_of_a_table(name: str) -> bool:
    return name.endswith((*_TABLES, *WORKBOOKS)) or "." not in name[-6:]


def is_shown(name: str) -> bool:
    """Whether a part of an archive is a file that is not hidden, as what macOS adds is."""
    return bool(name) and not any(step.startswith((".", "__MACOSX")) for step in name.split("/"))


def _has_small_directory(stream: IO[bytes]) -> bool:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END.size - _MAX_COMMENT))
    tail = stream.read(_END.size + _MAX_COMMENT)
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        return False
    *_rest, parts, directory, _offset, _comment = _END.unpack_from(tail, at)
    return bool(0 < parts <= _MAX_PARTS and directory <= _MAX_DIRECTORY)


class Parts:
    """The parts of an archive that was let in, each inflated no further than asked, and than it declares."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = tuple(part.filename for part in archive.infolist() if not part.filename.endswith("/"))

    def beginning(self, name: str, size: int) -> bytes:
        """The first bytes of one part; nothing where there is no such part."""
        if name not in self.names:
            return b""
        with self._archive.open(name) as part:
            return part.read(size)

    def inflated(self, names: Collection[str]) -> Mapping[str, bytes]:
        """These parts, whole; raises UnreadableExport where they are more than any list of students."""
        chosen = [part for part in self._archive.infolist() if part.filename in names]
        for part in chosen:
            if part.file_size > max(_SMALL, part.compress_size * MAX_RATIO):
                raise too_large()
        if sum(part.file_size for part in chosen) > MAX_INFLATED:
            raise too_large()
        # zipfile gives no byte more than a part declares, and checks what it gives.
        return {part.filename: self._archive.read(part) for part in chosen}


@contextmanager
def opened(stream: IO[bytes]) -> Iterator[Parts]:
    """The parts of an archive; raises UnreadableExport wherever the archive is damaged or locked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            yield Parts(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        words = _("the workbook cannot be opened: it is damaged or has a password, save it again")
        raise UnreadableExport(words) from None


def too_large() -> UnreadableExport:
    """The refusal of a file that says it is far larger than what it could hold."""
    return UnreadableExport(_("far too large for a list of students: nothing of it was read"))
