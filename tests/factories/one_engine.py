"""Databases in memory that share one DuckDB: one more costs a millisecond, one more DuckDB sixteen."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

# One import with the store: the engine itself, whose `connect` the store asks.
import _duckdb
import pytest

_NUMBERS = itertools.count()


class _InMemory:
    """A database of the shared engine that looks like a connection to one of its own."""

    def __init__(self, engine: Any) -> None:
        self._name = f"board{next(_NUMBERS)}"
        self._asides: list[Any] = []
        self._connection = engine.cursor()
        self._connection.execute(f"ATTACH ':memory:' AS {self._name}; USE {self._name}")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def cursor(self) -> Any:
        """A further connection to this database."""
        self._asides.append(self._connection.cursor())
        self._asides[-1].execute(f"USE {self._name}")
        return self._asides[-1]

    def close(self) -> None:
        """Everything of it is gone, as when a database in memory is closed."""
        for aside in self._asides:
            aside.close()
        self._connection.execute(f"USE memory; DETACH {self._name}")
        self._connection.close()


def share_one_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have every database in memory made in one DuckDB until resumed; one in a file is opened as ever."""
    connect: Callable[..., Any] = _duckdb.connect
    engines: list[Any] = []

    def in_one(database: str, config: dict[str, Any]) -> Any:
        if database != ":memory:":
            return connect(database, config=config)
        if not engines:
            engines.append(connect(database, config=config))
        return _InMemory(engines[0])

    monkeypatch.setattr(_duckdb, "connect", in_one)
    yield
    for engine in engines:
        engine.close()
