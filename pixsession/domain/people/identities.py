"""People as lists show them, made comparable: names, classes, birth dates and numbers."""

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from pixsession.domain.people.person_names import Name, name_of
from pixsession.domain.people.students import name_key, place_key


class Identity(NamedTuple):
    """One person as one list shows them, names as written.

    `key` names the person in decisions, across restarts and later files of the same list: it is made of what
    the list tells of them (see `identity_key`), never of a line number. Two entries of one list under one key
    cannot be told apart: no rule merges either. Who has several lines in a file comes as one entry.
    """

    key: str
    last_name: str
    first_name: str
    used_name: str | None = None
    other_first_names: tuple[str, ...] = ()
    division: str | None = None
    group: str | None = None
    birth_date: str | None = None  # ISO 8601
    student_number: str | None = None
    external_id: str | None = None


_is_shared = False
_MARKED = re.compile(r"(([a-z]+)\|[^|]*\|[^|]*\|[^|]*\|)([0-9a-f]{16})")
_WITH_BIRTH_DATES = frozenset({"list", "result"})


def use_short_marks(shared: bool) -> None:
    """Make keys for a shared session from now on, or for one that stays on this computer.

    Who can read a share could find a birth date by trying them all: its keys tell one of sixteen, enough for
    two of one name. Where that does not tell them apart, both are under one key and no rule merges either.
    """
    global _is_shared  # noqa: PLW0603 - one process shows one session
    _is_shared = shared


def _mark(private: str) -> str:
    mark = blake2b(private.encode(), digest_size=8).hexdigest()
    return mark[:1] if _is_shared else mark


def shared_key(key: str) -> str:
    """The key that a shared session has in the place of this one; any other text as it is.

    Exports lose their numbers where they are shared, and then nothing but the name is left to be marked.
    """
    found = _MARKED.fullmatch(key)
    if found is None:
        return key
    return found[1] + (found[3][:1] if found[2] in _WITH_BIRTH_DATES else "")


def identity_key(
    nature: str,
    last_name: str,
    first_name: str,
    *,
    place: str | None = None,
    birth_date: str | None = None,
    number: str | None = None,
) -> str:
    """A key for decisions, made of what a list tells of a person.

    `nature` says what the list is ("roster", "candidates", "assessment"): the next file of the same list
    gives the same keys, whatever the order of its lines and however it writes accents, hyphens or capitals.
    `place` is the class, else the group: half-groups change in the year. Birth date and number are not
    readable in a key: it is written down.
    """
    told = (last_name, first_name, place or "")
    private = (name_key(birth_date or ""), bare_number(number))
    mark = _mark("|".join(private)) if any(private) else ""
    return "|".join((nature, *(name_key(text).replace(" ", "") for text in told), mark))


class Person(NamedTuple):
    """An identity made ready for comparison."""

    key: str
    identity: Identity
    name: Name
    division: str
    groups: frozenset[str]
    official: str  # student number
    external: str

    @property
    def places(self) -> frozenset[str]:
        """Class and groups, as far as they are known."""
        return self.groups | {self.division} if self.division else self.groups


def people_of(identities: Iterable[Identity]) -> tuple[dict[str, Person], frozenset[str]]:
    """Each key with its person, in the order of the keys; and the keys that stand there more than once."""
    listed = sorted(identities, key=lambda identity: identity.key)
    counts = Counter(identity.key for identity in listed)
    if len(counts) < len(listed):
        listed.sort(key=_total_order)
    people = {identity.key: _person(identity) for identity in listed}
    return people, frozenset(key for key, count in counts.items() if count > 1)


def people_in_order(identities: Iterable[Identity]) -> list[Person]:
    """Each of these as a person, in their order."""
    return list(map(_person, identities))


def _total_order(identity: Identity) -> tuple[str, ...]:
    return (identity.key, *(str(value) for value in identity[1:]))


def _person(identity: Identity) -> Person:
    return Person(
        identity.key,
        identity,
        name_of(identity.last_name, identity.first_name, identity.used_name, identity.other_first_names),
        class_key(identity.division or ""),
        group_keys(identity.group or ""),
        bare_number(identity.student_number),
        bare_number(identity.external_id),
    )


_LEVEL = re.compile(r"(\d)(?:ieme|eme|ere|nde|de|re|er|e)(?=[a-z0-9])")


@lru_cache(maxsize=4096)
def class_key(place: str) -> str:
    """A class or group made comparable across files: "3eA", "3 A" and "3ème A" are one class."""
    return _LEVEL.sub(r"\1", place_key(place), count=1)


_BETWEEN_GROUPS = re.compile(r"[\[\],;|\n]")


@lru_cache(maxsize=4096)
def group_keys(cell: str) -> frozenset[str]:
    """The groups of one cell made comparable: Pronote writes "[5EB GR1], [ANG1]" or "5EB_GR1, ANG LV1"."""
    return frozenset(map(group_key, _BETWEEN_GROUPS.split(cell))) - {""}


_GROUP = re.compile(r"(?:demi)?(?:groupe|grpe|grp|gpe|gr|g)(\d{1,2}|[ab])$")
_NUMBER_BEHIND = re.compile(r"(?<=[^\W\d_])\s*[-_/]\s*(\d)\s*$")  # "5eB-1"


@lru_cache(maxsize=4096)
def group_key(name: str) -> str:
    """A group made comparable: "5eB gr1", "5EB_GR1", "5B G1", "5B groupe 1" and "5eB-1" are one group."""
    return _GROUP.sub(r"g\1", class_key(_NUMBER_BEHIND.sub(r" g\1", name)))


@lru_cache(maxsize=16384)
def place_keys(division: str, cell: str) -> frozenset[str]:
    """By what a session may call this class and the groups of this cell: "gr1" of 5eB is "5eB gr1" too."""
    place, found = class_key(division), group_keys(cell)
    whole = {key if key.startswith(place) else f"{place}{key}" for key in found}
    return (found | whole | {key.removeprefix(place) for key in whole} | {place}) - {""}


def asked_keys(names: Iterable[str]) -> frozenset[str]:
    """Of classes and groups as a session names them, what `place_keys` may have in common with them."""
    return frozenset(key for name in names for key in (class_key(name), group_key(name)))


@lru_cache(maxsize=16384)
def bare_number(number: str | None) -> str:
    """A number made comparable: spreadsheets take away the first zeros."""
    key = "".join(name_key(number).split()) if number else ""
    return key.lstrip("0") if key.isdigit() else key


class Places(StrEnum):
    """How the classes of two people stand to each other."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


def places_of(one: Person, other: Person) -> Places:
    """A class on both sides decides; else a group may be the other list's class."""
    if one.division and other.division:
        return Places.SAME if one.division == other.division else Places.DIFFERENT
    if one.places & other.places:
        return Places.SAME
    return Places.DIFFERENT if one.groups and other.groups else Places.UNKNOWN


def contradict(one: Person, other: Person) -> bool:
    """Whether something says that these are two students, however alike their names."""
    mine, theirs = one.identity.birth_date, other.identity.birth_date
    if mine and theirs and mine != theirs:
        return True
    return bool(one.official and other.official) and not may_be_one_number(one.official, other.official)


def may_be_one_number(one: str, other: str) -> bool:
    """Whether two student numbers (see `bare_number`) may be of one student: equal, or of two kinds."""
    return one == other or not (_number_kind(one) == _number_kind(other) != "")


def born_alike(one: Person, other: Person) -> bool:
    """Both birth dates are known and equal."""
    return bool(one.identity.birth_date) and one.identity.birth_date == other.identity.birth_date


def _number_kind(number: str) -> str:
    # A national number (INE) and a number of the establishment differ for one student too.
    if number.isdigit():
        return "digits"
    return "national" if re.fullmatch(r"\d{9,10}[a-z]{1,2}", number) else ""


def by_half_group(person: Person, found: Person, namesake: Person) -> bool:
    """Whether half-groups tell that somebody is the one of two namesakes, and not the other one.

    Where nothing is known of the half-group of one of the three, nobody can tell; what both namesakes have in
    common, such as the group of a language, tells nothing.
    """
    mine, theirs, others = _half_groups(person), _half_groups(found), _half_groups(namesake)
    return bool(others - theirs) and bool(mine & (theirs - others)) and not mine & (others - theirs)


def _half_groups(person: Person) -> frozenset[str]:
    identity = person.identity
    return place_keys(identity.division or "", identity.group or "") - {person.division}
