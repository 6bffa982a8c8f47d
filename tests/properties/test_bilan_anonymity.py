"""Without names: nobody's own data, no group under five, and none that the totals would betray."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.pix.competences import CODES
from pixsession.domain.results.anonymity import FEWEST, anonymous
from pixsession.domain.results.certification import OTHERS, Certification
from pixsession.domain.results.figures import Bin, Group, GroupKind
from pixsession.domain.results.withholding import LABEL, SCORE, withheld, withheld_of_schools
from pixsession.store.results.figures import groups_of
from pixsession.store.results.table import certification_table
from tests.factories.examples import examples
from tests.factories.reached import reached
from tests.factories.results import OBTAINED, crowd

REJECTED = ResultStatus.REJECTED

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
    reached(len(bare))
    assert len(bare) == (len(told) if len(told) >= FEWEST else 0)
    assert all(size >= FEWEST for size in Counter(map(cell_of, bare)).values())


@given(cells)
def test_a_class_that_is_large_enough_in_each_session_keeps_its_name(
    drawn: list[tuple[str | None, str | None, int]],
) -> None:
    told = certifications(drawn)
    sizes = Counter(map(cell_of, told))
    if all(size >= FEWEST for size in sizes.values()):
        reached()
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
            reached()
            assert not 0 < len(found) < FEWEST


def shown_groups(told: tuple[Certification, ...]) -> tuple[Group, ...]:
    bare = anonymous(told)
    with certification_table() as table:
        table.fill(bare)
        return withheld(groups_of(table), bare)


@examples(15)
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
                sizes = [told_of(part, what) for part in parts if not what_is_hidden(part, what)]
                n = None if what_is_hidden(whole, what) else told_of(whole, what)
                for chosen in range(len(sizes) + 1):
                    for some in combinations(sizes, chosen):
                        reached()
                        assert not 0 < sum(some) < FEWEST
                        assert n is None or not 0 < n - sum(some) < FEWEST


def told_of(group: Group, what: int) -> int:
    if what == 16:
        return group.scores.n if group.scores else 0
    return group.competences[what].n


def what_is_hidden(group: Group, what: int) -> bool:
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
    found = [group.scores for group in shown_groups(crowd(200)) if group.scores]
    assert found
    assert {(scores.minimum, scores.maximum) for scores in found} == {(None, None)}


@examples(20)
@given(st.lists(st.integers(1, 12), max_size=8))
def test_no_label_and_no_bin_of_the_histogram_is_of_one_to_four(sizes: list[int]) -> None:
    told = [
        one._replace(
            status=OBTAINED, score=64 * place + 3, label=f"Niveau {place}", division=None, session=None
        )
        for place, size in enumerate(sizes)
        for one in crowd(size, place, years=["2025-2026"])
    ]
    scoreless = [one._replace(score=None) for one in told]
    for group in shown_groups(tuple(told)):
        reached(len(group.bins))
        assert all(one.n >= FEWEST for one in group.bins)
        assert (sum(one.n for one in group.bins), group.labels) == (len(told), ())
        assert all(one.high < two.low for one, two in pairwise(group.bins))
    for group in shown_groups(tuple(scoreless)):
        reached(len(group.labels))
        assert all(n >= FEWEST for _name, n in group.labels)
        assert (sum(n for _name, n in group.labels), group.bins) == (len(told), ())


PLACES = {GroupKind.CLASS: "division", GroupKind.SESSION: "session", GroupKind.SCHOOL: "school"}
WHOLE = "students"  # or how it ended for them: whatever else is counted is of some of those
STATUSES = (OBTAINED, REJECTED, *(ResultStatus(name) for name in ("cancelled", "error", "started")), None)
ENDS = ("obtained", "rejected", "cancelled", "error", "started", "untold")


def shown_sets(group: Group, bare: tuple[Certification, ...]) -> Iterator[tuple[str, frozenset[int]]]:
    """For every count that a group shows, of what it is and whom it counts; the count is checked too."""
    place = PLACES.get(group.by)
    mine = {n: one for n, one in enumerate(bare) if place is None or getattr(one, place) == group.name}
    got = {n: one for n, one in mine.items() if one.status is OBTAINED}
    counted = [(WHOLE, group.candidates, frozenset(mine))]
    for name, status in zip(ENDS, STATUSES, strict=True):
        who = frozenset(n for n, one in mine.items() if one.status is status)
        counted.append((WHOLE, getattr(group, name), who))
    if group.scores:
        scored = frozenset(n for n, one in got.items() if one.score is not None)
        counted.append((SCORE, group.scores.n, scored))
    for code, levels in zip(CODES, group.competences, strict=True):
        told = {n: one.levels[CODES.index(code)] for n, one in got.items() if one.levels}
        for least, size in ((0, levels.n), (1, levels.at_least_1), (3, levels.at_least_3)):
            who = frozenset(n for n, level in told.items() if level is not None and level >= least)
            counted.append((code, size if levels.n else None, who))
    for part in group.bins:
        counted.append((SCORE, part.n, frozenset(n for n, one in got.items() if is_within(one, part))))
    named = {name for name, _n in group.labels}
    for name, size in group.labels:
        called = frozenset(n for n, one in got.items() if is_called(one, name, named))
        counted.append((LABEL, size, called))
    for what, shown, found in counted:
        if shown is not None:
            assert shown == len(found)
            yield what, found


def is_called(one: Certification, name: str, named: set[str]) -> bool:
    return one.label is not None and (one.label if one.label in named else OTHERS) == name


def is_within(one: Certification, part: Bin) -> bool:
    return one.score is not None and part.low <= one.score <= part.high


@examples(40)
@given(cells, st.booleans())
@example([("3eA", "1", 8), ("3eB", "1", 7), ("3eA", "1", 1), ("3eA", None, 7), ("3eB", "1", 5)], False)
@example([("3eA", "1", 8), ("3eB", "1", 7), ("3eA", "1", 1), ("3eA", "1", 7), ("3eB", "1", 5)], False)
def test_no_count_and_no_sum_or_difference_of_two_counts_is_of_one_to_four(
    drawn: list[tuple[str | None, str | None, int]], has_scores: bool
) -> None:
    """Ends, histogram, levels in words, of the whole, of classes, of sessions.

    From every count each one that lies inside it is taken away, and then whatever else fits into the rest:
    of one thing alone, since that a level of 1.1 is told for nobody but those of 5.2 can be read nowhere.
    """
    told = certifications([(division, session, 4 * size) for division, session, size in drawn])
    told = tuple(one if has_scores else one._replace(score=None) for one in told)
    for left in what_is_left(shown_groups(told), anonymous(told)):
        reached()
        assert not 0 < len(left) < FEWEST


def what_is_left(groups: Iterable[Group], bare: tuple[Certification, ...]) -> Iterator[frozenset[int]]:
    """Whoever a count is of, and who is left of it without those of others inside it."""
    sets = defaultdict[str, set[frozenset[int]]](set)
    for group in groups:
        for what, found in shown_sets(group, bare):
            sets[what].add(found)
    for what in sets:
        for one, of_what in product(sets[what], sets if what == WHOLE else (what,)):
            yield one
            known = sets[of_what] | sets[WHOLE]
            inside = sorted((two for two in known if two < one), key=len, reverse=True)
            for first in inside:
                left = one - first
                yield left
                for two in inside:  # what else fits into the rest, the largest first
                    if two <= left:
                        left -= two
                        yield left


@examples(20)
@given(
    st.lists(st.tuples(st.sampled_from(["A", "B", "C", "D"]), st.integers(5, 40)), min_size=1, max_size=5),
    st.booleans(),
)
@example([("A", 30), ("B", 6), ("C", 7)], True)
def test_of_schools_too_no_count_and_no_sum_or_difference_of_two_is_of_one_to_four(
    drawn: list[tuple[str, int]], has_scores: bool
) -> None:
    """The same of schools side by side, and of all of them together."""
    found = crowd(sum(size for _name, size in drawn), years=["2025-2026"])
    names = [name for name, size in drawn for _one in range(size)]
    bare = tuple(
        one._replace(school=name, score=one.score if has_scores else None)
        for one, name in zip(found, names, strict=True)
    )
    with certification_table(of_schools=True) as table:
        table.fill(bare)
        groups = withheld_of_schools(groups_of(table))
    for group in groups:
        reached()
        assert group.scores is None or group.scores.minimum is group.scores.maximum is None
    for left in what_is_left(groups, bare):
        reached()
        assert not 0 < len(left) < FEWEST


def of_classes(**ends: tuple[int, int]) -> tuple[Certification, ...]:
    """By class how many obtained it and how many did not."""
    places = [
        (division, status)
        for division, counts in ends.items()
        for status, n in zip((OBTAINED, REJECTED), counts, strict=True)
        for _one in range(n)
    ]
    told = crowd(len(places), years=["2025-2026"], sessions=["1"])
    return tuple(
        one._replace(division=division, status=status, score=100 + 7 * n, levels=(2,) * 16)
        for n, (one, (division, status)) in enumerate(zip(told, places, strict=True))
    )


def told_by_name(told: tuple[Certification, ...]) -> dict[str, Group]:
    """The groups that are shown, by class; the whole is called ""."""
    return {group.name: group for group in shown_groups(told) if group.by is not GroupKind.SESSION}


def counts_by_name(told: tuple[Certification, ...]) -> dict[str, tuple[int | None, ...]]:
    """Candidates, who obtained it, who did not."""
    found = told_by_name(told).items()
    return {name: (group.candidates, group.obtained, group.rejected) for name, group in found}


def test_a_class_in_which_few_failed_hides_how_many_sat_it_and_one_other_with_it() -> None:
    """Alone it would be the whole less the others; those whose own numbers allow it show them all."""
    told = of_classes(A=(20, 8), B=(25, 0), C=(24, 3), D=(22, 6), E=(18, 9))
    assert counts_by_name(told) == {
        "": (135, 109, 26),
        "A": (28, 20, 8), "B": (25, 25, 0), "C": (None, 24, None), "D": (None, 22, None), "E": (27, 18, 9),
    }  # fmt: skip


def test_two_classes_in_which_few_failed_hide_each_other() -> None:
    told = of_classes(A=(20, 8), B=(25, 1), C=(24, 4))
    assert counts_by_name(told) == {
        "": (82, 69, 13), "A": (28, 20, 8), "B": (None, 25, None), "C": (None, 24, None),
    }  # fmt: skip


def test_where_few_failed_in_all_the_school_nobody_is_told_how_many_sat_it() -> None:
    told = of_classes(A=(20, 2), B=(25, 1))
    assert counts_by_name(told) == {"": (None, 45, None), "A": (None, 20, None), "B": (None, 25, None)}


def test_where_few_obtained_it_only_the_candidates_are_told() -> None:
    told = of_classes(A=(1, 20), B=(2, 25))
    assert counts_by_name(told) == {"": (48, None, None), "A": (21, None, None), "B": (27, None, None)}


def test_of_one_class_a_competence_may_be_told_that_is_hidden_of_another() -> None:
    told = of_classes(A=(20, 0), B=(25, 0), C=(30, 0))
    low = {n for n, one in enumerate(told) if one.division == "B" and n < 22}
    told = tuple(one._replace(levels=(0 if n in low else 2, *[2] * 15)) for n, one in enumerate(told))
    assert len(low) == 2
    hidden = {name: "1.1" in group.withheld for name, group in told_by_name(told).items()}
    assert hidden == {"": True, "A": False, "B": True, "C": False}


def test_each_class_has_bins_of_its_own_and_the_whole_those_that_fit() -> None:
    told = of_classes(A=(10, 0), B=(10, 0), C=(10, 0))
    told = tuple(
        one._replace(score=70 if one.division == "A" or n % 2 else 140) for n, one in enumerate(told)
    )
    assert {name: group.bins for name, group in told_by_name(told).items()} == {
        "": (Bin(64, 127, 20), Bin(128, 191, 10)),
        "A": (Bin(64, 127, 10),),
        "B": (Bin(64, 127, 5), Bin(128, 191, 5)),
        "C": (Bin(64, 127, 5), Bin(128, 191, 5)),
    }


def test_few_who_did_not_obtain_it_are_not_the_class_less_those_who_did() -> None:
    """Where two of a class failed, it shows how many obtained it, and not how many sat it."""
    told = crowd(60, years=["2025-2026"], classes=["3eA", "3eB"], sessions=["1"])
    told = tuple(
        one._replace(status=REJECTED if n < 8 and (n < 2) == (one.division == "3eA") else OBTAINED)
        for n, one in enumerate(told)
    )
    failed = Counter(one.division for one in told if one.status is REJECTED)
    assert 0 < min(failed.values(), default=0) < FEWEST
    for group in shown_groups(told):
        if group.by is GroupKind.CLASS:
            assert (group.candidates, group.rejected) == (None, None)
            assert group.obtained == sum(
                one.status is OBTAINED and one.division == group.name for one in told
            )


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
    assert (names[OTHERS] or FEWEST) >= FEWEST
    assert "3eB" not in repr(groups)
