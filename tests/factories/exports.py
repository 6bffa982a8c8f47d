"""Exports for the tests of the reader and of the verdict: invented students, files taken apart by hand."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from pixsession.domain.board.snapshot import BoardRow, FileEntry, Snapshot
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.engine.read_once import check_folder
from pixsession.foundation.clock import with_offset
from pixsession.readers import Contents, FileDescription, export_of
from pixsession.settings.config import BoardRequest
from tests.factories.samples import (
    ExportFile,
    Generation,
    Layout,
    Participation,
    SampleCampaign,
    Send,
    Student,
    profiles_export,
)

MORNING = datetime(2026, 3, 12, 9, 45)  # noqa: DTZ001 - Paris time without zone, as everywhere
NAME = "Resultats-Collecte-731958-2026-03-12-0945.csv"
CAMPAIGN = SampleCampaign("Collège de la Lune-Rousse", 731958, "FDVRGZ586", "Collecte")
OTHER_CAMPAIGN = SampleCampaign("Collège de la Lune-Rousse", 802211, "KRTPLM447", "Remédiation")
SENT, SENT_AT, TOTAL = "Envoi (O/N)", "Date et heure de l'envoi (Europe/Paris)", "Nombre de pix total"
CERTIFIABLE, COUNT = "Certifiable (O/N)", "Nombre de compétences certifiables"
LEVEL, COMPETENCE_PIX = "Niveau pour la compétence Interagir", "Nombre de pix pour la compétence Interagir"


def moment(text: str) -> datetime:
    """A moment of Paris from ISO 8601; a time alone is of the morning of the tests."""
    return datetime.fromisoformat(text if "-" in text else f"{MORNING:%Y-%m-%d}T{text}")


def pix_of(count: int, *, each: int = 9, rest: int = 3) -> tuple[int, ...]:
    """The pix of sixteen competences, the first `count` of them at level 1 or more."""
    return tuple(each if position < count else rest for position in range(16))


def sent(at: str, count: int, **claims: int | bool) -> Participation:
    """A profile sent at this moment with so many competences at level 1; `claims` as in Send."""
    when = moment(at)
    send = Send(when, pix_of(count), **claims)  # type: ignore[arg-type]
    return Participation(when - timedelta(minutes=30), send)


def pending(since: str = "08:05") -> Participation:
    """Entered, nothing sent yet."""
    return Participation(moment(since))


def student(
    last_name: str = "DURIEUX",
    first_name: str = "Zoé",
    *lines: Participation,
    place: str = "3eA",
    **more: str,
) -> Student:
    """Someone of this class; without lines, a certifiable profile sent at 9:31. `more` as in Student."""
    known = lines or (sent("09:31", 5),)
    return replace(Student(last_name, first_name, known, place), **more)  # type: ignore[arg-type]


def export(
    *students: Student,
    at: str = "09:45",
    layout: Layout | None = None,
    generation: Generation = Generation.PARIS_MINUTES,
    campaign: SampleCampaign = CAMPAIGN,
) -> ExportFile:
    """The export of these students at this moment."""
    return profiles_export(students, generation, layout or Layout(), moment(at), campaign)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file taken apart: the header and the rows, as text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, content: bytes) -> Sheet:
        """The cells of a file of the generator, formula apostrophes and all."""
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
        header, *rows = csv.reader(text, delimiter=";", strict=True)
        return cls(tuple(header), tuple(map(tuple, rows)))

    def with_cell(self, label: str, text: str, row: int = 0) -> Sheet:
        """The same with one other cell."""
        position = self.header.index(label)
        changed = list(self.rows)
        changed[row] = (*changed[row][:position], text, *changed[row][position + 1 :])
        return replace(self, rows=tuple(changed))

    def with_label(self, label: str, text: str) -> Sheet:
        """The same with one other label."""
        return replace(self, header=tuple(text if cell == label else cell for cell in self.header))

    def without(self, *labels: str) -> Sheet:
        """The same without these columns."""
        return self.in_order([i for i, label in enumerate(self.header) if label not in labels])

    def in_order(self, positions: Sequence[int]) -> Sheet:
        """The same columns, these ones, in this order."""
        header, *rows = [tuple(cells[i] for i in positions) for cells in (self.header, *self.rows)]
        return Sheet(header, tuple(rows))

    def with_column(self, label: str, cells: Sequence[str], before: str) -> Sheet:
        """The same with one column more, to the left of another; an empty label has no cell in the header."""
        at = self.header.index(before)
        header = (*self.header[:at], *([label] if label else []), *self.header[at:])
        rows = tuple((*row[:at], cell, *row[at:]) for row, cell in zip(self.rows, cells, strict=True))
        return Sheet(header, rows)

    def content(
        self,
        encoding: str = "utf-8-sig",
        *,
        delimiter: str = ";",
        end: str = "\n",
        quoting: int = csv.QUOTE_MINIMAL,
        above: str = "",
    ) -> bytes:
        """The bytes another program would save."""
        text = io.StringIO(newline="")
        text.write(above)
        writer = csv.writer(
            text,
            delimiter=delimiter,
            lineterminator=end,
            quoting=quoting,  # type: ignore[arg-type] # csv has a closed list of literals
        )
        writer.writerows([self.header, *self.rows])
        return text.getvalue().encode(encoding)


def sheet(*students: Student, layout: Layout | None = None) -> Sheet:
    """The export of these students, of this morning, taken apart."""
    return Sheet.of(export(*students, layout=layout).content)


def read(content: bytes, name: str = NAME, at: datetime = MORNING) -> Contents:
    """What the reader makes of these bytes, the time in the name being a good one."""
    return export_of(content, FileDescription(name, at, True, at)).contents


def told(found: Contents) -> list[tuple[object, ...]]:
    """What the lines say, in any order."""
    lines = [
        (
            line.last_name, line.first_name, line.division, line.group, line.student_number, line.sent,
            line.sent_at, line.pix, line.certifiable, line.certifiable_competences, line.levels,
            line.competence_pix, line.doubts,
        )
        for line in found.participations
    ]  # fmt: skip
    return sorted(lines, key=repr)


def put(folder: Path, name: str, content: bytes, at: datetime = MORNING) -> Path:
    """A file of the folder, dated."""
    path = folder / name
    path.write_bytes(content)
    seconds = with_offset(at).timestamp()
    os.utime(path, (seconds, seconds))
    return path


def board(folder: Path, *exports: ExportFile, rule: Rule | None = None) -> Snapshot:
    """The board of a folder with these exports in it, besides what is there already."""
    for one in exports:
        one.write_to(folder)
    return check_folder(BoardRequest(folder, rule or Rule()), lambda: MORNING)


def board_of(folder: Path, content: bytes, name: str = NAME) -> Snapshot:
    """The board of a folder with this one file."""
    put(folder, name, content)
    return board(folder)


def entry(snapshot: Snapshot, name: str = NAME) -> FileEntry:
    """What became of a file."""
    return next(entry for entry in snapshot.files if entry.name == name)


def row_of(snapshot: Snapshot, last_name: str = "DURIEUX", place: str | None = None) -> BoardRow:
    """The one student of this last name (and class)."""
    (row,) = [r for r in snapshot.rows if r.last_name == last_name and place in {None, r.place}]
    return row


def states(snapshot: Snapshot) -> dict[tuple[str, str], list[Eligibility]]:
    """The states on the board by last name and class: several where namesakes stand side by side."""
    found: dict[tuple[str, str], list[Eligibility]] = {}
    for row in snapshot.rows:
        found.setdefault((row.last_name, row.place or ""), []).append(row.eligibility)
    return found


def reason_codes(row: BoardRow) -> list[str]:
    """The doubts about a student, by code."""
    return [reason.code.value for reason in row.verdict.reasons]


def names(rows: Iterable[BoardRow]) -> list[str]:
    """Last names, in the order of the board."""
    return [row.last_name for row in rows]
