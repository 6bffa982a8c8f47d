"""What is asked once before a gesture that Pix cannot take back: in words, with the number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.clock import personal_end
from pixsession.domain.certification.day import ActionKind, DayView
from pixsession.domain.certification.states import extra_time_of
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import _, ngettext
from pixsession.ui.certification.filters import day_of

_WITHOUT_PROFILE = frozenset({Eligibility.NOT_SENT, Eligibility.NOT_IN_EXPORT})


def question_before(kind: ActionKind, rows: Sequence[BoardRow], day: DayView, now: datetime) -> str:
    """The question; empty where the gesture is an ordinary one.

    Who finishes before the end is ordinary: only several at once are asked about.
    """
    if kind is ActionKind.START:
        return _before_start(rows)
    if kind in {ActionKind.FINISH, ActionKind.STOP} and len(rows) > 1:
        return _before_end(rows, day, now)
    return ""


def _before_start(rows: Sequence[BoardRow]) -> str:
    without = sum(row.eligibility in _WITHOUT_PROFILE for row in rows)
    below = sum(row.eligibility is Eligibility.NOT_ELIGIBLE for row in rows)
    parts = []
    if without:
        parts.append(ngettext("{n} without a profile", "{n} without a profile", without).format(n=without))
    if below:
        parts.append(ngettext("{n} not eligible", "{n} not eligible", below).format(n=below))
    return _("{who}: start all the same?").format(who=", ".join(parts)) if parts else ""


def _before_end(rows: Sequence[BoardRow], day: DayView, now: datetime) -> str:
    in_time = []
    for row in rows:
        end = personal_end(day_of(row, day), day.session, extra_time_of(row), now)
        if end is not None and end > now:
            in_time.append(row)
    if not in_time:
        return ""
    count, extra = len(in_time), sum(bool(extra_time_of(row)) for row in in_time)
    if extra:
        words = ngettext(
            "{n} student still has time, {extra} of them extra time: end all the same?",
            "{n} students still have time, {extra} of them extra time: end all the same?",
            count,
        )
        return words.format(n=count, extra=extra)
    words = ngettext(
        "{n} student still has time: end all the same?",
        "{n} students still have time: end all the same?",
        count,
    )
    return words.format(n=count)
