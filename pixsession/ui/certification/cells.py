"""What a student's line says during a session, beside what every board says: need, clock, room, progress."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, CampaignProgress
from pixsession.domain.board.wording import half_up
from pixsession.domain.certification.clock import authorised_until
from pixsession.domain.certification.day import DayState, DayView
from pixsession.domain.certification.session import Remediation
from pixsession.domain.certification.words import clock_words, day_symbol, freshness_words
from pixsession.domain.people.students import name_key
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.certification.columns import short_day_state
from pixsession.ui.certification.filters import day_of, state_of

_BEFORE_THE_TEST = frozenset(
    {DayState.TO_REDIRECT, DayState.TO_CHECK, DayState.TO_CALL_BACK, DayState.EXPECTED, DayState.READY}
)
_AWAY = frozenset({DayState.IN_REMEDIATION, DayState.TO_CALL_BACK, DayState.TO_REDIRECT})


class DayCells(NamedTuple):
    """The words of one line; a line is written again only when one of them is another."""

    state: DayState
    symbol: str
    word: str
    clock: str
    room: str
    progress: str
    calls: bool = False  # the clock calls for a gesture that the state does not tell


def day_cells(row: BoardRow, day: DayView, now: datetime, *, ascii_only: bool) -> DayCells:
    """What is said of this student now."""
    state = state_of(row, day)
    return DayCells(
        state,
        day_symbol(state, ascii_only),
        short_day_state(state),
        _clock(row, day, state, now),
        shown(day.rooms.get(row.student_id, "")),
        progress_words(row, day) if state in _AWAY else "",
        state is DayState.READY and _ran_out(row, day, now),
    )


def _ran_out(row: BoardRow, day: DayView, now: datetime) -> bool:
    """The authorisation to start, unused."""
    until = authorised_until(day_of(row, day), day.session)
    return until is not None and now > until


def _clock(row: BoardRow, day: DayView, state: DayState, now: datetime) -> str:
    """The clock; where none runs, why the student is to be checked, or how old the profile is."""
    words = clock_words(row, day_of(row, day), day.session, now)
    if words or state not in _BEFORE_THE_TEST:
        return words
    if state is DayState.TO_CHECK and row.verdict.reasons:
        return shown(row.verdict.reasons[0].sentence())
    return _old_profile(row, now) if freshness_words(row, day.session, now) else ""


def _old_profile(row: BoardRow, now: datetime) -> str:
    """In a cell, how old it is; the panel says what to do."""
    days = (now.date() - datetime.fromisoformat(row.sent_at or "").date()).days
    return ngettext("profile {n} day old", "profile {n} days old", days).format(n=days)


def in_remediation(row: BoardRow, remediation: Remediation) -> CampaignProgress | None:
    """Where the student stands in the campaign of remediation; by its code, else by its name."""
    wanted = name_key(remediation.label)
    for progress in row.participations:
        if progress.kind != "assessment":
            continue
        code = progress.campaign.code
        if remediation.code and code:
            if code.casefold() == remediation.code.casefold():
                return progress
        elif wanted and name_key(progress.campaign.name) == wanted:
            return progress
    return None


def progress_words(row: BoardRow, day: DayView) -> str:
    """How far the student is in the campaign of remediation, "60 %"; empty where no export tells."""
    found = in_remediation(row, day.session.remediation)
    if found is None:
        return ""
    if found.shared:
        return _("{n} %").format(n=100)
    if found.progress is None:
        return ""
    # Never 100 before the end is reached.
    return _("{n} %").format(n=min(99, half_up(found.progress * 100)) if found.progress < 1 else 100)
