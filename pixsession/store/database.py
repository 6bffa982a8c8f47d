"""The DuckDB database of one dossier, or one in memory: opened safely, queried by the name of a query.

What an export changes waits until its board is shown, or until the next question: nobody who looks at the
board has to wait for the disk. Till then it can be made again from the exports kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pixsession.foundation.atomic import owner_only
from pixsession.foundation.package_files import package_file

if TYPE_CHECKING:
    import _duckdb as duckdb

# To be raised when the schema changes, or what the readers make of a file: the database is then rebuilt.
FORMAT = 5
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
_MOST_WAITING = 5_000  # rows
_PIECE = 1_000  # rows made at once
_ANOTHER_FORMAT = "another format of pixsession"
_LONGEST_WAIT = 5.0  # seconds, for a disk that has just been asked to take them

Row = tuple[object, ...]
_Item = TypeVar("_Item")
RowsOf = Callable[[Sequence[_Item]], list[Row]]


class _Write(NamedTuple):
    """One change of the database that waits, and of how many rows."""

    rows: int
    work: Callable[[duckdb.DuckDBPyConnection], object]


class DatabaseError(Exception):
    """What the engine cannot do, in its words: damage, a full disk, a transaction that failed."""


@cache
def statement(name: str) -> str:
    """The SQL of one query, from its file."""
    return package_file(f"store/queries/{name}.sql").decode()


class Database:
    """One connection and the queries on it; other threads ask through `ask_aside`.

    `is_new`: nothing was put in yet. `waiting`: is to be written. `connection`: for `Questions` alone.
    """

    def __init__(self, path: Path | None, waiting: list[_Write] | None = None) -> None:
        """Open the database of a path, or one in memory, made when it is first needed; raises DatabaseError.

        `waiting`: what is to be written into it.
        """
        self.path = path
        self.is_new = path is None or not path.exists()
        self._opened: duckdb.DuckDBPyConnection | None = None
        self._aside: duckdb.DuckDBPyConnection | None = None
        self._asking_aside = threading.Lock()
        self.waiting = waiting or []  # of transactions that have ended
        self._writer = 0  # the thread of these
        self._written = threading.Event()
        self._written.set()
        self._mine: list[_Write] | None = None  # of the open transaction; None too once that has begun
        if not self.is_new:
            self._opened = self._open()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection; a new database is made when it is first asked for. Raises DatabaseError."""
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _open(self) -> duckdb.DuckDBPyConnection:
        with owner_only(), _told():
            is_there = self.path is not None and self.path.exists()
            opened: duckdb.DuckDBPyConnection = _engine().connect(
                str(self.path or ":memory:"), config=_CONFIGURATION
            )
            try:
                if not (is_there and _has_tables(opened)):
                    self.is_new = self.is_new or is_there
                    _make_tables(opened)
                # Made here: asked for a cursor by another thread, a busy connection refuses one of the two.
                self._aside = opened.cursor()
            except _engine().Error:
                opened.close()
                raise
        return opened

    def ask(self, query: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """The rows of a query of the folder `queries`, on the thread that owns the database."""
        self.write_down()
        with _told():
            if self._mine:
                mine, self._mine = self._mine, None
                self.connection.execute("BEGIN")
                for write in mine:
                    write.work(self.connection)
            return self.connection.execute(statement(query), dict(values or {})).fetchall()

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with _told():
            return self.connection.execute(sql).fetchall()

    def ask_aside(self, query: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """The rows of a query on any thread: a shared connection would give wrong rows; none once closed."""
        if self._writer == threading.get_ident():
            self.write_down()
        self._written.wait(_LONGEST_WAIT)
        with self._asking_aside:
            if self._aside is None:
                return []
            try:
                return self._aside.execute(statement(query), dict(values)).fetchall()
            except _engine().ConnectionException:
                return []
            except _engine().Error as error:
                raise DatabaseError(str(error)) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction, which waits to be written: a failure inside leaves no trace of it.

        Raises DatabaseError where many others wait, and cannot be written.
        """
        if sum(write.rows for write in self.waiting) > _MOST_WAITING:
            self.write_down()
        self.is_new = False
        mine = self._mine = []
        try:
            yield
            if self._mine is None:
                with owner_only(), _told():  # the log beside the database is made at a commit
                    self.connection.execute("COMMIT")
            elif mine:
                self.waiting += mine
                self._writer = threading.get_ident()
                self._written.clear()
        except BaseException:
            if self._mine is None:
                with suppress(DatabaseError), _told():  # a commit that failed has rolled back already
                    self.connection.execute("ROLLBACK")
            raise
        finally:
            self._mine = None

    def write_down(self) -> None:
        """Have the disk take what waits, in one transaction; where it cannot, all of it waits on.

        Raises DatabaseError.
        """
        if not self.waiting:
            return
        connection = self.connection
        with owner_only(), _told():  # the log beside the database is made at a commit
            connection.execute("BEGIN")
            try:
                for write in self.waiting:
                    write.work(connection)
                connection.execute("COMMIT")
            except BaseException:
                with suppress(_engine().Error):  # a commit that failed has rolled back already
                    connection.execute("ROLLBACK")
                raise
        self.waiting.clear()
        self._written.set()

    def _put(self, rows: int, work: Callable[[duckdb.DuckDBPyConnection], object]) -> None:
        if self._mine is not None:
            self._mine.append(_Write(rows, work))
            return
        with _told():
            work(self.connection)

    def append(self, table: str, items: Sequence[_Item], rows_of: RowsOf[_Item]) -> None:
        """Add the rows of these items to a table, inside the open transaction; they are made when written."""
        if items:
            self._put(len(items), lambda connection: _append(connection, table, items, rows_of))

    def insert(self, table: str, row: tuple[object, ...]) -> None:
        """Add one row to a table, inside the open transaction: for one row quicker than an appender."""
        sql = f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})"
        self._put(1, lambda connection: connection.execute(sql, list(row)))

    def change(self, query: str, values: Mapping[str, object]) -> None:
        """Change rows by a query of the folder `queries`, inside the open transaction."""
        self._put(1, lambda connection: connection.execute(statement(query), dict(values)))

    def moved_to_memory(self) -> Database:
        """Close, and give all that was written, and waits to be, as a database in memory.

        Raises DatabaseError.
        """
        self._close()
        copy = Database(None, self.waiting)
        path = str(self.path).replace("'", "''")
        try:
            copy.is_new = False
            if self._opened is not None:
                copy._rows(f"ATTACH '{path}' AS disk (READ_ONLY)")
                for table in _TABLES:
                    copy._rows(f"INSERT INTO {table} SELECT * FROM disk.{table} ORDER BY rowid")
                copy._rows("DETACH disk")
            copy.write_down()
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
            raise DatabaseError(_ANOTHER_FORMAT)

    def detach(self) -> None:
        """Query the database of this connection again, after `attach`."""
        self._rows("USE memory")
        self._rows("DETACH DATABASE IF EXISTS kept")

    def close(self) -> None:
        """Close; a database on disk is brought to one file first, so that the next opening is quick."""
        if self.path:
            with suppress(DatabaseError):  # the exports kept tell it again
                self.write_down()
            if self._opened is not None:
                with owner_only(), suppress(DatabaseError):
                    self._rows("CHECKPOINT")  # else the log beside the file holds the same
        self._close()

    def _close(self) -> None:
        with self._asking_aside:
            if self._aside is not None:
                self._aside.close()
        if self._opened is not None:
            self._opened.close()


@cache
def _engine() -> ModuleType:
    """DuckDB itself, without the relations, expressions and data frames of its package.

    Nothing here uses them, and they take four times as long to load. The package ships the types of this
    module, and its version is pinned.
    """
    import _duckdb  # noqa: PLC0415 - (c), (d): 50 ms with the first connection, and `check` of one export asks nothing

    return _duckdb


@contextmanager
def _told() -> Iterator[None]:
    """Every error of the engine as a DatabaseError, in its words."""
    try:
        yield
    except _engine().Error as error:
        raise DatabaseError(str(error)) from error


def _has_tables(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the tables are there; raises DatabaseError where they are of another format."""
    # Asked of the table itself: a look into the list of all tables takes DuckDB 20 ms.
    try:
        versions = connection.execute("SELECT version FROM format").fetchall()
    except _engine().CatalogException:
        return False  # a program was killed before it made the tables
    if versions != [(FORMAT,)]:
        raise _engine().InvalidInputException(_ANOTHER_FORMAT)
    return True


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("BEGIN")  # each statement by itself would wait for the disk
    connection.execute(statement("schema"))
    connection.execute("INSERT INTO format VALUES ($version)", {"version": FORMAT})
    connection.execute("COMMIT")


def _append(
    connection: duckdb.DuckDBPyConnection, table: str, items: Sequence[_Item], rows_of: RowsOf[_Item]
) -> None:
    with connection.appender(table) as appender:
        for first in range(0, len(items), _PIECE):  # all rows of a school at once would be ten megabytes
            if rows := rows_of(items[first : first + _PIECE]):
                appender.append_rows(rows)
