"""The rows of a board in the order of need, kept in order from one board to the next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.renewed import Renewed
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
        self._known: Mapping[int, BoardRow] = {}  # as they were given
        self._marked: dict[int, _Marked] = {}
        self._keys: dict[int, _Key] = {}
        self._sorted: list[_Key] = []
        self._in_order: list[BoardRow] = []  # the row of each of these keys

    def of(
        self,
        rows: Mapping[int, BoardRow],
        deltas: Mapping[int, Delta],
        since: datetime,
        renewed: Renewed = Renewed(),  # noqa: B008 - an immutable value
    ) -> tuple[BoardRow, ...]:
        """These rows, by student id, each with what the student gained or lost since then."""
        before, self._marked = self._marked, self._marks(rows, deltas, since)
        moved = {*renewed.since(self._known, rows)}
        moved |= {one for one in {*before, *self._marked} if before.get(one) is not self._marked.get(one)}
        self._known = rows
        shown = {student: self._shown(rows[student]) for student in moved if student in rows}
        if len(shown) * _MANY > len(rows):
            self._sort_all(rows)
        else:
            self._sort_in(moved, shown)
        return tuple(self._in_order)

    def _marks(
        self, rows: Mapping[int, BoardRow], deltas: Mapping[int, Delta], since: datetime
    ) -> dict[int, _Marked]:
        marked = {}
        for student, delta in deltas.items():
            row = rows.get(student)
            if row is not None and delta.at >= since:
                known = self._marked.get(student)
                if known is None or known.row is not row or known.delta != delta:
                    known = _Marked(row, delta, row._replace(delta=delta))
                marked[student] = known
        return marked

    def _shown(self, row: BoardRow) -> BoardRow:
        marked = self._marked.get(row.student_id)
        return marked.shown if marked else row

    def _sort_all(self, rows: Mapping[int, BoardRow]) -> None:
        self._keys = {student: (*need(row), student) for student, row in rows.items()}
        self._sorted = sorted(self._keys.values())
        self._in_order = [self._shown(rows[key[-1]]) for key in self._sorted]  # type: ignore[index]

    def _sort_in(self, moved: Iterable[int], shown: Mapping[int, BoardRow]) -> None:
        for student in moved:
            if (known := self._keys.pop(student, None)) is not None:
                place = bisect_left(self._sorted, known)
                del self._sorted[place], self._in_order[place]
        for student, row in shown.items():
            self._keys[student] = key = (*need(row), student)
            place = bisect_left(self._sorted, key)
            self._sorted.insert(place, key)
            self._in_order.insert(place, row)
