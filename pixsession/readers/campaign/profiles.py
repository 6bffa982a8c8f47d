"""The reader of campaign exports "collecte de profils": one typed line per participation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.pix.competences import PIX_PER_LEVEL
from pixsession.domain.pix.participation import Participation
from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.readers.campaign.date_doubts import has_rivals, with_date_doubts
from pixsession.readers.campaign.date_order import order_notes, order_of
from pixsession.readers.campaign.head_rows import (
    HeadReader,
    LineByLine,
    campaign_of_name,
    is_one_line_each,
    read_rows,
)
from pixsession.readers.campaign.headers import Layout, NoteKind, column_uses, generation_of, read_layout
from pixsession.readers.campaign.labels import Column
from pixsession.readers.campaign.summary_rows import ParticipantRows, left_out_notes
from pixsession.readers.cells import is_missing, packed_numbers, read_number, read_yes_no
from pixsession.readers.dates import read_moment
from pixsession.readers.export import Contents, ExportKind, FileDescription
from pixsession.readers.recognise import missing_words
from pixsession.readers.rows import Alignment, cells_at, last_line_cut
from pixsession.readers.table import Table

T = TypeVar("T", int, bool)

_REQUIRED = {
    Column.LAST_NAME: "Nom du Participant",
    Column.FIRST_NAME: "Prénom du Participant",
    Column.SENT: "Envoi (O/N)",
}
_MOST_QUOTED = 120  # characters of a cell in a sentence


def read_profiles(table: Table, file: FileDescription) -> Contents:
    """The contents of a profile collection; raises UnreadableExport with line and cause."""
    layout = read_layout(table.header)
    _require(layout, table.header_line)
    reader = LineReader(layout, untouched=table.untouched)
    rows = ParticipantRows(table.rows, layout.at, Column.SENT, ended=table.ended)
    at_lines, participations = read_rows(reader, rows)
    if not (rows.ends_with_one or _ends_whole(table, layout, reader.head.last_row)):
        raise last_line_cut(at_lines[-1] if at_lines else table.header_line)
    participations, date_notes = _dated(participations, reader, table, file)
    return Contents(
        kind=ExportKind.PROFILES,
        generation=generation_of(layout),
        origin=table.origin,
        columns=column_uses(table.header, layout),
        campaign=reader.head.campaign or campaign_of_name(file.name),
        participations=participations,
        at_lines=at_lines,
        one_line_each=is_one_line_each(layout.at, file),
        notes=(*_notes(layout, table, participations), *date_notes, *left_out_notes(rows.left_out)),
    )


def line_by_line(header: Sequence[str]) -> LineByLine:
    """How lines under this header are read one by one."""
    layout = read_layout(header)
    return LineByLine(layout.at, partial(LineReader, layout, untouched=True))


def _dated(
    lines: tuple[Participation, ...], reader: LineReader, table: Table, file: FileDescription
) -> tuple[tuple[Participation, ...], tuple[str, ...]]:
    """The lines with their dates in the order of the file, and the notes on that order."""
    cells, utc = reader.sent_at_cells, reader.sent_in_utc
    order = order_of(set(cells) - {""}, file.exported_at, untouched=table.untouched, utc=utc)
    if order.is_usual:
        return lines, ()
    dated = [
        _sent_at(line, order.moment(cell)) if cell else line for line, cell in zip(lines, cells, strict=True)
    ]
    marked = with_date_doubts(dated, [order.other(cell) for cell in cells], order)
    return marked, order_notes(order, matters=any(map(has_rivals, marked)))


def _sent_at(line: Participation, moment: str | None) -> Participation:
    """The line with this date of its submission, or none."""
    unknown = Reason(ReasonCode.SEND_DATE_UNKNOWN)
    doubts = tuple(doubt for doubt in line.doubts if doubt != unknown)
    return line._replace(sent_at=moment, doubts=doubts if moment else (unknown, *doubts))


def _require(layout: Layout, line: int) -> None:
    missing = [label for column, label in _REQUIRED.items() if column not in layout.at]
    if missing:
        raise UnreadableExport(missing_words(missing), line)
    if not any(position is not None for position in layout.levels):
        raise UnreadableExport(_("no column of competences: download the export again"), line)


def _ends_whole(table: Table, layout: Layout, last: list[str] | None) -> bool:
    """Whether the file stops where a line does; `last` is its last row, None where there is only a header.

    Pix and spreadsheets end every line. An editor may have taken the last line end away: then the last row
    must tell by itself that nothing of it is missing, the pix of the last competence by fitting the level.
    """
    if table.ended:
        return True
    if last is None:
        return layout.is_whole
    position = len(last) - 1
    if position not in layout.competence_pix:
        return True
    level = layout.levels[layout.competence_pix.index(position)]
    pix, wanted = read_number(last[position]), None if level is None else read_number(last[level])
    if pix is None:
        return bool(last[position].strip()) and is_missing(last[position])
    return wanted is None or pix // PIX_PER_LEVEL == wanted


def _notes(layout: Layout, table: Table, participations: tuple[Participation, ...]) -> tuple[str, ...]:
    sentences = {
        NoteKind.DUPLICATE: _("column “{header}” stands twice: the first one is read"),
        NoteKind.UNKNOWN_COMPETENCE: _("competence not known: “{header}”"),
        NoteKind.BY_PLACE: _("competence not known, taken for {code} by its place: “{header}”"),
        NoteKind.BY_ORDER: _("competences taken in the order of Pix, their names being in another language"),
    }
    notes = [
        sentences[note.kind].format(header=note.label[:_MOST_QUOTED], code=note.code) for note in layout.notes
    ]
    notes += table.origin.notes()
    if not participations:
        notes.append(_("no line: if students have entered the campaign, download it again"))
    return tuple(notes)


# Date of the submission, pix, Pix's own verdict and count, levels, pix of the competences.
_Profile = tuple[str | None, int | None, bool | None, int | None, str | None, str | None]
_NOTHING_SENT: _Profile = (None, None, None, None, None, None)


class LineReader:
    """Turns the rows of one file into participations."""

    def __init__(self, layout: Layout, *, untouched: bool) -> None:
        sent = layout.at[Column.SENT]
        alignment = Alignment(layout.width, layout.surplus_at, sent)
        self.head = HeadReader(layout.at, alignment, untouched=untouched)
        self.sent_in_utc = layout.sent_in_utc
        self.sent_at_cells: list[str] = []  # of each line; empty where nothing was sent
        # Looked up once: a row asks for each of them, and there are twenty thousand rows.
        self._sent, self._sent_at = sent, layout.at.get(Column.SENT_AT)
        self._pix, self._certifiable = layout.at.get(Column.PIX), layout.at.get(Column.CERTIFIABLE)
        self._count = layout.at.get(Column.CERTIFIABLE_COMPETENCES)
        self._levels, self._competence_pix = cells_at(layout.levels), cells_at(layout.competence_pix)

    def read(self, line: int, row: list[str]) -> Participation:
        """The participation of one row; raises UnreadableExport where the row does not fit the header."""
        row = self.head.fit(line, row)
        sent = read_yes_no(row[self._sent])
        self.sent_at_cells.append(row[self._sent_at] if sent and self._sent_at is not None else "")
        doubts: list[Reason] = []
        if sent is None:
            doubts.append(Reason(ReasonCode.SEND_STATE_UNKNOWN, (str(line), row[self._sent][:_MOST_QUOTED])))
        profile = self._profile(line, row, doubts) if sent else _NOTHING_SENT
        return Participation(*self.head.identifiers(row), sent, *profile, doubts=tuple(doubts))

    def _profile(self, line: int, row: list[str], doubts: list[Reason]) -> _Profile:
        """The cells of a profile sent; what cannot be read is None, and a doubt."""
        sent_at = None
        if self._sent_at is not None:
            sent_at = read_moment(row[self._sent_at], utc=self.sent_in_utc)
        if sent_at is None:
            doubts.append(Reason(ReasonCode.SEND_DATE_UNKNOWN))
        levels, odd_levels = packed_numbers(self._levels(row))
        competence_pix, odd_pix = packed_numbers(self._competence_pix(row))
        unreadable = [*odd_levels, *odd_pix]
        pix = _cell(row, self._pix, read_number, unreadable)
        certifiable = _cell(row, self._certifiable, read_yes_no, unreadable)
        count = _cell(row, self._count, read_number, unreadable)
        for cell in unreadable:
            doubts.append(Reason(ReasonCode.CELL_UNREADABLE, (str(line), cell[:_MOST_QUOTED])))
        return sent_at, pix, certifiable, count, levels, competence_pix


def _cell(
    row: list[str], position: int | None, read: Callable[[str], T | None], unreadable: list[str]
) -> T | None:
    """The value of a cell; None without the column, None and noted where it cannot be read."""
    if position is None:
        return None
    value = read(row[position])
    if value is None:
        unreadable.append(row[position])
    return value
