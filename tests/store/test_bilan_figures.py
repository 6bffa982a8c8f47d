"""The figures of SQL against a reckoning of their own, on invented certifications of every kind."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from itertools import product

import pytest

from pixsession.domain.lesson.objectives import SCHOOL_OBJECTIVES, Objective
from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.pix.competences import AREAS, CODES
from pixsession.domain.results.certification import Certification
from pixsession.domain.results.figures import Group, GroupKind
from pixsession.store.results.figures import groups_of, objectives_of
from pixsession.store.results.table import certification_table
from tests.factories.results import NOT_TOLD, OBTAINED, crowd

CROWD = crowd(400)


def groups(certifications: Sequence[Certification] = CROWD) -> tuple[Group, ...]:
    with certification_table() as table:
        table.fill(certifications)
        return groups_of(table)


def members(group: Group) -> list[Certification]:
    of_year = [one for one in CROWD if one.year == group.year]
    if group.by is GroupKind.ALL:
        return of_year
    place = "division" if group.by is GroupKind.CLASS else "session"
    return [one for one in of_year if getattr(one, place) == group.name]


FOUND = groups()


def test_every_group_is_there_once() -> None:
    years = ("2024-2025", "2025-2026")
    expected = [("all", ""), ("class", "3eA"), ("class", "3eB"), ("session", "4321"), ("session", "4322")]
    assert [(one.year, (one.by.value, one.name)) for one in FOUND] == list(product(years, expected))


@pytest.mark.parametrize("group", FOUND, ids=lambda group: f"{group.year} {group.by} {group.name}")
def test_a_group_says_what_its_members_say(group: Group) -> None:
    mine = members(group)
    ends = Counter(one.status for one in mine)
    assert group.candidates == len(mine)
    assert (group.obtained, group.rejected, group.cancelled, group.error, group.started) == tuple(
        ends[status] for status in ResultStatus
    )
    assert group.untold == ends[None]
    obtained = [one for one in mine if one.status is OBTAINED]
    scores = [one.score for one in obtained if one.score is not None]
    q1, median, q3 = statistics.quantiles(scores, n=4, method="inclusive")
    assert group.scores
    mean, deviation = statistics.mean(scores), statistics.stdev(scores)
    assert group.scores == pytest.approx(
        (len(scores), mean, deviation, min(scores), q1, median, q3, max(scores))
    )
    assert dict(group.labels) == Counter(one.label for one in obtained if one.label)
    assert {one.low: one.n for one in group.bins} == Counter(score // 64 * 64 for score in scores)
    assert {one.high - one.low for one in group.bins} == {63}
    for place, levels in enumerate(group.competences):
        told = [one.levels[place] for one in obtained if one.levels]
        known = [level for level in told if level is not None]
        assert levels == (
            len(known),
            sum(known),
            *(sum(one >= least for one in known) for least in (1, 2, 3)),
        )


def test_the_mean_of_an_area_is_that_of_its_levels() -> None:
    whole = FOUND[0]
    for number, n, mean in whole.areas_told():
        levels = [
            level
            for one in members(whole)
            if one.status is OBTAINED and one.levels
            for code, level in zip(CODES, one.levels, strict=True)
            if code[0] == number and level is not None
        ]
        assert n == len(levels)
        assert mean == pytest.approx(statistics.mean(levels))


def reaches(objective: Objective, levels: Sequence[int | None]) -> bool | None:
    """By trying both ends of what is not told."""

    def holds(filled: Sequence[int]) -> bool:
        there = [code for code, level in zip(CODES, filled, strict=True) if level >= objective.min_level]
        areas = all(sum(code[0] == area.number for code in there) >= objective.min_per_area for area in AREAS)
        return areas and len(there) >= objective.min_competences

    worst, best = (holds([end if one is None else one for one in levels]) for end in (0, 8))
    return worst if worst is best else None


def test_objectives_are_reached_missed_or_open() -> None:
    sparse = crowd(300, 2, years=["2025-2026"])
    told = [one for one in sparse if one.status is OBTAINED and any(one.levels)]
    with certification_table() as table:
        table.fill(sparse)
        found = objectives_of(table)
    assert [one.name for one in found] == [objective.name for objective in SCHOOL_OBJECTIVES]
    for objective, one in zip(SCHOOL_OBJECTIVES, found, strict=True):
        answers = Counter(reaches(objective, certification.levels) for certification in told)
        assert (one.reached, one.missed, one.open) == (answers[True], answers[False], answers[None])


def test_what_no_file_tells_is_not_zero() -> None:
    bare = Certification("1", "2025-2026", OBTAINED, levels=NOT_TOLD)
    (whole,) = groups([bare])
    assert (whole.scores, whole.labels, whole.bins, whole.competences_told, whole.areas_told()) == (
        None,
        (),
        (),
        (),
        (),
    )


def test_nobody_has_no_group() -> None:
    assert groups([]) == ()
