"""Who a doubtful person may be, and why, in words: suggestions for somebody to decide, never a match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from pixsession.domain.people.identities import (
    Identity,
    Person,
    Places,
    born_alike,
    by_half_group,
    contradict,
    people_in_order,
    places_of,
)
from pixsession.domain.people.matches import Candidate, Doubt, MatchRule
from pixsession.domain.people.person_names import Name, includes
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown

_MOST_CANDIDATES = 5
# What so many share tells nobody apart, and costs time.
_TOO_COMMON = 60
_ALIKE_IN_CLASS, _ALIKE_WITHOUT_CLASS, _ALIKE_ELSEWHERE = 65, 80, 85
_LIKENESS_TOLD = 60


def doubts_of(
    ours: Mapping[str, Person],
    theirs: Mapping[str, Person],
    pairs: Mapping[str, tuple[str, MatchRule]],
    apart: Collection[tuple[str, str]],
) -> tuple[Doubt, ...]:
    """A doubt for each of `theirs` without a pair who may be one of `ours`, in the order of the keys.

    `apart`: pairs that somebody decided to be different. At most five candidates each.
    """
    taken: dict[str, list[Person]] = defaultdict(list)
    for key, (found, _rule) in pairs.items():
        taken[found].append(theirs[key])
    left = [person for person in theirs.values() if person.key not in pairs]
    index = _index(ours.values(), left)
    doubts = []
    for person in left:
        near = {other.key: other for other in _near(person, index)}
        plausible = [
            (other, likeness)
            for other in near.values()
            if (other.key, person.key) not in apart
            and not any(by_half_group(other, one, person) for one in taken.get(other.key, ()))
            and (likeness := _likeness_if_plausible(person, other, other.key in taken)) is not None
        ]
        if any(_is_of_the_name(person, other) for other, _likeness in plausible):
            # Where somebody has the very name, who is only called alike need not be checked.
            plausible = [found for found in plausible if _is_near(person, found[0])]
        plausible.sort(key=lambda found: _rank(person, *found))
        if plausible:
            best = plausible[:_MOST_CANDIDATES]
            doubts.append(Doubt(person.key, tuple(_candidate(person, *found, taken) for found in best)))
    return tuple(sorted(doubts))


def namesake_doubts(pairs: Iterable[Sequence[Identity]]) -> tuple[Doubt, ...]:
    """A doubt for the first of each pair, who may be the second one, in the order of the keys.

    The likeliest come first; none is left out, since each of them is to be checked.
    """
    found: dict[str, list[tuple[Person, Person]]] = defaultdict(list)
    for pair in pairs:
        one, other = people_in_order(pair)
        found[one.key].append((one, other))
    doubts = []
    for key, mine in found.items():
        likely = [(one, other, likeness_of(one, other)) for one, other in mine]
        likely.sort(key=lambda found: _rank(*found))
        doubts.append(Doubt(key, tuple(_candidate(*found, ()) for found in likely)))
    return tuple(sorted(doubts))


def likeness_of(one: Person, other: Person) -> int:
    """How alike two names are written, 0 to 100, in whichever order their words stand.

    It is the share of pairs of letters in common (Dice), which needs no order of words and little time.
    """
    mine, theirs = _letter_pairs(_spelled(one.name)), _letter_pairs(_spelled(other.name))
    return 200 * len(mine & theirs) // (len(mine) + len(theirs))


def _spelled(name: Name) -> frozenset[str]:
    return name.least[0] if name.least else name.last


@lru_cache(maxsize=16384)
def _letter_pairs(words: frozenset[str]) -> frozenset[str]:
    padded = f" {' '.join(sorted(words))} "
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1))


_Keys = frozenset[object]
_Index = dict[str, dict[object, list[Person]]]  # by what kind of key, or class, then by the key


def _index(people: Iterable[Person], wanted: Iterable[Person]) -> _Index:
    """People by those of their keys that one of the wanted has too."""
    asked: dict[str, set[object]] = defaultdict(set)
    for person in wanted:
        for kind, keys in _keys(person):
            asked[kind] |= keys
    index: _Index = {kind: defaultdict(list) for kind in asked}
    for person in people:
        for kind, keys in _keys(person):
            for key in keys & asked.get(kind, set()):
                index[kind][key].append(person)
    return index


def _near(person: Person, index: _Index) -> Iterator[Person]:
    for kind, keys in _keys(person):
        known = index[kind]
        for key in keys:
            found = known.get(key, ())
            if len(found) <= _TOO_COMMON:
                yield from found


def _keys(person: Person) -> Iterator[tuple[str, _Keys]]:
    """By what two people come into question at all: numbers, names, words; their ends inside one class."""
    words, ends = _of_words(person.name.words)
    yield " number", frozenset({person.official, person.external} - {""})
    yield " name", person.name.exact
    yield " word", words
    for place in person.places:
        yield place, ends


@lru_cache(maxsize=16384)
def _of_words(words: frozenset[str]) -> tuple[_Keys, _Keys]:
    """The words and their pairs; the words, how they begin and how they end."""
    ends = {end for word in words for end in (word, f"{word[:3]}…", f"…{word[-3:]}")}
    return words.union(combinations(sorted(words), 2)), frozenset(ends)


def _likeness_if_plausible(person: Person, other: Person, is_taken: bool) -> int | None:
    """How alike two people are written; None where nobody would think that they are one."""
    places = places_of(person, other)
    if is_taken and places is not Places.SAME:
        return None
    if not person.name.exact.isdisjoint(other.name.exact) or _one_includes_the_other(person, other):
        return likeness_of(person, other)
    if (person.name.is_unsplit or other.name.is_unsplit) and not _same_number(person, other):
        return _likeness_of_words(person, other, is_taken)
    least = None if is_taken else _least_likeness(person, other, places)
    if least is None:
        return None
    likeness = likeness_of(person, other)
    return likeness if likeness >= least else None


def _likeness_of_words(person: Person, other: Person, is_taken: bool) -> int | None:
    """The same, where it is unknown which words are the last name: a first name shared says nothing then."""
    mine, theirs = person.name.words, other.name.words
    if len(mine & theirs) > 1 and (mine <= theirs or theirs <= mine):
        return likeness_of(person, other)
    likeness = likeness_of(person, other)
    least = _ALIKE_IN_CLASS if places_of(person, other) is Places.SAME else _ALIKE_ELSEWHERE
    return likeness if not is_taken and likeness >= least else None


def _least_likeness(person: Person, other: Person, places: Places) -> int | None:
    """How alike two names have to be of which none includes the other; None: whatever they are."""
    if contradict(person, other):
        return _ALIKE_ELSEWHERE if places is Places.SAME else None
    if _same_number(person, other):
        return 0
    is_shared = not person.name.words.isdisjoint(other.name.words)
    if is_shared and born_alike(person, other):
        return 0
    if places is Places.SAME:
        return 0 if is_shared else _ALIKE_IN_CLASS
    if not is_shared:
        return None
    return _ALIKE_WITHOUT_CLASS if places is Places.UNKNOWN else _ALIKE_ELSEWHERE


def _is_of_the_name(person: Person, other: Person) -> bool:
    return bool(person.name.exact & other.name.exact) and not contradict(person, other)


def _is_near(person: Person, other: Person) -> bool:
    """More than letters speaks for the two."""
    return (
        bool(person.name.exact & other.name.exact)
        or _one_includes_the_other(person, other)
        or born_alike(person, other)
        or _same_number(person, other)
    )


def _one_includes_the_other(one: Person, other: Person) -> bool:
    return includes(one.name, other.name) or includes(other.name, one.name)


def _same_number(one: Person, other: Person) -> bool:
    return _is_number_of(one.official, other) or _is_number_of(one.external, other)


def _is_number_of(number: str, person: Person) -> bool:
    return len(number) > 4 and number in {person.official, person.external}


def _rank(person: Person, other: Person, likeness: int) -> tuple[bool, bool, int, int, str]:
    """Sort key of candidates: the likeliest first, then by key."""
    exact = bool(person.name.exact & other.name.exact)
    evidence = (
        _one_includes_the_other(person, other)
        + 2 * born_alike(person, other)
        + (places_of(person, other) is Places.SAME)
        + _same_number(person, other)
    )
    return contradict(person, other), not exact, -evidence, -likeness, other.key


def _candidate(person: Person, other: Person, likeness: int, taken: Collection[str]) -> Candidate:
    reasons = [
        *_about_names(person, other),
        *_about_the_rest(person, other),
        *([_("already found under another line")] if other.key in taken else []),
    ]
    if not person.name.exact & other.name.exact and likeness >= _LIKENESS_TOLD:
        reasons.append(_("names alike at {n} %").format(n=likeness))
    return Candidate(other.key, tuple(reasons), likeness)


def _about_names(person: Person, other: Person) -> Iterator[str]:
    one, two = person.name, other.name
    if one.exact & two.exact:
        yield _("same name")
        return
    if {(first, last) for last, first in one.exact} & two.exact:
        yield _("first and last name swapped")
        return
    if _one_includes_the_other(person, other):
        yield _("one name includes the other")
    if one.words & two.words & one.last & two.last:
        yield _("one last name in common")
    if one.words & two.words & one.first & two.first:
        yield _("one first name in common")


def _about_the_rest(person: Person, other: Person) -> Iterator[str]:
    places = places_of(person, other)
    if _same_number(person, other):
        yield _("same number")
    elif contradict(person, other) and not _other_birth(person, other):
        yield _("another student number")
    if places is Places.SAME:
        yield _("same class")
    elif places is Places.DIFFERENT:
        place = other.identity.division or other.identity.group or ""
        yield _("another class: {place}").format(place=shown(place))
    if born_alike(person, other):
        yield _("same birth date")
    elif _other_birth(person, other):
        yield _("other birth date: {date}").format(date=shown(other.identity.birth_date or ""))


def _other_birth(person: Person, other: Person) -> bool:
    mine, theirs = person.identity.birth_date, other.identity.birth_date
    return bool(mine and theirs) and mine != theirs
