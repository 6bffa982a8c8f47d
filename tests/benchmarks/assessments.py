"""A very wide evaluation export read whole, against DuckDB's own bare reading of the same file."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import duckdb

from pixsession.readers.campaign.assessments import read_assessment
from pixsession.readers.export import ExportKind, FileDescription
from pixsession.readers.recognise import Recognised, text_of
from pixsession.readers.rows import table_of
from tests.factories.samples.assessments import AssessmentFile, wide_export

from .figures import Figure, in_turns, many, milliseconds, told

_STUDENTS, _COLUMNS, _ROUNDS = 300, 700, 15
_TARGET = 2.0
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
