"""Invented results of a path, for the tests of what is made of mastery."""

from __future__ import annotations

from collections.abc import Mapping

from pixsession.domain.board.snapshot import BoardRow, Campaign, CampaignProgress
from pixsession.domain.pix.assessment import Mastery

RENTREE = Campaign("RENTREE11", "RENTREE11", "Rentrée")


def sent_path(row: BoardRow, percents: Mapping[str, int] | None, campaign: Campaign = RENTREE) -> BoardRow:
    """The student with these results, per cent by competence, of a hundred skills each; None: none sent."""
    if percents is None:
        return row
    found = tuple((code, Mastery(percent / 100, 100, percent)) for code, percent in percents.items())
    sent = CampaignProgress(campaign, "assessment", "rentree", True, None, competences=found)
    return row._replace(participations=(sent, *row.participations))
