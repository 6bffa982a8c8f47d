"""Which text is it? Encoding, separator and header decide; the name of the file never does."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.readers.campaign.headers import looks_like_campaign, looks_like_profiles
from pixsession.readers.campaign.labels import COLUMN_OF, Column, is_known, label_key
from pixsession.readers.encodings import decoded, encodings_of, french_words, usualness
from pixsession.readers.export import ExportKind
from pixsession.readers.kinds import (
    Columns,
    are_results,
    has_passwords,
    kind_of,
    lacks_a_class,
    passwords_refused,
)
from pixsession.readers.lists.class_names import class_of_rows
from pixsession.readers.prefilter import has_a_name, may_be_known, says_a_name
from pixsession.readers.table import Row, plain_cell

_FIRST_OF_RESULTS = "Numéro de certification"
PEEK_BYTES = 64 * 1024  # a header of 700 columns weighs 50 KB
HEADER_ROWS = 40  # a list of candidates has its header on row 12
_DELIMITERS = ";,\t"
_BLANK = " ;,\t\r\n"
_MOST_SEEN = 32 * 1024  # characters, of a header of many columns
_MOST_WEIGHED = 4 * 1024  # characters that distinguish encodings


class Recognised(NamedTuple):
    """How to decode and split a text of this kind; `guessed` when the encoding was not certain."""

    kind: ExportKind
    encoding: str
    delimiter: str
    guessed: bool
    skipped_lines: int  # lines over the header: "sep=;" that Excel writes, blank lines, a title


class _Row(NamedTuple):
    """A row that may be the header, as one encoding and one separator show it."""

    cells: tuple[str, ...]
    above: int  # physical lines over it
    ended: bool  # a line end follows it
    titles: tuple[Row, ...]  # what the rows over it say

    def kind(self, columns: Columns | None) -> ExportKind:
        """The kind of a file with this header, under these titles."""
        return kind_of(self.cells, columns, class_of_rows(self.titles) if self.titles else None)


class _View(NamedTuple):
    """The beginning of a file, as one encoding and one separator show it."""

    encoding: str
    guessed: bool
    delimiter: str
    rows: tuple[_Row, ...]
    fitness: tuple[int, int, int]  # labels known, French words of labels, characters that are usual

    def recognised(self, kind: ExportKind, row: _Row) -> Recognised:
        """This view of a file of this kind whose header is this row."""
        return Recognised(kind, self.encoding, self.delimiter, self.guessed, row.above)


def recognise(content: bytes, columns: Columns | None = None, *, whole: bool = True) -> Recognised:
    """What a text is, from its first 64 KB; `columns`: what headers of the user's own lists mean.

    `whole`: nothing of the file follows these bytes. Raises NotPix where no header is known, UnreadableExport
    for passwords, and where the header of a profile collection is cut or lacks the columns that make it one.
    """
    head = content[:PEEK_BYTES]
    if not head.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise NotPix(_("empty file: download it again"))
    if not may_be_known(head, columns):
        raise not_pix()
    encodings = encodings_of(content, whole=whole)
    if len(encodings) == 1 and (found := _plain_export(*encodings[0], head)) is not None:
        return found
    if len(encodings) > 1 and b"\x00" not in head and _is_foreign(encodings[:1], head, columns):
        raise not_pix()
    # A stable sort: the first of equals wins.
    views = sorted(_views(encodings, head, columns), key=lambda view: view.fitness, reverse=True)
    best = views[0]
    if best.rows and looks_like_profiles(best.rows[0].cells) and not has_passwords(best.rows[0].cells):
        return best.recognised(ExportKind.PROFILES, best.rows[0])
    for view in views:
        for row in view.rows:
            kind = row.kind(columns)
            if kind is ExportKind.CREDENTIALS:
                raise passwords_refused()
            if kind is not ExportKind.UNKNOWN:
                return view.recognised(kind, row)
    if best.rows and looks_like_campaign(best.rows[0].cells):
        row = best.rows[0]
        raise UnreadableExport(_campaign_words(row), row.above + 1, ExportKind.PROFILES.value)
    if any(lacks_a_class(row.cells, columns) for view in views for row in view.rows):
        raise without_class()
    raise not_pix()


def _plain_export(encoding: str, guessed: bool, head: bytes) -> Recognised | None:
    """Profiles or results in Pix's own form, by their first row alone: nothing else can be read into it."""
    row = next(_header_rows(decoded(head, encoding), ";", 1, any_row=False), None)
    if row is None or has_passwords(row.cells):
        return None
    if looks_like_profiles(row.cells):
        return Recognised(ExportKind.PROFILES, encoding, ";", guessed, row.above)
    if row.cells[0] == _FIRST_OF_RESULTS and are_results(row.cells):
        return Recognised(ExportKind.RESULTS, encoding, ";", guessed, row.above)
    return None


def _is_foreign(encodings: Sequence[tuple[str, bool]], head: bytes, columns: Columns | None) -> bool:
    """Whether no header is known here, and none would be in another encoding: all of them are plain ASCII."""
    rows = [row for view in _views(encodings, head, columns) for row in view.rows]
    return all("".join(row.cells).isascii() for row in rows) and all(
        row.kind(columns) is ExportKind.UNKNOWN and not looks_like_campaign(row.cells) for row in rows
    )


def not_pix() -> NotPix:
    """The refusal of a file of no known kind."""
    return NotPix(_("not an export of Pix"))


def without_class() -> NotPix:
    """The refusal of a list of names without a class, which may be of anybody."""
    return NotPix(_("names without a class: add a column “Classe”, or the class on a line of its own above"))


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


def _views(encodings: Sequence[tuple[str, bool]], head: bytes, columns: Columns | None) -> Iterator[_View]:
    """`columns`: with headers of the user's own, each of the first rows may be one."""
    near, most = _near_names(head.replace(b"\x00", b"").decode("latin-1"))
    for encoding, guessed in encodings:
        text = decoded(head, encoding)
        usual = usualness(text[:_MOST_WEIGHED]) if len(encodings) > 1 else 0
        for delimiter in _DELIMITERS:
            if delimiter == ";" or delimiter in near:
                rows = tuple(
                    _header_rows(text, delimiter, HEADER_ROWS if columns else most, any_row=bool(columns))
                )
                first = rows[0].cells if rows else ()
                known = sum(is_known(label_key(cell)) for cell in first)
                words = max((french_words(row.cells) for row in rows), default=0)
                yield _View(encoding, guessed, delimiter, rows, (known, words, usual))


def _near_names(text: str) -> tuple[str, int]:
    """The first line that says anything, those where names are, and those that follow them; how many rows to
    look at: the first alone tells where no other line has names. In any encoding: all of it is ASCII, but for
    the accents of "élève".
    """
    lines = text[:_MOST_SEEN].split("\n", HEADER_ROWS) if "\n" in text else text.split("\r", HEADER_ROWS)
    speaking = [line for line in lines[:HEADER_ROWS] if line.strip(_BLANK)]
    has_names = says_a_name("\n".join(speaking[1:]))  # most often not: one search, not one a line
    named = [at for at, line in enumerate(speaking) if at == 0 or (has_names and says_a_name(line))]
    near = "".join(part for at in named for part in speaking[at : at + 2])
    return near, HEADER_ROWS if len(named) > 1 else 1


def _header_rows(text: str, delimiter: str, most: int, *, any_row: bool) -> Iterator[_Row]:
    """The first row that holds anything, and each of the next ones that has a name among its cells."""
    titles: list[Row] = []
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=delimiter)
    above, is_first = 0, True
    try:
        for number, row in enumerate(reader):
            if number >= HEADER_ROWS or (most == 1 and not is_first):
                return
            if _speaks(row) and not (is_first and _is_separator(row)):
                if is_first or any_row or has_a_name(row):
                    ended = text[: stream.tell()].endswith(("\n", "\r"))
                    yield _Row(tuple(map(plain_cell, row)), above, ended, tuple(titles))
                titles.append((above + 1, row))
                is_first = False
            above = reader.line_num
    except csv.Error:
        return


def _speaks(row: Sequence[str]) -> bool:
    return any(map(str.strip, row))


def _is_separator(row: Sequence[str]) -> bool:
    """What Excel writes first to say how the file is split; its second cell is empty."""
    return len(row) <= 2 and row[0].casefold().startswith("sep=")


def _campaign_words(row: _Row) -> str:
    if not row.ended:
        return _("the header is cut: the download is incomplete, download it again")
    found = {COLUMN_OF.get(label_key(cell)) for cell in row.cells}
    labels = {Column.SENT: "Envoi (O/N)", Column.PIX: "Nombre de pix total"}
    return missing_words([label for column, label in labels.items() if column not in found])


def missing_words(labels: Sequence[str]) -> str:
    """What to say of columns without which nothing can be read."""
    names = ", ".join(f"« {label} »" for label in labels)
    return _("column {names} is missing: download the export again").format(names=names)
