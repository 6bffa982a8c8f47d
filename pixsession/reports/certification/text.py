"""A session once as plain text: the opening check, then one student a line, in the order of need."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.day import DayState, DayView
from pixsession.domain.certification.opening import opening_check
from pixsession.domain.certification.states import extra_time_of
from pixsession.domain.certification.steps import alert_word, next_step, short_words
from pixsession.domain.certification.words import (
    clock_words,
    counted_state_of,
    day_symbol,
    extra_time_words,
    state_word_of,
)
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.reports.text import in_ascii


def session_text(snapshot: Snapshot, day: DayView, now: datetime, *, ascii_only: bool) -> str:
    """The whole session, ending with a line break."""
    found = Counter(day.states.values())
    counts = " · ".join(counted_state_of(state, found[state], day) for state in DayState if found[state])
    rooms = ", ".join(shown(room.name) for room in day.session.rooms if room.name)
    lines = [" · ".join(filter(None, (shown(day.session.title), rooms)))]
    mark = {True: "!" if ascii_only else "⚠", False: " "}
    lines += [f"{mark[line.is_trouble]} {line.words}" for line in opening_check(snapshot, day, now)]
    lines += ["", counts or _("Nobody is called to this session yet."), ""]
    lines += [_line(row, day, now, ascii_only=ascii_only) for row in snapshot.rows]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return in_ascii(text) if ascii_only else text


def _line(row: BoardRow, day: DayView, now: datetime, *, ascii_only: bool) -> str:
    """Sign, name, class and room, the state, then what makes it worse, the clock and the next gesture."""
    state, step = day.states[row.student_id], next_step(row, day, now)
    extra, clock = extra_time_of(row), clock_words(row, day.days[row.student_id], day.session, now)
    says_state = state is DayState.EXPECTED and clock  # "awaited for 12 min"
    said = [
        "" if says_state else state_word_of(state, day),
        *(alert_word(alert) for alert in day.alerts.get(row.student_id, ())),
        *(reason.sentence() for reason in row.verdict.reasons),
        short_words(row, day.session.rule) if state is DayState.TO_REDIRECT else "",
        clock,
        extra_time_words(extra) if extra else "",
    ]
    room = day.rooms.get(row.student_id, "") if len(day.totals) > 1 else ""
    where = " ".join(filter(None, (row.shown_name, row.shown_place, shown(room))))
    line = f"{day_symbol(state, ascii_only)} {where} · {' · '.join(filter(None, said))}"
    return f"{line} → {step.sentence}" if step else line
