"""The bilan of one school against DuckDB alone on the same files, and that of a whole country."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb

from pixsession.domain.pix.competences import CODES
from tests.factories.samples.results import ResultForm, certified, class_results, session_results

from .commands import ROOT, ended, environment
from .figures import Figure, in_turns, told

_CANDIDATES, _CLASS = 300, 30
_SCHOOL_TARGET = 1.3
_BARE = (
    "import duckdb, sys; duckdb.connect().execute("
    "'FROM read_csv($files, union_by_name = true)', {'files': sys.argv[1:]}).fetchall()"
)
_SCHOOLS, _YEARS, _A_YEAR = 7_000, ("2023-2024", "2024-2025", "2025-2026"), 1_000_000
_COUNTRY_SECONDS, _COUNTRY_MEGABYTES = 10.0, 1500.0
_KEPT = Path(tempfile.gettempdir()) / "pixsession-country"  # made once: it takes a minute or two


def one_school(*, quick: bool) -> Iterator[Figure]:
    """(r) From the start of a process to its end, both warm."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "results"
        folder.mkdir()
        files = _school(folder)
        medians = in_turns(
            7 if quick else 21,
            {
                "bare script": ended([sys.executable, "-c", _BARE, *map(str, files)], folder.parent),
                "results": ended([sys.executable, "-m", "pixsession", "results", str(folder)], folder.parent),
            },
        )
    ratio = medians["results"] / medians["bare script"]
    words = f"(r) whole `results`, {_CANDIDATES} candidates in {len(files)} files"
    yield Figure(words, ratio, target=_SCHOOL_TARGET, detail=told(medians))


def _school(folder: Path) -> list[Path]:
    """A session, and the files of its classes."""
    tests = certified(_CANDIDATES, 5)
    made = [session_results(tests, ResultForm.LEVEL_AND_SCORE)]
    at = datetime(2026, 3, 31, 18)  # noqa: DTZ001 - Paris time without zone, as everywhere
    for start in range(0, _CANDIDATES, _CLASS):
        of_class = tests[start : start + _CLASS]
        name = f"3e{chr(ord('A') + start // _CLASS)}"
        made.append(class_results(of_class, ResultForm.LEVEL_AND_SCORE, name, at))
    for one in made:
        (folder / one.name).write_bytes(one.content)
    return sorted(folder.iterdir())


def whole_country(*, quick: bool) -> Iterator[Figure]:
    """(s) The whole page of 7 000 schools and three years; --quick: a tenth of them."""
    schools, of_year = (_SCHOOLS // 10, _A_YEAR // 10) if quick else (_SCHOOLS, _A_YEAR)
    folder = _KEPT / f"{schools}-{of_year}"
    if not (folder / "whole").exists():
        write_country(folder, schools, of_year)
        (folder / "whole").touch()
    with tempfile.TemporaryDirectory() as name:
        output = Path(name)
        command = [
            sys.executable, "-m", "pixsession", "results", str(folder), "--format", "html", "--output", name,
            "--force",
        ]  # fmt: skip
        runs = [_run(command, output) for _round in range(2 if quick else 3)]
    seconds, megabytes = min(runs)
    n = f"{of_year * len(_YEARS):,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    words = f"(s) the page of a country: {n} certifications, {schools} schools, {len(_YEARS)} years"
    yield Figure(words, seconds, "s", _COUNTRY_SECONDS)
    yield Figure("its memory", megabytes, "MB", _COUNTRY_MEGABYTES)


def _run(command: list[str], folder: Path) -> tuple[float, float]:
    """Seconds and megabytes of one run; raises where it failed."""
    if sys.platform == "win32":
        raise OSError("the memory of another process is not told here")
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment(folder), cwd=ROOT, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise RuntimeError(f"{command} ended with {status}")
    return seconds, usage.ru_maxrss / 1024


def write_country(folder: Path, schools: int, of_year: int) -> None:
    """Invented certifications without names, as `--parquet` of each school would have written them."""
    levels = ", ".join(
        f"CASE WHEN random() < 0.25 THEN NULL ELSE CAST(floor(random() * 8) AS TINYINT) END AS l{name}"
        for name in (code.replace(".", "") for code in CODES)
    )
    statuses = (
        "CASE WHEN random() < 0.85 THEN 'validated' WHEN random() < 0.6 THEN 'rejected'"
        " WHEN random() < 0.5 THEN 'cancelled' ELSE 'started' END"
    )
    folder.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute("SELECT setseed(0.5)")
    for year in _YEARS:
        connection.execute(
            f"COPY (SELECT '{year}' AS year, 'Établissement ' || i % {schools} AS school,"
            f" CAST(100000 + i // 30 AS VARCHAR) AS session,"
            f" '3e' || chr(CAST(65 + i % 5 AS INTEGER)) AS division,"
            f" {statuses} AS status, CAST(floor(random() * 700) AS SMALLINT) AS score,"
            f" 'Novice ' || CAST(1 + i % 2 AS VARCHAR) AS label, {levels} FROM range({of_year}) AS t(i))"
            f" TO '{folder.as_posix()}' (FORMAT parquet, PARTITION_BY (year, school), OVERWRITE_OR_IGNORE)"
        )
    connection.close()
