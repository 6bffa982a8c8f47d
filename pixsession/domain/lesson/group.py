"""What a group has between them: who has a competence that another misses, and what to work on first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, Campaign, Snapshot
from pixsession.domain.lesson.mastery import STRONG_FROM, percents
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.competences import CODES

HELPS_FROM = 3  # the level from which somebody is asked to help


def helper_level(snapshot: Snapshot | None) -> int:
    """The level from which somebody is asked to help: as the session file of the lesson says."""
    lesson = snapshot.lesson if snapshot else None
    return lesson.session.lesson.helper_level if lesson else HELPS_FROM


class GroupCompetence(NamedTuple):
    """One competence over the profiles of a group."""

    competence: str
    at_level: int  # students known to stand at the level asked for, or above
    known: int  # students whose level is readable
    mean_level: float | None


def helpers_for(
    rows: Iterable[BoardRow], competence: str, min_level: int = HELPS_FROM
) -> tuple[BoardRow, ...]:
    """Who has this competence at the level or above, by name: the board ranks nobody.

    For lessons only: in a certification everybody works alone. Raises ValueError for a code that the CRCN
    does not have.
    """
    place = CODES.index(competence)
    able = [row for row in rows if row.profile and (row.profile.levels[place] or 0) >= min_level]
    return tuple(sorted(able, key=_by_name))


class Help(NamedTuple):
    """Who can help with a competence, by name, and of how many others it is not known."""

    able: tuple[BoardRow, ...]
    unknown: int


def help_for(
    rows: Iterable[BoardRow], competence: str, campaign: Campaign | None = None, min_level: int = HELPS_FROM
) -> Help:
    """Who has this competence by the profile, or by the path of the lesson: the board ranks nobody.

    For lessons only, as `helpers_for`.
    """
    there = tuple(rows)
    able = {row.student_id for row in helpers_for(there, competence, min_level)}
    unknown = 0
    for row in there:
        path = percents(row, campaign)
        percent = path[CODES.index(competence)] if path else None
        if percent is not None and percent >= STRONG_FROM:
            able.add(row.student_id)
        unknown += percent is None and row.profile is None
    found = (row for row in there if row.student_id in able)
    return Help(tuple(sorted(found, key=_by_name)), unknown)


def _by_name(row: BoardRow) -> tuple[str, str]:
    return name_key(row.last_name), name_key(row.first_name)


def weakest_competences(rows: Iterable[BoardRow], min_level: int = 1) -> tuple[GroupCompetence, ...]:
    """The 16 competences, weakest first: fewest students at the level, then lowest mean, then as in the CRCN.

    Students without a profile count nowhere: what they know is not known.
    """
    profiles = [row.profile for row in rows if row.profile is not None]
    found = []
    for place, code in enumerate(CODES):
        levels = [level for profile in profiles if (level := profile.levels[place]) is not None]
        at_level = sum(level >= min_level for level in levels)
        mean = sum(levels) / len(levels) if levels else None
        found.append(GroupCompetence(code, at_level, len(levels), mean))
    return tuple(sorted(found, key=_strength))


def _strength(competence: GroupCompetence) -> tuple[float, float]:
    """Sort key: a share, not a count, as an unreadable level is no weakness; unknown ones last."""
    if not competence.known or competence.mean_level is None:
        return 2.0, 0.0
    return competence.at_level / competence.known, competence.mean_level
