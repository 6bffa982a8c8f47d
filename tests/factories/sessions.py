"""Sessions for tests: a certification of today in one room or several."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from pixsession.domain.certification.session import (
    ExpectedFrom,
    Limits,
    Remediation,
    Room,
    Session,
    SessionKind,
)
from pixsession.domain.pix.eligibility import Rule
from pixsession.settings.config import BoardRequest

CODE = "KQWBTM347"


def certification(
    folder: Path,
    dossier: Path | None,
    *,
    rooms: tuple[Room, ...] = (Room("Salle 12"),),
    expected: ExpectedFrom | None = None,
) -> BoardRequest:
    """The board of a certification at half past eight on the morning of the sample exports."""
    if expected is not None:
        rooms = (Room("Salle 12", expected),)
    session = Session(
        path=folder / "session.toml",
        kind=SessionKind.CERTIFICATION,
        title="Certification 3e",
        date=date(2026, 3, 12),
        start=time(8, 30),
        duration_minutes=105,
        rooms=rooms,
        folders=(folder,),
        rule=Rule(),
        remediation=Remediation(code=CODE),
        limits=Limits(latest_start=time(10, 30)),
        checklist=("Identity", "Presence"),
        bell=True,
    )
    return BoardRequest(folder, session.rule, dossier=dossier, scan_seconds=0.5, session=session)
