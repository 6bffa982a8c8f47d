"""The rows of a board in the order of need, kept in order from one board to the next."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.snapshot import BoardRow, need

_Key = tuple[object, ...]
_MANY = 8  # where more than one row in so many has changed, all are sorted anew


class _Marked(NamedTuple):
    """A row with what the student gained or lost, and what it was made of."""

    row: BoardRow
    delta: Delta
    shown: BoardRow


class NeedOrder:
    """Sorts boards by need; of each one after the first, only the rows that are other objects."""

    def __init__(self) -> None:
        self._rows: Mapping[int, BoardRow] = {}
        self._keys: dict[int, _Key] = {}
        self._sorted: list[_Key] = []
        self._marked: dict[int, _Marked] = {}

    def of(
        self, rows: Mapping[int, BoardRow], deltas: Mapping[int, Delta], since: datetime
    ) -> tuple[BoardRow, ...]:
        """These rows, by student id, each with what the student gained or lost since then."""
        rows = self._with_marks(rows, deltas, since)
        if rows is not self._rows:
            self._sort(rows)
        return tuple([rows[key[-1]] for key in self._sorted])  # type: ignore[index]

    def _with_marks(
        self, rows: Mapping[int, BoardRow], deltas: Mapping[int, Delta], since: datetime
    ) -> Mapping[int, BoardRow]:
        marked = {}
        for student, delta in deltas.items():
            row = rows.get(student)
            if row is not None and delta.at >= since:
                known = self._marked.get(student)
                if known is None or known.row is not row or known.delta != delta:
                    known = _Marked(row, delta, row._replace(delta=delta))
                marked[student] = known
        self._marked = marked
        return {**rows, **{student: one.shown for student, one in marked.items()}}

    def _sort(self, rows: Mapping[int, BoardRow]) -> None:
        before, self._rows = self._rows, rows
        news = [student for student, row in rows.items() if before.get(student) is not row]
        gone = [student for student in before if student not in rows]
        for student in gone:
            self._take_out(student)
        if len(news) * _MANY > len(rows):
            self._keys = {student: (*need(row), student) for student, row in rows.items()}
            self._sorted = sorted(self._keys.values())
            return
        for student in news:
            key = (*need(rows[student]), student)
            if self._keys.get(student) != key:
                if student in self._keys:
                    self._take_out(student)
                self._keys[student] = key
                insort(self._sorted, key)

    def _take_out(self, student: int) -> None:
        del self._sorted[bisect_left(self._sorted, self._keys.pop(student))]
