"""The newest exports of some campaigns, whose lines are given with their students, and their board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pixsession.domain.board.snapshot import Campaign, Source
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.eligibility import Rule
from pixsession.domain.pix.participation import Participation
from pixsession.readers import ExportKind
from pixsession.store.board import Board, board_of
from pixsession.store.rows import StoredExport
from tests.factories.exports import MORNING
from tests.factories.register import line

_Lines = Sequence[tuple[int, Participation]]


class Shelf:
    """The newest export of each campaign, and the board of all of them."""

    def __init__(self, **campaigns: _Lines) -> None:
        self._lines: dict[int, _Lines] = {}
        self._newest: dict[str, StoredExport] = {}
        self.board = Board()
        for campaign, lines in campaigns.items():
            self.show(campaign, *lines)

    def show(self, campaign: str, *lines: tuple[int, Participation]) -> Board:
        number = len(self._lines) + 1
        self._lines[number] = lines
        source = Source(f"{number}.csv", Campaign(campaign, None, campaign), MORNING + timedelta(0, number))
        kind, at = ExportKind.PROFILES, source.exported_at
        self._newest[campaign] = StoredExport(
            number, number, kind, f"{number}", source, at, 0, False, len(lines), "", ()
        )
        exports = sorted(self._newest.values(), reverse=True)
        self.board = board_of(self, exports, Rule(), self.board)
        return self.board

    def lines(self, content_id: int) -> _Lines:
        return self._lines[content_id]

    def assessments(self, content_id: int) -> Sequence[tuple[int, AssessmentLine]]:
        raise AssertionError(content_id)  # there is no evaluation here


def zoe(place: str | None, *, pix: int = 40, number: str | None = None) -> Participation:
    return line("SOREL", "Zoé", place, sent_at="2026-03-12T07:00", pix=pix, number=number)
