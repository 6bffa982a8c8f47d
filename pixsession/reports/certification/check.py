"""A session for programs: the contract `pixsession/session/1`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.clock import personal_end
from pixsession.domain.certification.day import DayState, DayView, Presence, StudentDay
from pixsession.domain.certification.opening import session_warnings
from pixsession.domain.certification.session import Session
from pixsession.domain.certification.states import extra_time_of
from pixsession.domain.certification.steps import alert_word, next_step
from pixsession.foundation.clock import with_offset
from pixsession.reports.render.json import as_json

SCHEMA = "pixsession/session/1"
_PRESENT = {Presence.PRESENT: True, Presence.LATE: True, Presence.ABSENT: False}


def session_json(snapshot: Snapshot, day: DayView, now: datetime) -> str:
    """Those who are called, each with what is needed now, as one JSON document; names as Pix wrote them.

    `generated_at` carries its offset, the times of the session file are those of the room, and every other
    one is Paris time, as in Pix's files.
    """
    session = day.session
    states = list(day.states.values())
    head = {
        "schema": SCHEMA,
        "generated_at": with_offset(now).isoformat(),
        "session": _session(session),
        "counts": {state.value: states.count(state) for state in DayState},
        "others": len(snapshot.others),
    }
    students = (_student(row, day, now) for row in snapshot.rows)
    return as_json(head, students=students, warnings=session_warnings(snapshot, day, now))


def _session(session: Session) -> dict[str, Any]:
    return {
        "kind": session.kind.value,
        "title": session.title,
        "date": session.date.isoformat(),
        "start": f"{session.start:%H:%M}" if session.start else None,
        "room": ", ".join(room.name for room in session.rooms if room.name) or None,
        "timezone": session.timezone,
    }


def _student(row: BoardRow, day: DayView, now: datetime) -> dict[str, Any]:
    so_far, step = day.days[row.student_id], next_step(row, day, now)
    state: StrEnum = day.states[row.student_id]
    reasons = [alert_word(alert) for alert in day.alerts.get(row.student_id, ())]
    return {
        "last_name": row.last_name,
        "first_name": row.first_name,
        "division": row.division,
        "room": day.rooms.get(row.student_id) or None,
        "state": state.value,
        "reasons": [*reasons, *(reason.sentence() for reason in row.verdict.reasons)],
        "next": step.sentence if step else None,
        "eligibility": row.eligibility.value,
        "eligible_competences": row.verdict.eligible_competences,
        "nearest": [
            {"competence": gap.competence, "pix_missing": gap.pix_missing} for gap in row.verdict.nearest
        ],
        "extra_time": extra_time_of(row),
        "present": _PRESENT.get(so_far.presence),
        **_times(row, so_far, day.session, now),
        "incidents": [
            {
                "code": one.code,
                "note": one.text,
                "at": one.at.isoformat(),
                "handled_at": one.handled_at.isoformat() if one.handled_at else None,
            }
            for one in so_far.incidents
        ],
    }


def _times(row: BoardRow, so_far: StudentDay, session: Session, now: datetime) -> Mapping[str, str | None]:
    """When it was, or will be; the end is the real one where the test has ended."""
    over = so_far.finished_at or so_far.stopped_at
    times = {
        "redirected_at": so_far.redirected_at,
        "started_at": so_far.started_at,
        "ends_at": over or personal_end(so_far, session, extra_time_of(row), now),
    }
    return {name: at.isoformat() if at is not None else None for name, at in times.items()}
