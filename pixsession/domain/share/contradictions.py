"""Gestures of two posts on one student, or room, that contradict within seconds: the later one counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from pixsession.domain.certification.day import Action, ActionKind

_TICKS = frozenset({ActionKind.TICK, ActionKind.UNTICK})
WITHIN = timedelta(seconds=15)
# Of one group, each says what the others deny.
_GROUPS = (
    frozenset({ActionKind.PRESENT, ActionKind.ABSENT, ActionKind.LATE}),
    frozenset({ActionKind.REDIRECT, ActionKind.AUTHORISE, ActionKind.ABSENT}),
    frozenset({ActionKind.REDIRECT, ActionKind.START, ActionKind.ABSENT}),
    frozenset({ActionKind.FINISH, ActionKind.STOP, ActionKind.RESUME}),
    frozenset({ActionKind.PAUSE, ActionKind.UNPAUSE}),
    frozenset({ActionKind.DELEGATE, ActionKind.UNDELEGATE}),
    frozenset({ActionKind.TICK, ActionKind.UNTICK}),
)
# Of one kind, what says that two of them differ.
_TOLD = {
    ActionKind.ROOM: attrgetter("room"),
    ActionKind.EXTRA_TIME: attrgetter("extra_time"),
    ActionKind.STOP: attrgetter("code"),
}


class Contradiction(NamedTuple):
    """Two gestures on one student that cannot both be meant; `later` counts."""

    earlier: Action
    later: Action


def contradictions(actions: Sequence[Action]) -> tuple[Contradiction, ...]:
    """The pairs among these, which stand in their order, whatever the clocks of their posts say."""
    found = []
    for place, later in enumerate(actions):
        if later.post is None:
            continue
        for earlier in _shortly_before(actions, place):
            if earlier.post is not None and earlier.post.id != later.post.id and _contradict(earlier, later):
                found.append(Contradiction(earlier, later))
    return tuple(found)


def _shortly_before(actions: Sequence[Action], place: int) -> Iterable[Action]:
    since = _moment(actions[place]) - WITHIN
    for earlier in reversed(actions[:place]):
        if _moment(earlier) < since:
            return
        yield earlier


def _moment(action: Action) -> datetime:
    return datetime.fromisoformat(action.order) if action.order else action.at


def _contradict(one: Action, other: Action) -> bool:
    if not _are_about_one(one, other):
        return False
    if one.kind is other.kind:
        told = _TOLD.get(one.kind)
        return told is not None and told(one) != told(other)
    return any({one.kind, other.kind} <= group for group in _GROUPS)


def _are_about_one(one: Action, other: Action) -> bool:
    """Whether both are about a student, or else about one room or one item of the checklist."""
    if not (one.who or other.who):
        rooms = {one.room or other.room, other.room or one.room}  # without a room: every one
        return len(rooms) == 1 and one.text == other.text if one.kind in _TICKS else len(rooms) == 1
    keys = {key for who in one.who for key in who.keys}
    return any(keys.intersection(who.keys) for who in other.who)
