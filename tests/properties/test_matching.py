"""What holds for any two lists: no order, no side, no contradiction, no decision overridden."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.people.identities import Identity
from pixsession.domain.people.matches import Decisions, MatchRule
from pixsession.domain.people.matching import match
from tests.factories.examples import examples
from tests.factories.reached import reached

FEW = examples(75)
LAST = st.sampled_from(("DUPONT", "Dupont-Martin", "MARTIN", "LE GOFF", "GOFF", "Léo", "D.", ""))
FIRST = st.sampled_from(("Léo", "Léa", "Marie", "Marie-Lou", "Marie Lou", "Lou", "Martin", "-"))
PLACES = st.sampled_from(("3eA", "3 A", "3eB", None))
BIRTHS = st.sampled_from((None, None, "2010-01-01", "2010-02-02"))
NUMBERS = st.sampled_from((None, None, None, "0123456789AB", "0123456788AB", "12", "2024-77"))
PERSON = st.builds(
    Identity,
    st.just(""),
    LAST,
    FIRST,
    st.one_of(st.none(), LAST),
    st.lists(FIRST, max_size=1).map(tuple),
    PLACES,
    st.one_of(st.none(), PLACES),
    BIRTHS,
    NUMBERS,
    NUMBERS,
)


def keyed(side: str) -> st.SearchStrategy[list[Identity]]:
    return st.lists(PERSON, max_size=6).map(
        lambda people: [person._replace(key=f"{side}{number}") for number, person in enumerate(people)]
    )


PAIRS = st.frozensets(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda p: (f"b{p[0]}", f"i{p[1]}")), max_size=3
)
DECISIONS = st.builds(Decisions, PAIRS, PAIRS)
BASE, INCOMING = keyed("b"), keyed("i")


@FEW
@given(BASE, INCOMING, DECISIONS, st.randoms())
def test_the_order_of_the_lists_changes_nothing(
    base: list[Identity], incoming: list[Identity], decisions: Decisions, chance: random.Random
) -> None:
    expected = match(base, incoming, decisions)
    ours, theirs = (chance.sample(people, len(people)) for people in (base, incoming))
    reached()
    assert match(ours, theirs, decisions) == expected


@FEW
@given(BASE, INCOMING, st.builds(Decisions, st.just(frozenset()), PAIRS))
def test_both_sides_give_the_same_pairs(
    base: list[Identity], incoming: list[Identity], decisions: Decisions
) -> None:
    pairs = match(base, incoming, decisions).pairs
    back = match(incoming, base, decisions).pairs
    reached()
    assert {(ours, theirs, rule) for theirs, (ours, rule) in pairs.items()} == {
        (ours, theirs, rule) for ours, (theirs, rule) in back.items()
    }


@FEW
@given(BASE, INCOMING, DECISIONS)
def test_no_contradiction_and_no_decision_is_overridden(
    base: list[Identity], incoming: list[Identity], decisions: Decisions
) -> None:
    ours, theirs = ({person.key: person for person in people} for people in (base, incoming))
    matching = match(base, incoming, decisions)
    by_rule = [found for found, rule in matching.pairs.values() if rule is not MatchRule.DECISION]
    reached()
    assert len(by_rule) == len(set(by_rule))
    for key, (found, rule) in matching.pairs.items():
        reached()
        assert (found, key) not in decisions.different
        if rule is MatchRule.DECISION:
            reached()
            assert (found, key) in decisions.same
            continue
        births = {ours[found].birth_date, theirs[key].birth_date} - {None}
        assert len(births) < 2
    for doubt in matching.doubts:
        reached()
        assert doubt.key not in matching.pairs
        assert 1 <= len(doubt.candidates) <= 5
        assert all((candidate.key, doubt.key) not in decisions.different for candidate in doubt.candidates)
        assert all(candidate.reasons and 0 <= candidate.likeness <= 100 for candidate in doubt.candidates)


@FEW
@given(BASE, INCOMING)
def test_somebody_unrelated_changes_no_pair(base: list[Identity], incoming: list[Identity]) -> None:
    stranger = Identity("x", "ZWYX", "Quirin", division="3eA")
    expected = match(base, incoming, Decisions()).pairs
    reached()
    assert match([*base, stranger], incoming, Decisions()).pairs == expected
    assert match(base, [*incoming, stranger], Decisions()).pairs == expected
