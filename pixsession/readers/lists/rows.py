"""The rows of a list made as wide as its header; what is cut or has too many cells is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pixsession.domain.people.students import name_key
from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import N_, _
from pixsession.readers.campaign.labels import label_key
from pixsession.readers.dates import read_day
from pixsession.readers.lists.cells import read_clock, read_extra_time, read_sex
from pixsession.readers.lists.class_names import class_of_title
from pixsession.readers.lists.labels import Item, Positions
from pixsession.readers.lists.remarks import Remarks
from pixsession.readers.rows import last_line_cut
from pixsession.readers.table import Row, Table

_TYPED: dict[Item, Callable[[str], str | float | None]] = {
    Item.BIRTH_DATE: read_day,
    Item.SEX: read_sex,
    Item.EXTRA_TIME: read_extra_time,
    Item.DATE: read_day,
    Item.START: read_clock,
}
_UNREAD = {
    Item.BIRTH_DATE: N_("birth date not read on line {lines}"),
    Item.SEX: N_("sex not read on line {lines}"),
    Item.EXTRA_TIME: N_("extra time not read on line {lines}"),
    Item.DATE: N_("date of the session not read on line {lines}"),
    Item.START: N_("start of the session not read on line {lines}"),
}
_NAMES = frozenset({Item.LAST_NAME, Item.FIRST_NAME, Item.STUDENT})
_SMALLEST_SHARE = 0.05  # no extra time is less
_OF_PRONOTE = ("ulis", "upe2a")  # no class of Pix: their pupils have one besides
_NUMBERING = frozenset({"", "n", "no", "num", "numero", "rang", "ordre", "number"})


class ListRow(NamedTuple):
    """One row, as wide as the header or padded to it."""

    line: int
    cells: list[str]
    positions: Positions

    def text(self, item: Item) -> str | None:
        """The cell of an item without spaces around; None when empty or without such a column."""
        positions = self.positions.get(item, ())
        return (self.cells[positions[0]].strip() or None) if positions else None

    def division(self) -> str | None:
        """The class of a row; Pronote has another column for the class of pupils of a unit (ULIS, UPE2A)."""
        division = (self.text(Item.DIVISION) or "").strip(" ,;") or None
        home = self.text(Item.HOME_DIVISION)
        return home if home and (division is None or name_key(division).startswith(_OF_PRONOTE)) else division

    def is_title(self) -> bool:
        """Whether a single cell is not empty."""
        return sum(1 for cell in self.cells if cell.strip()) == 1

    def texts(self, item: Item) -> tuple[str, ...]:
        """The cells of an item that may have several columns, empty ones left out."""
        return tuple(text for p in self.positions.get(item, ()) if (text := self.cells[p].strip()))


class ListRows:
    """Iterates over the rows of one list; `remarks` collects what is left out or not read."""

    def __init__(self, table: Table, positions: Positions) -> None:
        self.remarks = Remarks()
        self.origin = table.origin
        self._table = table
        self._positions = positions

    def __iter__(self) -> Iterator[ListRow]:
        """Each row that fits the header; raises UnreadableExport where the file is cut."""
        held: Row | None = None
        for row in self._table.rows:
            if held is not None:
                yield from self._fitted(*held)
            held = row
        if held is not None:
            yield from self._fitted(*held) if self._table.ended else self._last(*held)
        elif not self._table.ended:
            raise UnreadableExport(
                _("the header is cut: the download is incomplete, download it again"),
                self._table.header_line,
            )

    def typed(self, row: ListRow, item: Item) -> str | float | None:
        """The value of a date, sex, time or share; None, and noted, where the cell cannot be read."""
        text = row.text(item)
        if text is None:
            return None
        value = _TYPED[item](text)
        if item is Item.EXTRA_TIME and isinstance(value, float) and self._may_be_whole(text, value):
            value = None
        if value is None:
            self.remarks.unread(_UNREAD[item], row.line)
        return value

    def title(self, row: ListRow) -> str | None:
        """The class in a title row between those of students; None without one."""
        return class_of_title("".join(row.cells)) if row.is_title() else None

    def repeats_header(self, row: ListRow) -> bool:
        """Whether the cells of the names are their labels."""
        positions = [p for item in _NAMES for p in self._positions.get(item, ())]
        header = self._table.header
        return all(label_key(row.cells[p]) == label_key(header[p]) for p in positions)

    def is_row_number(self, row: ListRow, position: int) -> bool:
        """Whether a cell is only the number of its row, which numbered empty rows have too."""
        label = label_key(self._table.header[position])
        return row.cells[position].strip().isdigit() and (position == 0 or label in _NUMBERING)

    def _may_be_whole(self, text: str, share: float) -> bool:
        """Whether "1" is the 100 % that a percentage cell of a workbook keeps, rather than 1 %."""
        return self._table.origin.form != "csv" and "%" not in text and 0 < share < _SMALLEST_SHARE

    def _fitted(self, line: int, cells: list[str]) -> Iterator[ListRow]:
        """The row, padded where a spreadsheet has dropped empty cells at its end; nothing where it is odd."""
        width, found = len(self._table.header), len(cells)
        while found > width and not cells[found - 1].strip():
            found -= 1
        row = ListRow(line, [*cells[:found], *[""] * (width - found)], self._positions)
        if found <= width and (
            (found == 1 and self.title(row) is not None)
            or found == width
            or self._table.origin.form != "csv"
            or self._is_short(row, found)
        ):
            yield row
        else:
            self.remarks.reject(
                line, _("{found} cells instead of {width}").format(found=found, width=len(self._table.header))
            )

    def _is_short(self, row: ListRow, found: int) -> bool:
        """Whether a row too short lacks only its end: Excel drops delimiters after the last cell in use.

        Where a cell in the middle is missing those after it have moved: a date, a sex or a share tells.
        """
        ends = [p for item in _NAMES | {Item.DIVISION} for p in self._positions.get(item, ())]
        typed = [(item, text) for item in _TYPED if (text := row.text(item)) is not None]
        return max(ends, default=0) < found and all(_TYPED[item](text) is not None for item, text in typed)

    def _last(self, line: int, cells: list[str]) -> Iterator[ListRow]:
        """The last row of a file that does not end with its line: its last cell may be cut, or missing."""
        width = len(self._table.header)
        if len(cells) < width:
            raise last_line_cut(line)
        at_end = next((i for i, positions in self._positions.items() if width - 1 in positions), None)
        if len(cells) == width and at_end is not None and not _is_whole(at_end, cells[-1]):
            self.remarks.unread(N_("last cell perhaps cut, not read on line {lines}"), line)
            cells = [*cells[:-1], ""]
        yield from self._fitted(line, cells)


def _is_whole(item: Item, cell: str) -> bool:
    """Whether the last cell of a file shows by itself that nothing of it is missing."""
    if item is Item.EXTRA_TIME:
        return cell.strip().endswith("%")
    return item in _TYPED and item is not Item.START and _TYPED[item](cell) is not None
