"""Who a doubtful person may be, and why, in words: suggestions for somebody to decide, never a match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from pixsession.domain.display import shown
from pixsession.domain.identities import Person, Places, born_alike, contradict, places_of
from pixsession.domain.matching import Candidate, Doubt, MatchRule
from pixsession.domain.person_names import includes
from pixsession.i18n import _

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
    taken = {found for found, _rule in pairs.values()}
    left = [person for person in theirs.values() if person.key not in pairs]
    index = _index(ours.values(), {key for person in left for key in _keys(person)})
    doubts = []
    for person in left:
        near = {other.key: other for other in _near(person, index) if (other.key, person.key) not in apart}
        plausible = [
            (other, likeness)
            for other in near.values()
            if (likeness := _likeness_if_plausible(person, other, other.key in taken)) is not None
        ]
        if any(_is_of_the_name(person, other) for other, _likeness in plausible):
            # Where somebody has the very name, who is only called alike need not be checked.
            plausible = [found for found in plausible if _is_near(person, found[0])]
        plausible.sort(key=lambda found: _rank(person, *found))
        if plausible:
            best = plausible[:_MOST_CANDIDATES]
            doubts.append(Doubt(person.key, tuple(_candidate(person, *found, taken) for found in best)))
    return tuple(sorted(doubts))


def likeness_of(one: Person, other: Person) -> int:
    """How alike two names are written, 0 to 100, in whichever order their words stand.

    It is the share of pairs of letters in common (Dice), which needs no order of words and little time.
    """
    mine, theirs = _letter_pairs(_spelled(one)), _letter_pairs(_spelled(other))
    return 200 * len(mine & theirs) // max(1, len(mine) + len(theirs))


def _spelled(person: Person) -> str:
    return " ".join(sorted(person.name.least[0] if person.name.least else person.name.last))


@lru_cache(maxsize=16384)
def _letter_pairs(text: str) -> frozenset[str]:
    padded = f" {text} "
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1))


_Index = dict[tuple[str, str], list[Person]]


def _index(people: Iterable[Person], wanted: set[tuple[str, str]]) -> _Index:
    index: _Index = defaultdict(list)
    for person in people:
        for key in _keys(person) & wanted:
            index[key].append(person)
    return index


def _near(person: Person, index: _Index) -> Iterator[Person]:
    for key in sorted(_keys(person)):
        found = index.get(key, ())
        if len(found) <= _TOO_COMMON:
            yield from found


def _keys(person: Person) -> set[tuple[str, str]]:
    """By what two people come into question at all: numbers, names, words; their ends inside one class."""
    words = sorted(person.name.words)
    keys = {("number", number) for number in (person.official, person.external) if number}
    keys.update(("name", "|".join(name)) for name in person.name.exact)
    keys.update(("word", word) for word in words)
    keys.update(("pair", f"{a} {b}") for number, a in enumerate(words) for b in words[number + 1 :])
    ends = {end for word in words for end in (word, f"{word[:3]}…", f"…{word[-3:]}")}
    keys.update((place, end) for place in person.places for end in ends)
    return keys


def _likeness_if_plausible(person: Person, other: Person, is_taken: bool) -> int | None:
    """How alike two people are written; None where nobody would think that they are one."""
    places = places_of(person, other)
    shared = person.name.words & other.name.words
    if person.name.exact & other.name.exact or _one_includes_the_other(person, other):
        plausible = not is_taken or places is Places.SAME
        return likeness_of(person, other) if plausible else None
    if is_taken:
        return None
    likeness = likeness_of(person, other)
    if contradict(person, other):
        return likeness if likeness >= _ALIKE_ELSEWHERE and places is Places.SAME else None
    if _same_number(person, other) or (born_alike(person, other) and shared):
        return likeness
    if places is Places.SAME:
        return likeness if shared or likeness >= _ALIKE_IN_CLASS else None
    least = _ALIKE_WITHOUT_CLASS if places is Places.UNKNOWN else _ALIKE_ELSEWHERE
    return likeness if shared and likeness >= least else None


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
    mine, theirs = ({person.official, person.external} - {""} for person in (one, other))
    return any(len(number) > 4 for number in mine & theirs)


def _rank(person: Person, other: Person, likeness: int) -> tuple[bool, bool, int, int, str]:
    """The likeliest first."""
    exact = bool(person.name.exact & other.name.exact)
    evidence = (
        2 * exact
        + _one_includes_the_other(person, other)
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
    elif person.official and other.official and contradict(person, other) and not _other_birth(person, other):
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
