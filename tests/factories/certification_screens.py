"""An invented session with somebody in each state, for the tests of its screens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from pixsession.domain.board.snapshot import (
    BoardRow,
    Campaign,
    CampaignProgress,
    Expectation,
    Snapshot,
    Source,
)
from pixsession.domain.certification.day import Action, ActionKind, Who
from pixsession.domain.certification.session import Limits, Remediation, Room, Session, SessionKind
from pixsession.domain.certification.supervision import day_view, need_of_day
from pixsession.domain.pix.eligibility import Eligibility, Rule
from tests.factories.snapshots import NOW, row, snapshot

SOS = Campaign("SOSPIX123", "SOSPIX123", "SOS élève non certifiable")
ROOM, OTHER_ROOM = "Salle 112", "CDI"
SESSION = Session(
    path=Path("/home/prof/session.toml"),
    kind=SessionKind.CERTIFICATION,
    title="Certification 3e, jeudi matin",
    date=NOW.date(),
    start=time(8, 0),
    duration_minutes=105,
    rooms=(Room(ROOM),),
    folders=(),
    rule=Rule(),
    remediation=Remediation(code="SOSPIX123", collection_code="KQWBTM347"),
    limits=Limits(latest_start=time(10, 20)),
    checklist=("Vérifier les identités", "Donner le code d’accès", "Finaliser la session"),
    bell=True,
)
TWO_ROOMS = SESSION._replace(rooms=(Room(ROOM), Room(OTHER_ROOM)))

_NOT, _SENT = Eligibility.NOT_ELIGIBLE, "2026-03-12T09:38"
_ROWS = (
    row(1, "BARBIER", "Lou", state=_NOT, place="3eC", count=2, pix=62, nearest="2.2-1 4.3-3 1.2-5"),
    row(2, "GIRAUD", "Léa", state=_NOT, place="3eB", count=4, pix=94, nearest="1.1-2 3.1-4"),
    row(3, "MOREL", "Enzo", state=_NOT, place="3eC", count=4, pix=118, nearest="5.2-3"),
    row(4, "CHEVALIER", "Adam", place="3eA", count=5, pix=107, sent_at=_SENT),
    row(5, "NGUYEN", "Linh", state=Eligibility.TO_CHECK, place="3eB", pix=140),
    row(6, "PETIT", "Tom", state=Eligibility.NOT_SENT),
    row(7, "MARTIN", "Lucas"),
    row(8, "EL AMRANI", "Youssef", place="3eB", pix=122),
    row(9, "ALLARD", "Manon", place="3eB", count=11, pix=287, sent_at="2026-01-13T14:10"),
    row(10, "ROUX", "Zoé", place="3eC", count=6, pix=151, sent_at="2026-03-02"),
    row(11, "FAURE", "Nina", place="3eC", count=8, pix=190),
    row(12, "BLANC", "Hugo", place="3eA", count=7, pix=171),
    row(13, "GAUTHIER", "Inès", place="3eA", count=9, pix=201),
    row(14, "LEROY", "Sacha", place="3eB", count=6, pix=133),
)


def progress(fraction: float | None, *, shared: bool = False) -> CampaignProgress:
    """How far somebody has come in the campaign of remediation."""
    return CampaignProgress(
        SOS, "assessment", "assessment:SOS", shared, _SENT if shared else None, progress=fraction
    )


def _known(student: BoardRow) -> BoardRow:
    """With a key, as the desk gives them; 3 is in the remediation, 14 has a third more time."""
    found = student._replace(keys=(f"key-{student.student_id}",))
    if student.student_id == 3:
        found = found._replace(participations=(progress(0.6),))
    if student.student_id == 14:
        found = found._replace(expected=Expectation("candidats.ods", None, extra_time=0.33))
    return found


ROWS = tuple(map(_known, _ROWS))


def who(student: int) -> Who:
    """A student as an action names them."""
    found = next(row for row in ROWS if row.student_id == student)
    return Who(found.keys, found.last_name, found.first_name, found.place)


def did(kind: ActionKind, *students: int, minutes_ago: int, **facts: Any) -> Action:
    """Something that was done so long before `NOW`."""
    at = NOW - timedelta(minutes=minutes_ago)
    return Action(f"{kind}-{students}-{minutes_ago}", at, kind, tuple(map(who, students)), **facts)


ACTIONS = (
    did(ActionKind.PRESENT, 1, 2, 3, 4, 7, 8, 10, 11, 12, 14, minutes_ago=110),
    did(ActionKind.START, 12, minutes_ago=109),
    did(ActionKind.ABSENT, 13, minutes_ago=95),
    did(ActionKind.REDIRECT, 3, 4, minutes_ago=56),
    did(ActionKind.AUTHORISE, 8, minutes_ago=20),
    did(ActionKind.AUTHORISE, 10, minutes_ago=6),
    did(ActionKind.START, 11, 14, minutes_ago=80),
    did(ActionKind.INCIDENT, 11, minutes_ago=30, code="E4", text="le site ne répond pas"),
    did(ActionKind.HANDLED, 11, minutes_ago=27, code="E4"),
    did(ActionKind.FINISH, 11, minutes_ago=4),
    did(ActionKind.NOTE, 3, minutes_ago=12, text="travaille avec le casque"),
)
BECAME = {4: NOW - timedelta(minutes=3)}
ROOMS = {row.student_id: ROOM for row in ROWS}
TWO = {row.student_id: ROOM if row.student_id % 2 else OTHER_ROOM for row in ROWS}


def supervised(
    actions: Iterable[Action] = ACTIONS,
    *,
    rows: tuple[BoardRow, ...] = ROWS,
    session: Session = SESSION,
    rooms: Mapping[int, str] = ROOMS,
    became: Mapping[int, datetime] = BECAME,
    now: datetime = NOW,
    revision: int = 1,
    **facts: Any,
) -> Snapshot:
    """The board of a session, its rows in the order of need."""
    day = day_view(session, tuple(actions), rows, rooms, became, now)
    ordered = sorted(rows, key=lambda row: need_of_day(row, day))
    found = snapshot(ordered, revision=revision, **facts)
    sources = {**found.sources, "assessment:SOS": Source("sos.csv", SOS, NOW)}
    return found._replace(day=day._replace(sources=sources), sources=sources)
