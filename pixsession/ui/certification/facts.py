"""The day of one student: what is needed now, what happened when, and how far the remediation has come."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import (
    from_words,
    moment_words,
    number_words,
    sent_at_words,
    until_words,
)
from pixsession.domain.certification.clock import personal_end
from pixsession.domain.certification.day import DayState, DayView, Presence, StudentDay
from pixsession.domain.certification.remediation import in_remediation, progress_words
from pixsession.domain.certification.session import Remediation
from pixsession.domain.certification.states import extra_time_of
from pixsession.domain.certification.words import (
    clock_words,
    day_symbol,
    freshness_words,
    incident_words,
    state_word_of,
)
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.ui.certification.aside import step_words
from pixsession.ui.certification.filters import day_of, state_of
from pixsession.ui.certification.symbols import DAY_COLOURS
from pixsession.ui.common.symbols import Symbols

_Event = tuple[datetime, str]
_OVER = frozenset({DayState.RUNNING, DayState.OVERTIME, DayState.FINISHED})


def day_content(row: BoardRow, day: DayView, now: datetime, symbols: Symbols) -> Content:
    """What the session knows of the student."""
    state, so_far = state_of(row, day), day_of(row, day)
    symbol = day_symbol(state, symbols.ascii_only)
    clock = clock_words(row, so_far, day.session, now)
    room = shown(day.rooms.get(row.student_id, "")) if len(day.session.rooms) > 1 else ""
    facts = f" {symbols.point} ".join(filter(None, (clock, room)))
    head = Content.styled(f"{symbol} {state_word_of(state, day)}", f"bold {DAY_COLOURS[state]}")
    lines = [head + Content(f"  {facts}") if facts else head]
    if step := step_words(row, day, now):
        lines.append(Content.styled(f"{'>' if symbols.ascii_only else '→'} {symbols.plain(step)}", "bold"))
    lines += [
        Content.assemble((f"{moment_words(at, now):>5}  ", "$board-calm"), words)
        for at, words in sorted(_events(row, so_far, day, now))
    ]
    if state not in _OVER:
        fresh = freshness_words(row, day.session, now)
        lines += [Content.styled(f"{symbols.warning} {fresh}", "$state-to-check")] if fresh else []
        lines += _remediation(row, so_far, day, now)
    return Content("\n").join(lines)


def _events(row: BoardRow, so_far: StudentDay, day: DayView, now: datetime) -> list[_Event]:
    """Everything with its time, in no order."""
    came = {
        Presence.PRESENT: _("present"),
        Presence.LATE: _("came late"),
        Presence.ABSENT: _("absent"),
    }.get(so_far.presence)
    moments = [
        (so_far.presence_at, came),
        (so_far.redirected_at, _("redirected")),
        (so_far.eligible_again_at, _("eligible again")),
        (so_far.authorised_at, _("authorised to start")),
        (so_far.started_at, _started(row, so_far, day, now)),
        (so_far.stopped_at, _("test stopped")),
        (so_far.finished_at, _("test finished")),
    ]
    events = [(at, words) for at, words in moments if at is not None and words]
    for pause in so_far.pauses:
        kind = _("planned pause") if pause.planned else _("incident pause")
        until = until_words(pause.end, now) if pause.end else _("lasts")
        events.append((pause.begin, f"{kind}, {until}"))
    for incident in so_far.incidents:
        text = f"{_(': ')}{shown(incident.text, 300)}" if incident.text else ""
        events.append((incident.at, f"{incident_words(incident.code)}{text}"))
    events += [(note.at, _("“{text}”").format(text=shown(note.text, 300))) for note in so_far.notes]
    return events


def _started(row: BoardRow, so_far: StudentDay, day: DayView, now: datetime) -> str:
    extra = extra_time_of(row)
    end = personal_end(so_far, day.session, extra, now)
    if end is None:
        return _("test started")
    if extra:
        words = _("test started, end {time} with {n} % more time")
        return words.format(time=from_words(end, now), n=number_words(round(extra * 100, 1)))
    return _("test started, end {time}").format(time=from_words(end, now))


def _remediation(row: BoardRow, so_far: StudentDay, day: DayView, now: datetime) -> list[Content]:
    """How far the campaign of remediation has come, and that this is not enough."""
    remediation, found = day.session.remediation, in_remediation(row, day.session.remediation)
    if found is None and so_far.redirected_at is None:
        return []
    label = shown(remediation.label)
    if found is None:
        said = _("{campaign}: nothing in the exports yet").format(campaign=label)
    elif found.shared:
        when = sent_at_words(found.shared_at, now)
        said = _("{campaign}: finished and sent {when}").format(campaign=label, when=when).rstrip()
    else:
        progress = progress_words(row, day) or _("begun")
        said = _("{campaign}: {progress}").format(campaign=label, progress=progress)
    rule = only_a_profile(remediation)
    return [Content.styled(said, "$state-not-in-export"), Content.styled(rule, "$board-calm")]


def only_a_profile(remediation: Remediation) -> str:
    """What progress in the remediation does not do."""
    words = _("Only a profile sent again counts, and a new export of the collection after it.")
    if not remediation.collection_code:
        return words
    return f"{words} ({shown(remediation.collection_code)})"
