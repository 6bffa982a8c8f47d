"""The reader of evaluation exports (paths, exams, "SOS"): one typed line per participation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import getitem
from typing import TypeVar

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.pix.assessment import AssessmentLine, Mastery, SkillState
from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import _, ngettext
from pixsession.readers.campaign.assessment_labels import SKILL_STATES
from pixsession.readers.campaign.assessment_layout import (
    AssessmentLayout,
    Remark,
    column_uses,
    generation_of,
    looks_like_assessment,
    read_assessment_layout,
)
from pixsession.readers.campaign.date_order import DateOrder, order_notes, order_of
from pixsession.readers.campaign.head_rows import (
    HeadReader,
    LineByLine,
    campaign_of_name,
    is_one_line_each,
    read_rows,
)
from pixsession.readers.campaign.labels import Column, label_key
from pixsession.readers.campaign.summary_rows import ParticipantRows, left_out_notes
from pixsession.readers.cells import is_missing, read_fraction, read_number, read_yes_no
from pixsession.readers.dates import read_moment
from pixsession.readers.export import Contents, ExportKind, FileDescription
from pixsession.readers.recognise import missing_words
from pixsession.readers.rows import Alignment, cells_at, last_line_cut
from pixsession.readers.table import Row, Table

__all__ = ["looks_like_assessment", "read_assessment"]

K = TypeVar("K")
V = TypeVar("V")

_REQUIRED = {
    Column.LAST_NAME: "Nom du Participant",
    Column.FIRST_NAME: "Prénom du Participant",
    Column.SHARED: "Partage (O/N)",
}
_MOST_QUOTED = 120  # characters of a cell in a sentence
# Until November 2018 (pull request 269 of Pix) "percent" columns held 0 to 100; since then, fractions.
_FRACTIONS_SINCE = "2018-12"
_ROUNDING = 0.0051  # rates are rounded to two decimals

# Date of the sharing, stage, badges, mastery, competences, areas, skills.
_Results = tuple[
    str | None,
    int | None,
    tuple[tuple[str, bool | None], ...],
    float | None,
    tuple[tuple[str, Mastery], ...],
    tuple[tuple[str, Mastery], ...],
    tuple[tuple[str, SkillState | None], ...],
]
_NOTHING_SHARED: _Results = (None, None, (), None, (), (), ())


def read_assessment(table: Table, file: FileDescription) -> Contents:
    """The contents of an evaluation export; raises UnreadableExport with line and cause."""
    layout = read_assessment_layout(table.header)
    missing = [label for column, label in _REQUIRED.items() if column not in layout.at]
    if missing:
        raise UnreadableExport(missing_words(missing), table.header_line)
    participants = ParticipantRows(table.rows, layout.at, Column.SHARED, ended=table.ended)
    rows: Iterable[Row] = participants
    in_percent = False
    if layout.may_be_in_percent:
        rows = list(rows)
        in_percent = _is_in_percent(layout, rows)
    reader = LineReader(layout, in_percent=in_percent, untouched=table.untouched)
    at_lines, read = read_rows(reader, rows)
    is_whole = table.ended or participants.ends_with_one
    if not is_whole and not _ends_whole(layout, reader.head.last_row):
        raise last_line_cut(at_lines[-1] if at_lines else table.header_line)
    lines, date_notes = _dated(at_lines, read, reader, table, file)
    return Contents(
        kind=ExportKind.ASSESSMENT,
        generation=generation_of(layout, in_percent=in_percent),
        origin=table.origin,
        columns=column_uses(table.header, layout),
        campaign=reader.head.campaign or campaign_of_name(file.name),
        assessments=lines,
        at_lines=at_lines,
        one_line_each=is_one_line_each(layout.at, file),
        notes=(
            *_notes(layout, table, lines, in_percent=in_percent),
            *date_notes,
            *left_out_notes(participants.left_out),
        ),
    )


def evaluation_line_by_line(header: Sequence[str]) -> LineByLine | None:
    """How lines under this header are read one by one; None where the whole file has to be seen."""
    layout = read_assessment_layout(header)
    if layout.may_be_in_percent:
        return None
    return LineByLine(layout.at, partial(LineReader, layout, in_percent=False, untouched=True))


def _dated(
    at_lines: Sequence[int],
    lines: tuple[AssessmentLine, ...],
    reader: LineReader,
    table: Table,
    file: FileDescription,
) -> tuple[tuple[AssessmentLine, ...], tuple[str, ...]]:
    """The lines with their dates in the order of the file, and the notes on that order."""
    cells, utc = reader.moment_cells, reader.in_utc
    known = {cell for pair in cells for cell in pair} - {""}
    order = order_of(known, file.exported_at, untouched=table.untouched, utc=utc)
    if order.is_usual:
        return lines, ()
    dated = tuple(map(partial(_with_moments, order), at_lines, lines, cells))
    names = [(line.last_name, line.first_name) for line in lines if line.shared]
    return dated, order_notes(order, matters=len(set(names)) < len(names))


def _with_moments(
    order: DateOrder, at_line: int, line: AssessmentLine, cells: tuple[str, str]
) -> AssessmentLine:
    """The line with other moments; a date that can be read now is no doubt any more."""
    started_at, shared_at = [order.moment(cell) for cell in cells]
    readable = {
        Reason(ReasonCode.CELL_UNREADABLE, (str(at_line), cell[:_MOST_QUOTED]))
        for cell, moment in zip(cells, (started_at, shared_at), strict=True)
        if moment
    }
    doubts = tuple(doubt for doubt in line.doubts if doubt not in readable)
    return line._replace(started_at=started_at, shared_at=shared_at, doubts=doubts)


def _is_in_percent(layout: AssessmentLayout, rows: Iterable[Row]) -> bool:
    """Whether a file is from the time of percents: by every date of it, and by most of its numbers.

    One damaged cell must not turn "1", all done, into one percent.
    """
    columns = [layout.at[column] for column in (Column.PROGRESS, Column.MASTERY) if column in layout.at]
    started = layout.at.get(Column.STARTED_AT)
    dates, numbers = [], []
    for _line, row in rows:
        if len(row) < layout.width:
            continue  # refused with its line when it is read
        dates.append(None if started is None else read_moment(row[started]))
        numbers += [number for column in columns if (number := read_fraction(row[column]))]
    above = [number for number in numbers if number > 1]
    return (
        None not in dates
        and all(date < _FRACTIONS_SINCE for date in dates if date is not None)
        and 2 * len(above) > len(numbers)
    )


def _ends_whole(layout: AssessmentLayout, last: list[str] | None) -> bool:
    """Whether a file without a line end at its end stops where a line does; `last` is its last row.

    Pix and spreadsheets end every line. An editor may have taken the last one away: then the last cell must
    tell by itself that nothing of it is missing, a number of skills by fitting the rate.
    """
    if last is None or read_yes_no(last[layout.at[Column.SHARED]]) is None:
        return False  # a row that lost its end may be as wide as a header that lost an empty label
    position, cell = len(last) - 1, last[-1]
    if cell.strip() and is_missing(cell):
        return True
    if any(at == position for _name, at in layout.skills):
        return label_key(cell) in SKILL_STATES
    if any(at == position for _title, at in layout.badges):
        return read_yes_no(cell) is not None
    for _name, triple in (*layout.competences, *layout.areas):
        if triple[2] == position:
            rate, targeted, mastered = [None if at is None else last[at] for at in triple]
            known = read_fraction(rate or ""), read_number(targeted or ""), read_number(mastered or "")
            return _fits(*known)
    return False


def _fits(rate: float | None, targeted: int | None, mastered: int | None) -> bool:
    if rate is None or not targeted or mastered is None:
        return False
    return abs(mastered / targeted - rate) < _ROUNDING


def _notes(
    layout: AssessmentLayout, table: Table, lines: Sequence[AssessmentLine], *, in_percent: bool
) -> tuple[str, ...]:
    notes = []
    for remark in Remark:
        labels = [label for found, label in layout.remarks if found is remark]
        if labels:
            notes.append(
                _remark_words(remark, len(labels)).format(header=labels[0][:_MOST_QUOTED], count=len(labels))
            )
    if in_percent:
        notes.append(_("file from before November 2018: its numbers are read as percentages"))
    notes += table.origin.notes()
    if not lines:
        notes.append(_("no line: if students have entered the campaign, download it again"))
    return tuple(notes)


def _remark_words(remark: Remark, count: int) -> str:
    if remark is Remark.DUPLICATE:
        if count == 1:
            return _("column “{header}” stands twice: the first one is read")
        return _("{count} columns stand twice, “{header}” among them: the first of each is read")
    if remark is Remark.NAMELESS:
        return ngettext(
            "a column does not say what it is about, it is not read: “{header}”",
            "{count} columns do not say what they are about, they are not read: “{header}”…",
            count,
        )
    return ngettext(
        "a column is not known, it is not read: “{header}”",
        "{count} columns are not known, they are not read: “{header}”…",
        count,
    )


class _Known(dict[K, V]):
    """The meaning of cell texts, each parsed once a file; `odd` collects those that cannot be read."""

    def __init__(self, read: Callable[[K], tuple[V, bool]]) -> None:
        super().__init__()
        self.odd: set[K] = set()
        self._read = read

    def __missing__(self, cell: K) -> V:
        value, readable = self._read(cell)
        if not readable:
            self.odd.add(cell)
        self[cell] = value
        return value


class _Paired(dict[K, tuple[str, V]]):
    """The pairs of one column, its name with a cell's meaning; equal cells share one pair."""

    def __init__(self, name: str, known: _Known[K, V]) -> None:
        super().__init__()
        self._name, self._known = name, known

    def __missing__(self, cell: K) -> tuple[str, V]:
        pair = self[cell] = (self._name, self._known[cell])
        return pair


_Cells = tuple[str, str, str]  # rate, targeted, mastered


class LineReader:
    """Turns the rows of one file into lines; positions of columns and meanings of cells are cached."""

    def __init__(self, layout: AssessmentLayout, *, in_percent: bool, untouched: bool) -> None:
        at = layout.at
        alignment = Alignment(layout.width, layout.surplus_at, at[Column.SHARED])
        self.head = HeadReader(at, alignment, untouched=untouched)
        self.moment_cells: list[tuple[str, str]] = []  # start and sharing of each line; empty where none is
        self._hundred = 100 if in_percent else 1
        self._stage_max, self.in_utc = layout.stage_max, layout.in_utc
        self._shared, self._shared_at = at[Column.SHARED], at.get(Column.SHARED_AT)
        self._progress, self._started_at = at.get(Column.PROGRESS), at.get(Column.STARTED_AT)
        self._stage, self._mastery = at.get(Column.STAGE), at.get(Column.MASTERY)
        self._fractions, self._masteries = _Known(self._fraction), _Known(self._mastery_of)
        self._yes_no, self._states = _Known(_yes_no), _Known(_skill_state)
        self._badges = [_Paired(title, self._yes_no) for title, _position in layout.badges]
        self._skills = [_Paired(name, self._states) for name, _position in layout.skills]
        groups = (*layout.competences, *layout.areas)
        self._groups = [_Paired(key, self._masteries) for key, _triple in groups]
        self._competence_count = len(layout.competences)
        self._badge_cells = cells_at([position for _title, position in layout.badges])
        self._skill_cells = cells_at([position for _name, position in layout.skills])
        self._measures = [cells_at([triple[i] for _key, triple in groups]) for i in range(3)]

    def read(self, line: int, row: list[str]) -> AssessmentLine:
        """The line of one row; raises UnreadableExport where the row does not fit the header."""
        row = self.head.fit(line, row)
        odd: list[str] = []
        shared = read_yes_no(row[self._shared])
        progress = self._share(row, self._progress, odd)
        started_at = self._moment(row, self._started_at, odd)
        results = self._results(row, odd) if shared else _NOTHING_SHARED
        self.moment_cells.append(self._moment_cells(row, shared=shared is True))
        doubts = [Reason(ReasonCode.CELL_UNREADABLE, (str(line), cell[:_MOST_QUOTED])) for cell in odd]
        if shared is None:
            values = (str(line), row[self._shared][:_MOST_QUOTED])
            doubts.insert(0, Reason(ReasonCode.SEND_STATE_UNKNOWN, values))
        return AssessmentLine(
            *self.head.identifiers(row),
            progress,
            started_at,
            shared,
            results[0],
            results[1],
            self._stage_max,
            *results[2:],
            doubts=tuple(doubts),
        )

    def _results(self, row: list[str], odd: list[str]) -> _Results:
        """The cells of results that were shared; what cannot be read is None, and noted."""
        shared_at = self._moment(row, self._shared_at, odd)
        stage = self._stage_of(row, odd)
        mastery = self._share(row, self._mastery, odd)
        badges, skills = self._badge_cells(row), self._skill_cells(row)
        rates, targets, successes = [cells(row) for cells in self._measures]
        measures: list[_Cells] = list(zip(rates, targets, successes, strict=True))
        groups = tuple(map(getitem, self._groups, measures))
        results = (
            shared_at,
            stage,
            tuple(map(getitem, self._badges, badges)),
            mastery,
            groups[: self._competence_count],
            groups[self._competence_count :],
            tuple(map(getitem, self._skills, skills)),
        )
        if self._masteries.odd:
            odd += [" / ".join(cells) for cells in measures if cells in self._masteries.odd]
        if self._yes_no.odd:
            odd += [cell for cell in badges if cell in self._yes_no.odd]
        if self._states.odd:
            odd += [cell for cell in skills if cell in self._states.odd]
        return results

    def _share(self, row: list[str], position: int | None, odd: list[str]) -> float | None:
        if position is None:
            return None
        cell = row[position]
        fraction = self._fractions[cell]
        if cell in self._fractions.odd:
            odd.append(cell)
        return fraction

    def _moment(self, row: list[str], position: int | None, odd: list[str]) -> str | None:
        if position is None:
            return None
        moment = read_moment(row[position], utc=self.in_utc)
        if moment is None and not is_missing(row[position]):
            odd.append(row[position])
        return moment

    def _moment_cells(self, row: list[str], *, shared: bool) -> tuple[str, str]:
        started = "" if self._started_at is None else row[self._started_at]
        return started, "" if self._shared_at is None or not shared else row[self._shared_at]

    def _stage_of(self, row: list[str], odd: list[str]) -> int | None:
        if self._stage is None:
            return None
        stage = read_number(row[self._stage])
        if stage is None:
            odd += [] if is_missing(row[self._stage]) else [row[self._stage]]
        elif self._stage_max is not None and stage > self._stage_max:
            odd.append(row[self._stage])
            return None
        return stage

    def _fraction(self, cell: str) -> tuple[float | None, bool]:
        """A fraction of one; more than all of it cannot be."""
        number = read_fraction(cell)
        if number is None:
            return None, is_missing(cell)
        if "%" not in cell:
            number /= self._hundred
        return (number, True) if number <= 1 else (None, False)

    def _mastery_of(self, cells: _Cells) -> tuple[Mastery, bool]:
        """What is mastered of a competence or area; more than is targeted cannot be."""
        rate, readable = self._fraction(cells[0])
        targeted, mastered = read_number(cells[1]), read_number(cells[2])
        readable = readable and all(
            number is not None or is_missing(cell)
            for number, cell in ((targeted, cells[1]), (mastered, cells[2]))
        )
        if targeted is not None and mastered is not None and mastered > targeted:
            return Mastery(rate, None, None), False
        return Mastery(rate, targeted, mastered), readable


def _yes_no(cell: str) -> tuple[bool | None, bool]:
    state = read_yes_no(cell)
    return state, state is not None or is_missing(cell)


def _skill_state(cell: str) -> tuple[SkillState | None, bool]:
    state = SKILL_STATES.get(label_key(cell))
    return state, state is not None or is_missing(cell)
