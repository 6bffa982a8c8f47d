"""Who is who across files: one list of people against another, by rules that can be explained."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from pixsession.domain.people.identities import (
    Identity,
    Person,
    Places,
    born_alike,
    by_half_group,
    contradict,
    people_of,
    places_of,
)
from pixsession.domain.people.matches import Decisions, Matching, MatchRule
from pixsession.domain.people.person_names import Name, includes, includes_whole


def match(base: Sequence[Identity], incoming: Sequence[Identity], decisions: Decisions) -> Matching:
    """Who of the base list each person of the incoming list is; the order of both lists changes nothing."""
    rounds = _Rounds(base, incoming, decisions)
    rounds.by_number()
    rounds.by_exact_name()
    rounds.by_spelling()
    rounds.by_words()
    pairs = {theirs: rounds.pairs[theirs] for theirs in sorted(rounds.pairs)}
    if len(pairs) == len(rounds.theirs):
        return Matching(pairs, ())
    from pixsession.domain.people.likeness import doubts_of  # noqa: PLC0415 - (c): 4 ms, only where something stays open

    return Matching(pairs, doubts_of(rounds.ours, rounds.theirs, pairs, rounds.apart))


_Pair = tuple[str, str]  # key of the base list, key of the incoming list
_PairsOf = Callable[[Person], Iterable[object]]
_IsWithin = Callable[[Name, Name], bool]  # of a longer name and a shorter one
_MANY = 2500  # pairs of one name: nothing tells such a crowd apart
_CROWD = 100  # people who share two words of their names: likewise, and each would be compared with each


class _Rounds:
    """Two lists while the rules are applied to them, the surest first."""

    def __init__(self, base: Sequence[Identity], incoming: Sequence[Identity], decisions: Decisions) -> None:
        self.ours, our_doubles = people_of(base)
        self.theirs, their_doubles = people_of(incoming)
        self.apart: frozenset[_Pair] = decisions.different | {
            (other, one) for one, other in decisions.different
        }
        self._doubles = (our_doubles, their_doubles)
        self.pairs: dict[str, tuple[str, MatchRule]] = {}
        self._by_decision(decisions)
        # A row linked by a decision can still be matched by a rule.
        self._taken: set[str] = set()
        self._decided = frozenset(ours for ours, _ in self.pairs.values())

    def _by_decision(self, decisions: Decisions) -> None:
        said: dict[str, set[str]] = defaultdict(set)
        for one, other in decisions.same:
            for ours, theirs in {(one, other), (other, one)}:
                if ours in self.ours and theirs in self.theirs and (ours, theirs) not in self.apart:
                    said[theirs].add(ours)
        for theirs, found in said.items():
            if len(found) == 1:  # two decisions that contradict each other decide nothing
                self.pairs[theirs] = (found.pop(), MatchRule.DECISION)
        self._decided_on = frozenset(said)

    def _settle(self, rules: Mapping[_Pair, MatchRule]) -> None:
        for (ours, theirs), rule in rules.items():
            self.pairs[theirs] = (ours, rule)
            self._taken.add(ours)

    def _may(self, ours: Person, theirs: Person) -> bool:
        """Whether a rule may merge the two."""
        return (
            ours.key not in self._taken
            and theirs.key not in self.pairs
            and theirs.key not in self._decided_on
            and ours.key not in self._doubles[0]
            and theirs.key not in self._doubles[1]
            and (ours.key, theirs.key) not in self.apart
            and not contradict(ours, theirs)
        )

    def by_number(self) -> None:
        """Those of one number, where nobody else of either list has it."""
        ours, theirs = (_index(people, _numbers) for people in (self.ours, self.theirs))
        found = {
            (one.key, other.key): MatchRule.NUMBER
            for number in ours.keys() & theirs.keys()
            if len(ours[number]) == len(theirs[number]) == 1
            for one, other in [(ours[number][0], theirs[number][0])]
            if self._may(one, other) and _number_decides(one, other)
        }
        self._settle(_without_choice(found))

    def by_exact_name(self) -> None:
        """Those of one name to the letter, unless somebody of a longer name could have written the same."""
        ours, theirs = (_index(people, lambda p: p.name.exact) for people in (self.ours, self.theirs))
        found: dict[_Pair, MatchRule] = {}
        for key in ours.keys() & theirs.keys():
            if len(ours[key]) * len(theirs[key]) <= _MANY:
                for one in ours[key]:
                    for other in theirs[key]:
                        rule = _exact_rule(one, other, ours[key], theirs[key])
                        if rule and self._may(one, other):
                            found[one.key, other.key] = rule
        self._settle(self._unclaimed(_without_choice(found), _word_pairs, includes))

    def by_spelling(self) -> None:
        """Those whose names are the same words, where one list has them in one column, all in capitals.

        Nobody can tell there where the last name ends, so that the words stand for the name: somebody who has
        more of them could have written the same.
        """
        if not any(
            person.name.is_unsplit for people in (self.ours, self.theirs) for person in people.values()
        ):
            return
        ours, theirs = (_index(people, lambda p: p.name.spelled) for people in (self.ours, self.theirs))
        found = {
            (one.key, other.key): rule
            for key in ours.keys() & theirs.keys()
            if len(ours[key]) * len(theirs[key]) <= _MANY
            for one in ours[key]
            for other in theirs[key]
            if one.name.is_unsplit or other.name.is_unsplit
            if (rule := _exact_rule(one, other, ours[key], theirs[key])) and self._may(one, other)
        }
        unclaimed = self._unclaimed(_without_choice(found), lambda p: p.name.pairs, _has_all_words)
        self._settle(unclaimed)

    def _unclaimed(
        self, found: Mapping[_Pair, MatchRule], pairs_of: _PairsOf, is_within: _IsWithin
    ) -> dict[_Pair, MatchRule]:
        """Those of the pairs whose members could be nobody else of the lists (see `_claimed`)."""
        if not found:
            return {}
        sure = {one for one, _ in found} | self._taken, {other for _, other in found} | self.pairs.keys()
        near_ours, near_theirs = _index(self.ours, pairs_of), _index(self.theirs, pairs_of)
        return {
            (one, other): rule
            for (one, other), rule in found.items()
            if not self._claimed(self.ours[one], self.theirs[other], near_theirs, sure[1], is_within)
            and not self._claimed(self.theirs[other], self.ours[one], near_ours, sure[0], is_within)
        }

    def _claimed(
        self,
        person: Person,
        found: Person,
        near: Mapping[object, list[Person]],
        sure: Iterable[str],
        is_within: _IsWithin,
    ) -> bool:
        """Whether another one than the one found could be this person, by a name that includes theirs.

        One who is known by name and birth date could only be another one born that day; who is `sure`, as the
        one found is, is nobody else.
        """
        return _is_lost_in_a_crowd(person, near) or any(
            other.key not in sure
            and (person.key, other.key) not in self.apart
            and not contradict(person, other)
            and (born_alike(person, other) or not born_alike(person, found))
            and places_of(person, other) is not Places.DIFFERENT
            and is_within(other.name, person.name)
            and not by_half_group(person, found, other)
            for other in _near(person, near)
        )

    def by_words(self) -> None:
        """Those of one class of whom one name includes the other, where nobody else comes into question."""
        found_before = self._taken | self._decided
        ours = {key: one for key, one in self.ours.items() if key not in found_before}
        theirs = {key: other for key, other in self.theirs.items() if key not in self.pairs}
        near_ours, near_theirs = _index(ours, _word_pairs), _index(theirs, _word_pairs)
        found = {
            (one.key, other.key): MatchRule.CLASS_AND_WORDS
            for other in theirs.values()
            if not _is_lost_in_a_crowd(other, near_ours)
            for one in _near(other, near_ours)
            if (one.key, other.key) not in self.apart and _could_be(one, other)
        }
        self._settle(
            {
                (ours_key, theirs_key): rule
                for (ours_key, theirs_key), rule in _without_choice(found).items()
                for one, other in [(ours[ours_key], theirs[theirs_key])]
                if self._may(one, other)
                and _same_by_words(one, other)
                and not self._shadowed(one, other, near_ours)
                and not self._shadowed(other, one, near_theirs)
            }
        )

    def _shadowed(self, one: Person, other: Person, near: Mapping[object, list[Person]]) -> bool:
        """Whether somebody of nearly the same name, in the same list, could be the other one, mistyped."""
        return _is_lost_in_a_crowd(one, near) or any(
            twin.key != one.key
            and not {(twin.key, other.key), (other.key, twin.key)} & self.apart
            and not contradict(twin, other)
            and places_of(twin, other) is not Places.DIFFERENT
            and (includes(twin.name, one.name) or includes(one.name, twin.name))
            for twin in _near(one, near)
        )


def _could_be(one: Person, other: Person) -> bool:
    return (
        not contradict(one, other)
        and places_of(one, other) is not Places.DIFFERENT
        and (includes(one.name, other.name) or includes(other.name, one.name))
    )


def _same_by_words(one: Person, other: Person) -> bool:
    # Namesakes to the letter were left open on purpose.
    return (
        places_of(one, other) is Places.SAME
        and not one.name.exact & other.name.exact
        and (includes_whole(one.name, other.name) or includes_whole(other.name, one.name))
    )


def _exact_rule(
    one: Person, other: Person, ours: Sequence[Person], theirs: Sequence[Person]
) -> MatchRule | None:
    """By what two of one name are one student; `ours` and `theirs` are all of that name."""
    places = places_of(one, other)
    if born_alike(one, other):
        born = one.identity.birth_date
        # Name and birth date say more than the class, which changes; but not where they are those of two.
        if any(sum(person.identity.birth_date == born for person in side) > 1 for side in (ours, theirs)):
            return None
        return MatchRule.CLASS_AND_NAME if places is Places.SAME else MatchRule.NAME_AND_BIRTH_DATE
    if places is Places.SAME:
        is_told = all(
            by_half_group(other, one, person)
            for person in ours
            if person is not one and places_of(person, other) is not Places.DIFFERENT
        ) and all(
            by_half_group(one, other, person)
            for person in theirs
            if person is not other and places_of(one, person) is not Places.DIFFERENT
        )
        return MatchRule.CLASS_AND_NAME if is_told else None
    alone = places is Places.UNKNOWN and len(ours) == len(theirs) == 1
    return MatchRule.NAME_ALONE if alone else None


def _number_decides(one: Person, other: Person) -> bool:
    """Whether names do not contradict a number that two people share.

    A student number of both lists needs one word in common. What students type themselves needs more: twins
    type the same birth date or mail of their parents, half a class types the name of the school.
    """
    if one.official and one.official == other.official:
        return bool(one.name.words & other.name.words)
    if includes(one.name, other.name) or includes(other.name, one.name):
        return True
    return bool(one.name.first & other.name.first) and places_of(one, other) is Places.SAME


def _numbers(person: Person) -> frozenset[str]:
    # "12" is a seat, "3A" a class, "college" a school.
    written = "".join((person.identity.external_id or "").split())
    typed = person.external if len(person.external) > 4 and not written.isalpha() else ""
    return frozenset({person.official, typed} - {""})


def _has_all_words(longer: Name, shorter: Name) -> bool:
    return shorter.known <= longer.known


def _word_pairs(person: Person) -> Iterable[tuple[str, str]]:
    """Any word of the last with any of the first name: who includes whom shares at least one such pair."""
    return person.name.across


def _near(person: Person, index: Mapping[object, list[Person]]) -> Iterable[Person]:
    """Those who share two words with this person, each once, in the order of their keys."""
    return {other.key: other for pair in person.name.pairs for other in index.get(pair, ())}.values()


def _is_lost_in_a_crowd(person: Person, index: Mapping[object, list[Person]]) -> bool:
    return any(len(index.get(pair, ())) > _CROWD for pair in person.name.pairs)


def _index(
    people: Mapping[str, Person], keys_of: Callable[[Person], Iterable[object]]
) -> dict[object, list[Person]]:
    index: dict[object, list[Person]] = defaultdict(list)
    for person in people.values():
        for key in keys_of(person):
            index[key].append(person)
    return index


def _without_choice(found: Mapping[_Pair, MatchRule]) -> dict[_Pair, MatchRule]:
    """The pairs whose two members are in no other pair."""
    ours, theirs = (Counter(side) for side in zip(*found, strict=True)) if found else (Counter(), Counter())
    return {(one, other): rule for (one, other), rule in found.items() if ours[one] == theirs[other] == 1}
