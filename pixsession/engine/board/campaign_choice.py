"""The exports that a board is narrowed to: those of the campaigns that the user chose."""

from __future__ import annotations

from collections.abc import Sequence

from pixsession.domain.board.snapshot import Campaign
from pixsession.domain.people.resolver import Evaluation
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.looking_back import Moment
from pixsession.store.board import Board, board_of
from pixsession.store.rows import StoredExport
from pixsession.store.store import Store


class CampaignChoice:
    """Narrows what every export says to the campaigns in `asked`, by code or key; empty: all of them."""

    def __init__(self, store: Store, rule: Rule, asked: frozenset[str], *, is_lesson: bool) -> None:
        """`is_lesson`: the lesson chooses its evaluation itself."""
        self._store = store
        self._rule = rule
        self._is_lesson = is_lesson
        self._narrowed = Board()
        self.asked = asked

    def board(self, moment: Moment) -> Board:
        """The board of the profile collections chosen."""
        chosen = self._chosen(moment.board.exports)
        if len(chosen) == len(moment.board.exports):
            return moment.board
        evidence = self._store.exports.evidence(until=moment.at)
        self._narrowed = board_of(self._store, chosen, self._rule, self._narrowed, evidence)
        return self._narrowed

    def evaluations(self, moment: Moment) -> list[Evaluation]:
        """The evaluations that count for this board."""
        chosen = moment.evaluations if self._is_lesson else self._chosen(moment.evaluations)
        return [Evaluation(e.source, self._store.assessments(e.content_id)) for e in chosen]

    def _chosen(self, exports: Sequence[StoredExport]) -> Sequence[StoredExport]:
        """The exports of the campaigns chosen; choosing the evaluation of a lesson hides no profile."""
        chosen = [export for export in exports if self._includes(export.source.campaign)]
        return chosen if chosen or not self._is_lesson else exports

    def _includes(self, campaign: Campaign) -> bool:
        return not self.asked or not self.asked.isdisjoint({campaign.key, campaign.code or ""})
