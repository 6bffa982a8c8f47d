"""Exports of campaigns, of which no line is parsed that is equal to the letter to one of the export before.

Pix writes every export of a campaign anew, and nearly all of its lines are those of the one before. What does
not look like that is read whole, as a file that comes for the first time: so are refusals found and worded in
one place.
"""

from __future__ import annotations

import csv
import hashlib
import io
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.runs import Run, carried, gone_places, new_places, without
from pixsession.readers.campaign.file_lines import FileLines, body_like, body_of
from pixsession.readers.campaign.head_rows import LineByLine, is_one_line_each
from pixsession.readers.campaign.labels import Column
from pixsession.readers.campaign.profiles import line_by_line
from pixsession.readers.export import (
    Contents,
    Export,
    ExportedCampaign,
    ExportKind,
    FileDescription,
    Unchanged,
)
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
    form: LineByLine
    contents: Contents
    body: FileLines  # as line ends part it: a cell may go on in the next one
    doubtful: Collection[int]  # participations whose doubts name their line, so that they are read again


class _Woven(NamedTuple):
    """A file made of lines of an export before, and of new ones."""

    runs: Sequence[Run]  # of participations
    at_lines: Sequence[int]  # the line of the file that each participation starts on
    body: FileLines

    def line(self, place: int) -> bytes:
        """The bytes of one participation, which may take several lines of the file."""
        ends = self.at_lines[place + 1] if place + 1 < len(self.at_lines) else len(self.body) + _FIRST_LINE
        return self.body.text(self.at_lines[place] - _FIRST_LINE, ends - _FIRST_LINE)


class LineMemory:
    """Reads exports, and remembers the lines of the newest one of each campaign."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, str], _ReadLines] = {}  # the one read last stands last

    def export_of(self, content: bytes, file: FileDescription, columns: Columns | None = None) -> Export:
        """As `readers.export_of`; `Contents.unchanged` says which lines were not parsed."""
        header = content[: content.find(b"\n")]
        contents, body = next(self._read_again(content, header, file), (None, None))
        if contents is None:
            export = export_of(content, file, columns)
            body = body_of(content) if export.contents.campaign else None
        else:
            export = Export(file, hashlib.sha256(content).hexdigest(), content, contents)
        if body and _is_plain(export, body):
            self._remember(export, header, body)
        return export

    def _read_again(
        self, content: bytes, header: bytes, file: FileDescription
    ) -> Iterator[tuple[Contents, FileLines]]:
        """What the file says by each known export that it repeats."""
        known = [one for one in reversed(self._known.values()) if one.header == header]
        for one in known if _is_untouched(content) else ():
            body, repeated = body_like(content, one.body) or (None, [])
            if body and len(body) < MOST_LINES - 1:
                contents = _read_again(body, repeated, file, one)
                if contents:
                    yield contents, body

    def _remember(self, export: Export, header: bytes, body: FileLines) -> None:
        campaign = export.contents.campaign
        if campaign is None:
            return
        key = header, campaign.number
        known = self._known.pop(key, None)
        form = known.form if known else _form_of(export.contents.kind, header)
        if form is None:
            return
        again = export.contents.unchanged
        # Lines that are carried over have no doubt: those were read again.
        participations = export.contents.campaign_lines
        read = new_places(again.runs, len(participations)) if again else range(len(participations))
        self._known[key] = _ReadLines(
            export.digest,
            header,
            form,
            export.contents._replace(unchanged=None),
            body,
            frozenset(place for place in read if participations[place].doubts),
        )
        while len(self._known) > 1 and sum(len(one.body) for one in self._known.values()) > _MOST_HELD:
            del self._known[next(iter(self._known))]


def _form_of(kind: ExportKind, header: bytes) -> LineByLine | None:
    row = next(csv.reader([header.decode("utf-8-sig")], delimiter=";"))
    if kind is ExportKind.PROFILES:
        return line_by_line(row)
    from pixsession.readers.campaign.assessments import evaluation_line_by_line  # noqa: PLC0415 - (c): 11 ms, and most folders have none

    return evaluation_line_by_line(row)


def _joined(lines: Sequence[bytes]) -> list[bytes]:
    """The same, a line with half of a pair of quotes going on until the other half.

    What is between quotes may hold line ends.
    """
    halves = [place for place, line in enumerate(lines) if line.count(b'"') % 2]
    joined, end = list[bytes](), 0
    for first, last in zip(halves[::2], halves[1::2], strict=False):
        joined += [*lines[end:first], b"\n".join(lines[first : last + 1])]
        end = last + 1
    return [*joined, *lines[end:]]


def _starts_of(lines: Iterable[bytes], first: int = _FIRST_LINE) -> Iterator[int]:
    """The line of the file that each of these lines starts on, and then the one behind them."""
    return accumulate((1 + line.count(b"\n") for line in lines), initial=first)


def _is_plain(export: Export, body: FileLines) -> bool:
    """Whether every line of a file but the first is one participation, and Pix wrote it."""
    contents, origin = export.contents, export.contents.origin
    return contents.unchanged is not None or (
        contents.kind in (ExportKind.PROFILES, ExportKind.ASSESSMENT)
        and (origin.form, origin.delimiter) == ("csv", ";")
        and (origin.encoding or "").startswith("utf-8")
        and len(body) > 0
        and contents.at_lines == tuple(_starts_of(_joined(body.between(0, len(body)))))[:-1]
        and _is_untouched(export.content)
    )


def _is_untouched(content: bytes) -> bool:
    head = content[:_HEAD_BYTES].decode("utf-8-sig", "ignore")
    return is_untouched(head, "utf-8", ";")


def _read_again(
    body: FileLines, repeated: Iterable[Run], file: FileDescription, known: _ReadLines
) -> Contents | None:
    """The contents of a file with these lines under a known header; None where it has to be read whole."""
    woven = _woven(body, repeated, known)
    if woven is None:
        return None
    size = len(woven.at_lines)
    new = new_places(woven.runs, size)
    if len(new) * 2 > size:
        return None
    moved = _moved(woven, known, new)
    read = [place for place in new if place not in moved]
    parsed = _parsed(woven, (0, *read, woven.runs[0].new), known.form)
    if parsed is None:
        return None
    campaign, found = parsed
    found |= moved
    read_anew = (found[place] for place in new)
    lines: tuple[Any, ...] = tuple(carried(woven.runs, known.contents.campaign_lines, read_anew, size))
    is_evaluation = known.contents.kind is ExportKind.ASSESSMENT
    return known.contents._replace(
        campaign=campaign,
        participations=() if is_evaluation else lines,
        assessments=lines if is_evaluation else (),
        at_lines=tuple(woven.at_lines),
        one_line_each=is_one_line_each(known.form.at, file),
        unchanged=Unchanged(known.digest, woven.runs),
    )


def _moved(woven: _Woven, known: _ReadLines, new: Sequence[int]) -> dict[int, Any]:
    """What is known of those of these participations that were only moved: lots overtake each other."""
    before = _Woven((), known.contents.at_lines, known.body)
    gone = {*gone_places(woven.runs, len(before.at_lines))} - {*known.doubtful}
    lines = {before.line(place): known.contents.campaign_lines[place] for place in gone}
    return {place: lines[line] for place in new if (line := woven.line(place)) in lines}


def _woven(body: FileLines, repeated: Iterable[Run], known: _ReadLines) -> _Woven | None:
    """How a file is made of a known export, of which it repeats these lines.

    None where its quotes do not come in pairs.
    """
    before, at_lines = known.contents.at_lines, list[int]()
    runs = []
    for first, end, at in (*_whole_stretches(repeated, known), (0, 0, len(body) + _FIRST_LINE)):
        begun = at_lines.pop() if at_lines else _FIRST_LINE
        between = body.between(begun - _FIRST_LINE, at - _FIRST_LINE)
        if b"".join(between).count(b'"') % 2:
            return None
        at_lines += _starts_of(_joined(between), begun)
        if end > first:
            runs.append(Run(first, len(at_lines) - 1, end - first))
            shift = at - before[first]
            ends = before[end] if end < len(before) else len(known.body) + _FIRST_LINE
            stretch = (*before[first + 1 : end], ends)
            at_lines += [start + shift for start in stretch] if shift else stretch
    return _Woven([*without(runs, known.doubtful)], at_lines[:-1], body)


def _whole_stretches(repeated: Iterable[Run], known: _ReadLines) -> Iterator[tuple[int, int, int]]:
    """The participations that a file repeats, from one on until another, and the line where it does.

    Of a participation that takes several lines of the file, all of them.
    """
    before = (*known.contents.at_lines, len(known.body) + _FIRST_LINE)
    for run in repeated:
        line = run.old + _FIRST_LINE
        first, end = bisect_left(before, line), bisect_right(before, line + run.length) - 1
        if end > first:
            yield first, end, run.new + before[first] - run.old


def _parsed(
    woven: _Woven, places: Sequence[int], form: LineByLine
) -> tuple[ExportedCampaign | None, dict[int, Any]] | None:
    """The campaign, and the lines at these places, the first of the file first.

    A known line among them shows that the first one, where it is new, has the same cells.
    """
    reader, campaign = form.new_reader(), form.at.get(Column.CAMPAIGN_ID)
    found: dict[int, Any] = {}
    first = None
    try:
        for place in dict.fromkeys(places):
            row = _row_of(woven.line(place))
            if row is None or campaign is None:
                return None
            line = reader.read(woven.at_lines[place], row)
            first = first or row[campaign]
            # Whether the first line says yes or no tells a participant from what somebody put above them.
            if not first or row[campaign] != first or (place == 0 and line.doubts):
                return None
            found[place] = repaired_line(line)
    except UnreadableExport:
        return None
    return reader.head.campaign, found


def _row_of(line: bytes) -> list[str] | None:
    """The cells of a line that is a row by itself; None where it may be anything else."""
    try:
        text = line.decode("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    is_row = len(rows) == 1 and has_cells(rows[0]) and not MAY_BE_FORMULA.search(text)
    return rows[0] if is_row else None
