"""The classes and half-groups that files name, with how many students each, to be pointed at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pixsession.domain.people.expected import ExpectedStudent, groups_of
from pixsession.domain.people.identities import class_key
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.participation import Participation

Line = ExpectedStudent | Participation | AssessmentLine


class PlaceOffer(NamedTuple):
    """One class or group, as it is written most recently, and its students."""

    name: str
    students: int
    is_group: bool


def places_of(lines: Iterable[Line]) -> tuple[PlaceOffer, ...]:
    """Each class, then each group, in the order of their names; who stands in several lines counts once."""
    names: dict[tuple[bool, str], str] = {}
    people: dict[tuple[bool, str], set[frozenset[str]]] = {}
    for line in lines:
        who = frozenset(f"{name_key(line.last_name)} {name_key(line.first_name)}".split())
        named = [(False, line.division)] if line.division else []
        for is_group, name in (*named, *((True, group) for group in groups_of(line.group))):
            key = is_group, class_key(name)
            names[key] = name
            people.setdefault(key, set()).add(who)
    return tuple(PlaceOffer(names[key], len(people[key]), key[0]) for key in sorted(names))
