"""The DuckDB database of one dossier, or one in memory: opened safely, queried by the name of a query."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

# The engine itself: its package adds relations, expressions and data frames that nothing here uses, and they
# take four times as long to load. The package ships the types of this module, and its version is pinned.
import _duckdb as duckdb

from pixsession.foundation.atomic import owner_only
from pixsession.foundation.package_files import package_file

# To be raised when the schema changes, or what the readers make of a file: the database is then rebuilt.
FORMAT = 4
_TABLES = ("export", "participation", "evaluation", "evaluation_mastery", "student", "change")
_CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    # DuckDB would otherwise reach for the network when a query asks for an extension.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "threads": "1",  # an export is small: a second thread costs more than it brings
    "memory_limit": "1GB",
    "temp_directory": "",  # nothing is written anywhere but in the database and the log beside it
}

# The one exception of the engine that callers see; Corrupt, IO and transaction errors all derive from it.
DatabaseError = duckdb.Error


@cache
def statement(name: str) -> str:
    """The SQL of one query, from its file."""
    return package_file(f"store/queries/{name}.sql").decode()


class Database:
    """One connection and the queries on it; other threads ask through `ask_aside`.

    `is_new`: it was made just now, and nothing has been put in. `connection` is for `Questions` alone.
    """

    def __init__(self, path: Path | None) -> None:
        """Open (or make) the database of a path, or one in memory; raises DatabaseError."""
        self.path = path
        self.is_new = path is None or not path.exists()
        with owner_only():
            self.connection = duckdb.connect(str(path) if path else ":memory:", config=_CONFIGURATION)
            try:
                self._check_format()
                # Made here: asked for a cursor by another thread, a busy connection refuses one of the two.
                self._aside = self.connection.cursor()
                self._asking_aside = threading.Lock()
            except DatabaseError:
                self.connection.close()
                raise

    def _check_format(self) -> None:
        # Asked of the table itself: a look into the list of all tables takes DuckDB 20 ms.
        if not self.is_new:
            try:
                versions = self._rows("SELECT version FROM format")
            except duckdb.CatalogException:
                self.is_new = True  # a program was killed before it made the tables
            else:
                if versions != [(FORMAT,)]:
                    raise duckdb.InvalidInputException("another format of pixsession")
        if self.is_new:
            with self.transaction():  # each statement by itself would wait for the disk
                self.connection.execute(statement("schema"))
                self.connection.execute("INSERT INTO format VALUES ($version)", {"version": FORMAT})
            self.is_new = True

    def ask(self, query: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """The rows of a query of the folder `queries`, on the thread that owns the database."""
        return self.connection.execute(statement(query), dict(values or {})).fetchall()

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def ask_aside(self, query: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """The rows of a query on any thread: a shared connection would give wrong rows; none once closed."""
        with self._asking_aside:
            try:
                return self._aside.execute(statement(query), dict(values)).fetchall()
            except duckdb.ConnectionException:
                return []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction: a failure inside, or at the commit, rolls back."""
        self.is_new = False
        with owner_only():  # the log beside the database is made at a commit
            self.connection.execute("BEGIN")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                with suppress(DatabaseError):  # a commit that failed has rolled back already
                    self.connection.execute("ROLLBACK")
                raise

    def append(self, table: str, rows: list[tuple[object, ...]]) -> None:
        """Add rows to a table, inside the open transaction."""
        if rows:
            with self.connection.appender(table) as appender:
                appender.append_rows(rows)

    def insert(self, table: str, row: tuple[object, ...]) -> None:
        """Add one row to a table, inside the open transaction: for one row quicker than an appender."""
        marks = ", ".join("?" * len(row))
        self.connection.execute(f"INSERT INTO {table} VALUES ({marks})", list(row))

    def moved_to_memory(self) -> Database:
        """Close, and give all that is committed on disk as a database in memory; raises DatabaseError."""
        self._close()
        copy = Database(None)
        path = str(self.path).replace("'", "''")
        try:
            copy.is_new = False
            copy._rows(f"ATTACH '{path}' AS disk (READ_ONLY)")
            for table in _TABLES:
                copy._rows(f"INSERT INTO {table} SELECT * FROM disk.{table} ORDER BY rowid")
            copy._rows("DETACH disk")
        except DatabaseError:
            copy.close()
            raise
        return copy

    def attach(self, path: Path) -> None:
        """Query the database at this path instead, read-only; raises DatabaseError."""
        written = str(path).replace("'", "''")
        self._rows(f"ATTACH '{written}' AS kept (READ_ONLY)")
        self._rows("USE kept")
        if self._rows("SELECT version FROM format") != [(FORMAT,)]:
            raise duckdb.InvalidInputException("another format of pixsession")

    def detach(self) -> None:
        """Query the database of this connection again, after `attach`."""
        self._rows("USE memory")
        self._rows("DETACH DATABASE IF EXISTS kept")

    def close(self) -> None:
        """Close; a database on disk is brought to one file first, so that the next opening is quick."""
        with owner_only(), suppress(DatabaseError):
            if self.path:
                self.connection.execute("CHECKPOINT")  # else the log beside the file holds the same
        self._close()

    def _close(self) -> None:
        with self._asking_aside:
            self._aside.close()
        self.connection.close()
