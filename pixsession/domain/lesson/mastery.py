"""What a student has and misses, competence by competence: by the path that was sent, else by the profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, Campaign, CampaignProgress
from pixsession.domain.pix.assessment import Mastery
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.eligibility import gaps

WEAK_BELOW = 50  # of 100: less than half of the skills of the path mastered
STRONG_FROM = 75  # of 100: who can explain


class Evidence(StrEnum):
    """What competences are read from: they are never mixed in one figure."""

    PATH = "path"  # mastery of the skills of a path, in per cent
    PROFILE = "profile"  # levels of Pix


_NONE: Mapping[str, Mastery] = MappingProxyType({})


def path_of(row: BoardRow, campaign: Campaign | None = None) -> CampaignProgress | None:
    """The participation whose results tell of competences: of `campaign` where they do, else the newest.

    None: no results of a path were sent, so nothing is known of it.
    """
    told = [one for one in row.participations if one.competences]
    of_campaign = [one for one in told if campaign is not None and one.campaign.key == campaign.key]
    return next(iter((*of_campaign, *told)), None)


def mastery_of(row: BoardRow, campaign: Campaign | None = None) -> Mapping[str, Mastery]:
    """The mastery of each competence of the path, by its code; empty where nothing is known."""
    path = path_of(row, campaign)
    return {code: found for code, found in path.competences if code in CODES} if path else _NONE


def percents(row: BoardRow, campaign: Campaign | None = None) -> tuple[int | None, ...] | None:
    """The mastery of the sixteen competences in whole per cent, as Pix rounds it.

    None in place of all: no results sent. None for one: the path does not ask for it, or the file has no
    value.
    """
    mastery = mastery_of(row, campaign)
    if not mastery:
        return None
    rates = (mastery[code].rate if code in mastery else None for code in CODES)
    return tuple(None if rate is None else round(rate * 100) for rate in rates)


class Missing(NamedTuple):
    """One competence that a student is short of: per cent mastered, or pix short of the level."""

    competence: str
    evidence: Evidence
    amount: int


def missing_of(
    row: BoardRow, campaign: Campaign | None = None, min_level: int = 1
) -> tuple[Missing, ...] | None:
    """What a student is short of: of the path, weakest first; else by the profile, nearest first.

    A competence of a path is missing below `WEAK_BELOW`, one of a profile below `min_level`. None: nothing
    is known of the student, which is not to miss nothing.
    """
    known = percents(row, campaign)
    if known is not None:
        weak = [
            Missing(code, Evidence.PATH, percent)
            for code, percent in zip(CODES, known, strict=True)
            if percent is not None and percent < WEAK_BELOW
        ]
        return tuple(sorted(weak, key=lambda one: one.amount))
    if row.profile is None:
        return None
    return tuple(
        Missing(gap.competence, Evidence.PROFILE, gap.pix_missing) for gap in gaps(row.profile, min_level)
    )


class Share(NamedTuple):
    """How many of those of whom it is known have a competence."""

    competence: str
    able: int
    known: int
    mean: float | None


def shares(values: Iterable[Sequence[int | None] | None], at_least: int) -> tuple[Share, ...]:
    """The 16 competences in the order of the CRCN; who is unknown counts nowhere."""
    known = [value for value in values if value is not None]
    found = []
    for position, code in enumerate(CODES):
        mine = [one for value in known if (one := value[position]) is not None]
        able = sum(one >= at_least for one in mine)
        found.append(Share(code, able, len(mine), sum(mine) / len(mine) if mine else None))
    return tuple(found)


def weakest_first(found: Iterable[Share]) -> tuple[Share, ...]:
    """Those of which anything is known: fewest who have it, then lowest mean, then as in the CRCN."""
    known = [share for share in found if share.known and share.mean is not None]
    return tuple(sorted(known, key=lambda share: (share.able / share.known, share.mean)))
