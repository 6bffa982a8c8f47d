"""Students of one name whom the exports show apart: two, one who changed class, or nobody can tell.

Exports of several campaigns show one student in the class of their day. Who stands in two campaigns in two
classes may be one student or two of one name: a doubt, whichever file was read first.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from itertools import combinations, pairwise
from types import MappingProxyType
from typing import NamedTuple

from pixsession.domain.board.renewed import Renewed
from pixsession.domain.people.identities import bare_number, class_key, group_keys, may_be_one_number
from pixsession.domain.people.spoiled_places import SpoiledPlaces
from pixsession.domain.people.students import Named, name_key

_CROWD = 40  # of so many of one name, each is compared with the next one alone
_TELLING = 5  # characters of a number: a shorter one is a seat, a class, whatever students typed
_Pair = tuple[int, int]  # ids of students, the lower one first


class Namesakes(NamedTuple):
    """Pairs of students (the lower id first) who are surely one, and pairs of whom nobody can tell."""

    same: frozenset[_Pair] = frozenset()
    doubtful: frozenset[_Pair] = frozenset()


class _Look(NamedTuple):
    """How one campaign shows a student; keys, empty where it does not tell."""

    campaign: str
    division: str
    groups: frozenset[str]
    official: str  # student number
    number: str  # student number, else the external id


class _Bond(Enum):
    SAME = "same"
    APART = "apart"  # as the campaigns show them
    CONTRADICTED = "contradicted"  # by student numbers
    DOUBTFUL = "doubtful"


_Name = tuple[str, str]


class NameGroups:
    """Who share their name with another student, however it is written; of boards one after the other."""

    def __init__(self) -> None:
        self._named: Mapping[int, Named] = {}
        self._ids: dict[_Name, tuple[int, ...]] = {}  # in order
        self._groups: dict[_Name, tuple[int, ...]] = {}

    def of(
        self,
        named: Mapping[int, Named],
        renewed: Renewed = Renewed(),  # noqa: B008 - an immutable value
    ) -> Collection[tuple[int, ...]]:
        """The groups among these students, by id; who is the same object as the last time is known."""
        before, self._named = self._named, named
        touched: dict[_Name, set[int]] = {}
        for student in renewed.since(before, named):
            was, now = _compact_name(before.get(student)), _compact_name(named.get(student))
            if was != now:
                self._ids_of(was, touched).discard(student)
                self._ids_of(now, touched).add(student)
        for name, ids in touched.items():
            self._put(name, tuple(sorted(ids)))
        return self._groups.values()

    def around(self, students: Iterable[Named]) -> set[tuple[int, ...]]:
        """The groups of the names of these students."""
        found = (self._groups.get(_compact_name(student)) for student in students)
        return {group for group in found if group is not None}

    def _ids_of(self, name: _Name, touched: dict[_Name, set[int]]) -> set[int]:
        if name not in touched:
            touched[name] = {*self._ids.get(name, ())}
        return touched[name]

    def _put(self, name: _Name, ids: tuple[int, ...]) -> None:
        for known in (self._ids, self._groups):
            known.pop(name, None)
        if ids:
            self._ids[name] = ids
        if len(ids) > 1 and any(name):
            self._groups[name] = ids


def _compact_name(line: Named | None) -> _Name:
    if line is None:
        return "", ""  # as of those without a name, whom nobody asks about
    return name_key(line.last_name).replace(" ", ""), name_key(line.first_name).replace(" ", "")


def namesakes_of(
    groups: Iterable[Sequence[int]],
    lines: Mapping[int, Iterable[tuple[str, Named]]],
    places: SpoiledPlaces = SpoiledPlaces(),  # noqa: B008 - an immutable value
) -> Namesakes:
    """Who of these groups (see `NameGroups`) is one student, and who perhaps is.

    `lines`: of each student, the lines that count today, each with its campaign. Neither the ids nor the
    order of the lines change what comes out.
    """
    same: set[_Pair] = set()
    doubtful: set[_Pair] = set()
    for group in groups:
        looks = {student: _looks(lines[student], places) for student in group}
        pairs = combinations(group, 2) if len(group) <= _CROWD else pairwise(group)
        bonds = {(one, other): _bond(looks[one], looks[other]) for one, other in pairs}
        sure = {pair for pair in bonds if len(group) <= _CROWD and _is_surely_one(pair, looks, bonds)}
        left = {pair for pair, bond in bonds.items() if bond in {_Bond.SAME, _Bond.DOUBTFUL}} - sure
        if left:
            # One of them changed class: who is tied to a line by the class alone is perhaps another one.
            left |= {
                (one, other)
                for (one, other), bond in bonds.items()
                if bond is _Bond.APART and (_is_tied_by_class(looks[one]) or _is_tied_by_class(looks[other]))
            }
        same |= sure
        doubtful |= left
    return Namesakes(frozenset(same), frozenset(doubtful))


def unions_of(pairs: Iterable[_Pair]) -> dict[int, int]:
    """For each student who is another one, that one: the lowest id of all who are the same."""
    whom: dict[int, int] = {}

    def found(student: int) -> int:
        while student in whom:
            student = whom[student]
        return student

    for one, other in pairs:
        lower, higher = sorted((found(one), found(other)))
        if lower != higher:
            whom[higher] = lower
    return {student: found(student) for student in whom}


def _looks(lines: Iterable[tuple[str, Named]], places: SpoiledPlaces) -> frozenset[_Look]:
    return frozenset(
        _Look(
            campaign,
            class_key(places.of(line.division) or ""),
            group_keys(places.of(line.group) or ""),
            bare_number(line.student_number),
            bare_number(line.student_number or line.external_id),
        )
        for campaign, line in lines
    )


def _bond(one: frozenset[_Look], other: frozenset[_Look]) -> _Bond:
    """What the campaigns say of two students of one name."""
    mine, theirs = ({look.official for look in looks} - {""} for looks in (one, other))
    if mine and theirs and not any(may_be_one_number(a, b) for a in mine for b in theirs):
        return _Bond.CONTRADICTED
    shared = {look.campaign for look in one} & {look.campaign for look in other}
    if not shared:
        is_same = all(_same_place(a, b) for a in one for b in other) and (
            not (mine and theirs) or mine == theirs
        )
        return _Bond.SAME if is_same else _Bond.DOUBTFUL
    if any(a.campaign == b.campaign and not _told_apart(a, b) for a in one for b in other) or any(
        _is_loose(look, looks, shared) for looks in (one, other) for look in looks
    ):
        return _Bond.DOUBTFUL
    return _Bond.APART


def _told_apart(one: _Look, other: _Look) -> bool:
    """Whether one campaign shows two: it shows a student the same on every line, to the letter.

    Save one who has a number on one line and none on another: that may be two lines of one student.
    """
    is_there = one.division, one.groups, bool(one.number)
    return is_there != (other.division, other.groups, not other.number)


def _is_loose(look: _Look, looks: frozenset[_Look], shared: set[str]) -> bool:
    """Whether nothing but the name ties what one campaign shows to what the shared ones show."""
    return look.campaign not in shared and not any(
        _same_place(look, known) or (len(look.number) >= _TELLING and look.number == known.number)
        for known in looks
        if known.campaign in shared
    )


def _same_place(one: _Look, other: _Look) -> bool:
    if one.division or other.division:
        return one.division == other.division
    return bool(one.groups & other.groups)


def _is_tied_by_class(looks: frozenset[_Look]) -> bool:
    """Whether a student is one in several campaigns, and in one of them by nothing but name and class."""
    campaigns = {look.campaign for look in looks}
    numbered = {look.campaign for look in looks if look.number}
    is_tied_by_number = campaigns == numbered and len({look.number for look in looks} - {""}) == 1
    return len(campaigns) > 1 and not is_tied_by_number


def _is_surely_one(pair: _Pair, looks: Mapping[int, frozenset[_Look]], bonds: Mapping[_Pair, _Bond]) -> bool:
    """Whether two are the same and no third one of the name could be one of the two just as well."""
    others = ((min(one, third), max(one, third)) for third in looks.keys() - {*pair} for one in pair)
    return bonds[pair] is _Bond.SAME and all(
        bonds[other] in {_Bond.APART, _Bond.CONTRADICTED} for other in others
    )


def keys_told_apart(keys: Mapping[int, str]) -> dict[int, str]:
    """The keys of students, by id: of those whom one export spells apart by a hyphen alone, each its own."""
    seen: Counter[str] = Counter()
    told = {}
    for student, key in sorted(keys.items()):
        seen[key] += 1
        told[student] = key if seen[key] == 1 else f"{key}#{seen[key]}"
    return told


class Settled(NamedTuple):
    """What exports and decisions tell of the rows of a board.

    `doubtful`: pairs of ids, of whom nobody can tell whether they are one; `unions`: the id of the row by
    those ids that are the same student; `keys`: what decisions call these ids.
    """

    doubtful: frozenset[tuple[int, int]] = frozenset()
    unions: Mapping[int, int] = MappingProxyType({})
    keys: Mapping[int, str] = MappingProxyType({})
