"""Which file is it? Encoding, separator and header decide; the name of the file never does."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from pixsession.errors import NotPix, UnreadableExport
from pixsession.i18n import _
from pixsession.readers.headers import looks_like_campaign, looks_like_profiles
from pixsession.readers.labels import COLUMN_OF, OTHER_KINDS, Column, is_known, label_key

PEEK_BYTES = 32 * 1024  # ten times the header of a profile collection
_DELIMITERS = ";,\t"
# One of these is in the header of each file that has a name here, in every language and encoding: a folder
# of downloads holds thousands of other files, which must cost nothing.
_MARKS = (b"organi", b"campa", b"kampagne", b"/n)", b"/no)", b"mot de passe", b"certification", b"naissance")
# What French names and labels are made of beyond ASCII: tells one 8-bit encoding from another.
_USUAL = frozenset("àâäçéèêëîïôöùûüÿœæñáíóúãõÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆÑÁÍÓÚÃÕß’‘“”«»–—…°€·")


class Recognised(NamedTuple):
    """How to decode and split a profile collection; `guessed` when the encoding was not certain."""

    encoding: str
    delimiter: str
    guessed: bool
    skipped_lines: int  # "sep=;" that Excel writes, or blank lines above the header


class _FirstRow(NamedTuple):
    """The first row that holds anything, as one encoding and one separator show it."""

    recognised: Recognised
    cells: tuple[str, ...]
    ended: bool  # a line end follows it
    fitness: tuple[int, int]  # labels known, then characters that are usual


def recognise(content: bytes) -> Recognised:
    """What a file is, from its first 32 KB.

    Raises NotPix for anything but a profile collection, UnreadableExport where the header of one is cut or
    lacks the columns that make it one.
    """
    head = content[:PEEK_BYTES]
    if not head.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise NotPix(_("empty file: download it again"))
    if not any(mark in head.replace(b"\x00", b"").lower() for mark in _MARKS):
        raise NotPix(_other_words(None))
    encodings = _encodings(content)
    rows = [
        row
        for encoding, guessed in encodings
        for row in _first_rows(head, encoding, guessed=guessed, alone=len(encodings) == 1)
    ]
    best = max(rows, key=lambda row: row.fitness)  # the first of equals
    if looks_like_profiles(best.cells):
        return best.recognised
    other = next((kind for row in rows if (kind := _other_kind(row.cells))), None)
    if other is None and looks_like_campaign(best.cells):
        raise UnreadableExport(_campaign_words(best), best.recognised.skipped_lines + 1)
    raise NotPix(_other_words(other))


def text_of(content: bytes, recognised: Recognised) -> str:
    """The whole text of a recognised file; raises UnreadableExport at the first byte that does not fit."""
    try:
        text = content.decode(recognised.encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(recognised.encoding, "replace")
        raise UnreadableExport(
            _("unreadable characters: the file is damaged or cut, download it again"), before.count("\n") + 1
        ) from None
    return text.lstrip("\ufeff")


def _encodings(content: bytes) -> tuple[tuple[str, bool], ...]:
    """Encodings a file may have, the likeliest first, each with whether it would be a guess."""
    if content.startswith(codecs.BOM_UTF8):
        return (("utf-8-sig", False),)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return (("utf-16", False),)
    if b"\x00" in content[:2]:  # a label begins with a quote or a letter: one of its two bytes is zero
        return (("utf-16-be" if content[:1] == b"\x00" else "utf-16-le", True),)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        # Damaged or cut UTF-8, or one of the three encodings in which French spreadsheets save.
        return (("utf-8", True), ("cp1252", True), ("mac_roman", True), ("cp850", True))
    return (("utf-8", False),)


def _first_rows(head: bytes, encoding: str, *, guessed: bool, alone: bool) -> list[_FirstRow]:
    # What cannot be decoded is looked for in the whole file, with its line, once it is known to be Pix's.
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head).lstrip("\ufeff")
    odd = [] if alone else [character for character in text if not character.isascii()]
    usual = sum(1 if character in _USUAL else -1 for character in odd)
    found = []
    for delimiter in _DELIMITERS:
        cells, above, ended = _first_row(text, delimiter)
        known = sum(is_known(label_key(cell)) for cell in cells)
        recognised = Recognised(encoding, delimiter, guessed, above)
        found.append(_FirstRow(recognised, tuple(cells), ended, (known, usual)))
    return found


def _first_row(text: str, delimiter: str) -> tuple[list[str], int, bool]:
    """The header row, the number of physical lines above it, and whether a line end follows it."""
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=delimiter)
    above = 0
    try:
        for row in reader:
            spoken = any(cell.strip() for cell in row)
            if spoken and not (above == 0 and len(row) <= 2 and row[0].casefold().startswith("sep=")):
                return row, above, text[: stream.tell()].endswith(("\n", "\r"))
            above = reader.line_num
    except csv.Error:
        pass
    return [], 0, True


def _other_kind(header: Sequence[str]) -> str | None:
    keys = {label_key(cell) for cell in header}
    kinds = (kind for labels, kind in OTHER_KINDS if all(label_key(label) in keys for label in labels))
    return next(kinds, None)


def _campaign_words(row: _FirstRow) -> str:
    if not row.ended:
        return _("the header is cut: the download is incomplete, download it again")
    found = {COLUMN_OF.get(label_key(cell)) for cell in row.cells}
    labels = {Column.SENT: "Envoi (O/N)", Column.PIX: "Nombre de pix total"}
    return missing_words([label for column, label in labels.items() if column not in found])


def missing_words(labels: Sequence[str]) -> str:
    """What to say of columns without which nothing can be read."""
    names = ", ".join(f"« {label} »" for label in labels)
    return _("column {names} is missing: download the export again").format(names=names)


def _other_words(kind: str | None) -> str:
    words = {
        "assessment": _("export of an evaluation campaign: only profile collections are read"),
        "results": _("certification results: only profile collections are read"),
        "sessions": _("import of certification sessions: only profile collections are read"),
        "credentials": _("this file holds passwords: nothing of it was kept, delete it"),
    }
    return words[kind] if kind else _("not an export of Pix")
