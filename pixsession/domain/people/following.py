"""The same student from lesson to lesson, by keys, names, classes and half-groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from pixsession.domain.people.identities import class_key, group_keys
from pixsession.domain.people.students import name_key


class Keyed(Protocol):
    """What one lesson says of a student; `keys`: see `BoardRow`."""

    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def last_name(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def place(self) -> str | None: ...
    @property
    def group(self) -> str | None: ...
    @property
    def submissions(self) -> frozenset[tuple[str, int]]: ...


_Outcome = TypeVar("_Outcome", bound=Keyed)
_Look = tuple[str, str, str]
_GroupLook = tuple[_Look, frozenset[str]]


def follow(lessons: Sequence[Sequence[_Outcome]]) -> list[dict[int, _Outcome]]:
    """Each student once, with what each lesson says of them by its position.

    Two are one by a key that no lesson gives to two, else by name and class where no lesson has two, else by
    name and a profile that both sent at one time, as after a change of class. Namesakes of one class in two
    half-groups are two; see `_namesakes`.
    """
    found: list[dict[int, _Outcome]] = []
    twice = {look for lesson in lessons for look, count in Counter(map(_look, lesson)).items() if count > 1}
    apart = _namesakes(lessons)
    by_key: dict[str, dict[int, _Outcome]] = {}
    by_look: dict[_Look, dict[int, _Outcome]] = {}
    by_group: dict[_GroupLook, dict[int, _Outcome]] = {}
    by_sent: dict[tuple[str, str, tuple[str, int]], dict[int, _Outcome]] = {}
    shared = {key for lesson in lessons for key, count in _key_counts(lesson).items() if count > 1}
    shared |= _keys_of_several(one for lesson in lessons for one in lesson if _look(one) in apart)
    for position, lesson in enumerate(lessons):
        for outcome in lesson:
            keys = [key for key in outcome.keys if key not in shared]
            look, group = _look(outcome), (_look(outcome), group_keys(outcome.group or ""))
            candidates = [by_key[key] for key in keys if key in by_key]
            candidates += [by_group[group]] if group in by_group and look in apart else []
            candidates += [by_look[look]] if look in by_look and look not in twice | apart else []
            sent = [(*look[:2], one) for one in sorted(outcome.submissions)]
            candidates += [by_sent[one] for one in sent if one in by_sent]
            student = next((one for one in candidates if position not in one), None)
            if student is None:
                student = {}
                found.append(student)
            student[position] = outcome
            by_key.update(dict.fromkeys(keys, student))
            by_look[look] = by_group[group] = student
            by_sent.update(dict.fromkeys(sent, student))
    return found


def _namesakes(lessons: Iterable[Iterable[Keyed]]) -> set[_Look]:
    """Names of one class that are two students, by their half-groups.

    Who changes half-group goes from one to the other; one who seems to come back after a lesson of the other
    is somebody else.
    """
    groups: dict[_Look, list[frozenset[str]]] = defaultdict(list)
    for lesson in lessons:
        for outcome in lesson:
            mine, before = group_keys(outcome.group or ""), groups[_look(outcome)]
            if mine and mine not in before[-1:]:
                before.append(mine)
    return {
        look
        for look, mine in groups.items()
        if len(set(mine)) < len(mine) and not frozenset.intersection(*mine)
    }


def _keys_of_several(outcomes: Iterable[Keyed]) -> set[str]:
    """The keys under which these stand in more than one half-group."""
    groups: dict[str, set[frozenset[str]]] = defaultdict(set)
    for outcome in outcomes:
        for key in outcome.keys:
            groups[key].add(group_keys(outcome.group or ""))
    return {key for key, mine in groups.items() if len(mine) > 1}


def _look(outcome: Keyed) -> _Look:
    return name_key(outcome.last_name), name_key(outcome.first_name), class_key(outcome.place or "")


def _key_counts(lesson: Iterable[Keyed]) -> Counter[str]:
    return Counter(key for outcome in lesson for key in set(outcome.keys))
