"""The one XML of a ZIP, read within limits: a small file that would fill the memory is refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.foundation.i18n import _

ZIP_MARK = b"PK\x03\x04"
MAX_XML_BYTES = 64 * 1024 * 1024  # the base of a school of 3 000 pupils has about 15 MB
MAX_RATIO = 200  # a real base shrinks to a twentieth or a thirtieth
_SMALL = 1024 * 1024  # below that no ratio does harm
_CHUNK_BYTES = 64 * 1024
_MOST_ENTRIES = 1000
_USUAL_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL = struct.Struct("<4s5H3I2H")  # the header before each file of a ZIP
_OF_OFFICE = ("[content_types].xml", "_rels/", "xl/", "word/", "ppt/", "docprops/", "meta-inf/")


def may_hold_xml(head: bytes) -> bool:
    """Whether the first visible file of a ZIP, as far as its first bytes tell, is an XML of no workbook."""
    position = 0
    while head[position : position + 4] == ZIP_MARK and position + _LOCAL.size <= len(head):
        parts = _LOCAL.unpack_from(head, position)
        size, name_length, extra_length = parts[7], parts[9], parts[10]
        start = position + _LOCAL.size
        name = head[start : start + name_length].decode("utf-8", "replace")
        if name.casefold().startswith(_OF_OFFICE):
            return False
        if _is_visible(name):
            return name.casefold().endswith(".xml")
        position = start + name_length + extra_length + size
    return False


def xml_chunks(content: bytes, root: bytes) -> Iterator[bytes]:
    """The bytes of the one visible `*.xml` of a ZIP, piece by piece.

    Raises NotPix where there is none, or several of which none holds `root`; UnreadableExport for several
    where one does, for a ZIP that is damaged or locked, or whose XML grows beyond the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entry = _one_xml(archive, root)
            with archive.open(entry) as stream:
                grown = 0
                while chunk := stream.read(_CHUNK_BYTES):
                    grown += len(chunk)  # the sizes written in the ZIP may be false
                    _check_growth(grown, entry.compress_size, len(content))
                    yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, UnicodeDecodeError, ValueError):
        raise UnreadableExport(_("damaged ZIP: download it again")) from None
    except (RuntimeError, NotImplementedError):  # what zipfile raises for a password, for an odd compression
        raise UnreadableExport(
            _("locked or unusual ZIP: take the XML out of it and put that in the folder")
        ) from None


def _one_xml(archive: zipfile.ZipFile, root: bytes) -> zipfile.ZipInfo:
    entries = archive.infolist()
    found = [one for one in entries[:_MOST_ENTRIES] if _is_visible(one.filename) and _is_xml(one)]
    if any(one.compress_type not in _USUAL_COMPRESSION for one in found):
        raise NotImplementedError
    if len(found) == 1 and len(entries) <= _MOST_ENTRIES:
        return found[0]
    if any(_holds(archive, entry, root) for entry in found[:10]):
        raise UnreadableExport(_("several XML files in this ZIP: keep the one of the school’s base"))
    raise NotPix(_("not an export of Pix"))


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return not entry.is_dir() and entry.filename.casefold().endswith(".xml")


def _holds(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, root: bytes) -> bool:
    with archive.open(entry) as stream:
        return root in stream.read(4096).replace(b"\x00", b"")


def _is_visible(name: str) -> bool:
    """Whether an entry is neither a folder nor hidden, as what macOS adds ("__MACOSX/", "._name") is."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return not name.endswith("/") and not any(part.startswith((".", "__MACOSX")) for part in parts)


def _check_growth(grown: int, entry_size: int, zip_size: int) -> None:
    packed = max(1, min(entry_size, zip_size))
    if grown > MAX_XML_BYTES or (grown > _SMALL and grown > MAX_RATIO * packed):
        raise UnreadableExport(_("this ZIP grows far too large for the base of a school: download it again"))
