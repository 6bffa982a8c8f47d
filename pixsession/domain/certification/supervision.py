"""The day of a session, told from the actions of its supervisors: what happened to whom, and to all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.actions import (
    action_of,
    effective_actions,
    facts_of,
    last_effective_action,
    undone_actions,
)
from pixsession.domain.certification.alerts import alerts_of_all, need_of_day
from pixsession.domain.certification.clock import paused_for, personal_end
from pixsession.domain.certification.day import (
    Action,
    ActionKind,
    DayView,
    Incident,
    Note,
    Pause,
    Presence,
    StopReason,
    StudentDay,
)
from pixsession.domain.certification.refusals import refusal
from pixsession.domain.certification.session import Session
from pixsession.domain.certification.states import day_state, room_totals
from pixsession.domain.people.resolver import StudentLookup, orphans_of
from pixsession.domain.people.students import name_key

# The names that other packages import from here.
__all__ = [
    "action_of",
    "day_state",
    "day_view",
    "days_of",
    "effective_actions",
    "facts_of",
    "last_effective_action",
    "need_of_day",
    "orphans_of",
    "paused_for",
    "paused_rooms",
    "personal_end",
    "refusal",
    "room_totals",
    "ticked_items",
]


def day_view(
    session: Session,
    actions: Iterable[Action],
    rows: Sequence[BoardRow],
    rooms: Mapping[int, str],
    became_eligible: Mapping[int, datetime],
    now: datetime,
) -> DayView:
    """The whole day as the board shows it. The lists are those of `days_of`."""
    listed = tuple(actions)
    stand = effective_actions(listed)
    days = days_of(stand, rows, rooms, became_eligible)
    states = {row.student_id: day_state(row, days[row.student_id], session, now) for row in rows}
    called = {row.student_id: rooms[row.student_id] for row in rows if row.student_id in rooms}
    names = [room.name for room in session.rooms]
    return DayView(
        session,
        days,
        states,
        called,
        room_totals(session, called, states),
        stand,
        ticked_items(stand),
        paused_rooms(stand, names),
        alerts_of_all({row.student_id: row for row in rows}, days, states, session),
        undone=undone_actions(listed),
    )


def days_of(
    actions: Iterable[Action],
    rows: Sequence[BoardRow],
    rooms: Mapping[int, str],
    became_eligible: Mapping[int, datetime],
) -> dict[int, StudentDay]:
    """What happened so far to each student of the board, by student id; nothing, to most, in the morning.

    `rooms`: the room that each student is called to; a pause of that room is theirs. `became_eligible`: the
    time of the export by which a student last became eligible. What makes no sense in the order in which
    it was done, as when two programs act at once, changes nothing.
    """
    stand = effective_actions(actions)
    lookup = StudentLookup(rows)
    own: dict[int, list[Action]] = defaultdict(list)
    for action in stand:
        found = {lookup.student(who) for who in action.who}
        for student in found - {None}:
            if student is not None:
                own[student].append(action)
    of_rooms = _room_pauses(stand, rooms.values())
    days = {}
    for row in rows:
        day = _told(own[row.student_id])
        pauses = of_rooms.get(_room_key(rooms.get(row.student_id)), [])
        days[row.student_id] = _completed(day, pauses, became_eligible.get(row.student_id))
    return days


def paused_rooms(actions: Iterable[Action], names: Iterable[str]) -> dict[str, Pause]:
    """The rooms, of these, whose clocks stand, with their pause."""
    listed = list(names)
    pauses = _room_pauses(effective_actions(actions), listed)
    last = {name: pauses.get(_room_key(name), [])[-1:] for name in listed}
    return {name: found[0] for name, found in last.items() if found and found[0].end is None}


def ticked_items(actions: Iterable[Action]) -> dict[str, datetime]:
    """The items of the checklist that are done, with the time; the first tick counts."""
    ticked: dict[str, datetime] = {}
    for action in effective_actions(actions):
        if action.kind is ActionKind.TICK:
            ticked.setdefault(action.text, action.at)
        elif action.kind is ActionKind.UNTICK:
            ticked.pop(action.text, None)
    return ticked


def _room_key(room: str | None) -> str | None:
    return None if room is None else name_key(room)


def _room_pauses(actions: Iterable[Action], rooms: Iterable[str]) -> dict[str | None, list[Pause]]:
    """The pauses of each room, by its key; one without a room is of every room, and under None too."""
    pauses: dict[str | None, list[Pause]] = {None: [], **{_room_key(room): [] for room in rooms}}
    for action in actions:
        if action.who or action.kind not in {ActionKind.PAUSE, ActionKind.UNPAUSE}:
            continue
        key = _room_key(action.room)
        for name in pauses if key is None else {key} & pauses.keys():
            pauses[name] = list(_paused(tuple(pauses[name]), action, of_room=True))
    return pauses


def _paused(pauses: tuple[Pause, ...], action: Action, *, of_room: bool) -> tuple[Pause, ...]:
    """The pauses after one more action; of two equal actions the first counts."""
    lasts = bool(pauses) and pauses[-1].end is None
    if action.kind is ActionKind.PAUSE and not lasts:
        return (*pauses, Pause(action.at, None, action.planned, of_room, action.text))
    if action.kind is not ActionKind.PAUSE and lasts:
        return (*pauses[:-1], pauses[-1]._replace(end=action.at))
    return pauses


def _completed(day: StudentDay, of_room: Iterable[Pause], became_eligible: datetime | None) -> StudentDay:
    """The day completed with the pauses of the room during the test, and with what the exports show."""
    start, end = day.started_at, day.finished_at or day.stopped_at
    shared = [
        pause
        for pause in of_room
        if start is not None
        and (pause.end is None or pause.end > start)
        and (end is None or pause.begin < end)
    ]
    pauses = tuple(sorted((*day.pauses, *shared), key=lambda pause: (pause.begin, pause.of_room)))
    again = became_eligible if _is_after(became_eligible, day.redirected_at) else None
    return day._replace(pauses=pauses, eligible_again_at=again)


def _is_after(export: datetime | None, redirected: datetime | None) -> bool:
    """Whether the export is no older than the redirection, to the minute: stamps have no seconds."""
    if export is None or redirected is None:
        return False
    return export >= redirected.replace(second=0, microsecond=0)


def _told(actions: Iterable[Action]) -> StudentDay:
    day = StudentDay()
    for action in actions:
        day = _EFFECTS[action.kind](day, action)
    return day


def _runs(day: StudentDay) -> bool:
    """Whether the test has begun and has not ended: only then can it be stopped or paused."""
    return day.started_at is not None and day.finished_at is None and day.stopped_at is None


def _seen(day: StudentDay, action: Action) -> StudentDay:
    """The student must be present for this action; a presence already noted keeps its value and time."""
    if day.presence in {Presence.PRESENT, Presence.LATE}:
        return day
    return day._replace(presence=Presence.PRESENT, presence_at=action.at)


def _present(day: StudentDay, action: Action) -> StudentDay:
    """Present again after a redirection means back from the remediation."""
    if day.redirected_at is not None and day.presence in {Presence.PRESENT, Presence.LATE}:
        return day._replace(back_at=action.at)  # the time of the first arrival stays
    return day._replace(presence=Presence.PRESENT, presence_at=action.at)


def _late(day: StudentDay, action: Action) -> StudentDay:
    return day._replace(presence=Presence.LATE, presence_at=action.at)


def _absent(day: StudentDay, action: Action) -> StudentDay:
    if day.started_at is not None:
        return day
    return day._replace(presence=Presence.ABSENT, presence_at=action.at)


def _redirected(day: StudentDay, action: Action) -> StudentDay:
    if day.started_at is not None:
        return day
    # A redirection voids an earlier authorisation.
    return _seen(day, action)._replace(redirected_at=action.at, authorised_at=None, back_at=None)


def _authorised(day: StudentDay, action: Action) -> StudentDay:
    return _seen(day, action)._replace(authorised_at=action.at)


def _started(day: StudentDay, action: Action) -> StudentDay:
    """The first start counts; a start after a stop resumes the test."""
    if day.started_at is not None:
        return _resumed(day, action)
    return _seen(day, action)._replace(started_at=action.at)


def _finished(day: StudentDay, action: Action) -> StudentDay:
    if not _runs(day):
        return day
    return _unpaused(day, action)._replace(finished_at=action.at)


def _stopped(day: StudentDay, action: Action) -> StudentDay:
    if not _runs(day):
        return day
    reason = _STOP_REASONS.get(action.code)
    return _unpaused(day, action)._replace(stopped_at=action.at, stop_reason=reason)


def _resumed(day: StudentDay, action: Action) -> StudentDay:
    """Resume the test: the time since the stop counts as incident time, which extends the end."""
    if day.stopped_at is None:
        return day
    lost = Pause(day.stopped_at, action.at, planned=False, of_room=False)
    return day._replace(stopped_at=None, stop_reason=None, pauses=(*day.pauses, lost))


def _pause(day: StudentDay, action: Action) -> StudentDay:
    if not _runs(day):
        return day
    return day._replace(pauses=_paused(day.pauses, action, of_room=False))


def _unpaused(day: StudentDay, action: Action) -> StudentDay:
    return day._replace(pauses=_paused(day.pauses, action._replace(kind=ActionKind.UNPAUSE), of_room=False))


def _incident(day: StudentDay, action: Action) -> StudentDay:
    return day._replace(incidents=(*day.incidents, Incident(action.at, action.code, action.text)))


def _handled(day: StudentDay, action: Action) -> StudentDay:
    """The open incidents with this code, or all; what was handled stays as it was handled first."""
    incidents = tuple(
        one._replace(
            handled_at=action.at, handled_by=action.text or (action.post.name if action.post else "")
        )
        if one.handled_at is None and action.code in {"", one.code}
        else one
        for one in day.incidents
    )
    return day._replace(incidents=incidents)


def _noted(day: StudentDay, action: Action) -> StudentDay:
    return day._replace(notes=(*day.notes, Note(action.at, action.text)))


def _same(day: StudentDay, _action: Action) -> StudentDay:
    return day


_STOP_REASONS = {reason.value: reason for reason in StopReason}
_EFFECTS: dict[ActionKind, Callable[[StudentDay, Action], StudentDay]] = {
    ActionKind.PRESENT: _present,
    ActionKind.ABSENT: _absent,
    ActionKind.LATE: _late,
    ActionKind.REDIRECT: _redirected,
    ActionKind.AUTHORISE: _authorised,
    ActionKind.START: _started,
    ActionKind.FINISH: _finished,
    ActionKind.STOP: _stopped,
    ActionKind.RESUME: _resumed,
    ActionKind.PAUSE: _pause,
    ActionKind.UNPAUSE: _unpaused,
    ActionKind.INCIDENT: _incident,
    ActionKind.NOTE: _noted,
    ActionKind.HANDLED: _handled,
    ActionKind.CALL: _same,
    ActionKind.EXTRA_TIME: _same,
    ActionKind.ROOM: _same,
    ActionKind.OBSERVE: _same,
    ActionKind.DELEGATE: _same,
    ActionKind.UNDELEGATE: _same,
    ActionKind.TICK: _same,
    ActionKind.UNTICK: _same,
    ActionKind.UNDO: _same,
}
