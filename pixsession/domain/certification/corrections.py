"""What supervisors change on the day of what the lists say: who is called, where, with how much time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, Expectation
from pixsession.domain.certification.day import Action, ActionKind
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.matches import MatchRule
from pixsession.domain.people.resolver import PeopleList, StudentLookup
from pixsession.foundation.i18n import _


class Corrections(NamedTuple):
    """By student: who was added to the list, the extra time and the room that were entered by hand.

    `started`: whose test was started, and when: no list takes them off the board again.
    """

    added: frozenset[int]
    extra_time: Mapping[int, float]
    rooms: Mapping[int, str]
    started: Mapping[int, datetime]


def corrections_of(actions: Iterable[Action], rows: Sequence[BoardRow]) -> Corrections:
    """What the actions that stand change; the last one counts."""
    lookup = StudentLookup(rows)
    added: set[int] = set()
    extra_time: dict[int, float] = {}
    rooms: dict[int, str] = {}
    started: dict[int, datetime] = {}
    for action in actions:
        found = {student for who in action.who if (student := lookup.student(who)) is not None}
        if action.kind is ActionKind.CALL:
            added |= found
        if action.kind is ActionKind.START:
            started |= dict.fromkeys(found, action.at)
        if action.kind is ActionKind.EXTRA_TIME and action.extra_time is not None:
            extra_time |= dict.fromkeys(found, action.extra_time)
        if action.kind in {ActionKind.CALL, ActionKind.ROOM} and action.room:
            rooms |= dict.fromkeys(found, action.room)
    return Corrections(frozenset(added), extra_time, rooms, started)


def corrected(row: BoardRow, corrections: Corrections) -> BoardRow:
    """The row with what was entered by hand in place of what its list says."""
    extra, room = corrections.extra_time.get(row.student_id), corrections.rooms.get(row.student_id)
    if extra is None and room is None and row.student_id not in corrections.added:
        return row
    is_shown = row.origin is not None or bool(row.participations)
    by_hand = Expectation(_("entered by hand"), MatchRule.DECISION if is_shown else None)
    expected = row.expected or by_hand
    if extra is not None:
        expected = expected._replace(extra_time=extra)
    return row._replace(expected=expected._replace(room=room) if room is not None else expected)


def typed_in(actions: Iterable[Action]) -> tuple[PeopleList, ...]:
    """Those added on the day by their name alone, a list for each time."""
    return tuple(
        PeopleList(
            _("entered by hand"),
            tuple(
                ExpectedStudent(number, who.last_name, who.first_name, division=who.place)
                for number, who in enumerate(action.who, 1)
            ),
            room=action.room,
        )
        for action in actions
        if action.kind is ActionKind.CALL and not any(who.keys for who in action.who)
    )
