"""The reader of certification results: those of a class (Pix Orga) and those of a session (Pix Certif)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pixsession.domain.pix.certification import CertificationResult, ResultStatus
from pixsession.domain.pix.competences import CODES, MAX_LEVEL
from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import unescaped
from pixsession.readers.campaign.labels import label_key
from pixsession.readers.cells import is_missing, read_number
from pixsession.readers.dates import read_day
from pixsession.readers.export import ColumnUse, Contents, ExportKind, FileDescription
from pixsession.readers.recognise import missing_words
from pixsession.readers.results.labels import (
    COMPLEMENTARY,
    NOT_TAKEN,
    RESULT_COLUMN_OF,
    STATUSES,
    ResultColumn,
)
from pixsession.readers.rows import Alignment, last_line_cut
from pixsession.readers.table import Table

_REQUIRED = {
    ResultColumn.NUMBER: "Numéro de certification",
    ResultColumn.LAST_NAME: "Nom",
    ResultColumn.FIRST_NAME: "Prénom",
}
_MOST_QUOTED = 120  # characters of a cell in a sentence
_MOST_TOLD = 5  # cells that cannot be read, in the notes
_HIGHEST_SCORE = 1024  # 16 competences of 8 levels of 8 pix
_SCORE = re.compile(r"(\d{1,4})(?:\s*pix)?", re.ASCII | re.IGNORECASE)
_CUT_DAY = re.compile(r"\d{4}-\d{2}-\d", re.ASCII)  # 2026-03-1 may be what is left of 2026-03-12
_LEVELS: dict[str, int | None] = {"-": None, **{str(level): level for level in range(MAX_LEVEL + 1)}}
# `{YYYYMMDD}_resultats_{class}.csv`; of a session the name has another form. A browser adds " (1)".
_CLASS = re.compile(
    r"\d{8}_resultats_(?!session_)(.+?)(?: \(\d{1,4}\))?(?:\.(?:csv|xlsx|ods|txt))?", re.ASCII | re.IGNORECASE
)
# The class is escaped as for a page; the semicolon of an escape ends the name in the answer of the server.
_CUT_ESCAPE = re.compile(r"&(?:#?\w{1,6})$", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Layout:
    """The positions of the columns of one file of results."""

    at: dict[ResultColumn, int]
    levels: tuple[int | None, ...]  # in the order of CODES; empty where the file has no competences
    complementary: tuple[tuple[str, int], ...]
    repeated: tuple[str, ...]
    unknown: tuple[str, ...]


class _OddCell(NamedTuple):
    """A cell that tells nothing; `highest`: what Pix can give at most, where it holds a number over that."""

    line: int
    cell: str
    highest: int | None = None

    @property
    def words(self) -> str:
        cell = self.cell[:_MOST_QUOTED]
        if self.highest is None:
            return _("line {line}: “{cell}” cannot be read").format(line=self.line, cell=cell)
        words = _("line {line}: “{cell}” is over the maximum, {highest}: it is left out")
        return words.format(line=self.line, cell=cell, highest=self.highest)


def looks_like_results(header: Sequence[str]) -> bool:
    """The signature of certification results: the number with a competence, a status, a centre, a session."""
    found = {RESULT_COLUMN_OF.get(label_key(cell)) for cell in header}
    others = {ResultColumn.STATUS, ResultColumn.CENTRE, ResultColumn.SESSION, ResultColumn.DATE}
    return ResultColumn.NUMBER in found and (bool(others & found) or any(c.strip() in CODES for c in header))


def read_results(table: Table, file: FileDescription) -> Contents:
    """The contents of certification results; raises UnreadableExport with line and cause."""
    layout = _read_layout(table.header)
    missing = [label for column, label in _REQUIRED.items() if column not in layout.at]
    if missing:
        raise UnreadableExport(missing_words(missing), table.header_line)
    division, is_cut = class_of_name(file.name)
    reader = _LineReader(layout, len(table.header), division)
    results = tuple([reader.read(line, row) for line, row in table.rows])
    if not table.ended and not _ends_whole(layout, len(table.header), reader.last_row):
        raise last_line_cut(results[-1].line if results else table.header_line)
    notes = _notes(layout, table, reader.odd)
    if is_cut:
        notes.append(
            _("the name of the file tells only the beginning of the class: “{name}”").format(name=division)
        )
    return Contents(
        kind=ExportKind.RESULTS,
        generation=_generation_of(layout),
        origin=table.origin,
        columns=_column_uses(table.header, layout),
        results=results,
        rejects=(),
        notes=tuple(notes),
    )


def class_of_name(file_name: str) -> tuple[str | None, bool]:
    """The class in the name of a file of Pix Orga, and whether it is cut short."""
    match = _CLASS.fullmatch(file_name)
    if match is None:
        return None, False
    name = unescaped(match[1]) if ";" in match[1] else match[1]
    whole = _CUT_ESCAPE.sub("", name)
    return whole.strip() or None, whole != name


def download_day(file_name: str) -> str | None:
    """The day that Pix Orga writes before the class, as ISO 8601; a session's name has no such day."""
    if class_of_name(file_name)[0] is None:
        return None
    return read_day(f"{file_name[:4]}-{file_name[4:6]}-{file_name[6:8]}")


def _read_layout(header: Sequence[str]) -> _Layout:
    at: dict[ResultColumn, int] = {}
    levels: dict[str, int] = {}
    complementary: dict[str, int] = {}
    repeated, unknown = [], []
    for position, cell in enumerate(header):
        label = cell.replace("\u00a0", " ").strip()
        column = RESULT_COLUMN_OF.get(label_key(label))
        if column is not None:
            taken = at.setdefault(column, position)
        elif label in CODES:
            taken = levels.setdefault(label, position)
        elif label.startswith(COMPLEMENTARY):
            taken = complementary.setdefault(label.removeprefix(COMPLEMENTARY).strip(), position)
        else:
            unknown += [cell] if label else []
            continue
        if taken != position:
            repeated.append(cell)
    level_positions = tuple(levels.get(code) for code in CODES) if levels else ()
    return _Layout(at, level_positions, tuple(complementary.items()), tuple(repeated), tuple(unknown))


def _column_uses(header: Sequence[str], layout: _Layout) -> tuple[ColumnUse, ...]:
    meanings: dict[int | None, str] = {position: column.value for column, position in layout.at.items()}
    meanings |= {position: f"complementary {label}" for label, position in layout.complementary}
    if layout.levels:
        meanings |= {position: f"level {code}" for code, position in zip(CODES, layout.levels, strict=True)}
    return tuple(ColumnUse(label, meanings.get(position)) for position, label in enumerate(header))


def _generation_of(layout: _Layout) -> str:
    """Since when Pix has written results with these columns: the month, as far as they show."""
    if ResultColumn.LEVEL in layout.at:
        return "2026-04"
    if ResultColumn.RESULT in layout.at or ResultColumn.TYPE in layout.at:
        return "2026-03"
    return "2021-03" if ResultColumn.STATUS in layout.at else "2021-02"


def _ends_whole(layout: _Layout, width: int, last: list[str] | None) -> bool:
    """Whether a file without a line end at its end is whole: Pix writes none, but a date in the last cell."""
    if layout.at.get(ResultColumn.DATE) != width - 1:
        return False
    return last is None or (read_day(last[-1]) is not None and not _CUT_DAY.fullmatch(last[-1].strip()))


def _notes(layout: _Layout, table: Table, odd: Sequence[_OddCell]) -> list[str]:
    notes = [
        _("column “{header}” stands twice: the first one is read").format(header=label[:_MOST_QUOTED])
        for label in layout.repeated
    ]
    if layout.unknown:
        words = ngettext(
            "a column is not known, it is not read: “{header}”",
            "{count} columns are not known, they are not read: “{header}”…",
            len(layout.unknown),
        )
        notes.append(words.format(header=layout.unknown[0][:_MOST_QUOTED], count=len(layout.unknown)))
    notes += [one.words for one in odd[:_MOST_TOLD]]
    if more := len(odd) - _MOST_TOLD if len(odd) > _MOST_TOLD else 0:
        sentence = ngettext("{count} more cell cannot be read", "{count} more cells cannot be read", more)
        notes.append(sentence.format(count=more))
    notes += table.origin.notes()
    return notes


class _LineReader:
    """Turns the rows of one file into results; `odd` are the cells that cannot be read, with their line."""

    def __init__(self, layout: _Layout, width: int, division: str | None) -> None:
        self.odd: list[_OddCell] = []
        self.last_row: list[str] | None = None
        self._layout, self._division = layout, division
        self._alignment = Alignment(width)

    def read(self, line: int, row: list[str]) -> CertificationResult:
        """The result of one row; raises UnreadableExport where the row does not fit the header."""
        row = self.last_row = self._alignment.fit(line, row)
        score, level_label = self._score_and_level(line, row)
        return CertificationResult(
            line=line,
            certification_number=self._text(row, ResultColumn.NUMBER) or "",
            last_name=self._cell(row, ResultColumn.LAST_NAME),
            first_name=self._cell(row, ResultColumn.FIRST_NAME),
            division=self._division,
            birth_date=self._day(line, row, ResultColumn.BIRTH_DATE),
            birth_place=self._text(row, ResultColumn.BIRTH_PLACE),
            external_id=self._text(row, ResultColumn.EXTERNAL_ID),
            type=self._text(row, ResultColumn.TYPE),
            status=self._status(line, self._cell(row, ResultColumn.STATUS)),
            level_label=level_label,
            score=score,
            levels=self._levels(line, row),
            comment=self._text(row, ResultColumn.COMMENT),
            session=self._text(row, ResultColumn.SESSION),
            centre=self._text(row, ResultColumn.CENTRE),
            date=self._day(line, row, ResultColumn.DATE),
            complementary=tuple(
                (label, self._status(line, row[position])) for label, position in self._layout.complementary
            ),
        )

    def _cell(self, row: list[str], column: ResultColumn) -> str:
        position = self._layout.at.get(column)
        return "" if position is None else row[position]

    def _text(self, row: list[str], column: ResultColumn) -> str | None:
        return self._cell(row, column).strip() or None

    def _score_and_level(self, line: int, row: list[str]) -> tuple[int | None, str | None]:
        """The pix and the level in words: two columns, or one that holds the one or the other."""
        score = self._number(line, self._cell(row, ResultColumn.SCORE), _HIGHEST_SCORE)
        level = self._cell(row, ResultColumn.LEVEL).strip()
        result = self._cell(row, ResultColumn.RESULT).strip()
        if pix := _SCORE.fullmatch(result):
            score = self._number(line, pix[1], _HIGHEST_SCORE)
        elif result[:1].isdigit():
            self.odd.append(_OddCell(line, result))
        else:
            level = level or result
        return score, None if is_missing(level) else level

    def _levels(self, line: int, row: list[str]) -> tuple[int | None, ...]:
        cells = ["-" if position is None else row[position] for position in self._layout.levels]
        try:  # (r): sixteen on each line, and as Pix writes them they are looked up
            return tuple([_LEVELS[cell] for cell in cells])
        except KeyError:
            return tuple(
                [_LEVELS[cell] if cell in _LEVELS else self._number(line, cell, MAX_LEVEL) for cell in cells]
            )

    def _number(self, line: int, cell: str, highest: int) -> int | None:
        number = read_number(cell)
        if number is not None and number <= highest:
            return number
        if not is_missing(cell):
            self.odd.append(_OddCell(line, cell, None if number is None else highest))
        return None

    def _status(self, line: int, cell: str) -> ResultStatus | None:
        key = label_key(cell)
        status = STATUSES.get(key)
        if status is None and key != NOT_TAKEN and not is_missing(cell):
            self.odd.append(_OddCell(line, cell))
        return status

    def _day(self, line: int, row: list[str], column: ResultColumn) -> str | None:
        cell = self._cell(row, column)
        day = read_day(cell.strip())
        if day is None and not is_missing(cell):
            self.odd.append(_OddCell(line, cell))
        return day
