"""Looks up whom a journal, a decision or another lesson names among the students of a board."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.people.identities import class_key
from pixsession.domain.people.matches import PersonLabel
from pixsession.domain.people.students import name_key, place_key

if TYPE_CHECKING:
    from pixsession.domain.certification.day import Action, Who

_Name = tuple[str, str]


class StudentLookup:
    """Finds the students of a board by what an action says of them; where two fit, it is nobody's."""

    def __init__(self, rows: Iterable[BoardRow]) -> None:
        self._by_key: dict[str, set[int]] = defaultdict(set)
        self._by_name: dict[_Name, set[int]] = defaultdict(set)
        self._places: dict[int, frozenset[str]] = {}
        self._found: dict[Who, int | None] = {}
        for row in rows:
            self._places[row.student_id] = frozenset(
                class_key(place) for place in (row.division, row.group) if place
            )
            for key in row.keys:
                self._by_key[key].add(row.student_id)
            if name := _name(row.last_name, row.first_name):
                self._by_name[name].add(row.student_id)

    def student(self, who: Who) -> int | None:
        """The id of the student: by a key in common, else by name and class, else by name alone."""
        if who not in self._found:
            self._found[who] = self._find(who)
        return self._found[who]

    def _find(self, who: Who) -> int | None:
        holders = [self._by_key.get(key, set()) for key in who.keys]
        # Two students whom a list does not tell apart share its key: one that is of one student says more.
        known = set[int]().union(*(ids for ids in holders if len(ids) == 1)) or set[int]().union(*holders)
        name = _name(who.last_name, who.first_name)
        named = self._by_name.get(name, set()) if name else set()
        candidates = known or named
        if len(candidates) > 1 and known:
            candidates = known & named or known
        if len(candidates) > 1 and who.place:
            place = class_key(who.place)
            candidates = {student for student in candidates if place in self._places[student]}
        return next(iter(candidates)) if len(candidates) == 1 else None


def orphans_of(actions: Iterable[Action], rows: Sequence[BoardRow]) -> tuple[Action, ...]:
    """The actions that stand and fit nobody of the board, each with only those whom it was lost for."""
    # (c), (d): the board of profiles, which has no actions, is read and painted without their modules.
    from pixsession.domain.certification.actions import effective_actions  # noqa: PLC0415

    lookup = StudentLookup(rows)
    lost = (
        action._replace(who=tuple(who for who in action.who if lookup.student(who) is None))
        for action in effective_actions(actions)
    )
    return tuple(action for action in lost if action.who)


def row_of(person: PersonLabel, rows: Iterable[BoardRow]) -> BoardRow | None:
    """The one row with this name and class; None where there are several, or none."""
    wanted, place = _written_name(person), place_key(person.place or "")
    found = [
        row
        for row in rows
        if _written_name(row) == wanted
        and (not person.place or place in {place_key(row.division or ""), place_key(row.group or "")})
    ]
    return found[0] if len(found) == 1 else None


def are_alike(people: Iterable[PersonLabel]) -> bool:
    """Whether names and classes alone do not tell these people apart."""
    seen = [(name_key(f"{one.last_name} {one.first_name}"), place_key(one.place or "")) for one in people]
    return len(seen) != len(set(seen))


def _written_name(person: PersonLabel | BoardRow) -> _Name:
    return name_key(person.last_name), name_key(person.first_name)


def _name(last: str, first: str) -> _Name | None:
    """A name made comparable as in the keys of decisions, without spaces; None where there is none."""
    name = tuple(name_key(text).replace(" ", "") for text in (last, first))
    return (name[0], name[1]) if any(name) else None
