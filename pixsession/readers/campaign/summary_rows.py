"""Rows of a campaign export that are about no participant: totals, subtotals and remarks of a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pixsession.domain.people.students import name_key
from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import _, ngettext
from pixsession.readers.campaign.labels import Column
from pixsession.readers.cells import read_saved_text, read_yes_no
from pixsession.readers.table import Row

_WORDS = re.compile(
    r"\b(?:(?:sous )?tota(?:l|ux)|subtotal|grand total|somme|moyennes?|nombre|nb|nbval|effectifs?|resultats?"
    r"|moy|maximum|minimum|mediane|ecart type|sum|averages?|counta?|summe|gesamt|totaal)\b"
)
_NOT_AVAILABLE = "na"  # what Pix writes of a participant who has sent nothing
_MOST_TOLD = 5  # lines in the note
_MOST = 500  # a class each has its subtotal; more is no table of participants
_FIRST_CELL = 1  # the sole cell of a title between the rows
_CAMPAIGN = (Column.ORGANISATION, Column.CAMPAIGN_ID, Column.CAMPAIGN_CODE, Column.CAMPAIGN_NAME, Column.PATH)


class ParticipantRows:
    """The rows of the participants; `left_out` are the lines of the others, once these have been read.

    Every row of Pix names the campaign and says yes or no, even that of a student without a name. A row that
    does neither was put there: at the end, or elsewhere where a word of it says so. Any other is refused: it
    may be what is left of a participant.
    """

    def __init__(self, rows: Iterable[Row], at: dict[Column, int], state: Column, *, ended: bool) -> None:
        self.left_out: list[int] = []
        self.ends_with_one = False  # so that the row of the last participant is whole
        self._rows, self._ended = rows, ended
        self._names = [at[Column.LAST_NAME], at[Column.FIRST_NAME]]
        self._campaign = [at[column] for column in _CAMPAIGN if column in at]
        ids = (Column.CAMPAIGN_ID, Column.CAMPAIGN_CODE, Column.CAMPAIGN_NAME)
        self._key = next((at[column] for column in ids if column in at), at[state])
        self._first: list[str] = []  # the row of the first participant
        self._key_cell = ""

    def __iter__(self) -> Iterator[Row]:
        """Raises UnreadableExport at a row among the others that may have been a participant."""
        held: list[Row] = []
        for line, row in self._rows:
            is_other = not self._key_cell or _cell(row, self._key) != self._key_cell
            if is_other and len(self.left_out) + len(held) < _MOST and self._is_summary(row):
                held.append((line, row))
                continue
            self._leave_out(held, below=False)
            held = []
            if not self._first:
                self._first, self._key_cell = row, _cell(row, self._key)
            yield line, row
        if held and not self._ended and not self._is_certain(held[-1][1]):
            *held, cut = held
            self._leave_out(held, below=True)
            yield cut
            return
        self._leave_out(held, below=True)
        self.ends_with_one = bool(held)

    def _leave_out(self, rows: Sequence[Row], *, below: bool) -> None:
        for line, row in rows:
            if not below and not _speaks_of_totals(row) and _count(row) > _FIRST_CELL:
                raise UnreadableExport(
                    _("a line without campaign and name among the others: it may be a student, see the file"),
                    line,
                )
            self.left_out.append(line)

    def _is_summary(self, row: list[str]) -> bool:
        """Whether nothing in a row is of a participant."""
        if any(read_yes_no(cell) is not None or name_key(cell) == _NOT_AVAILABLE for cell in row if cell):
            return False
        speaks = _speaks_of_totals(row)
        return all(_is_no_name(_cell(row, position)) for position in self._names) and all(
            self._is_foreign(position, _cell(row, position), speaks=speaks) for position in self._campaign
        )

    def _is_foreign(self, position: int, cell: str, *, speaks: bool) -> bool:
        """Whether a cell in a column of the campaign names none: neither this one, nor its beginning.

        Sums, means and counts may stand there; a remark in the first column, elsewhere where the row `speaks`
        of totals.
        """
        text = read_saved_text(cell).strip()
        first = read_saved_text(_cell(self._first, position)).strip()
        if not text or text == first:
            return not text
        if _is_number(text) or _is_total(text):
            return True
        return not first.startswith(text) and (speaks or (bool(first) and position == self._campaign[0]))

    def _is_certain(self, row: list[str]) -> bool:
        """Whether a row that a cut may have shortened is one of totals: its words are not another text's."""
        organisation = _cell(self._first, self._campaign[0]) if self._campaign else ""
        return _speaks_of_totals(row) and not organisation.startswith(row[0])


def _cell(row: Sequence[str], position: int) -> str:
    return row[position] if position < len(row) else ""


def _count(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _speaks_of_totals(row: Sequence[str]) -> bool:
    return any(_is_total(cell) for cell in row if cell and not cell.isdigit())


def _is_total(cell: str) -> bool:
    return _WORDS.search(name_key(cell)) is not None


def _is_number(cell: str) -> bool:
    return all(character.isdigit() or character in ".,-%" for character in cell if not character.isspace())


def _is_no_name(cell: str) -> bool:
    """Whether a cell of names has none: a total, a count of the names above, nothing."""
    text = read_saved_text(cell)
    return _is_number(text) or _is_total(text)


def left_out_notes(lines: Sequence[int]) -> tuple[str, ...]:
    """The note on the lines that were left out, if any."""
    if not lines:
        return ()
    shown = ", ".join(map(str, lines[:_MOST_TOLD])) + ("…" if len(lines) > _MOST_TOLD else "")
    words = ngettext(
        "line {lines} is a total or a remark: it is left out",
        "lines {lines} are totals or remarks: they are left out",
        len(lines),
    )
    return (words.format(lines=shown),)
