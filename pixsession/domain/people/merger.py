"""The sources of a board, merged time after time: while nobody is called otherwise, of those who changed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from pixsession.domain.board.renewed import Renewed
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.people.assessed import called_alike
from pixsession.domain.people.matches import OpenDoubt
from pixsession.domain.people.merge import Merging
from pixsession.domain.people.sources import BoardSources


class Everybody(NamedTuple):
    """As `MergedRows`, the rows by student id, and whose are others than the time before."""

    rows: Mapping[int, BoardRow]
    renewed: Renewed
    doubts: tuple[OpenDoubt, ...] = ()
    merged: Mapping[int, int] = MappingProxyType({})
    called: frozenset[int] = frozenset()


class Merger:
    """Says of one board after the other what `merge_sources` says of it.

    Who is who depends on what students are called, and not on what they did: as long as that stays as it
    was, only the rows of those of whom anything changed are made again.
    """

    def __init__(self) -> None:
        self._told: BoardSources | None = None
        self._merging = Merging(BoardSources({}))
        self._rows: dict[int, BoardRow] = {}

    def of(self, told: BoardSources, renewed: Renewed) -> Everybody:
        """Everybody, each once; `renewed`: whose row of the profiles is another one."""
        changed = self._taken(told, renewed)
        before, self._told = self._rows, told
        if changed is None:
            self._merging = Merging(told)
        merging = self._merging
        made = {one: merging.row_of(one) for one in (merging.students if changed is None else changed)}
        others = {student: row for student, row in made.items() if before.get(student) != row}
        gone = before.keys() - made.keys() if changed is None else frozenset()
        self._rows = {**before, **others}
        for student in gone:
            del self._rows[student]
        again = Renewed(before, others.keys() | gone)
        return Everybody(self._rows, again, merging.doubts, merging.merged, merging.called)

    def _taken(self, told: BoardSources, renewed: Renewed) -> set[int] | None:
        """The students of whom anything changed, taken in; None where who is who has to be said anew."""
        before, merging = self._told, self._merging
        if before is None or _asked(before) != _asked(told):
            return None
        students = {*renewed.since(before.rows, told.rows)}
        for student in students:
            old, new = before.rows.get(student), told.rows.get(student)
            if not (old and new and old.origin == new.origin and called_alike(old, new)):
                return None
        merging.renew({student: told.rows[student] for student in students})
        for known, newer in zip(merging.assessed, told.evaluations, strict=True):
            others = known.renew(newer, merging.merged, told.rows)
            if others is None:
                return None
            students |= others
        return students if merging.by_age == merging.namesakes_by_age(told.exports) else None


def _asked(told: BoardSources) -> tuple[object, ...]:
    """What says who is who beside the names of students."""
    campaigns = {origin: source.campaign for origin, source in told.sources.items()}
    evaluations = [(one.source.campaign, one.listed) for one in told.evaluations]
    return (campaigns, evaluations, told.lists, told.results, told.decisions, told.settled)
