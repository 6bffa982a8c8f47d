"""The export of a collection of profiles, byte for byte as Pix writes it, with the truth it implies."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pixsession.domain.people.students import name_key, place_key
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.clock import with_offset
from tests.factories.samples.generations import Generation, Layout, file_name, headers, send_cell, sent_at
from tests.factories.samples.seeded_random import Dice
from tests.factories.samples.students import CERTIFIABLE_FROM, COMPETENCES, Participation, Send, Student

BOM = b"\xef\xbb\xbf"
MISSING = "NA"
_LINES_AT_ONCE = 10  # Pix writes lines in lots, several lots at a time: neighbours may change places
T = TypeVar("T")
_BARE = re.compile(r"[0-9-]+")


@dataclass(frozen=True, slots=True)
class SampleCampaign:
    """An invented campaign of an invented school."""

    organisation: str
    number: int
    code: str
    name: str


DEFAULT_CAMPAIGN = SampleCampaign("Collège de la Lune-Rousse", 731958, "FDVRGZ586", "Collecte de profils")


@dataclass(frozen=True, slots=True)
class StudentTruth:
    """What one export implies of one student, worked out from the invented student, never from the file.

    Names are unescaped. `division` and `group` are None without a column or in an empty cell. `sent_at` is
    a minute of Paris in ISO 8601, or a UTC day where the file has no more. `told_apart` is False when
    another student of the same file shows the same name, class and identifiers.
    """

    last_name: str
    first_name: str
    division: str | None
    group: str | None
    student_number: str | None
    external_id: str | None
    eligibility: Eligibility
    eligible_competences: int | None
    pix: int | None
    levels: tuple[int, ...] | None
    competence_pix: tuple[int, ...] | None
    sent_at: str | None
    sends: int
    rows: int
    told_apart: bool = True


@dataclass(frozen=True, slots=True)
class Download:
    """One file as it was downloaded: its name, its bytes, when it was made (Paris time without zone)."""

    name: str
    content: bytes
    exported_at: datetime

    def write_to(self, folder: Path) -> Path:
        """The file in this folder, dated as its download was: names of 2020 to 2022 tell half the time."""
        path = folder / self.name
        path.write_bytes(self.content)
        moment = with_offset(self.exported_at).timestamp()
        os.utime(path, (moment, moment))
        return path


@dataclass(frozen=True, slots=True)
class ExportFile(Download):
    """One collection of profiles, and what it implies."""

    truth: tuple[StudentTruth, ...]

    @property
    def rows(self) -> int:
        """Lines of participations, the header apart."""
        return sum(student.rows for student in self.truth)

    def counts(self) -> dict[Eligibility, int]:
        """How many students are in each state; every state is there, even at zero."""
        found = Counter(student.eligibility for student in self.truth)
        return {state: found[state] for state in Eligibility}


def cell(value: str | float | None) -> str:
    """One cell: numbers bare with a comma, digits and dashes bare, text quoted, formula signs defused."""
    if value is None or isinstance(value, bool):
        return '""'
    if not isinstance(value, str):
        return str(value).replace(".", ",")
    if _BARE.fullmatch(value):
        return value
    quote = "'" if value.startswith(("-", "@", "=", "+")) else ""
    return '"' + quote + value.replace('"', '""') + '"'


def profiles_export(
    students: Sequence[Student],
    generation: Generation,
    layout: Layout,
    exported_at: datetime,
    campaign: SampleCampaign = DEFAULT_CAMPAIGN,
) -> ExportFile:
    """The export of these students as it was downloaded at that moment of Paris."""
    seen = [(student, _visible(student, generation, exported_at)) for student in students]
    seen = [(student, lines) for student, lines in seen if lines]
    shape = _Shape(generation, layout.within(generation), exported_at, campaign)
    rows = [
        (
            name_key(student.last_name),
            name_key(student.first_name),
            exported_at - line.started_at,  # the newest first
            number,
            text,
        )
        for number, (student, lines) in enumerate(seen)
        for line, text in zip(lines, shape.lines(student, lines), strict=True)
    ]
    header = ";".join(cell(text) for text in headers(generation, layout))
    ordered = [row[-1] for row in sorted(rows)]
    body = "".join(f"{line}\n" for line in (header, *as_written(ordered, generation, exported_at)))
    name = file_name(campaign.name, campaign.number, exported_at, layout.language)
    return ExportFile(name, BOM + body.encode(), exported_at, _truths(seen, shape))


def _visible(student: Student, generation: Generation, moment: datetime) -> list[Participation]:
    lines = [line for line in student.participations if line.is_there(moment)]
    if generation.has(Generation.EVERY_PARTICIPATION):
        return lines
    return [max(lines, key=lambda line: line.started_at)] if lines else []


def as_written(lines: Sequence[T], generation: Generation, moment: datetime) -> list[T]:
    """Lines in the order of the file: any before 2024, sorted since but for lots that overtake."""
    dice = Dice(len(lines) * 10_000 + moment.hour * 100 + moment.minute)
    if not generation.has(Generation.EVERY_PARTICIPATION):
        return dice.shuffled(lines)
    lots = [lines[start : start + _LINES_AT_ONCE] for start in range(0, len(lines), _LINES_AT_ONCE)]
    for number in range(1, len(lots)):
        if dice.chance(0.1):
            lots[number - 1], lots[number] = lots[number], lots[number - 1]
    return [line for lot in lots for line in lot]


class _Shape:
    """The lines of one export: what is the same on each is written once."""

    def __init__(
        self, generation: Generation, layout: Layout, moment: datetime, campaign: SampleCampaign
    ) -> None:
        self.form, self.layout, self.moment = generation.send_form, layout, moment
        known: list[str | int] = [campaign.organisation, campaign.number, campaign.code, campaign.name]
        if not generation.has(Generation.WITH_CODE):
            del known[2]
        self._start = ";".join(cell(value) for value in known)
        no = cell(layout.words.no)
        self._unsent = ";".join([no, *[cell(MISSING)] * (4 + 2 * COMPETENCES)])

    def lines(self, student: Student, participations: list[Participation]) -> list[str]:
        """One line of the file for each of these participations."""
        shown = [student.last_name, student.first_name, *self.identifiers(student)]
        start = ";".join([self._start, *map(cell, shown)])
        return [f"{start};{self._result(line.send_seen(self.moment))}" for line in participations]

    def identifiers(self, student: Student) -> list[str]:
        """The cells between the names and the send, in Pix's order."""
        layout = self.layout
        extras = (*student.extras, *[""] * len(layout.extra_columns))[: len(layout.extra_columns)]
        cells = [*extras]
        cells += [student.group] if layout.group else []
        cells += [student.division_at(self.moment)] if layout.division else []
        cells += [student.student_number] if layout.student_number else []
        cells += [student.external_id] if layout.external_id else []
        return cells

    def _result(self, send: Send | None) -> str:
        if send is None:
            return self._unsent
        words = self.layout.words
        pairs = ";".join([f"{pix // 8};{pix}" for pix in send.competence_pix])
        certifiable = cell(words.yes if send.certifiable_cell else words.no)
        moment = cell(send_cell(send.at, self.form))
        return f"{cell(words.yes)};{moment};{send.pix};{certifiable};{send.count_cell};{pairs}"


def _truths(seen: list[tuple[Student, list[Participation]]], shape: _Shape) -> tuple[StudentTruth, ...]:
    def looks(student: Student) -> tuple[str, ...]:
        extras = len(shape.layout.extra_columns)
        shown = [place_key(text) for text in shape.identifiers(student)[extras:]]
        return (name_key(student.last_name), name_key(student.first_name), *shown)

    alike = Counter(looks(student) for student, _lines in seen)
    return tuple(_truth(student, lines, shape, alike[looks(student)] == 1) for student, lines in seen)


def _truth(student: Student, lines: list[Participation], shape: _Shape, told_apart: bool) -> StudentTruth:
    layout, moment = shape.layout, shape.moment
    sends = [send for line in lines if (send := line.send_seen(moment)) is not None]
    last = max(sends, key=lambda send: send.at, default=None)
    return StudentTruth(
        student.last_name,
        student.first_name,
        division=(student.division_at(moment) or None) if layout.division else None,
        group=(student.group or None) if layout.group else None,
        student_number=(student.student_number or None) if layout.student_number else None,
        external_id=(student.external_id or None) if layout.external_id else None,
        eligibility=_state(last),
        eligible_competences=last.count if last else None,
        pix=last.pix if last else None,
        levels=last.levels if last else None,
        competence_pix=last.competence_pix if last else None,
        sent_at=sent_at(last.at, shape.form) if last else None,
        sends=len(sends),
        rows=len(lines),
        told_apart=told_apart,
    )


def _state(send: Send | None) -> Eligibility:
    if send is None:
        return Eligibility.NOT_SENT
    if send.is_doubtful:
        return Eligibility.TO_CHECK
    return Eligibility.ELIGIBLE if send.count >= CERTIFIABLE_FROM else Eligibility.NOT_ELIGIBLE
