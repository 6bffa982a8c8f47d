"""What supervisors can do; by itself, as every journal is read with these kinds, whatever the board."""

from __future__ import annotations

from enum import StrEnum


class ActionKind(StrEnum):
    """What a supervisor can do; the values are kinds of entries of the journal."""

    PRESENT = "act.present"
    ABSENT = "act.absent"
    LATE = "act.late"
    REDIRECT = "act.redirect"
    AUTHORISE = "act.authorise"
    START = "act.start"
    FINISH = "act.finish"
    STOP = "act.stop"
    RESUME = "act.resume"
    PAUSE = "act.pause"
    UNPAUSE = "act.unpause"
    INCIDENT = "act.incident"
    NOTE = "act.note"
    TICK = "act.tick"
    UNTICK = "act.untick"
    CALL = "act.call"  # to this session, on the day, whom no list names; `room` where one was chosen
    EXTRA_TIME = "act.extra_time"  # `extra_time` from now on, whatever the list says
    ROOM = "act.room"  # called to `room` from now on
    HANDLED = "act.handled"  # the open incidents with this `code`, or all; `text`: by whom
    OBSERVE = "act.observe"  # in a lesson: `text` is one of the session's observations
    DELEGATE = "act.delegate"  # in a lesson: a pupil who helps the others with Pix, from now on
    UNDELEGATE = "act.undelegate"
    UNDO = "act.undo"


PRESENCES = frozenset({ActionKind.PRESENT, ActionKind.ABSENT, ActionKind.LATE})
