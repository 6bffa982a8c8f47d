"""Everything that people did about one dossier: from its journal, followed from every window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pixsession.domain.board.entries import Entry, FileEntryKind, Json, MatchEntry, just_after
from pixsession.domain.certification.day import ActionKind
from pixsession.engine.common.revision import Revision
from pixsession.foundation.clock import Clock

if TYPE_CHECKING:
    from pixsession.store.journal import Journal

# Every kind of entry that this version can read: an entry of another kind changes nothing, and is told.
KINDS = frozenset[str]({*ActionKind, *MatchEntry, *FileEntryKind})


class EntryLog:
    """The entries of a journal in their order; in memory without a dossier. From any thread.

    `entries` is another tuple once there is another entry.
    """

    def __init__(
        self, dossier: Path | None, now: Clock, *, keeps: bool = True, revision: Revision | None = None
    ) -> None:
        """Without `keeps` the journal is only read: what is done lasts as long as the program."""
        self._journal = _journal_of(dossier, now) if dossier else None
        self._now = now
        self._keeps = keeps
        self._lock = Lock()
        self.entries: tuple[Entry, ...] = ()
        self._revision = revision or Revision()
        self.look()

    @property
    def troubles(self) -> tuple[str, ...]:
        """What of the journal could not be read as it stands."""
        return self._journal.troubles if self._journal else ()

    @property
    def origin(self) -> str:
        """How the ids of this program's entries begin; empty while it has written none."""
        return self._journal.origin if self._journal else ""

    def look(self) -> bool:
        """Read what other programs have written since; true when there was something."""
        with self._lock:
            return self._take_in(self._journal.read_new() if self._journal else ())

    def append(self, kind: str, facts: Mapping[str, Json]) -> Entry:
        """Write one entry down; raises JournalError, and then nothing has changed."""
        with self._lock:
            if self._journal and self._keeps:
                entry = self._journal.append(kind, facts)
                self._take_in(self._journal.read_new())
                return entry
            at = self._now().isoformat()
            order = max(at, just_after(self.entries[-1].rank[0])) if self.entries else at
            entry = Entry(f"{len(self.entries):06}", at, kind, facts, "", order)
            self._take_in((entry,))
            return entry

    def _take_in(self, news: tuple[Entry, ...]) -> bool:
        if news:
            self.entries = tuple(sorted((*self.entries, *news), key=lambda entry: entry.rank))
            self._revision.advance()
        return bool(news)


def _journal_of(dossier: Path, now: Clock) -> Journal:
    from pixsession.store.journal import Journal  # noqa: PLC0415 - (c): 6 ms; a board that keeps nothing has none

    return Journal(dossier / "journal", now, KINDS)
