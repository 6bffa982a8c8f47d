"""Exports of profiles, of which no line is parsed that is equal to the letter to one of the export before.

Pix writes every export of a campaign anew, and nearly all of its lines are those of the one before. What does
not look like that is read whole, as a file that comes for the first time: so are refusals found and worded in
one place.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from pixsession.domain.pix.participation import Participation
from pixsession.foundation.errors import UnreadableExport
from pixsession.readers.campaign.head_rows import is_one_line_each
from pixsession.readers.campaign.headers import Layout, read_layout
from pixsession.readers.campaign.labels import Column
from pixsession.readers.campaign.profiles import LineReader
from pixsession.readers.export import Contents, Export, ExportKind, FileDescription, Unchanged
from pixsession.readers.files import export_of
from pixsession.readers.kinds import Columns
from pixsession.readers.repairs import repaired_line
from pixsession.readers.rows import MAY_BE_FORMULA, MOST_LINES, MOST_SEEN, has_cells, is_untouched

_FIRST_LINE = 2  # of a file whose header is one line
_MOST_HELD = 60_000  # of all exports in memory together, some 15 MB
_HEAD_BYTES = 4 * MOST_SEEN  # all that `is_untouched` looks at, in any alphabet


class _ReadLines(NamedTuple):
    """An export that was read, each line of it a participation."""

    digest: str
    header: bytes
    layout: Layout
    contents: Contents
    places: Mapping[
        bytes, int
    ]  # of each line, among the participations; not of those that would be read again


class LineMemory:
    """Reads exports, and remembers the lines of the newest one of each campaign."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, str], _ReadLines] = {}  # the one read last stands last

    def export_of(self, content: bytes, file: FileDescription, columns: Columns | None = None) -> Export:
        """As `readers.export_of`; `Contents.unchanged` says which lines were not parsed."""
        lines = _lines_of(content)
        contents = next(self._read_again(content, lines, file), None)
        if contents is None:
            export = export_of(content, file, columns)
        else:
            export = Export(file, hashlib.sha256(content).hexdigest(), content, contents)
        self._remember(export, lines)
        return export

    def _read_again(
        self, content: bytes, lines: Sequence[bytes], file: FileDescription
    ) -> Iterator[Contents]:
        """What the file says by each known export that it repeats."""
        if 1 < len(lines) < MOST_LINES and _is_untouched(content):
            for known in reversed(self._known.values()):
                if known.header == lines[0] and (contents := _read_again(lines[1:], content, file, known)):
                    yield contents

    def _remember(self, export: Export, lines: Sequence[bytes]) -> None:
        campaign = export.contents.campaign
        if campaign is None or not _is_plain(export, lines):
            return
        key = lines[0], campaign.number
        layout = known.layout if (known := self._known.pop(key, None)) else None
        self._known[key] = _ReadLines(
            export.digest,
            lines[0],
            layout or read_layout(next(csv.reader([lines[0].decode("utf-8-sig")], delimiter=";"))),
            export.contents._replace(unchanged=None),
            _places(lines[1:], export.contents.participations),
        )
        while len(self._known) > 1 and sum(len(one.places) for one in self._known.values()) > _MOST_HELD:
            del self._known[next(iter(self._known))]


def _lines_of(content: bytes) -> Sequence[bytes]:
    """The lines of a file that ends with a line end, all of which are plain LF; else none.

    What is between quotes may hold line ends: a line with half of a pair goes on until the other half.
    """
    if b"\r" in content or not content.endswith(b"\n"):
        return ()
    lines = content[:-1].split(b"\n")
    halves = [place for place, line in enumerate(lines) if line.count(b'"') % 2]
    if not halves:
        return lines
    joined, end = [], 0
    for first, last in zip(halves[::2], halves[1::2], strict=False):
        joined += [*lines[end:first], b"\n".join(lines[first : last + 1])]
        end = last + 1
    return [*joined, *lines[end:]]


def _starts_of(body: Sequence[bytes], content: bytes) -> Sequence[int]:
    """The line of the file that each of these lines starts on, below a header of one line."""
    if content.count(b"\n") == len(body) + 1:
        return range(_FIRST_LINE, len(body) + _FIRST_LINE)
    lengths = (1 + line.count(b"\n") for line in body[:-1])
    return list(accumulate(lengths, initial=_FIRST_LINE))


def _is_plain(export: Export, lines: Sequence[bytes]) -> bool:
    """Whether every line of a file but the first is one participation, and Pix wrote it."""
    contents, origin = export.contents, export.contents.origin
    return contents.unchanged is not None or (
        contents.kind is ExportKind.PROFILES
        and (origin.form, origin.delimiter) == ("csv", ";")
        and (origin.encoding or "").startswith("utf-8")
        and len(lines) > 1
        and contents.at_lines == tuple(_starts_of(lines[1:], export.content))
        and _is_untouched(export.content)
    )


def _is_untouched(content: bytes) -> bool:
    head = content[:_HEAD_BYTES].decode("utf-8-sig", "ignore")
    return is_untouched(head, "utf-8", ";")


def _places(lines: Sequence[bytes], participations: Sequence[Participation]) -> Mapping[bytes, int]:
    """Where each line stands; without those that stand twice, and those whose doubts name their line."""
    places = dict(zip(lines, range(len(lines)), strict=True))
    if len(places) < len(lines):
        for line, count in Counter(lines).items():
            if count > 1:
                del places[line]
    for place, participation in enumerate(participations):
        if participation.doubts:
            places.pop(lines[place], None)
    return places


def _read_again(
    body: Sequence[bytes], content: bytes, file: FileDescription, known: _ReadLines
) -> Contents | None:
    """The contents of a file with these lines under a known header; None where it has to be read whole."""
    kept = [known.places.get(line, -1) for line in body]
    new = [place for place, old in enumerate(kept) if old < 0]
    if len(new) * 2 > len(body) or len({*kept}) - bool(new) != len(body) - len(new):
        return None  # nearly all is new, or what stood once stands twice
    a_known_one = next(place for place, old in enumerate(kept) if old >= 0)
    starts = _starts_of(body, content)
    parsed = _parsed(body, starts, (0, *new, a_known_one), known.layout)
    if parsed is None:
        return None
    reader, found = parsed
    known_lines = known.contents.participations
    participations = [known_lines[old] for old in kept]
    for place in new:
        participations[place] = found[place]
    return known.contents._replace(
        campaign=reader.head.campaign,
        participations=tuple(participations),
        at_lines=tuple(starts),
        one_line_each=is_one_line_each(known.layout.at, file),
        unchanged=Unchanged(known.digest, kept),
    )


def _parsed(
    body: Sequence[bytes], starts: Sequence[int], places: Sequence[int], layout: Layout
) -> tuple[LineReader, dict[int, Participation]] | None:
    """What read the lines at these places, the first of the file first, and knows the campaign; the lines.

    A known line among them shows that the first one, where it is new, has the same cells.
    """
    reader, campaign = LineReader(layout, untouched=True), layout.at.get(Column.CAMPAIGN_ID)
    found: dict[int, Participation] = {}
    first = None
    try:
        for place in dict.fromkeys(places):
            row = _row_of(body[place])
            if row is None or campaign is None:
                return None
            participation = reader.read(starts[place], row)
            first = first or row[campaign]
            if not first or row[campaign] != first or (place == 0 and participation.sent is None):
                return None
            found[place] = repaired_line(participation)
    except UnreadableExport:
        return None
    return reader, found


def _row_of(line: bytes) -> list[str] | None:
    """The cells of a line that is a row by itself; None where it may be anything else."""
    try:
        text = line.decode("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    is_row = len(rows) == 1 and has_cells(rows[0]) and not MAY_BE_FORMULA.search(text)
    return rows[0] if is_row else None
