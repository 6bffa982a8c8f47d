"""Everything that people did about one dossier: from its journal, followed from every window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pixsession.domain.board.entries import Entry, FileEntryKind, Json, MatchEntry, just_after
from pixsession.domain.certification.action_kinds import ActionKind
from pixsession.engine.common.revision import Revision
from pixsession.foundation.clock import Clock
from pixsession.foundation.i18n import _

if TYPE_CHECKING:
    from pixsession.domain.share.clock import PostClock
    from pixsession.store.journal import Journal

# Every kind of entry that this version can read: an entry of another kind changes nothing, and is told.
KINDS = frozenset[str]({*ActionKind, *MatchEntry, *FileEntryKind})


class EntryLog:
    """The entries of a journal in their order; in memory without a dossier. From any thread.

    `entries` is another tuple once there is another entry.
    """

    def __init__(
        self,
        dossier: Path | None,
        now: Clock,
        *,
        keeps: bool = True,
        revision: Revision | None = None,
        clock: PostClock | None = None,
        is_lesson: bool = False,
    ) -> None:
        """Without `keeps` the journal is only read: what is done lasts as long as the program.

        `clock`: of a session that is shared; the entries of the other posts have their times put into ours,
        and count where a board of a certification, or of a lesson, can have written them.
        """
        self._journal = _journal_of(dossier, now, clock) if dossier else None
        self._clock, self._is_lesson = clock, is_lesson
        self._written: list[Entry] = []
        self._odd: tuple[str, ...] = ()
        self._clock_revision = clock.revision if clock else 0
        self._now = now
        self._keeps = keeps
        self._lock = Lock()
        self.entries: tuple[Entry, ...] = ()
        self._revision = revision or Revision()
        self.look()

    @property
    def troubles(self) -> tuple[str, ...]:
        """What of the journal could not be read as it stands."""
        return (*(self._journal.troubles if self._journal else ()), *self._odd)

    @property
    def origin(self) -> str:
        """How the ids of this program's entries begin; empty while it has written none."""
        return self._journal.origin if self._journal else ""

    def look(self) -> bool:
        """Read what other programs have written since; true when there was something."""
        with self._lock:
            moved = self._clock is not None and self._clock.revision != self._clock_revision
            return self._take_in(self._journal.read_new() if self._journal else (), again=moved)

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

    def _take_in(self, news: tuple[Entry, ...], *, again: bool = False) -> bool:
        if not (news or again):
            return False
        self._written = sorted((*self._written, *news), key=lambda entry: entry.rank)
        self.entries = tuple(self._written) if self._clock is None else self._shared(self._clock)
        self._revision.advance()
        return True

    def _shared(self, clock: PostClock) -> tuple[Entry, ...]:
        """The entries that count, in this computer's time; the others are told."""
        from pixsession.domain.share.clock import in_own_time, known_offsets  # noqa: PLC0415 - (c), (d): as all of sharing
        from pixsession.domain.share.possible import judged  # noqa: PLC0415 - likewise

        self._clock_revision = clock.revision
        found = judged(self._written, clock.begun, is_lesson=self._is_lesson)
        self._odd = tuple(
            _(why.value).format(file=entry.origin, n=entry.id[-6:].lstrip("0"))
            for entry, why in found.impossible
        )
        return tuple(in_own_time(found.possible, clock, {**clock.others, **known_offsets(found.possible)}))


def _journal_of(dossier: Path, now: Clock, clock: PostClock | None) -> Journal:
    from pixsession.store.journal import Journal  # noqa: PLC0415 - (c): 6 ms; a board that keeps nothing has none

    return Journal(dossier / "journal", now, KINDS, clock=clock)
