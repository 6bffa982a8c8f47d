"""Invented sessions and gestures of supervisors for the tests of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from pixsession.domain.board.snapshot import BoardRow, Expectation
from pixsession.domain.certification.day import Action, ActionKind, DayState, StudentDay, Who
from pixsession.domain.certification.session import Limits, Remediation, Room, Session, SessionKind
from pixsession.domain.certification.supervision import day_state, days_of
from pixsession.domain.pix.eligibility import Eligibility, Rule
from tests.factories.snapshots import row

SESSION = Session(
    path=None,
    kind=SessionKind.CERTIFICATION,
    title="Certification 3e",
    date=date(2026, 3, 12),
    start=time(8, 30),
    duration_minutes=100,
    rooms=(Room("Salle 1"), Room("Salle 2")),
    folders=(),
    rule=Rule(),
    remediation=Remediation(code="SOSPIX123"),
    limits=Limits(latest_start=time(10, 0)),
    checklist=("identité", "code"),
    bell=True,
)


def clock(text: str) -> datetime:
    """A moment of the day of the session, "08:52" or "08:52:30"."""
    return datetime.fromisoformat(f"2026-03-12T{text}")


def row_for(
    student_id: int = 1,
    state: Eligibility = Eligibility.ELIGIBLE,
    name: str = "",
    *,
    keys: tuple[str, ...] | None = None,
    place: str | None = "3eA",
    extra_time: float | None = None,
    sent_at: str | None = "2026-03-12T08:10",
) -> BoardRow:
    """One student, with a key of their own unless told otherwise; `name` is "LAST First"."""
    last, _space, first = (name or f"ELEVE Numéro{student_id}").partition(" ")
    expected = Expectation("liste.ods", None, extra_time=extra_time)
    found = row(student_id, last, first, state=state, place=place, sent_at=sent_at)
    return found._replace(keys=(f"key{student_id}",) if keys is None else keys, expected=expected)


def who(row: BoardRow) -> Who:
    """The student as an action names them."""
    return Who(row.keys, row.last_name, row.first_name, row.place)


def act(
    kind: ActionKind,
    at: str,
    *rows: BoardRow,
    number: int = 0,
    origin: str = "a",
    room: str | None = None,
    text: str = "",
    code: str = "",
    planned: bool = False,
) -> Action:
    """One gesture; the ids of two gestures at one moment differ by `number`."""
    entry_id = f"{origin}:{at}:{kind}:{number}"
    return Action(entry_id, clock(at), kind, tuple(map(who, rows)), room, text, code, planned)


def undo(action: Action, at: str = "12:00", number: int = 0) -> Action:
    """The gesture that takes another one back."""
    return Action(f"u:{at}:{number}", clock(at), ActionKind.UNDO, undoes=action.entry_id)


def day_after(
    row: BoardRow, actions: Iterable[Action], *, again: str | None = None, room: str = "Salle 1"
) -> StudentDay:
    """The day of one student after these gestures; `again`: the export that made them eligible."""
    became: Mapping[int, datetime] = {row.student_id: clock(again)} if again else {}
    return days_of(actions, [row], {row.student_id: room}, became)[row.student_id]


def state_after(
    row: BoardRow, actions: Iterable[Action], at: str = "09:30", *, again: str | None = None
) -> DayState:
    """What the student needs after these gestures."""
    return day_state(row, day_after(row, actions, again=again), SESSION, clock(at))
