"""When the tests of a room end: the end that most have in common, and that of extra time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.clock import personal_end
from pixsession.domain.certification.day import DayState, DayView
from pixsession.domain.certification.states import extra_time_of
from pixsession.foundation.i18n import _
from pixsession.foundation.room_time import hour_words
from pixsession.ui.certification.filters import day_of, state_of


def ends_words(rows: Iterable[BoardRow], day: DayView, now: datetime) -> str:
    """The last end of those who run, without and with extra time; empty where nobody runs."""
    ends: dict[bool, datetime] = {}
    for row in rows:
        end = personal_end(day_of(row, day), day.session, extra_time_of(row), now)
        if end is not None and state_of(row, day) is DayState.RUNNING:
            is_longer = bool(extra_time_of(row))
            ends[is_longer] = max(end, ends.get(is_longer, end))
    common, longer = ends.get(False), ends.get(True)
    if common and longer:
        words = _("End {time} · extra time {longer}")
        return words.format(time=hour_words(common), longer=hour_words(longer))
    if longer:
        return _("End with extra time {time}").format(time=hour_words(longer))
    return _("End {time}").format(time=hour_words(common)) if common else ""
