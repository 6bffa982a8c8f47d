"""Which file is it? Encoding, separator and header decide; the name of the file never does."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass

from pixsession.errors import NotPix, UnreadableExport
from pixsession.i18n import _
from pixsession.readers.headers import looks_like_profiles, normalised

PEEK_BYTES = 64 * 1024
_DELIMITERS = ";,\t"

# Headers that tell Pix's other files, so that the user learns why nothing of them is on the board.
_OTHER_KINDS = (
    ({"partage (o/n)"}, "assessment"),
    ({"shared (y/n)"}, "assessment"),
    ({"numéro de certification"}, "results"),
    ({"* nom de naissance", "* nom du site"}, "sessions"),
    ({"identifiant", "mot de passe"}, "credentials"),
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """How to decode and split a profile collection; `guessed` when the encoding was not certain."""

    encoding: str
    delimiter: str
    guessed: bool
    skipped_lines: int  # "sep=;" that Excel writes, or blank lines above the header


def recognise(content: bytes) -> Recognised:
    """What a file is, from its first 64 KB; raises NotPix for anything but a profile collection."""
    head = content[:PEEK_BYTES]
    if not head.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise NotPix(_("empty file: download it again"))
    other: str | None = None
    for encoding, guessed in _encodings(content):
        text = _decode_head(head, encoding)
        if text is None:
            continue
        for delimiter in _DELIMITERS:
            header, skipped = _first_row(text, delimiter)
            if looks_like_profiles(header):
                return Recognised(encoding, delimiter, guessed, skipped)
            other = other or _other_kind(header)
    raise NotPix(_other_words(other))


def text_of(content: bytes, recognised: Recognised) -> str:
    """The whole text of a recognised file; raises UnreadableExport at the first byte that does not fit."""
    try:
        text = content.decode(recognised.encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableExport(
            _("unreadable characters: the file is damaged or cut, download it again"), line
        ) from None
    return text.lstrip("\ufeff")


def _encodings(content: bytes) -> tuple[tuple[str, bool], ...]:
    """Encodings to try in order, each with whether it would be a guess."""
    if content.startswith(codecs.BOM_UTF8):
        return (("utf-8-sig", False),)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return (("utf-16", False),)
    if b"\x00" in content[:PEEK_BYTES]:
        return (("utf-16-le", True), ("utf-16-be", True))
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        # A cut download may end inside a character; a re-saved one is wrong from the first accent on.
        cut = error.end >= len(content)
        return (("utf-8", True),) if cut else (("cp1252", True), ("mac_roman", True), ("utf-8", True))
    return (("utf-8", False),)


def _decode_head(head: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head).lstrip("\ufeff")
    except UnicodeDecodeError:
        return None


def _first_row(text: str, delimiter: str) -> tuple[list[str], int]:
    """The header row and the number of physical lines above it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    above = 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row) and not (
                text.startswith("sep=") and above == 0 and len(row) <= 2
            ):
                return row, above
            above = reader.line_num
    except csv.Error:
        pass
    return [], 0


def _other_kind(header: list[str]) -> str | None:
    names = {normalised(cell) for cell in header}
    return next((kind for signature, kind in _OTHER_KINDS if signature <= names), None)


def _other_words(kind: str | None) -> str:
    words = {
        "assessment": _("export of an evaluation campaign: only profile collections are read"),
        "results": _("certification results: only profile collections are read"),
        "sessions": _("import of certification sessions: only profile collections are read"),
        "credentials": _("this file holds passwords: nothing of it was kept, delete it"),
    }
    return words[kind] if kind else _("not an export of Pix")
