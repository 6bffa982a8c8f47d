"""The reader of campaign exports "collecte de profils": one typed line per participation."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from pixsession.domain.participation import Participation
from pixsession.domain.reasons import Reason, ReasonCode
from pixsession.errors import UnreadableExport
from pixsession.i18n import _
from pixsession.readers.cells import (
    packed_numbers,
    read_moment,
    read_number,
    read_text,
    read_yes_no,
)
from pixsession.readers.export import Export, ExportedCampaign, ExportKind, FileDescription
from pixsession.readers.file_names import campaign_number
from pixsession.readers.headers import Column, Layout, read_layout
from pixsession.readers.recognise import Recognised

# Since January 2024 every participation has its line (pull request 7855 of Pix); before, the latest only.
_EVERY_PARTICIPATION_SINCE = datetime(2024, 1, 1)  # noqa: DTZ001 - Paris time without zone

_REQUIRED = (Column.LAST_NAME, Column.FIRST_NAME, Column.SENT)


def read_profiles(
    table: str, recognised: Recognised, content: bytes, digest: str, file: FileDescription
) -> Export:
    """The export of a profile collection from its text; raises UnreadableExport with line and cause."""
    if _is_cut(content, table):
        raise UnreadableExport(_("the last line is cut: the download is incomplete, download it again"))
    rows = _rows(table, recognised)
    layout = read_layout(next(rows)[1])
    _require(layout)
    reader = _LineReader(layout)
    participations = tuple(reader.read(line, row) for line, row in rows)
    return Export(
        kind=ExportKind.PROFILES,
        file=file,
        digest=digest,
        content=content,
        campaign=reader.campaign or _campaign_of_name(file.name),
        participations=participations,
        one_line_each=file.exported_at < _EVERY_PARTICIPATION_SINCE,
        notes=_notes(layout, recognised, participations),
    )


def _is_cut(content: bytes, table: str) -> bool:
    """Pix ends every line, the last one too; only a file saved again by another program may lack that end."""
    return content.startswith(b'\xef\xbb\xbf"') and not table.endswith("\n") and "\n" in table


def _rows(table: str, recognised: Recognised) -> Iterator[tuple[int, list[str]]]:
    """Header first, then each row that holds anything, with the line of the file it starts on."""
    stream = io.StringIO(table, newline="")
    for _skipped in range(recognised.skipped_lines):
        stream.readline()
    reader = csv.reader(stream, delimiter=recognised.delimiter, strict=True)
    start = 1
    try:
        for row in reader:
            if row and (len(row) > 1 or row[0].strip()):
                yield start + recognised.skipped_lines, row
            start = reader.line_num + 1
    except csv.Error:
        raise UnreadableExport(
            _("the line cannot be split into cells: the file is damaged or cut, download it again"),
            start + recognised.skipped_lines,
        ) from None


def _require(layout: Layout) -> None:
    missing = [column for column in _REQUIRED if column not in layout.at]
    if missing:
        labels = {
            Column.LAST_NAME: "Nom du Participant",
            Column.FIRST_NAME: "Prénom du Participant",
            Column.SENT: "Envoi (O/N)",
        }
        names = ", ".join(f"« {labels[column]} »" for column in missing)
        raise UnreadableExport(
            _("column {names} is missing: download the export again").format(names=names), 1
        )
    if not any(position is not None for position in layout.levels):
        raise UnreadableExport(_("no column of competences: download the export again"), 1)


def _campaign_of_name(file_name: str) -> ExportedCampaign | None:
    number = campaign_number(file_name)
    return ExportedCampaign(number, None, "") if number else None


def _notes(
    layout: Layout, recognised: Recognised, participations: tuple[Participation, ...]
) -> tuple[str, ...]:
    sentences = {
        "duplicate": _("column “{header}” stands twice: the first one is read"),
        "unknown_competence": _("competence not known: “{header}”"),
        "by_order": _("competences taken in the order of Pix, their names being in another language"),
    }
    notes = [sentences[code].format(header=header) for code, header in layout.notes]
    if recognised.guessed:
        notes.append(_("encoding guessed: {encoding}").format(encoding=recognised.encoding))
    if not participations:
        notes.append(_("no line: if students have entered the campaign, download it again"))
    return tuple(notes)


# Date of the send, pix, Pix's own verdict and count, levels, pix of the competences.
_Profile = tuple[str | None, int | None, bool | None, int | None, str | None, str | None]
_NOTHING_SENT: _Profile = (None, None, None, None, None, None)


class _LineReader:
    """Turns the rows of one file into participations, and learns its campaign from the first."""

    def __init__(self, layout: Layout) -> None:
        self.campaign: ExportedCampaign | None = None
        self._layout = layout
        self._number_cell: str | None = None
        at = [layout.at.get(column, -1) for column in Column]
        # Looked up once: a row asks for each of them, and there are twenty thousand rows.
        self._at = dict(zip(Column, at, strict=True))
        self._last_name, self._first_name = self._at[Column.LAST_NAME], self._at[Column.FIRST_NAME]
        self._sent = self._at[Column.SENT]
        self._campaign_id = self._at[Column.CAMPAIGN_ID]
        self._places = tuple(
            self._at[column]
            for column in (Column.DIVISION, Column.GROUP, Column.STUDENT_NUMBER, Column.EXTERNAL_ID)
        )

    def read(self, line: int, row: list[str]) -> Participation:
        """The participation of one row; raises UnreadableExport where the row does not fit the header."""
        if len(row) != self._layout.width:
            row = self._aligned(line, row)
        self._same_campaign(line, row)
        last_name, first_name = read_text(row[self._last_name]), read_text(row[self._first_name])
        division, group, student_number, external_id = [
            (read_text(row[position]) or None) if position >= 0 else None for position in self._places
        ]
        sent = read_yes_no(row[self._sent])
        doubts: list[Reason] = []
        if sent is None:
            doubts.append(Reason(ReasonCode.SEND_STATE_UNKNOWN, (str(line), row[self._sent])))
        profile = self._profile(line, row, doubts) if sent else _NOTHING_SENT
        return Participation(
            line,
            last_name,
            first_name,
            division,
            group,
            student_number,
            external_id,
            sent,
            *profile,
            doubts=tuple(doubts),
        )

    def _profile(self, line: int, row: list[str], doubts: list[Reason]) -> _Profile:
        """The cells of a profile sent; what cannot be read is None, and a doubt."""
        return (
            self._sent_at(row, doubts),
            self._number(line, row, Column.PIX, doubts),
            self._certifiable(line, row, doubts),
            self._number(line, row, Column.CERTIFIABLE_COMPETENCES, doubts),
            self._packed(line, row, self._layout.levels, doubts),
            self._packed(line, row, self._layout.competence_pix, doubts),
        )

    def _aligned(self, line: int, row: list[str]) -> list[str]:
        """A row as wide as the header, or a refusal.

        A spreadsheet may add empty cells at the end. Pix drops the header of a column whose label is empty
        but keeps its cells: these stand before the sent column, as does every column a school may name.
        """
        width, surplus = self._layout.width, len(row) - self._layout.width
        if surplus > 0:
            if not any(row[width:]) and read_yes_no(row[self._sent]) is not None:
                return row[:width]
            sent = self._sent
            aligned = row[:sent] + row[sent + surplus :]
            if read_yes_no(aligned[sent]) is not None:
                return aligned
        raise UnreadableExport(
            _("{found} cells instead of {width}: the file is damaged or cut, download it again").format(
                found=len(row), width=width
            ),
            line,
        )

    def _same_campaign(self, line: int, row: list[str]) -> None:
        """One export is about one campaign; a file glued from several would mix their lists."""
        number = row[self._campaign_id] if self._campaign_id >= 0 else None
        if self.campaign is None:
            code = self._text(row, Column.CAMPAIGN_CODE)
            name = self._text(row, Column.CAMPAIGN_NAME) or ""
            self.campaign = ExportedCampaign(number or code or name, code, name)
            self._number_cell = number
        elif number != self._number_cell:
            raise UnreadableExport(_("two campaigns in one file: keep one export in each file"), line)

    def _text(self, row: list[str], column: Column) -> str | None:
        position = self._at[column]
        return (read_text(row[position]) or None) if position >= 0 else None

    def _sent_at(self, row: list[str], doubts: list[Reason]) -> str | None:
        position = self._at[Column.SENT_AT]
        moment = read_moment(row[position]) if position >= 0 else None
        if moment is None:
            doubts.append(Reason(ReasonCode.SEND_DATE_UNKNOWN))
        return moment

    def _number(self, line: int, row: list[str], column: Column, doubts: list[Reason]) -> int | None:
        position = self._at[column]
        if position < 0:
            return None
        number = read_number(row[position])
        if number is None:
            doubts.append(Reason(ReasonCode.CELL_UNREADABLE, (str(line), row[position])))
        return number

    def _certifiable(self, line: int, row: list[str], doubts: list[Reason]) -> bool | None:
        position = self._at[Column.CERTIFIABLE]
        if position < 0:
            return None
        answer = read_yes_no(row[position])
        if answer is None:
            doubts.append(Reason(ReasonCode.CELL_UNREADABLE, (str(line), row[position])))
        return answer

    def _packed(
        self, line: int, row: list[str], positions: tuple[int | None, ...], doubts: list[Reason]
    ) -> str:
        cells = [row[position] if position is not None else "" for position in positions]
        packed, unreadable = packed_numbers(cells)
        if unreadable:
            doubts.extend(Reason(ReasonCode.CELL_UNREADABLE, (str(line), cell)) for cell in unreadable)
        return packed
