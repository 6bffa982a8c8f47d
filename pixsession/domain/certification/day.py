"""What happened to each student on the day of a session, as the actions of the supervisors tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.certification.session import Session


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
    OBSERVE = "act.observe"  # in a lesson: `text` is one of the session's observations
    UNDO = "act.undo"


class Who(NamedTuple):
    """A student as an action names them: every key they had then, and how they looked."""

    keys: tuple[str, ...]
    last_name: str
    first_name: str
    place: str | None


class Action(NamedTuple):
    """One thing that a supervisor did. Paris time; `who` is empty for what concerns a whole room or the day.

    `text`: note, incident note, item of the checklist. `code`: of an incident, as Pix names it (E1 … C8).
    `planned`: of a pause; else it is incident time. `undoes`: the id of the action taken back.
    """

    entry_id: str
    at: datetime
    kind: ActionKind
    who: tuple[Who, ...] = ()
    room: str | None = None
    text: str = ""
    code: str = ""
    planned: bool = False
    undoes: str = ""
    order: str = ""  # see Entry

    @property
    def rank(self) -> tuple[str, str]:
        """Sort key: the order in which actions count."""
        return self.order or self.at.isoformat(), self.entry_id


class Presence(StrEnum):
    UNKNOWN = "unknown"
    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"


class Pause(NamedTuple):
    """Time out of the test; `end` is None while it lasts."""

    begin: datetime
    end: datetime | None
    planned: bool
    of_room: bool


class Incident(NamedTuple):
    """Something reported, by Pix's code."""

    at: datetime
    code: str
    text: str


class Note(NamedTuple):
    at: datetime
    text: str


class StudentDay(NamedTuple):
    """What has happened to one student so far today."""

    presence: Presence = Presence.UNKNOWN
    presence_at: datetime | None = None
    redirected_at: datetime | None = None
    eligible_again_at: datetime | None = None  # time of the export that showed it, after the redirection
    authorised_at: datetime | None = None  # None again after a redirection, which voids it
    started_at: datetime | None = None
    finished_at: datetime | None = None
    stopped_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    incidents: tuple[Incident, ...] = ()
    notes: tuple[Note, ...] = ()
    back_at: datetime | None = None  # marked present again after the redirection


class DayState(StrEnum):
    """What a student needs now, in the order of need."""

    TO_REDIRECT = "to_redirect"  # not eligible, and not known to be absent
    NOT_SENT = "not_sent"  # no profile sent, or not in the export
    TO_CHECK = "to_check"
    TO_CALL_BACK = "to_call_back"  # was redirected, eligible now
    IN_REMEDIATION = "in_remediation"
    ABSENT = "absent"
    EXPECTED = "expected"  # eligible, not seen yet
    READY = "ready"
    RUNNING = "running"
    OVERTIME = "overtime"
    FINISHED = "finished"


class RoomTotals(NamedTuple):
    """The line of totals of one room."""

    room: str
    students: int
    counts: dict[DayState, int]


class DayView(NamedTuple):
    """The day as the board shows it: by student id what happened and what is needed, and who did what.

    `ticked`: items of the checklist, with the time. `paused`: rooms whose clocks stand, with the pause.
    """

    session: Session
    days: Mapping[int, StudentDay]
    states: Mapping[int, DayState]
    rooms: Mapping[int, str]  # the room that each student is called to
    totals: tuple[RoomTotals, ...]
    actions: tuple[Action, ...]  # those that stand, newest last
    ticked: Mapping[str, datetime]
    paused: Mapping[str, Pause]
