"""What supervisors did, as lines of the log beside the changes that the exports told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from pixsession.domain.board.changes import Change, ChangeKind
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import span_words
from pixsession.domain.certification.clock import latest_start
from pixsession.domain.certification.day import Action, DayView
from pixsession.foundation.i18n import _
from pixsession.ui.board.mode import LogLine
from pixsession.ui.common.actions import action_lines
from pixsession.ui.common.symbols import Symbols


def day_log_lines(
    day: DayView, rows: Sequence[BoardRow], now: datetime, symbols: Symbols, time_width: int
) -> Iterator[LogLine]:
    """What was done, and what was undone since, each with the student where it is about one."""
    found = action_lines(day.actions, day.undone, rows, now, symbols, time_width)
    return (LogLine(*line) for line in found)


def newest_action(day: DayView, changes: Sequence[Change]) -> Action | None:
    """The last thing done, unless an export has told something since."""
    action = day.actions[-1] if day.actions else None
    if action is None or (changes and changes[-1].at > action.at):
        return None
    return action


def call_back_words(change: Change, day: DayView, *, short: bool = False) -> str:
    """What a change means for somebody who was redirected: to call back, with the time that was left then."""
    if change.kind is not ChangeKind.BECAME_ELIGIBLE:
        return ""
    so_far = day.days.get(change.student_id)
    if so_far is None or so_far.redirected_at is None or so_far.eligible_again_at is None:
        return ""
    latest = latest_start(day.session)
    if latest is None:
        return _("to call back")
    if change.at > latest:
        return _("after the latest useful start")
    span = span_words(latest - change.at)
    if short:
        return _("to call back, {span} left").format(span=span)
    return _("to call back, {span} before the latest useful start").format(span=span)
