"""Lists and results of the folder: read where they are, never copied, counted while their file is there."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from pixsession.domain.people.resolver import PeopleList, ResultsList
from pixsession.engine.board.downloads import newest_downloads
from pixsession.readers import Export, ExportKind

# Bases of a whole establishment, by the name of their form.
_OF_SCHOOL = frozenset({"siecle", "fregata", "sup", "onde"})


class Lists(NamedTuple):
    """The lists of people and of results that count now, the newest first."""

    people: tuple[PeopleList, ...] = ()
    results: tuple[ResultsList, ...] = ()


class ListCache:
    """The lists read from files that are still there.

    They hold birth dates and numbers of minors, and schools have them elsewhere: no copy is kept. A newer
    download of the same list takes the place of the older one.
    """

    def __init__(self) -> None:
        self._exports: dict[str, Export] = {}
        self._current: Lists | None = Lists()
        self._taken_back: frozenset[str] = frozenset()

    def take_back(self, digests: frozenset[str]) -> bool:
        """Ignore the lists with these digests; true where that changes anything."""
        if digests == self._taken_back:
            return False
        self._taken_back, self._current = digests, None
        return True

    def put(self, export: Export) -> None:
        """Add a list that was read; its bytes are not kept."""
        self._exports[export.file.name] = export._replace(content=b"")
        self._current = None

    def keep_only(self, present: Collection[str]) -> bool:
        """Forget the lists whose files are gone; true when there was one."""
        gone = self._exports.keys() - set(present)
        for name in gone:
            del self._exports[name]
        if gone:
            self._current = None
        return bool(gone)

    def read(self) -> list[Export]:
        """Every list that was read, taken back or not."""
        return list(self._exports.values())

    def current(self) -> Lists:
        """The lists that count; the same object while nothing has changed."""
        if self._current is None:
            exports = self.exports()
            self._current = Lists(
                tuple(
                    people_listed(export)
                    for export in exports
                    if export.contents.kind is not ExportKind.RESULTS
                ),
                tuple(
                    ResultsList(export.file.name, export.contents.results)
                    for export in exports
                    if export.contents.kind is ExportKind.RESULTS
                ),
            )
        return self._current

    def exports(self) -> list[Export]:
        """The lists read, without those replaced by a newer download: class lists first, then newest."""
        return newest_downloads(one for one in self._exports.values() if one.digest not in self._taken_back)


def people_listed(export: Export) -> PeopleList:
    contents = export.contents
    of_school = contents.generation in _OF_SCHOOL
    return PeopleList(export.file.name, contents.expected, contents.sessions, of_school)
