"""What the rows of every export of a campaign begin with: the campaign, and who the row is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from sys import intern
from typing import Any, NamedTuple, Protocol, TypeVar

from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.readers.campaign.labels import Column
from pixsession.readers.cells import read_saved_text, read_text
from pixsession.readers.export import ExportedCampaign, FileDescription
from pixsession.readers.file_names import campaign_number
from pixsession.readers.rows import Alignment
from pixsession.readers.table import Row

_Line_co = TypeVar("_Line_co", covariant=True)

# Since January 2024 every participation has its line (pull requests 7842 and 7855 of Pix).
_EVERY_PARTICIPATION_SINCE = datetime(2024, 1, 1)  # noqa: DTZ001 - Paris time without zone

# The last and first name, class, group, student number and external id of one row.
Identifiers = tuple[str, str, str | None, str | None, str | None, str | None]


def is_one_line_each(at: Mapping[Column, int], file: FileDescription) -> bool:
    """Whether the export is from before 2024: by its name, else by the column that came in June 2023."""
    if file.time_from_name:
        return file.exported_at < _EVERY_PARTICIPATION_SINCE
    return file.exported_at < _EVERY_PARTICIPATION_SINCE or Column.CAMPAIGN_CODE not in at


def campaign_of_name(file_name: str) -> ExportedCampaign | None:
    """The campaign of an export without lines: its number is in the name of the file."""
    number = campaign_number(file_name)
    return ExportedCampaign(number, None, "") if number else None


class HeadReader:
    """Makes rows fit their header, reads who each is about, and learns the campaign from the first."""

    def __init__(self, at: dict[Column, int], alignment: Alignment, *, untouched: bool = False) -> None:
        self.campaign: ExportedCampaign | None = None
        self.last_row: list[str] | None = None
        self._alignment = alignment
        self._text = read_text if untouched else read_saved_text
        # Looked up once: a row asks for each of them, and there are twenty thousand rows.
        self._last_name, self._first_name = at[Column.LAST_NAME], at[Column.FIRST_NAME]
        columns = (Column.DIVISION, Column.GROUP, Column.STUDENT_NUMBER, Column.EXTERNAL_ID)
        self._identifiers = [(i, at[column]) for i, column in enumerate(columns) if column in at]
        ways = (Column.CAMPAIGN_ID, Column.CAMPAIGN_CODE, Column.CAMPAIGN_NAME)
        self._ways: Sequence[int | None] = [at.get(column) for column in ways]
        self._path, self._organisation = at.get(Column.PATH), at.get(Column.ORGANISATION)
        self._campaign_at = next((position for position in self._ways if position is not None), None)
        self._campaign_cell = ""

    def fit(self, line: int, row: list[str]) -> list[str]:
        """The row as wide as the header; raises UnreadableExport, also where another campaign begins."""
        row = self._alignment.fit(line, row)
        self.last_row = row
        cell = row[self._campaign_at] if self._campaign_at is not None else ""
        if self.campaign is None:
            self._campaign_cell = cell
            self.campaign = self._campaign_of(row)
        elif cell != self._campaign_cell and self._text(cell) != self._text(self._campaign_cell):
            # One export is about one campaign; a file glued from several would mix their lists.
            raise UnreadableExport(_("two campaigns in one file: keep one export in each file"), line)
        return row

    def identifiers(self, row: list[str]) -> Identifiers:
        """Who a row is about; what is empty or has no column is None."""
        values: list[str | None] = [None, None, None, None]
        for i, position in self._identifiers:
            text = self._text(row[position])
            values[i] = None if not text or text.isspace() else text
        division, group, student_number, external_id = values
        last_name, first_name = self._text(row[self._last_name]), self._text(row[self._first_name])
        # A school has few names and classes, each on many lines: one text of each is held.
        return (
            intern(last_name),
            intern(first_name),
            _once(division),
            _once(group),
            student_number,
            external_id,
        )

    def _campaign_of(self, row: list[str]) -> ExportedCampaign:
        number, code, name, path, organisation = [
            self._text(row[position]).strip() if position is not None else ""
            for position in (*self._ways, self._path, self._organisation)
        ]
        return ExportedCampaign(number or code or name, code or None, name, path or None, organisation)


def _once(text: str | None) -> str | None:
    return None if text is None else intern(text)


class LineReader(Protocol[_Line_co]):
    """Turns the rows of one file into the lines of an export, one by one."""

    @property
    def head(self) -> HeadReader:
        """What knows the campaign once a row was read."""
        ...

    def read(self, line: int, row: list[str]) -> _Line_co:
        """The line of one row; raises UnreadableExport where the row does not fit the header."""
        ...


class LineByLine(NamedTuple):
    """How lines under one header are read one by one, of files that Pix's own hand has written."""

    at: Mapping[Column, int]
    new_reader: Callable[[], LineReader[Any]]


def read_rows(
    reader: LineReader[_Line_co], rows: Iterable[Row]
) -> tuple[tuple[int, ...], tuple[_Line_co, ...]]:
    """The line of the file that each row starts on, and what was read of them."""
    at_lines, lines = [], []
    for at_line, row in rows:
        at_lines.append(at_line)
        lines.append(reader.read(at_line, row))
    return tuple(at_lines), tuple(lines)
