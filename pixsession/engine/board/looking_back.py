"""The board as it was after an export of some time ago, from what the store keeps of every export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.changes import Change, Delta
from pixsession.domain.board.snapshot import Source
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.scope import Scope
from pixsession.store.board import Board, board_of
from pixsession.store.rows import StoredExport, list_origin
from pixsession.store.store import Store

_MOST_LINES = 20_000  # the most lines that the boards in the cache may hold together


class Moment(NamedTuple):
    """What every export said at one time; `at` None: now."""

    at: datetime | None
    board: Board
    evaluations: tuple[StoredExport, ...]  # the newest export of each evaluation, newest first
    changes: tuple[Change, ...]
    deltas: Mapping[int, Delta]

    @property
    def sources(self) -> Mapping[str, Source]:
        """The exports that rows name, by their origin."""
        lists = {list_origin(export): export.source for export in self.evaluations}
        return lists | {origin: export.source for origin, export in self.board.shown_by.items()}


_Exports = tuple[StoredExport, ...]


class PastBoards:
    """Past boards, with a cache of those looked at last, so that stepping back and forth is fast."""

    def __init__(self, store: Store, scope: Scope, rule: Rule) -> None:
        self._store = store
        self._scope = scope
        self._rule = rule
        self._last = Board()
        # By the lists, and by all exports that count beside them; the one looked at last stands last.
        self._held: dict[tuple[_Exports, _Exports, tuple[object, ...]], Board] = {}

    def moment(self, at: datetime) -> Moment:
        """What the exports up to this time said."""
        profiles, evaluations, _hidden = self._scope.listings(until=at)
        key = profiles, evaluations, self._store.exports.evidence_stamp(until=at)
        board = self._held.pop(key, None)
        if board is None:
            evidence = self._store.exports.evidence(until=at)
            board = board_of(self._store, profiles, self._rule, self._last, evidence)
        self._held[key] = self._last = board
        self._let_go()
        return Moment(at, board, evaluations, *self._store.log_until(at))

    def _let_go(self) -> None:
        """Drop the least recently used boards, and the lines that only they show."""
        lines = sum(_lines(exports) for *both, _stamp in self._held for exports in both)
        for key in list(self._held)[:-1]:
            if lines <= _MOST_LINES:
                break
            lines -= sum(map(_lines, key[:2]))
            del self._held[key]
        shown = (export.content_id for *both, _stamp in self._held for exports in both for export in exports)
        self._store.let_go(but=shown)


def _lines(exports: Iterable[StoredExport]) -> int:
    return sum(export.line_count for export in exports)


def export_times(exports: Iterable[StoredExport]) -> tuple[datetime, ...]:
    """The times of these exports, each once, oldest first."""
    return tuple(sorted({export.source.exported_at for export in exports}))
