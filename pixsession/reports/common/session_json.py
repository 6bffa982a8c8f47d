"""What a session document for programs says, whatever its kind: `pixsession/session/1`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.day import Presence
from pixsession.domain.certification.session import Session
from pixsession.foundation.clock import paris, with_offset
from pixsession.foundation.room_time import zone_words
from pixsession.reports.render.json import as_json

# What a program reads of a presence; null while nobody has seen the student.
PRESENT = {Presence.PRESENT: True, Presence.LATE: True, Presence.ABSENT: False}
SCHEMA = "pixsession/session/1"


def session_document(
    snapshot: Snapshot,
    session: Session,
    now: datetime,
    *,
    counts: Mapping[str, int],
    students: Iterable[Mapping[str, Any]],
    warnings: Iterable[str],
) -> str:
    """One JSON document; `generated_at` carries its offset, the times of the session file are the room's.

    Its zone has a name where one was chosen, and else that of Paris, or how far it is from UTC.
    """
    head = {
        "schema": SCHEMA,
        "generated_at": with_offset(now).isoformat(),
        "session": {
            "kind": session.kind.value,
            "title": session.title,
            "date": session.date.isoformat(),
            "start": f"{session.start:%H:%M}" if session.start else None,
            "room": ", ".join(room.name for room in session.rooms if room.name) or None,
            "timezone": session.timezone or zone_words(session.date) or paris().key,
        },
        "counts": counts,
        "others": len(snapshot.others),
    }
    return as_json(head, students=students, warnings=warnings)


def student_head(row: BoardRow, room: str | None) -> dict[str, Any]:
    """Who it is, names as Pix wrote them."""
    return {
        "last_name": row.last_name,
        "first_name": row.first_name,
        "division": row.division,
        "room": room or None,
    }


def verdict_facts(row: BoardRow) -> dict[str, Any]:
    """What the profile says of the student."""
    return {
        "eligibility": row.eligibility.value,
        "eligible_competences": row.verdict.eligible_competences,
        "nearest": [
            {"competence": gap.competence, "pix_missing": gap.pix_missing} for gap in row.verdict.nearest
        ],
    }
