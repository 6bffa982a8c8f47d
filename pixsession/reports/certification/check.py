"""A session for programs: the contract `pixsession/session/1`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.clock import personal_end
from pixsession.domain.certification.day import DayState, DayView, StudentDay
from pixsession.domain.certification.opening import session_warnings
from pixsession.domain.certification.session import Session
from pixsession.domain.certification.states import extra_time_of
from pixsession.domain.certification.steps import alert_word, next_step
from pixsession.reports.common.session_json import PRESENT, session_document, student_head, verdict_facts


def session_json(snapshot: Snapshot, day: DayView, now: datetime) -> str:
    """Those who are called, each with what is needed now; times are those of Paris, as in Pix's files."""
    states = list(day.states.values())
    return session_document(
        snapshot,
        day.session,
        now,
        counts={state.value: states.count(state) for state in DayState},
        students=(_student(row, day, now) for row in snapshot.rows),
        warnings=session_warnings(snapshot, day, now),
    )


def _student(row: BoardRow, day: DayView, now: datetime) -> dict[str, Any]:
    so_far, step = day.days[row.student_id], next_step(row, day, now)
    state: StrEnum = day.states[row.student_id]
    reasons = [alert_word(alert) for alert in day.alerts.get(row.student_id, ())]
    return {
        **student_head(row, day.rooms.get(row.student_id)),
        "state": state.value,
        "reasons": [*reasons, *(reason.sentence() for reason in row.verdict.reasons)],
        "next": step.sentence if step else None,
        **verdict_facts(row),
        "extra_time": extra_time_of(row),
        "present": PRESENT.get(so_far.presence),
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
