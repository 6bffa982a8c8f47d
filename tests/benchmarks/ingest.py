"""From a settled file to a Snapshot, against DuckDB alone; and the hundredth export against the first."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import duckdb

from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.foundation.clock import paris_now
from pixsession.settings.config import BoardRequest

from .exports import exports
from .figures import Figure, in_turns, many, milliseconds, told

_SIZES = ((30, 25, 1.5), (2_000, 11, 3.0), (20_000, 5, 0.25))  # students, rounds, target
_FLAT_SIZES = ((30, 15), (2_000, 7))
_FLAT = 1.3
_PAST = 95
_COMPETENCE_COLUMNS = 32


def settled_files(*, quick: bool) -> Iterator[Figure]:
    """(a) A file read, kept, stored, judged and made a Snapshot, against DuckDB reading and unpivoting it."""
    for students, rounds, target in _SIZES[:2] if quick else _SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            files = saved(folder, students, 2 * rounds + 4)
            disk, memory = desk(folder, folder / "dossier"), desk(folder, None)
            written: list[float] = []
            alone = _DuckDbAlone(folder / "baseline", exports(students))
            medians = in_turns(
                rounds if not quick else min(rounds, 5),
                {
                    "DuckDB alone": alone.read,
                    "kept": _each(disk, files, written),
                    "in memory": _each(memory, files),
                },
            )
            disk.close()
            memory.close()
        for variant in ("kept", "in memory"):
            ratio = medians[variant] / medians["DuckDB alone"]
            words = f"(a) {many(students)}, {variant}"
            yield Figure(words, ratio, target=target, detail=told(medians))
        yield Figure(f"(a) {many(students)}, written once the board is out", median(written), "ms")


def piled_up(*, quick: bool) -> Iterator[Figure]:
    """(f) The hundredth export of a dossier, against the first ones of another."""
    for students, rounds in _FLAT_SIZES[:1] if quick else _FLAT_SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            files = saved(folder, students, _PAST + 2 * rounds + 4)
            old, new = desk(folder, folder / "old"), desk(folder, folder / "new")
            for _number in range(_PAST):
                old.take(next(files))
            old.snapshot()
            new.take(next(files))
            new.snapshot()
            medians = in_turns(rounds, {"100th": _each(old, files), "1st": _each(new, files)})
            old.close()
            new.close()
        ratio = medians["100th"] / medians["1st"]
        words = f"(f) 100th export against the 1st, {many(students)}"
        yield Figure(words, ratio, target=_FLAT, detail=told(medians))


def saved(folder: Path, students: int, count: int, *, at_once: bool = False) -> Iterator[Path]:
    """So many `exports`, each written a moment before it is read."""
    for _number, (name, content) in zip(range(count), exports(students, at_once=at_once), strict=False):
        path = folder / name
        path.write_bytes(content)
        yield path


def desk(folder: Path, dossier: Path | None) -> BoardEngine:
    """A live desk."""
    return BoardEngine(BoardRequest(folder, Rule(), dossier=dossier), paris_now, live=True)


def _each(
    desk: BoardEngine, files: Iterator[Path], written: list[float] | None = None
) -> Callable[[int], float]:
    """What takes the next file in, measured until the Snapshot; `written`: how long the disk took then."""
    times = [] if written is None else written

    def read(_number: int) -> float:
        path = next(files)
        until_shown = milliseconds(lambda: (desk.take(path), desk.snapshot()))
        times.append(milliseconds(desk.intake.write_down))
        return until_shown

    return read


class _DuckDbAlone:
    """What DuckDB needs for a file of this size: explicit columns of text, competences unpivoted."""

    def __init__(self, path: Path, files: Iterator[tuple[str, bytes]]) -> None:
        self._path, self._files = path, files
        _name, content = next(files)
        header = next(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        columns = ", ".join(f"{_quoted(label, chr(39))}: 'VARCHAR'" for label in header)
        competences = ", ".join(_quoted(label, '"') for label in header[-_COMPETENCE_COLUMNS:])
        self._statement = (
            "CREATE OR REPLACE TABLE line AS UNPIVOT (SELECT * FROM read_csv($path, auto_detect = false, "
            f"delim = ';', quote = '\"', escape = '\"', header = true, columns = {{{columns}}})) "
            f"ON {competences} INTO NAME competence VALUE cell"
        )
        self._connection = duckdb.connect()

    def read(self, _round: int) -> float:
        """The milliseconds of one file."""
        _name, content = next(self._files)
        self._path.write_bytes(content)
        values = {"path": str(self._path)}
        return milliseconds(lambda: self._connection.execute(self._statement, values).fetchall())


def _quoted(text: str, mark: str) -> str:
    return f"{mark}{text.replace(mark, 2 * mark)}{mark}"
