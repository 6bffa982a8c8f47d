"""Targeted sessions: small groups that miss the same competence, and what success would reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, Campaign
from pixsession.domain.lesson.group import HELPS_FROM, help_for
from pixsession.domain.lesson.mastery import WEAK_BELOW, percents
from pixsession.domain.lesson.objectives import Objective, path_to
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.competences import CODES, PIX_PER_LEVEL
from pixsession.domain.pix.eligibility import Profile

LEAST, MOST = 3, 8  # students of one targeted session (field notes of French secondary schools)


class TargetedStudent(NamedTuple):
    """One student of a targeted session, with the pix that are short there.

    Where no profile was sent, with the per cent of the path that is mastered.
    """

    row: BoardRow
    pix_missing: int
    percent: int | None = None


_Group = tuple[str, tuple[TargetedStudent, ...]]  # a competence, and who is called


class TargetedSession(NamedTuple):
    """One group, all by profiles or all by the path; who is nearest stands first.

    `helpers`: who of the others has the competence, by the profile or the path, by name.
    """

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
    unknown: int  # students without a profile: nobody can tell how far from the objective they are


def targeted_sessions(
    rows: Sequence[BoardRow],
    objective: Objective,
    slots: int,
    campaign: Campaign | None = None,
    helps_from: int = HELPS_FROM,
) -> TargetedPlan:
    """At most so many groups of `LEAST` to `MOST`; everybody is in one of them at most.

    Each group is that of the competence which brings most students to the objective, then most students a
    step nearer, then with the fewest pix. What slots are left go to those without a profile, by what the
    path, that of `campaign` first, shows them to master less than half of.
    """
    paths = {row.student_id: path_to(objective, row.profile) for row in rows}
    known = [row for row in rows if paths[row.student_id].reached is not None]
    left = {row.student_id: row for row in known if not paths[row.student_id].reached}
    groups: list[_Group] = []
    while len(groups) < slots:
        taken = {code for code, _students in groups}
        every = (_group(tuple(left.values()), code, objective) for code in CODES if code not in taken)
        found = [group for group in every if len(group[1]) >= LEAST]
        if not found:
            break
        best = min(found, key=lambda one: _rank(one[1], one[0], objective))
        groups.append(best)
        left = {key: row for key, row in left.items() if key not in {one.row.student_id for one in best[1]}}
    won = sum(_won(students, code, objective) for code, students in groups)
    groups += _by_path([row for row in rows if row.profile is None], campaign, slots - len(groups))
    sessions = [TargetedSession(*group, _helpers(rows, group, campaign, helps_from)) for group in groups]
    reached = sum(paths[row.student_id].reached is True for row in known)
    unknown = len(rows) - len(known)
    return TargetedPlan(objective, tuple(sessions), reached, reached + won, len(known), unknown)


def _by_path(rows: Sequence[BoardRow], campaign: Campaign | None, slots: int) -> list[_Group]:
    """Groups by the mastery of a path: most students first, then those who master most of it."""
    left = {row.student_id: (row, known) for row in rows if (known := percents(row, campaign)) is not None}
    groups: list[_Group] = []
    while len(groups) < slots:
        taken = {code for code, _students in groups}
        every = [(code, _weak(left.values(), code)) for code in CODES if code not in taken]
        found = [group for group in every if len(group[1]) >= LEAST]
        if not found:
            break
        best = max(found, key=lambda one: (len(one[1]), sum(each.percent or 0 for each in one[1])))
        groups.append(best)
        left = {key: one for key, one in left.items() if key not in {each.row.student_id for each in best[1]}}
    return groups


def _weak(
    known: Iterable[tuple[BoardRow, Sequence[int | None]]], competence: str
) -> tuple[TargetedStudent, ...]:
    at = CODES.index(competence)
    weak = [
        TargetedStudent(row, 0, percent)
        for row, values in known
        if (percent := values[at]) is not None and percent < WEAK_BELOW
    ]
    return tuple(sorted(weak, key=lambda one: (-(one.percent or 0), *_fewest_pix(one)))[:MOST])


def _helpers(
    rows: Iterable[BoardRow], group: _Group, campaign: Campaign | None, helps_from: int
) -> tuple[BoardRow, ...]:
    called = {one.row.student_id for one in group[1]}
    return help_for(
        (row for row in rows if row.student_id not in called), group[0], campaign, helps_from
    ).able


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


def _group(rows: Sequence[BoardRow], competence: str, objective: Objective) -> _Group:
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
