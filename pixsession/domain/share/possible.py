"""Which entries of a shared session its program can have written: the others are shown, and not obeyed.

Whoever may write into the folder may write a line. What is judged here is what the set of all entries tells,
so that every post comes to the same answer, in whatever order they arrive.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple

from pixsession.domain.board.entries import Entry
from pixsession.domain.certification.actions import action_of
from pixsession.domain.certification.day import Action, ActionKind
from pixsession.domain.people.students import name_key
from pixsession.foundation.i18n import N_

# Clocks of a school are up to so far apart before they are compared.
_CLOCKS_DIFFER = timedelta(minutes=15)
_TOKEN = re.compile(r"-([0-9a-f]{8})[0-9a-f]{8}(?:\.jsonl)?$")
# What has to be there before it, for the same student: the program refuses it else.
_NEEDS = {
    ActionKind.FINISH: ActionKind.START,
    ActionKind.STOP: ActionKind.START,
    ActionKind.RESUME: ActionKind.STOP,
    ActionKind.HANDLED: ActionKind.INCIDENT,
}


class Impossible(Enum):
    """Why the program cannot have written an entry, in words."""

    EARLY = N_("{file}, entry {n}: dated before the session was begun, not counted")
    POST = N_("{file}, entry {n}: names another post than its file, not counted")
    ORDER = N_("{file}, entry {n}: takes a place before its own time, not counted")
    STATE = N_("{file}, entry {n}: what the program would have refused, not counted")


class Judged(NamedTuple):
    """The entries that count, in their order, and the others with the reason."""

    possible: tuple[Entry, ...]
    impossible: tuple[tuple[Entry, Impossible], ...]


def judged(entries: Sequence[Entry], begun: datetime | None) -> Judged:
    """Judge entries that stand in their order; `begun`: when the session was, None: not known."""
    possible, impossible = list[Entry](), list[tuple[Entry, Impossible]]()
    done: dict[ActionKind, set[str]] = defaultdict(set)  # of each kind, whom it was done to so far
    for entry in entries:
        action = action_of(entry)
        why = _by_itself(entry, begun) or _by_state(action, done)
        if why is not None:
            impossible.append((entry, why))
            continue
        possible.append(entry)
        if action is not None:
            done[action.kind] |= _names(action)
    return Judged(tuple(possible), tuple(impossible))


def _by_itself(entry: Entry, begun: datetime | None) -> Impossible | None:
    if entry.post is None:
        return None  # written before the session was shared, and brought by who began to share it
    token = _TOKEN.search(entry.origin)
    if token is None or token[1] != entry.post.id:
        return Impossible.POST
    at = datetime.fromisoformat(entry.at) + timedelta(seconds=entry.offset or 0.0)
    if begun is not None and at < begun - _CLOCKS_DIFFER:
        return Impossible.EARLY
    return Impossible.ORDER if datetime.fromisoformat(entry.order) < at - _CLOCKS_DIFFER else None


def _by_state(action: Action | None, done: Mapping[ActionKind, set[str]]) -> Impossible | None:
    needed = _NEEDS.get(action.kind) if action is not None else None
    if action is None or needed is None or not action.who:
        return None
    return None if done.get(needed, set()).intersection(_names(action)) else Impossible.STATE


def _names(action: Action) -> set[str]:
    """What an action calls its students: their keys, and their names, as keys change with the lists."""
    keys = {key for who in action.who for key in who.keys}
    return keys | {f"{name_key(who.last_name)} {name_key(who.first_name)}" for who in action.who}
