"""The students of a board: the rows of every source merged, and what people decided about who is who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.need_order import NeedOrder
from pixsession.domain.board.snapshot import SentProfile
from pixsession.domain.people.matches import Decided, OpenDoubt
from pixsession.domain.people.resolver import (
    BoardSources,
    Evaluation,
    Everybody,
    MergedRows,
    Merger,
    PeopleList,
    Settled,
    SpoiledPlaces,
)
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
)
from pixsession.store.board import Board
from pixsession.store.store import Store

_NEVER = datetime.min  # noqa: DTZ901 - Paris time without zone, as everywhere
_RECENT = timedelta(days=1)  # older gains and losses are not marked


class BoardStudents:
    """Who is who on one board; the doubts that were shown last can be decided from any thread."""

    def __init__(self, store: Store, log: EntryLog, rule: Rule) -> None:
        self._store = store
        self._people = WhosWho(rule)
        self._order = NeedOrder()
        self._merger = Merger()
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
        board = people.board
        others = lists_read(lists, called, places)
        told = BoardSources(
            board.rows,
            evaluations_read(evaluations, places),
            others.people,
            others.results,
            decisions,
            people.settled,
            {origin: export.source for origin, export in board.shown_by.items()},
        )
        is_told_elsewhere = told.evaluations or others != Lists() or told.settled != Settled()
        if called is None and not is_told_elsewhere:
            everybody, self._merger = Everybody(board.rows, board.renewed), Merger()
        else:
            everybody = self._merger.of(told, board.renewed)
        # Whom only other sources name gained nothing on this board.
        mine = {one: delta for one, delta in deltas_of(deltas, self._unions).items() if one in board.rows}
        since = board.exports[0].source.exported_at - _RECENT if board.exports else _NEVER
        rows = self._order.of(everybody.rows, mine, since, everybody.renewed)
        self._doubts, self._same = everybody.doubts, everybody.merged
        return MergedRows(rows, everybody.doubts, everybody.merged, everybody.called)

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
