"""What supervisors do, as entries of the journal and back, and which of it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, TypeGuard

from pixsession.domain.board.entries import Entry, Json
from pixsession.domain.certification.day import Action, ActionKind, Undone, Who
from pixsession.domain.lesson.observed import observation_words
from pixsession.foundation.clock import in_paris

_KINDS = {kind.value: kind for kind in ActionKind}
# Kinds that need no student: they concern a room, or the whole session.
_FOR_NOBODY = frozenset(
    {ActionKind.PAUSE, ActionKind.UNPAUSE, ActionKind.INCIDENT, ActionKind.NOTE}
    | {ActionKind.TICK, ActionKind.UNTICK, ActionKind.UNDO}
)
_MOST_EXTRA_TIME = 4.0  # as in lists: a share of the duration


class ActionRequest(NamedTuple):
    """What a supervisor asks to be written down, from the key to the journal.

    `named`: of a candidate added on the day whom no export and no list shows; as a session file types it,
    "NOM Prénom" or "NOM Prénom (3eB)".
    """

    kind: ActionKind
    students: tuple[int, ...] = ()  # by number; nobody: it is about a room, or the whole session
    text: str = ""
    code: str = ""  # of an incident
    room: str | None = None
    planned: bool = False  # a pause that Pix's rules allow for
    extra_time: float | None = None  # fraction
    named: str = ""

    def at(self, moment: datetime) -> Action:
        """The action at this moment, without its students, whom the engine looks up."""
        return Action(
            "", moment, self.kind, (), self.room, self.text, self.code, self.planned,
            extra_time=self.extra_time,
        )  # fmt: skip


def action_of(entry: Entry) -> Action | None:
    """The action of an entry; None for entries of other kinds, or that do not say what they should."""
    kind = _KINDS.get(entry.kind)
    at = _moment(entry.at)
    if kind is None or at is None:
        return None
    facts = entry.facts
    named = facts.get("who", [])
    who = [_who(said) for said in named] if isinstance(named, list) else [None]
    room, planned = facts.get("room"), facts.get("planned", False)
    texts = [facts.get(name, "") for name in ("text", "code", "undoes")]
    known = [one for one in who if one is not None]
    if len(known) < len(who) or not isinstance(planned, bool) or not (room is None or isinstance(room, str)):
        return None
    text, code, undoes = (value if isinstance(value, str) else None for value in texts)
    extra_time = facts.get("extra_time")
    if text is None or code is None or undoes is None or not (extra_time is None or _is_share(extra_time)):
        return None
    if kind is ActionKind.OBSERVE:
        text = observation_words(text)
    action = Action(
        entry.id, at, kind, tuple(known), room, text, code.strip().upper(), planned, undoes, entry.order,
        extra_time, entry.post,
    )  # fmt: skip
    return action if _says_enough(action) else None


def facts_of(action: Action) -> tuple[ActionKind, dict[str, Json]]:
    """The journal entry of an action: its kind and its facts; the journal adds id and time."""
    facts: dict[str, Json] = {}
    if action.who:
        facts["who"] = [
            {
                "keys": list(who.keys),
                "last_name": who.last_name,
                "first_name": who.first_name,
                "place": who.place,
            }
            for who in action.who
        ]
    if action.room is not None:
        facts["room"] = action.room
    texts = {"text": action.text, "code": action.code, "undoes": action.undoes}
    facts.update({name: text for name, text in texts.items() if text})
    if action.planned:
        facts["planned"] = True
    if action.extra_time is not None:
        facts["extra_time"] = action.extra_time
    return action.kind, facts


def effective_actions(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions that were not taken back, in the order in which they were done; none that takes back.

    Wherever the undoing stands, in the same file or in another program's, the action is as if it had never
    been. Only what was done can be taken back: an undoing that names another undoing changes nothing.
    """
    by_id = {action.entry_id: action for action in actions}  # the same entry, read twice, is one
    undone = {action.undoes for action in by_id.values() if action.kind is ActionKind.UNDO}
    left = (
        action
        for action in by_id.values()
        if action.kind is not ActionKind.UNDO and action.entry_id not in undone
    )
    return tuple(sorted(left, key=lambda action: action.rank))


def undone_actions(actions: Iterable[Action]) -> tuple[Undone, ...]:
    """The actions that were taken back, in the order in which they were done; the first undoing counts."""
    by_id = {action.entry_id: action for action in actions}
    undone: dict[str, Action] = {}
    for undo in sorted(by_id.values(), key=lambda action: action.rank):
        target = by_id.get(undo.undoes) if undo.kind is ActionKind.UNDO else None
        if target is not None and target.kind is not ActionKind.UNDO:
            undone.setdefault(target.entry_id, undo)
    found = (Undone(by_id[entry_id], undo.at) for entry_id, undo in undone.items())
    return tuple(sorted(found, key=lambda one: one.action.rank))


def last_effective_action(actions: Iterable[Action], origin: str = "") -> Action | None:
    """What `z` takes back: the newest action that stands; of those whose id begins with `origin` only.

    The ids of one program begin alike: nobody takes back, by one key, what a colleague has just done.
    """
    own = [action for action in effective_actions(actions) if action.entry_id.startswith(origin)]
    return own[-1] if own else None


def _says_enough(action: Action) -> bool:
    if action.kind is ActionKind.UNDO:
        return bool(action.undoes)
    if action.kind in {ActionKind.TICK, ActionKind.UNTICK} and not action.text.strip():
        return False
    if action.kind is ActionKind.INCIDENT and not action.code:
        return False
    if action.kind is ActionKind.EXTRA_TIME and action.extra_time is None:
        return False
    if action.kind is ActionKind.ROOM and not (action.room or "").strip():
        return False
    return bool(action.who) or action.kind in _FOR_NOBODY


def _is_share(value: Json) -> TypeGuard[float]:
    """Whether this may be extra time: no boolean, no infinity, nothing beyond what a list may say."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST_EXTRA_TIME


def _who(said: Json) -> Who | None:
    if not isinstance(said, dict):
        return None
    keys, place = said.get("keys", []), said.get("place")
    last, first = said.get("last_name", ""), said.get("first_name", "")
    if not (isinstance(keys, list) and isinstance(last, str) and isinstance(first, str)):
        return None
    if not (place is None or isinstance(place, str)):
        return None
    return Who(tuple(key for key in keys if isinstance(key, str)), last, first, place)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return in_paris(moment) if moment.tzinfo is not None else moment
    except (ValueError, OverflowError):
        return None
