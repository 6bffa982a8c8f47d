"""Questions in SQL, by anybody: answered on a copy in memory; nothing can be changed, no other file read."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import _duckdb as duckdb  # as in `database`

from pixsession.domain.board.view_words import VIEWS
from pixsession.domain.pix.competences import AREAS, COMPETENCES
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.store.database import Database, statement

_QUESTIONS = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


class BadQuestion(PixSessionError):
    """What was asked cannot be answered; in DuckDB's words."""


class Answer(NamedTuple):
    """Titles of columns, and rows."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


class Questions:
    """The views of `view_words`, filled once and then closed to everything but questions."""

    def __init__(self, database: Database, tables: Mapping[str, list[tuple[object, ...]]]) -> None:
        """`database`: one in memory; `tables`: the rows of those of its schema `board`."""
        database.write_down()
        self._connection = database.connection
        self._connection.execute(statement("questions"))
        areas = {area.number: area.name for area in AREAS}
        competences: list[tuple[object, ...]] = [
            (one.code, one.name, one.area, areas[one.area]) for one in COMPETENCES
        ]
        for table, rows in {"competence": competences, **tables}.items():
            self._append(table, rows)
        for view, columns in VIEWS.items():
            for column, words in columns.items():
                about = f"COLUMN {view}.{column}" if column else f"VIEW {view}"
                self._connection.execute(f"COMMENT ON {about} IS '{_quoted(_(words))}'")

    def _append(self, table: str, rows: list[tuple[object, ...]]) -> None:
        if rows:
            with self._connection.appender(f"board.{table}") as appender:
                appender.append_rows(rows)

    def described(self) -> Answer:
        """Every view and column with its type and its comment."""
        rows = self._connection.execute(statement("described")).fetchall()
        return Answer((_("view"), _("column"), _("type"), _("what it holds")), rows)

    def answer(self, sql: str, seconds: float) -> Answer:
        """The answer to one question; raises BadQuestion, also where it takes longer than that."""
        question = self._question(sql)
        self._close_doors()
        with self._limited(seconds):
            found = self._connection.execute(question)
            return Answer(tuple(column[0] for column in found.description or ()), found.fetchall())

    def parquet(self, sql: str, seconds: float) -> bytes:
        """The answer as a file in the format Parquet; raises BadQuestion."""
        question = self._question(sql)
        with TemporaryDirectory(prefix="pixsession-") as folder:
            path = Path(folder) / "answer.parquet"
            self._connection.execute(f"SET allowed_paths = ['{_quoted(str(path))}']")
            self._close_doors()
            with self._limited(seconds):
                copy = f"COPY (\n{question}\n) TO '{_quoted(str(path))}' (FORMAT parquet)"
                self._connection.execute(copy)
            return path.read_bytes()

    def _question(self, sql: str) -> str:
        """The one statement of a text, where it only asks; raises BadQuestion."""
        try:
            found = self._connection.extract_statements(sql)
        except duckdb.Error as error:
            raise _bad(error) from None
        if len(found) != 1 or found[0].type not in _QUESTIONS:
            raise BadQuestion(
                _("one question at a time, beginning with SELECT: nothing can be changed here.")
            )
        return found[0].query.strip().rstrip(";")

    def _close_doors(self) -> None:
        """No file, no extension, no setting can be reached from now on."""
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    @contextmanager
    def _limited(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._connection.interrupt)
        timer.start()
        try:
            yield
        except duckdb.InterruptException:
            words = ngettext(
                "no answer within {n} second: ask for less.",
                "no answer within {n} seconds: ask for less.",
                round(seconds),
            )
            raise BadQuestion(words.format(n=round(seconds))) from None
        except (duckdb.Error, RuntimeError) as error:
            raise _bad(error) from None
        finally:
            timer.cancel()


def _bad(error: Exception) -> BadQuestion:
    """What DuckDB says, fit to be shown: it may quote what stands in a file."""
    return BadQuestion("\n".join(shown(line) for line in str(error).splitlines() if line.strip()))


def _quoted(text: str) -> str:
    return text.replace("'", "''")
