"""Which classes and groups the files of a board name, counted on from one export to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from pixsession.domain.people.resolver import Evaluation, SpoiledPlaces, spoiled_places
from pixsession.foundation.runs import common_runs, gone_places, new_places
from pixsession.readers import Export
from pixsession.store.board import Board

_Entries = Sequence[tuple[int, Any]]
_Places = Counter[str | None]


class HeldPlaces:
    """Says which classes a spreadsheet spoiled; lines that an export repeats are not counted again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[_Entries, _Places]] = {}  # by what rows call the export

    def spoiled(
        self,
        board: Board,
        evaluations: Sequence[Evaluation],
        lists: Iterable[Export],
        named: Iterable[str] = (),
    ) -> SpoiledPlaces:
        """The classes that were spoiled in one of these files; `named`: those of the session's file."""
        held: dict[str, set[str | None]] = {"": set(named)}
        shown: list[tuple[str, str, _Entries]] = [
            (origin, one.source.file, board.entries.get(origin, ())) for origin, one in board.shown_by.items()
        ]
        shown += ((one.origin, one.source.file, one.lines) for one in evaluations)
        self._known = {origin: self._counted(origin, entries) for origin, _file, entries in shown}
        for origin, file, _entries in shown:
            held.setdefault(file, set()).update(self._known[origin][1])
        for one in board.unlisted:
            held[one.export.source.file].update((one.participation.division, one.participation.group))
        for export in lists:
            found = held.setdefault(export.file.name, set())
            for student in export.contents.expected:
                found.update((student.division, student.group))
            found.update(result.division for result in export.contents.results)
        return spoiled_places(held.items())

    def _counted(self, origin: str, entries: _Entries) -> tuple[_Entries, _Places]:
        before, known = self._known.get(origin, ((), _Places()))
        if before is entries:
            return before, known
        runs, counts = common_runs(before, entries), _Places(known)
        counts.subtract(_places(before[place] for place in gone_places(runs, len(before))))
        counts.update(_places(entries[place] for place in new_places(runs, len(entries))))
        return entries, +counts


def _places(entries: Iterable[tuple[int, Any]]) -> Iterable[str | None]:
    return chain.from_iterable((line.division, line.group) for _student, line in entries)
