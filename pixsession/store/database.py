"""The DuckDB database of one dossier, or of one look in memory: opened safely, asked by name of a query."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

FORMAT = 1
_CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    # DuckDB would otherwise reach for the network when a query asks for an extension.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "threads": "2",
    "memory_limit": "1GB",
}

# The one exception of the engine that callers see; Corrupt, IO and transaction errors all derive from it.
DatabaseError = duckdb.Error


@cache
def statement(name: str) -> str:
    """The SQL of one query, from its file."""
    return (Path(__file__).with_name("queries") / f"{name}.sql").read_text(encoding="utf-8")


class Database:
    """One connection and the queries on it; other threads ask through `ask_aside`."""

    def __init__(self, path: Path | None) -> None:
        """Open (or make) the database of a path, or one in memory; raises DatabaseError."""
        self.path = path
        with _owner_only():
            self._connection = duckdb.connect(str(path) if path else ":memory:", config=_CONFIGURATION)
        try:
            if not self._is_made():
                self._connection.execute(statement("schema"))
                self._connection.execute("INSERT INTO format VALUES ($version)", {"version": FORMAT})
            elif self.ask_text("SELECT version FROM format") != [(FORMAT,)]:
                raise duckdb.InvalidInputException("another format of pixsession")
        except duckdb.Error:
            self._connection.close()
            raise

    def _is_made(self) -> bool:
        return bool(self.ask_text("SELECT 1 FROM duckdb_tables() WHERE table_name = 'format'"))

    def ask(self, query: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """The rows of a query of the folder `queries`, on the thread that owns the database."""
        return self._connection.execute(statement(query), dict(values or {})).fetchall()

    def ask_text(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a one-line statement of ours."""
        return self._connection.execute(sql).fetchall()

    def ask_aside(self, query: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """The rows of a query on any thread: a shared connection would give wrong rows."""
        cursor = self._connection.cursor()
        try:
            return cursor.execute(statement(query), dict(values)).fetchall()
        finally:
            cursor.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what fails inside, or at the commit, leaves the database as it was."""
        self._connection.execute("BEGIN")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        try:
            self._connection.execute("ROLLBACK")
        except duckdb.Error:
            return  # a commit that failed has rolled back already

    def append(self, table: str, rows: list[tuple[object, ...]]) -> None:
        """Add rows to a table, inside the open transaction."""
        if rows:
            with self._connection.appender(table) as appender:
                appender.append_rows(rows)

    def insert(self, table: str, row: tuple[object, ...]) -> None:
        """Add one row to a table, inside the open transaction: for one row quicker than an appender."""
        marks = ", ".join("?" * len(row))
        self._connection.execute(f"INSERT INTO {table} VALUES ({marks})", list(row))

    def close(self) -> None:
        """Close; a database on disk is brought to one file first, so that the next opening is quick."""
        try:
            if self.path:
                self._connection.execute("CHECKPOINT")
        except duckdb.Error:
            pass  # the log beside the file holds the same, and is read at the next opening
        finally:
            self._connection.close()


@contextmanager
def _owner_only() -> Iterator[None]:
    """Files made inside are readable by their owner alone (Windows keeps a user's folders private itself)."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
