"""Targeted sessions: small groups that miss the same competence, and what success would reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.lesson.group import HELPS_FROM, helpers_for
from pixsession.domain.lesson.objectives import Objective, path_to
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.competences import CODES, PIX_PER_LEVEL
from pixsession.domain.pix.eligibility import Profile

LEAST, MOST = 3, 8  # students of one targeted session (field notes of French secondary schools)


class TargetedStudent(NamedTuple):
    """One student of a targeted session, with the pix that are short there."""

    row: BoardRow
    pix_missing: int


class TargetedSession(NamedTuple):
    """One group: students with the fewest pix first; `helpers`: who has the competence, by name."""

    competence: str
    students: tuple[TargetedStudent, ...]
    helpers: tuple[BoardRow, ...]


class TargetedPlan(NamedTuple):
    """The groups, and how many of those whose profile is known have the objective now, and if all succeed."""

    objective: Objective
    sessions: tuple[TargetedSession, ...]
    reached: int
    would_reach: int
    known: int
    unknown: int  # students without a profile: nobody can tell what they miss


def targeted_sessions(
    rows: Sequence[BoardRow], objective: Objective, slots: int, helps_from: int = HELPS_FROM
) -> TargetedPlan:
    """At most so many groups of `LEAST` to `MOST`; everybody is in one of them at most.

    Each group is that of the competence which brings most students to the objective, then most students a
    step nearer, then with the fewest pix.
    """
    paths = {row.student_id: path_to(objective, row.profile) for row in rows}
    known = [row for row in rows if paths[row.student_id].reached is not None]
    left = {row.student_id: row for row in known if not paths[row.student_id].reached}
    sessions: list[TargetedSession] = []
    while len(sessions) < slots:
        taken = {one.competence for one in sessions}
        groups = [_group(tuple(left.values()), code, objective) for code in CODES if code not in taken]
        found = [(code, group) for code, group in groups if len(group) >= LEAST]
        if not found:
            break
        code, group = min(found, key=lambda one: _rank(one[1], one[0], objective))
        left = {key: row for key, row in left.items() if key not in {one.row.student_id for one in group}}
        sessions.append(TargetedSession(code, group, helpers_for(rows, code, helps_from)))
    won = sum(_won(session.students, session.competence, objective) for session in sessions)
    reached = sum(paths[row.student_id].reached is True for row in known)
    unknown = len(rows) - len(known)
    return TargetedPlan(objective, tuple(sessions), reached, reached + won, len(known), unknown)


def completed(profile: Profile, competence: str, level: int) -> Profile:
    """The profile with a competence brought to this level; nothing is lost where it is higher."""
    at = CODES.index(competence)
    levels, pix = list(profile.levels), list(profile.competence_pix)
    levels[at] = max(levels[at] or 0, level)
    pix[at] = max(pix[at] or 0, level * PIX_PER_LEVEL)
    return Profile(tuple(levels), tuple(pix))


def _reaches(row: BoardRow, competence: str, objective: Objective) -> bool:
    """Whether the objective is reached once the competence is: by trying."""
    if row.profile is None:
        return False
    return path_to(objective, completed(row.profile, competence, objective.min_level)).reached is True


def _group(
    rows: Sequence[BoardRow], competence: str, objective: Objective
) -> tuple[str, tuple[TargetedStudent, ...]]:
    """Those on whose shortest way the competence is, or whom it brings there; fewest pix first."""
    found = []
    for row in rows:
        short = _pix_missing(row, competence, objective)
        steps = {step.competence for step in path_to(objective, row.profile).steps}
        if short is not None and (competence in steps or _reaches(row, competence, objective)):
            found.append(TargetedStudent(row, short))
    # Of more than fit, those whom it brings to the objective come before those who stay on the way.
    found.sort(key=lambda one: (not _reaches(one.row, competence, objective), _fewest_pix(one)))
    return competence, tuple(sorted(found[:MOST], key=_fewest_pix))


def _pix_missing(row: BoardRow, competence: str, objective: Objective) -> int | None:
    """How many pix are short of the level; None where it is reached, or is not known."""
    at = CODES.index(competence)
    level = row.profile.levels[at] if row.profile else None
    pix = row.profile.competence_pix[at] if row.profile else None
    if level is None or pix is None or level >= objective.min_level:
        return None
    return max(0, objective.min_level * PIX_PER_LEVEL - pix)


def _fewest_pix(one: TargetedStudent) -> tuple[int, str, str]:
    return one.pix_missing, name_key(one.row.last_name), name_key(one.row.first_name)


def _rank(group: Sequence[TargetedStudent], competence: str, objective: Objective) -> tuple[int, int, int]:
    """Sort key, best first; of equals the first of the CRCN is taken."""
    pix = sum(one.pix_missing for one in group)
    return -_won(group, competence, objective), -len(group), pix


def _won(group: Sequence[TargetedStudent], competence: str, objective: Objective) -> int:
    """How many of these the competence would bring to the objective."""
    return sum(_reaches(one.row, competence, objective) for one in group)
