"""What evaluations, lists and results add to the rows of a board."""

from __future__ import annotations

from collections import defaultdict

from pixsession.domain.board.reasons import Reason
from pixsession.domain.board.snapshot import BoardRow, CampaignProgress, Expectation
from pixsession.domain.pix.certification import CertificationResult
from pixsession.domain.pix.participation import with_doubts


class Additions:
    """What is added to each student, by id, as far as it is known."""

    def __init__(self) -> None:
        self.expected: dict[int, Expectation] = {}
        self.results: dict[int, CertificationResult] = {}
        self.unsure: dict[int, set[str]] = defaultdict(set)  # numbers of certifications
        self.reasons: dict[int, list[Reason]] = defaultdict(list)  # to doubt the verdict
        self.keys: dict[int, list[str]] = {}

    def to(self, row: BoardRow, progress: tuple[CampaignProgress, ...]) -> BoardRow:
        """A row of the profiles with all that is added; `progress`: in evaluations."""
        student, verdict = row.student_id, row.verdict
        for reason in self.reasons.get(student, ()):
            if reason not in verdict.reasons:
                verdict = with_doubts(verdict, (reason,))
        return row._replace(
            verdict=verdict,
            participations=(*row.participations, *progress),
            expected=self.expected.get(student),
            result=self.results.get(student),
            unsure_results=frozenset(self.unsure.get(student, ())),
            keys=tuple(self.keys[student]),
        )
