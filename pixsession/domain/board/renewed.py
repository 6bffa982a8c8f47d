"""Whose rows are others than on the board before, so that nobody has to compare all of them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from types import MappingProxyType
from typing import Any, NamedTuple

_NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Renewed(NamedTuple):
    """The students, by id, whose row is another object than among the rows `before`, has come or has gone."""

    before: Mapping[int, Any] = _NOTHING
    students: Set[int] = frozenset()

    def since(self, known: Mapping[int, Any], rows: Mapping[int, Any]) -> Set[int]:
        """The same, of the rows now against those that somebody knows, which may be still older ones."""
        if known is self.before:
            return self.students
        return {student for student, row in rows.items() if known.get(student) is not row} | (
            known.keys() - rows.keys()
        )
