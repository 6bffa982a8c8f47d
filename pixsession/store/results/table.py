"""Certifications in a database of their own in memory: of files that were read, or of Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import _duckdb as duckdb  # as in `store.database`, and for the same reason

from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.pix.competences import CODES
from pixsession.domain.results.certification import Certification
from pixsession.foundation.atomic import owner_only
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.store.database import statement

_CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",  # DuckDB would otherwise reach for the network
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "preserve_insertion_order": "false",  # of millions of rows it would take half the memory
    "temp_directory": "",  # nothing is written
}
_ONE_SCHOOL = {"threads": "1", "memory_limit": "500MB"}  # a second thread costs more than it brings
_MANY_SCHOOLS = {"memory_limit": "1GB"}
_LEVELS = tuple(f"l{code.replace('.', '')}" for code in CODES)
_COLUMNS = ("year", "school", "session", "division", "status", "score", "label", *_LEVELS)
# Reading columns that no group of schools asks for would take a tenth of the time.
_OF_SCHOOLS = tuple(column for column in _COLUMNS if column not in {"session", "division"})
_NOT_TOLD = (None,) * len(CODES)
_STATUSES = {status.value: status for status in ResultStatus}


class CertificationTable:
    """The table `certifications`, and `members`: each certification once for every group it belongs to."""

    def __init__(self, *, of_schools: bool = False) -> None:
        """Open an empty one; `of_schools`: the groups are schools, else classes and sessions."""
        chosen = _MANY_SCHOOLS if of_schools else _ONE_SCHOOL
        self._connection = duckdb.connect(":memory:", config=_CONFIGURATION | chosen)
        self.of_schools = of_schools
        if not of_schools:  # to plan sixty sums over three hundred rows takes longer than to make them
            self._connection.execute("PRAGMA disable_optimizer")

    def fill(self, certifications: Iterable[Certification]) -> None:
        rows = [_row(one) for one in certifications]
        self._connection.execute(statement("results/table"))
        if rows:
            with self._connection.appender("certifications") as appender:
                appender.append_rows(rows)
        if self.of_schools:
            self.look_at("members_of_schools")
        else:
            self._connection.execute(statement("results/members"))

    def look_at(self, members: str) -> None:
        """Which groups the statements see, by the name of a view of `queries/results`."""
        self._connection.execute("DROP VIEW IF EXISTS members")
        self._connection.execute(statement(f"results/{members}"))

    def read_parquet(self, folder: Path) -> None:
        """Take in all Parquet below a folder, partitioned by year and school.

        Raises PixSessionError where it is not what `write_parquet` writes.
        """
        with _words_for_other_parquet(folder):
            self._connection.execute(f"CREATE TABLE certifications AS {_selection(_OF_SCHOOLS, folder)}")
            self.look_at("members_of_schools")

    def certifications_in(self, folder: Path) -> tuple[Certification, ...]:
        """Those of all Parquet below a folder, one by one; raises as `read_parquet` does."""
        with _words_for_other_parquet(folder):
            return tuple(
                map(_certification, self._connection.execute(_selection(_COLUMNS, folder)).fetchall())
            )

    def write_parquet(self, folder: Path) -> None:
        """Write all rows below a folder, one file for each year and school; one that is there is replaced.

        Raises PixSessionError where the folder cannot be written.
        """
        target = str(folder).replace("'", "''")
        try:
            with owner_only():
                folder.mkdir(parents=True, exist_ok=True)
                self._connection.execute(
                    f"COPY (SELECT {', '.join(_COLUMNS)} FROM certifications) TO '{target}'"
                    " (FORMAT parquet, PARTITION_BY (year, school), OVERWRITE_OR_IGNORE)"
                )
        except (duckdb.Error, OSError) as error:
            words = _("{folder} could not be written ({cause}).")
            first_line = shown(str(error).partition("\n")[0], 160)
            cause = cause_words(error) if isinstance(error, OSError) else first_line
            raise PixSessionError(words.format(folder=shown(str(folder)), cause=cause)) from None

    def ask(self, name: str) -> list[tuple[Any, ...]]:
        """The rows of one statement of `queries/results`."""
        return self._connection.execute(statement(f"results/{name}")).fetchall()

    def close(self) -> None:
        self._connection.close()


@contextmanager
def certification_table(*, of_schools: bool = False) -> Iterator[CertificationTable]:
    """A table that is closed at the end."""
    table = CertificationTable(of_schools=of_schools)
    try:
        yield table
    finally:
        table.close()


def has_parquet(folder: Path) -> bool:
    """Whether Parquet lies below a folder, as `write_parquet` leaves it."""
    return next(folder.glob("year=*/school=*/*.parquet"), None) is not None


def schools_in(folder: Path, most: int) -> int:
    """How many schools the Parquet below a folder is of, at most `most`, by the names of its folders."""
    names: set[str] = set()
    for path in folder.glob("year=*/school=*"):
        names.add(path.name)
        if len(names) == most:
            break
    return len(names)


def _row(one: Certification) -> tuple[object, ...]:
    status = None if one.status is None else one.status.value
    levels = one.levels or _NOT_TOLD
    return one.year, one.school, one.session, one.division, status, one.score, one.label, *levels


def _certification(row: tuple[Any, ...]) -> Certification:
    year, school, session, division, status, score, label, *levels = row
    return Certification(
        number="",
        year=year,
        status=_STATUSES.get(status),
        score=score,
        label=label,
        levels=() if all(level is None for level in levels) else tuple(levels),
        school=school,
        session=session,
        division=division,
    )


def _selection(columns: Sequence[str], folder: Path) -> str:
    return (
        f"SELECT {', '.join(columns)} FROM read_parquet({_files_of(folder)},"
        " hive_partitioning = true, hive_types_autocast = false, union_by_name = false)"
    )


@contextmanager
def _words_for_other_parquet(folder: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        words = _("{folder}: these Parquet files are not those that --parquet writes ({cause}).")
        cause = shown(str(error).partition("\n")[0], 160)
        raise PixSessionError(words.format(folder=shown(str(folder)), cause=cause)) from None


def _files_of(folder: Path) -> str:
    """The pattern of all files below, as a text of SQL; what the folder's own name holds is no pattern."""
    escaped = "".join(f"[{sign}]" if sign in "[*?" else sign for sign in folder.as_posix())
    written = escaped.replace("'", "''")
    return f"'{written}/year=*/school=*/*.parquet'"
