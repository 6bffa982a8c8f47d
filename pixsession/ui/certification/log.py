"""What supervisors did, as lines of the log beside the changes that the exports told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from pixsession.domain.board.changes import Change, ChangeKind
from pixsession.domain.board.wording import full_moment_words, moment_words, span_words
from pixsession.domain.certification.clock import latest_start
from pixsession.domain.certification.day import Action, DayView
from pixsession.domain.certification.words import action_words
from pixsession.foundation.i18n import _
from pixsession.ui.common.symbols import Symbols


def action_content(action: Action, now: datetime, symbols: Symbols, *, time_width: int = 0) -> Content:
    """One action: time, sign, what was done and to whom."""
    return Content.assemble(
        (
            (full_moment_words if time_width else moment_words)(action.at, now).rjust(time_width),
            "$board-calm",
        ),
        "  ",
        (">" if symbols.ascii_only else "›", "bold $primary"),
        " ",
        action_words(action),
    )


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
