"""The answer to a question in SQL as text: for people, for spreadsheets, for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Protocol

from pixsession.foundation.text import shown
from pixsession.reports.render.csv import BYTE_ORDER_MARK, harmless_cell
from pixsession.reports.render.json import json_lines
from pixsession.reports.text import cell_length

_WIDEST = 100  # characters of a cell in a table for people


class Answer(Protocol):
    """Titles of columns, and rows."""

    @property
    def columns(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Sequence[Any]]: ...


def answer_text(answer: Answer, form: str) -> str:
    """The answer as "table", "csv" or "json"; nothing of it is obeyed by a terminal or a spreadsheet."""
    if form == "csv":
        return _csv(answer)
    if form == "json":
        return json_lines(dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.rows)
    return _table(answer)


def _table(answer: Answer) -> str:
    rows = [[shown(_words(value), _WIDEST) for value in row] for row in (answer.columns, *answer.rows)]
    widths = [max(map(cell_length, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell + " " * (width - cell_length(cell)) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _csv(answer: Answer) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (answer.columns, *answer.rows):
        writer.writerow([_words(one) if _is_number(one) else harmless_cell(_words(one)) for one in row])
    return BYTE_ORDER_MARK + stream.getvalue()


def _words(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat(" ", "minutes" if not value.second else "seconds")
        case list() | tuple():
            return ", ".join(map(_words, value))
    return str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, Decimal))


def _plain(value: Any) -> Any:
    """A value as JSON has them."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Decimal():
            return float(value)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case list() | tuple():
            return [_plain(one) for one in value]
        case dict():
            return {str(key): _plain(one) for key, one in value.items()}
    return str(value)
