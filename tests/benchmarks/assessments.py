"""Evaluations: a very wide one read whole, against DuckDB's bare reading; and one that is read again."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from pixsession.readers.campaign.assessments import read_assessment
from pixsession.readers.export import ExportKind, FileDescription
from pixsession.readers.recognise import Recognised, text_of
from pixsession.readers.rows import table_of
from tests.factories.samples.assessments import (
    SOS,
    AssessedStudent,
    AssessmentFile,
    AssessmentForm,
    Attempt,
    assessment_export,
    wide_export,
)
from tests.factories.samples.bulk import CAMPAIGN, crowd
from tests.factories.samples.paths import SOS_PATH

from .exports import CHANGED
from .figures import Figure, in_turns, many, milliseconds, told
from .ingest import desk, saved

_STUDENTS, _COLUMNS, _ROUNDS = 300, 700, 15
_TARGET = 2.0
_REFRESHED, _REFRESH = 2_000, 2.0
_OF_THE_SCHOOL = replace(SOS, organisation=CAMPAIGN.organisation)
_MOMENT = datetime(2026, 3, 12, 9, 45)  # noqa: DTZ001 - Paris time without zone, as everywhere


def wide_assessments(*, quick: bool) -> Iterator[Figure]:
    """(g) From the bytes on the disk to typed lines, against DuckDB reading every column as text."""
    file = wide_export(_STUDENTS, _COLUMNS, 7, _MOMENT)
    with tempfile.TemporaryDirectory() as name:
        path = file.write_to(Path(name))
        medians = in_turns(
            5 if quick else _ROUNDS, {"DuckDB alone": _duckdb_alone(path, file), "read": _reader(path)}
        )
    words = f"(g) evaluation of {_COLUMNS} columns, {many(_STUDENTS)}"
    yield Figure(words, medians["read"] / medians["DuckDB alone"], target=_TARGET, detail=told(medians))


def _reader(path: Path) -> Callable[[int], float]:
    recognised = Recognised(ExportKind.ASSESSMENT, "utf-8-sig", ";", False, 0)
    described = FileDescription(path.name, _MOMENT, True, _MOMENT)

    def read() -> None:
        content = path.read_bytes()
        read_assessment(table_of(text_of(content, recognised), recognised), described)

    return lambda _round: milliseconds(read)


def _duckdb_alone(path: Path, file: AssessmentFile) -> Callable[[int], float]:
    """What DuckDB needs to make a table of the file: explicit columns of text."""
    header = next(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    columns = ", ".join(f"'{label.replace(chr(39), 2 * chr(39))}': 'VARCHAR'" for label in header)
    statement = (
        "CREATE OR REPLACE TABLE line AS SELECT * FROM read_csv($path, auto_detect = false, delim = ';', "
        f"quote = '\"', escape = '\"', header = true, columns = {{{columns}}})"
    )
    connection = duckdb.connect()
    values = {"path": str(path)}
    return lambda _round: milliseconds(lambda: connection.execute(statement, values).fetchall())


def refreshed_evaluation(*, quick: bool) -> Iterator[Figure]:
    """(y) An evaluation of which twenty change, beside the profiles of its students, each one's refresh."""
    students, rounds = (300, 5) if quick else (_REFRESHED, 15)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        board = desk(folder, folder / "dossier")
        profiles = saved(folder, students, rounds + 2)
        evaluations = _evaluations(folder, students, rounds + 2)
        for files in (profiles, evaluations):
            board.take(next(files))
        board.snapshot()

        def refresh(files: Iterator[Path]) -> float:
            path = next(files)
            until_shown = milliseconds(lambda: (board.take(path), board.snapshot()))
            board.intake.write_down()
            return until_shown

        works = {
            "profiles": lambda _round: refresh(profiles),
            "evaluation": lambda _round: refresh(evaluations),
        }
        medians = in_turns(rounds, works)
        board.close()
    words = f"(y) {CHANGED} of an evaluation of {many(students)} changed, against {CHANGED} of their profiles"
    yield Figure(words, medians["evaluation"] / medians["profiles"], target=_REFRESH, detail=told(medians))


def _evaluations(folder: Path, students: int, count: int) -> Iterator[Path]:
    """So many exports of one evaluation, a minute apart: all of a crowd are done, but twenty who go on."""
    begun, until = _MOMENT, _MOMENT + timedelta(hours=8)
    there = []
    for number, one in enumerate(crowd(students, 7, _MOMENT)):
        goes_on = number % (students // CHANGED) == 0
        done = Attempt(
            begun, until if goes_on else begun, None if goes_on else begun, frozenset(SOS_PATH.skills[::2])
        )
        there.append(AssessedStudent(one.last_name, one.first_name, (done,), one.division))
    for number in range(1, count + 1):
        at = begun + timedelta(minutes=number)
        yield assessment_export(there, SOS_PATH, AssessmentForm(), at, _OF_THE_SCHOOL).write_to(folder)
