"""The students of a board: the rows of every source merged, and what people decided about who is who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.need_order import NeedOrder
from pixsession.domain.board.snapshot import BoardRow, SentProfile
from pixsession.domain.people.matches import Decided, OpenDoubt
from pixsession.domain.people.resolver import Evaluation, MergedRows, PeopleList, SpoiledPlaces
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.lists import Lists
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.people.decisions import DecisionBook, label_of
from pixsession.engine.people.whos_who import (
    WhosWho,
    deltas_of,
    evaluations_read,
    history_of,
    lists_read,
    merged_rows,
)
from pixsession.store.board import Board
from pixsession.store.store import Store

_RECENT = timedelta(days=1)  # older gains and losses are not marked


class BoardStudents:
    """Who is who on one board; the doubts that were shown last can be decided from any thread."""

    def __init__(self, store: Store, log: EntryLog, rule: Rule) -> None:
        self._store = store
        self._people = WhosWho(rule)
        self._order = NeedOrder()
        self._book = DecisionBook(log)
        self._doubts: tuple[OpenDoubt, ...] = ()
        self._unions: Mapping[int, int] = {}
        self._same: Mapping[int, int] = {}

    def merged(
        self,
        board: Board,
        evaluations: Sequence[Evaluation],
        lists: Lists,
        called: tuple[PeopleList, ...] | None,
        places: SpoiledPlaces,
        deltas: Mapping[int, Delta],
    ) -> MergedRows:
        """Everybody of every file, in the order of need; `called`: by a session, None: there is none."""
        decisions = self._book.decisions
        people = self._people.of(board, places, decisions)
        self._unions = people.settled.unions
        rows = self._in_need(people.board, deltas_of(deltas, self._unions))
        others = evaluations_read(evaluations, places), lists_read(lists, called, places)
        sources = {origin: export.source for origin, export in board.shown_by.items()}
        merged = merged_rows(rows, *others, decisions, people.settled, sources, always=called is not None)
        self._doubts, self._same = merged.doubts, merged.merged
        return merged

    def _in_need(self, board: Board, deltas: Mapping[int, Delta]) -> tuple[BoardRow, ...]:
        if not board.exports:
            return ()
        since = board.exports[0].source.exported_at - _RECENT
        return self._order.of(board.rows, deltas, since, board.renewed)

    @property
    def same_students(self) -> Mapping[int, int]:
        """On the board made last, who of an export is another student of the board, by their ids."""
        return self._same

    def decisions(self) -> tuple[Decided, ...]:
        """The decisions in force, newest first."""
        return self._book.listed()

    def decide(self, key: str, other: str, *, same: bool) -> None:
        """Write down who is whom, of a doubt that is still open; raises JournalError."""
        person, found = label_of(self._doubts, key), label_of(self._doubts, other)
        if person is not None and found is not None:
            self._book.decide(person, found, same=same)

    def undo_decision(self, key: str, other: str) -> None:
        """Take a decision back; raises JournalError."""
        self._book.undo(key, other)

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile the student sent, newest first; raises DatabaseError."""
        return history_of(student_id, self._unions, self._store.history)
