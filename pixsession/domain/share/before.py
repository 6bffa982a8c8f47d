"""What had been done before an entry, as far as it says that the program would have refused the entry.

Its post may have known less than the set of all entries tells, as others acted at that moment. So only what
the post had to know is held against it: what an entry is about has to be there, and what the post itself had
done before stands.
"""

from __future__ import annotations

from collections import defaultdict

from pixsession.domain.board.entries import Entry, FileEntryKind, MatchEntry
from pixsession.domain.certification.action_kinds import PRESENCES
from pixsession.domain.certification.actions import action_of
from pixsession.domain.certification.day import Action, ActionKind, Who
from pixsession.domain.certification.incidents import is_live
from pixsession.domain.people.students import name_key

# What has to be there before it, for the same student.
NEEDS = {
    ActionKind.FINISH: ActionKind.START,
    ActionKind.STOP: ActionKind.START,
    ActionKind.PAUSE: ActionKind.START,
    ActionKind.RESUME: ActionKind.STOP,
    ActionKind.UNPAUSE: ActionKind.PAUSE,
    ActionKind.HANDLED: ActionKind.INCIDENT,
}
# Refused once the test of the student has begun.
BEFORE_THE_TEST = frozenset({ActionKind.START, ActionKind.ABSENT, ActionKind.REDIRECT, ActionKind.AUTHORISE})
# What a lesson has. Of these, and of these alone, the state of no student refuses any but a presence.
OF_LESSONS = PRESENCES | frozenset(
    {ActionKind.OBSERVE, ActionKind.DELEGATE, ActionKind.UNDELEGATE, ActionKind.NOTE}
    | {ActionKind.TICK, ActionKind.UNTICK, ActionKind.UNDO}
)
NOT_OF_CERTIFICATIONS = frozenset({ActionKind.OBSERVE, ActionKind.DELEGATE, ActionKind.UNDELEGATE})
# In which of its facts an entry that takes back names what it takes back, and of which kinds that is.
TAKES_BACK: dict[str, tuple[str, frozenset[str]]] = {
    ActionKind.UNDO: ("undoes", frozenset(ActionKind) - {ActionKind.UNDO}),
    MatchEntry.UNDO: ("entry", frozenset({MatchEntry.SAME, MatchEntry.DIFFERENT})),
    FileEntryKind.COUNT: ("entry", frozenset({FileEntryKind.TAKE_BACK})),
}


_OWN_KINDS = frozenset[str]({*ActionKind, *MatchEntry, *FileEntryKind})


class Before:
    """The entries that count so far; used by one thread."""

    def __init__(self, *, is_lesson: bool) -> None:
        self._of_session = OF_LESSONS if is_lesson else frozenset(ActionKind) - NOT_OF_CERTIFICATIONS
        self._kinds: dict[str, str] = {}  # by id
        self._done: dict[ActionKind, set[str]] = defaultdict(set)  # of each kind, to whom or to which room
        # By the keys of a student: the program that began the test, where nothing was done to them since.
        self._begun_by: dict[frozenset[str], str] = {}

    def allows(self, entry: Entry) -> bool:
        """Whether the program can have written it after these; of a kind that is not known it can."""
        if entry.kind in TAKES_BACK:
            name, kinds = TAKES_BACK[entry.kind]
            taken_back = self._kinds.get(str(entry.facts.get(name)))
            return taken_back in kinds or (taken_back is not None and taken_back not in _OWN_KINDS)
        action = action_of(entry)
        if action is None:
            return True
        if action.kind not in self._of_session:
            return False
        if action.kind in BEFORE_THE_TEST and any(
            self._begun_by.get(frozenset(who.keys)) == entry.origin for who in action.who
        ):
            return False
        needed = _needed(action)
        return needed is None or all(self._done[needed].intersection(_names(one)) for one in _about(action))

    def note(self, entry: Entry) -> None:
        """Count an entry from now on."""
        self._kinds[entry.id] = entry.kind
        action = action_of(entry)
        if action is None or action.kind is ActionKind.UNDO:
            self._begun_by.clear()  # who is who may be another one now, and a start be taken back
            return
        for keys in (frozenset(who.keys) for who in action.who):
            if action.kind is ActionKind.START:
                self._begun_by[keys] = entry.origin
            elif self._begun_by.get(keys) != entry.origin:
                self._begun_by = {one: by for one, by in self._begun_by.items() if not one & keys}
        for one in _about(action):
            self._done[action.kind] |= _names(one)


def _needed(action: Action) -> ActionKind | None:
    """What has to be there before an action, for its students or its room."""
    if action.kind is ActionKind.INCIDENT:
        return ActionKind.START if action.who and is_live(action.code) else None
    # A room may be paused before any of its tests begins.
    is_of_room = not action.who and action.kind is not ActionKind.UNPAUSE
    return None if is_of_room else NEEDS.get(action.kind)


def _about(action: Action) -> tuple[Who | None, ...]:
    return action.who or (None,)


def _names(one: Who | None) -> set[str]:
    """What an action calls a student: keys, and the name, as keys change with the lists; or any room."""
    if one is None:
        return {""}
    return {*one.keys, f"{name_key(one.last_name)} {name_key(one.first_name)}"}
