"""What a teacher noted in a lesson, by student: observations, notes, who is absent, who helps the others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.action_kinds import PRESENCES
from pixsession.domain.certification.day import Action, ActionKind
from pixsession.domain.lesson.view import Observation
from pixsession.domain.people.identities import class_key
from pixsession.domain.people.resolver import StudentLookup
from pixsession.domain.people.students import name_key

_NOTING = frozenset({ActionKind.OBSERVE, ActionKind.NOTE})
_HELPING = frozenset({ActionKind.DELEGATE, ActionKind.UNDELEGATE})
_PLACE = re.compile(r"\(([^()]*)\)\s*$")  # behind a typed name


class Noted(NamedTuple):
    """What was noted of whom, by student id: oldest first."""

    observations: Mapping[int, Sequence[Observation]]
    notes: Mapping[int, Sequence[Observation]]
    absent: frozenset[int]
    delegates: frozenset[int]

    def of(self, student: int) -> tuple[tuple[Observation, ...], tuple[Observation, ...], bool]:
        """Observations, notes, and whether the student helps the others."""
        observations, notes = self.observations.get(student, ()), self.notes.get(student, ())
        return tuple(observations), tuple(notes), student in self.delegates


def noted_in(
    done: Iterable[Action], standing: Iterable[Action], rows: Sequence[BoardRow], named: Iterable[str]
) -> Noted:
    """`done` in this lesson; `standing` before it too: who helps the others does so for the year.

    `named`: who does so by the session file, "NOM Prénom" or "NOM Prénom (3eB)".
    """
    lookup = StudentLookup(rows)
    observations: dict[int, list[Observation]] = defaultdict(list)
    notes: dict[int, list[Observation]] = defaultdict(list)
    absent: dict[int, bool] = {}
    for action in done:
        for student in _students_of(action, lookup):
            if action.kind in _NOTING:
                found = observations if action.kind is ActionKind.OBSERVE else notes
                found[student].append(Observation(action.at, action.text, action.entry_id))
            elif action.kind in PRESENCES:
                absent[student] = action.kind is ActionKind.ABSENT
    delegates = _delegates(named, rows)
    for action in standing:
        if action.kind is ActionKind.DELEGATE:
            delegates |= _students_of(action, lookup)
        elif action.kind is ActionKind.UNDELEGATE:
            delegates -= _students_of(action, lookup)
    return Noted(
        observations, notes, frozenset(one for one, is_so in absent.items() if is_so), frozenset(delegates)
    )


def helpers_named(named: Iterable[str], standing: Iterable[Action]) -> tuple[str, ...]:
    """Who helps the others by a session file and by what was done since, named as such a file does."""
    found = list(named)
    for action in standing:
        for who in action.who if action.kind in _HELPING else ():
            name = f"{who.last_name} {who.first_name}".strip()
            text = f"{name} ({who.place})" if who.place else name
            found = [one for one in found if not _is_named(one, text)]
            found += [text] if action.kind is ActionKind.DELEGATE else []
    return tuple(found)


def _is_named(name: str, other: str) -> bool:
    """Whether two names of a session file are of one student; a class that one lacks tells nothing."""
    (mine, here), (theirs, there) = _split(name), _split(other)
    return mine == theirs and (not here or not there or here == there)


def _split(name: str) -> tuple[list[str], str]:
    """The words of a typed name in their order, and the class behind it."""
    place = _PLACE.search(name)
    return sorted(name_key(_PLACE.sub("", name)).split()), class_key(place[1]) if place else ""


def _students_of(action: Action, lookup: StudentLookup) -> set[int]:
    return {student for who in action.who if (student := lookup.student(who)) is not None}


def _delegates(names: Iterable[str], rows: Sequence[BoardRow]) -> set[int]:
    """The students of these names; one that two students have is nobody's."""
    found = (_named(name, rows) for name in names)
    return {ids[0] for ids in found if len(ids) == 1}


def _named(name: str, rows: Iterable[BoardRow]) -> list[int]:
    words, place = _split(name)
    named = (row for row in rows if sorted(name_key(f"{row.last_name} {row.first_name}").split()) == words)
    return [row.student_id for row in named if not place or place in _places(row)]


def _places(row: BoardRow) -> set[str]:
    return {class_key(place) for place in (row.division, row.group) if place}
