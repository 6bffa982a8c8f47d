"""(a) a settled file to a Snapshot, against DuckDB alone; (f) the hundredth export against the first."""

from __future__ import annotations

import gc
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import duckdb

from pixsession.config import BoardRequest
from pixsession.desk import Desk
from pixsession.domain import display, eligibility, participation, students
from pixsession.domain.clock import paris_now
from pixsession.domain.eligibility import Rule
from pixsession.readers import cells
from pixsession.samples import Generation, Layout, big_export, crowd, profiles_export
from tests.benchmarks.measures import Measure, interleaved, timed

_MOST = {30: 1.5, 2_000: 3.0, 20_000: 5.0}
_CACHES = (
    display.shown,
    eligibility.judge,
    participation.unpack,
    participation.profile_of,
    students.name_key,
    students.place_key,
    cells.read_moment,
)


def road(rounds: int, sizes: tuple[int, ...] = tuple(_MOST)) -> Iterator[Measure]:
    """For each size: read, keep, store, judge and lay out, in a new dossier on disk, caches empty."""
    for size in sizes:
        with _scratch() as folder:
            path = big_export(size, seed=7).write_to(folder)
            few = max(3, rounds // 4) if size > 5_000 else rounds
            for where in ("on disk", "in memory"):
                kept = where == "on disk"
                ours_of, theirs_of = partial(_take, path, kept=kept), partial(_duckdb_alone, path)
                ratio, ours, theirs = interleaved(ours_of, theirs_of, few)
                what = f"settled file → Snapshot, {size} students, {where}"
                detail = f"{ours * 1000:.0f} ms against {theirs * 1000:.0f} ms"
                yield Measure("a", what, ratio, _MOST[size], "×", detail)


def _take(path: Path, *, kept: bool) -> float:
    with _scratch() as state:
        request = BoardRequest(path.parent, Rule(), dossier=state / "dossier" if kept else None)
        desk = Desk(request, paris_now, live=True)
        for cache in _CACHES:
            cache.cache_clear()
        gc.collect()
        seconds = _seconds(desk, path)
        desk.close()
    return seconds


def _seconds(desk: Desk, path: Path) -> float:
    return timed(lambda: (desk.take(path), desk.snapshot()))


def _duckdb_alone(path: Path) -> float:
    """Explicit columns, no sniffing, the 32 columns of the competences as rows beside who they are about."""
    header = path.read_text(encoding="utf-8-sig").split("\n", 1)[0].count(";") + 1
    columns = {f"c{number}": "VARCHAR" for number in range(header)}
    who = ", ".join(f"c{number}" for number in range(4, header - 32))
    what = ", ".join(f"c{number}" for number in range(header - 32, header))
    # The path is ours: DuckDB binds no value inside CREATE TABLE AS with an UNPIVOT.
    source = f"read_csv('{path}', delim=';', header=true, columns={columns}, auto_detect=false)"
    table = f"SELECT * FROM (UNPIVOT (SELECT {who}, {what} FROM {source}) ON {what} INTO NAME k VALUE v)"
    connection = duckdb.connect(config={"threads": 2})
    gc.collect()
    seconds = timed(lambda: connection.execute(f"CREATE TABLE long AS {table}").fetchall())
    connection.close()
    return seconds


def pile(exports: int) -> Iterator[Measure]:
    """The cost of an export when a hundred came before it: the last nine against the first nine."""
    for size in (30, 2_000):
        with _scratch() as folder:
            request = BoardRequest(folder, Rule(), dossier=folder / "state")
            desk = Desk(request, paris_now, live=True)
            paths = _series(folder, size, exports + 5)
            for path in paths[:5]:
                desk.take(path)  # warm
            gc.collect()
            seconds = [_seconds(desk, path) for path in paths[5:]]
            desk.close()
        first, last = statistics.median(seconds[:9]), statistics.median(seconds[-9:])
        detail = f"{last * 1000:.0f} ms against {first * 1000:.0f} ms"
        what = f"export {exports} against the first, {size} students"
        yield Measure("f", what, last / first, 1.3, "×", detail)


def _series(folder: Path, size: int, count: int) -> list[Path]:
    """Exports a minute apart, each without one student: other bytes, the same size."""
    newest = big_export(30, seed=7).exported_at
    everybody = crowd(size, 7, newest)
    paths = []
    for number in range(count):
        group = [student for place, student in enumerate(everybody) if place != number % size]
        at = newest + timedelta(minutes=number)
        paths.append(profiles_export(group, Generation.PARIS_MINUTES, Layout(), at).write_to(folder))
    return paths


@contextmanager
def _scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="pixsession-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
