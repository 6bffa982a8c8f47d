"""The competences that a group should choose: those that most of it can bring to level 1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, Campaign
from pixsession.domain.lesson.mastery import WEAK_BELOW, Evidence, Share, percents, shares
from pixsession.domain.lesson.objectives import Objective
from pixsession.domain.pix.competences import AREAS, BY_CODE, PIX_PER_LEVEL

TO_CHOOSE = 5  # "les cinq compétences choisies à l'issue du parcours de rentrée"
_NEAR_PIX = PIX_PER_LEVEL // 2  # of level 1: as near as half of the path


class Choice(NamedTuple):
    """The competences to choose, best first, and those after them.

    `able`: who masters half of a competence in the path or more; where nobody sent results of one, who has
    half of the pix of level 1 or more by the profile.
    """

    evidence: Evidence
    chosen: tuple[Share, ...]
    others: tuple[Share, ...]
    unknown: int  # students who sent nothing of this kind


def choice_of(
    rows: Iterable[BoardRow], campaign: Campaign | None, objective: Objective, count: int = TO_CHOOSE
) -> Choice:
    """So many competences, with as many of each area as the objective asks for, as far as there is room.

    Who can is counted first, then the mean; of equals the first of the CRCN is taken.
    """
    there = tuple(rows)
    values = [percents(row, campaign) for row in there]
    evidence, near = Evidence.PATH, WEAK_BELOW
    if not any(values):
        values = [row.profile.competence_pix if row.profile else None for row in there]
        evidence, near = Evidence.PROFILE, _NEAR_PIX
    known = [share for share in shares(values, near) if share.known]
    ordered = sorted(known, key=lambda one: (-one.able, -(one.mean or 0.0)))
    wanted = min(objective.min_per_area, count // len(AREAS))
    chosen = [one for area in AREAS for one in _of_area(ordered, area.number)[:wanted]]
    rest = [one for one in ordered if one not in chosen]
    chosen += rest[: max(0, count - len(chosen))]
    chosen.sort(key=ordered.index)
    others = tuple(one for one in ordered if one not in chosen)
    return Choice(evidence, tuple(chosen), others, sum(value is None for value in values))


def _of_area(shares_of_all: Iterable[Share], area: str) -> list[Share]:
    return [one for one in shares_of_all if BY_CODE[one.competence].area == area]
