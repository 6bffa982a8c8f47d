"""What happened to each student on the day of a session, as the actions of the supervisors tell it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from pixsession.domain.certification.action_kinds import (
    ActionKind as ActionKind,  # noqa: PLC0414 - part of an action
)
from pixsession.domain.certification.session import Session
from pixsession.domain.pix.campaign import Source
from pixsession.domain.share.place import Post


class Who(NamedTuple):
    """A student as an action names them: every key they had then, and how they looked."""

    keys: tuple[str, ...]
    last_name: str
    first_name: str
    place: str | None


class Action(NamedTuple):
    """One thing that a supervisor did. Paris time; `who` is empty for what concerns a whole room or the day.

    `text`: note, incident note, item of the checklist. `code`: of an incident, as Pix names it (E1 … C8).
    `planned`: of a pause; else it is incident time. `undoes`: the id of the action taken back. Of a stop,
    `code` is a `StopReason`; of a pause, `text` is its cause. `extra_time` is a fraction, 0.33.
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
    extra_time: float | None = None
    post: Post | None = None  # of a shared session: which computer it was done on

    @property
    def rank(self) -> tuple[str, str]:
        """Sort key: the order in which actions count."""
        return self.order or self.at.isoformat(), self.entry_id


class Undone(NamedTuple):
    """An action that was taken back, and when."""

    action: Action
    at: datetime


class StopReason(StrEnum):
    """Why a test was given up, as Pix Certif asks when the session is finalised ("raison de l'abandon")."""

    STUDENT = "STUDENT"  # "Abandon : Manque de temps ou départ prématuré"
    TECHNICAL = "TECHNICAL"  # "Problème technique"


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
    cause: str = ""


class Incident(NamedTuple):
    """Something reported, by Pix's code; a code E is open until it is `handled_at`."""

    at: datetime
    code: str
    text: str
    handled_at: datetime | None = None
    handled_by: str = ""  # as it was typed in, else the post of a shared session


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
    stop_reason: StopReason | None = None


class DayState(StrEnum):
    """What a student needs now, in the order of need; the values are those of the JSON contract."""

    TO_CALL_BACK = "to_call_back"  # was redirected, eligible now: the minutes count
    OVERTIME = "overtime"
    TO_REDIRECT = "to_redirect"  # not eligible, and not known to be absent
    TO_CHECK = "to_check"
    NOT_IN_EXPORT = "not_in_export"  # in no collection of profiles
    NOT_SENT = "not_sent"
    IN_REMEDIATION = "in_remediation"
    EXPECTED = "expected"  # eligible, not seen yet
    READY = "ready"
    RUNNING = "running"
    ABSENT = "absent"
    FINISHED = "finished"


class Alert(StrEnum):
    """What is worse than the state alone says, in the order of need."""

    INCIDENT = "incident"  # a code E that nobody has handled: the question blocks the test
    FALLEN = "fallen"  # the test runs, and the newest export says not eligible
    DOUBT = "doubt"  # the test runs, and the verdict is in doubt
    SEND_AGAIN = "send_again"  # the path of the remediation is done: the profile has to be sent again


class RoomTotals(NamedTuple):
    """The line of totals of one room."""

    room: str
    students: int
    counts: dict[DayState, int]


class DayView(NamedTuple):
    """The day as the board shows it: by student id what happened and what is needed, and who did what.

    `ticked`: items of the checklist, with the time. `paused`: rooms whose clocks stand, with the pause.
    `calls_everybody`: no list says who is called. `warnings`: what is doubtful about that, a sentence each.
    `off_list`: whose test was started, and whom no list calls any more.
    `undone`: what was taken back, in the order in which it was done; it counts for nothing else here.
    """

    session: Session
    days: Mapping[int, StudentDay]
    states: Mapping[int, DayState]
    rooms: Mapping[int, str]  # the room that each student is called to
    totals: tuple[RoomTotals, ...]
    actions: tuple[Action, ...]  # those that stand, newest last
    ticked: Mapping[str, datetime]
    paused: Mapping[str, Pause]
    alerts: Mapping[int, tuple[Alert, ...]] = MappingProxyType({})  # of those who have any
    calls_everybody: bool = False
    warnings: tuple[str, ...] = ()
    off_list: frozenset[int] = frozenset()
    sources: Mapping[str, Source] = MappingProxyType({})  # the exports that rows name, by their origin
    undone: tuple[Undone, ...] = ()
    has_exports: bool = True  # of a collection of profiles; before the first nobody is outside of one
