"""What supervisors did, as lines of the log beside the changes that the exports told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from textual.content import Content

from pixsession.domain.board.changes import Change, ChangeKind
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import at_words, full_moment_words, moment_words, span_words
from pixsession.domain.certification.clock import latest_start
from pixsession.domain.certification.day import Action, DayView
from pixsession.domain.certification.words import action_words
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.ui.board.mode import LogLine
from pixsession.ui.common.symbols import Symbols


def action_content(action: Action, now: datetime, symbols: Symbols, *, time_width: int = 0) -> Content:
    """One action: time, sign, what was done and to whom."""
    sign = (">" if symbols.ascii_only else "›", "bold $primary")
    words = Content.assemble(_time(action.at, now, time_width), sign, " ", action_words(action))
    return words + _post(action, symbols)


def day_log_lines(
    day: DayView, rows: Sequence[BoardRow], now: datetime, symbols: Symbols, time_width: int
) -> Iterator[LogLine]:
    """What was done, and what was undone since, each with the student where it is about one."""
    for action in day.actions:
        content = action_content(action, now, symbols, time_width=time_width)
        yield LogLine(action.at, _only_student(action, rows), content)
    for undone in day.undone:
        action = undone.action
        when = at_words(undone.at, now, in_full=True)
        words = _("undone {when}: {action}").format(when=when, action=action_words(action))
        sign = "-" if symbols.ascii_only else "−"
        content = Content.assemble(
            _time(action.at, now, time_width), (f"{sign} {words}", "$board-calm"), _post(action, symbols)
        )
        yield LogLine(action.at, _only_student(action, rows), content)


def _post(action: Action, symbols: Symbols) -> Content:
    """Of a shared session, the post that did it."""
    name = shown(action.post.name, 24) if action.post else ""
    return Content.styled(f" {symbols.point} {name}" if name else "", "$board-calm")


def _time(at: datetime, now: datetime, width: int) -> tuple[str, str]:
    words = (full_moment_words if width else moment_words)(at, now)
    return f"{words.rjust(width)}  ", "$board-calm"


def _only_student(action: Action, rows: Sequence[BoardRow]) -> str:
    """The number of the student whom this is about; empty where it is about nobody, or about several."""
    keys = set(action.who[0].keys) if len(action.who) == 1 else set()
    return next((f"{row.student_id}" for row in rows if keys & set(row.keys)), "")


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
