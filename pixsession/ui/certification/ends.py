"""When the tests of a room end: the end that most have in common, and that of extra time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import takewhile

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.alerts import worst_call
from pixsession.domain.certification.clock import personal_end
from pixsession.domain.certification.day import DayState, DayView
from pixsession.domain.certification.states import extra_time_of
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import hour_words
from pixsession.ui.certification.filters import day_of, state_of
from pixsession.ui.common.table.divider import DividerWords


def ends_words(rows: Iterable[BoardRow], day: DayView, now: datetime) -> str:
    """The last end of those who run, without and with extra time; empty where nobody runs."""
    ends = _ends(rows, day, now)
    common, longer = max(ends[False], default=None), max(ends[True], default=None)
    if common and longer:
        words = _("End {time} · extra time {longer}")
        return words.format(time=hour_words(common), longer=hour_words(longer))
    if longer:
        return _("End with extra time {time}").format(time=hour_words(longer))
    return _("End {time}").format(time=hour_words(common)) if common else ""


def running_divider(rows: Sequence[BoardRow], day: DayView, now: datetime) -> DividerWords | None:
    """Above those who run and need nobody (`rows` in the order of need); None where nobody does."""
    runs = [worst_call(row.student_id, day) is DayState.RUNNING for row in rows]
    if True not in runs:
        return None
    first = runs.index(True)
    running = rows[first : first + sum(takewhile(bool, runs[first:]))]
    words = ngettext("{n} running", "{n} running", len(running)).format(n=len(running))
    return DividerWords(first, words, _last_end_words(_ends(running, day, now)))


def _last_end_words(ends: Mapping[bool, Sequence[datetime]]) -> str:
    """An end is common where all without extra time share it to the minute; that of extra time beside it."""
    longer = hour_words(max(ends[True])) if ends[True] else ""
    if not ends[False]:
        return _("end with extra time {time}").format(time=longer)
    last = hour_words(max(ends[False]))
    is_common = last == hour_words(min(ends[False]))
    words = _("common end {time}") if is_common else _("last end {time}")
    beside = _("extra time {time}").format(time=longer) if longer else ""
    return " · ".join(filter(None, (words.format(time=last), beside)))


def _ends(rows: Iterable[BoardRow], day: DayView, now: datetime) -> dict[bool, list[datetime]]:
    """The ends of those who run, by whether they have extra time."""
    ends: dict[bool, list[datetime]] = {False: [], True: []}
    for row in rows:
        end = personal_end(day_of(row, day), day.session, extra_time_of(row), now)
        if end is not None and state_of(row, day) is DayState.RUNNING:
            ends[bool(extra_time_of(row))].append(end)
    return ends
