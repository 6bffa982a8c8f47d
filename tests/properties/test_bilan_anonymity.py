"""Without names: nobody's own data, no group under five, and none that the totals would betray."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pixsession.domain.results.anonymity import FEWEST, SCORE, anonymous, withheld
from pixsession.domain.results.certification import OTHERS, Certification
from pixsession.domain.results.figures import Group, GroupKind
from pixsession.store.results.figures import groups_of
from pixsession.store.results.table import certification_table
from tests.factories.results import OBTAINED, crowd

# Classes and sessions of every size, from one student to many.
cells = st.lists(
    st.tuples(
        st.sampled_from(["3eA", "3eB", "3eC", None]), st.sampled_from(["1", "2", None]), st.integers(1, 9)
    ),
    min_size=1,
    max_size=9,
)


def certifications(drawn: list[tuple[str | None, str | None, int]]) -> tuple[Certification, ...]:
    found = crowd(sum(size for *_cell, size in drawn), years=["2025-2026"])
    places = [(division, session) for division, session, size in drawn for _one in range(size)]
    return tuple(
        one._replace(division=division, session=session)
        for one, (division, session) in zip(found, places, strict=True)
    )


def cell_of(one: Certification) -> tuple[str | None, str | None]:
    return one.division, one.session


@given(cells)
def test_nobody_is_lost_and_each_class_within_each_session_is_of_five_or_more(
    drawn: list[tuple[str | None, str | None, int]],
) -> None:
    told = certifications(drawn)
    bare = anonymous(told)
    assert len(bare) == (len(told) if len(told) >= FEWEST else 0)
    assert all(size >= FEWEST for size in Counter(map(cell_of, bare)).values())


@given(cells)
def test_a_class_that_is_large_enough_in_each_session_keeps_its_name(
    drawn: list[tuple[str | None, str | None, int]],
) -> None:
    told = certifications(drawn)
    sizes = Counter(map(cell_of, told))
    if all(size >= FEWEST for size in sizes.values()):
        assert Counter(map(cell_of, anonymous(told))) == sizes


@given(cells)
def test_no_sum_or_difference_of_groups_is_of_one_to_four(
    drawn: list[tuple[str | None, str | None, int]],
) -> None:
    """Whatever is shown of groups is added and taken away: what is left is nobody, or five and more."""
    bare = anonymous(certifications(drawn))
    shown = [
        frozenset(number for number, one in enumerate(bare) if getattr(one, place) == name)
        for place in ("division", "session")
        for name in {getattr(one, place) for one in bare}
    ]
    shown.append(frozenset(range(len(bare))))
    for one, other in combinations(shown, 2):
        for found in (one - other, other - one, one & other, one ^ other):
            assert not 0 < len(found) < FEWEST


def shown_groups(told: tuple[Certification, ...]) -> tuple[Group, ...]:
    bare = anonymous(told)
    with certification_table() as table:
        table.fill(bare)
        return withheld(groups_of(table), bare)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(cells)
def test_no_figure_is_of_one_to_four_and_none_can_be_computed(
    drawn: list[tuple[str | None, str | None, int]],
) -> None:
    """The number that a figure rests on, of the whole less any of its parts, is nobody or five and more."""
    groups = shown_groups(certifications(drawn))
    for whole in (group for group in groups if group.by is GroupKind.ALL):
        for by in (GroupKind.CLASS, GroupKind.SESSION):
            parts = [group for group in groups if group.by is by and group.year == whole.year]
            for what in range(17):
                n, sizes = told_of(whole, what), [told_of(part, what) for part in parts]
                if any(what_is_hidden(part, what) for part in parts):
                    assert all(what_is_hidden(part, what) for part in parts), "hidden of all, or of none"
                    continue
                for chosen in range(len(sizes) + 1):
                    for some in combinations(sizes, chosen):
                        assert not 0 < n - sum(some) < FEWEST
                        assert not 0 < sum(some) < FEWEST


def told_of(group: Group, what: int) -> int:
    if what == 16:
        return group.scores.n if group.scores else 0
    return group.competences[what].n


def what_is_hidden(group: Group, what: int) -> bool:
    from pixsession.domain.pix.competences import CODES

    return (CODES[what] if what < 16 else SCORE) in group.withheld


def test_nothing_of_a_person_is_left() -> None:
    told = crowd(60)
    for one in anonymous(told):
        assert (one.number, one.last_name, one.first_name, one.birth_date, one.day) == ("", "", "", None, "")


def test_the_order_is_not_that_of_the_file() -> None:
    """A file is in the order of the alphabet: who stands where would be known again."""
    told = crowd(30, years=["2025-2026"])
    assert anonymous(told) == anonymous(told[::-1])


def test_the_lowest_and_the_highest_score_are_never_shown() -> None:
    for group in shown_groups(crowd(200)):
        assert group.scores
        assert (group.scores.minimum, group.scores.maximum) == (None, None)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 12), max_size=8))
def test_no_label_and_no_bin_of_the_histogram_is_of_one_to_four(sizes: list[int]) -> None:
    told = [
        one._replace(
            status=OBTAINED, score=64 * place + 3, label=f"Niveau {place}", division=None, session=None
        )
        for place, size in enumerate(sizes)
        for one in crowd(size, place, years=["2025-2026"])
    ]
    for group in shown_groups(tuple(told)):
        assert all(n >= FEWEST for _name, n in group.labels)
        assert all(one.n >= FEWEST for one in group.bins)
        assert sum(n for _name, n in group.labels) == sum(one.n for one in group.bins) == len(told)
        assert all(one.high < two.low for one, two in pairwise(group.bins))


@pytest.mark.parametrize("size", [1, 4])
def test_a_small_class_is_among_the_others(size: int) -> None:
    large = crowd(40, years=["2025-2026"], classes=["3eA"], sessions=["1"])
    small = [
        one._replace(division="3eB", status=OBTAINED)
        for one in crowd(size, 3, years=["2025-2026"], sessions=["1"])
    ]
    groups = shown_groups((*large, *small))
    names = {group.name: group.candidates for group in groups if group.by is GroupKind.CLASS}
    assert OTHERS in names
    assert "3eB" not in names
    assert names[OTHERS] >= FEWEST
    assert "3eB" not in repr(groups)
