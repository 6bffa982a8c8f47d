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
from pixsession.foundation.text import shown
from pixsession.ui.certification.filters import day_of

_NAMED_AT_MOST = 4
_WITHOUT_PROFILE = frozenset({Eligibility.NOT_SENT, Eligibility.NOT_IN_EXPORT})


def question_before(kind: ActionKind, rows: Sequence[BoardRow], day: DayView, now: datetime) -> str:
    """The question; empty where the gesture is an ordinary one. It names whom it is about where that is one.

    Who finishes before the end is ordinary: only several at once are asked about.
    """
    if kind is ActionKind.START:
        return _before_start(rows, day)
    if kind in {ActionKind.FINISH, ActionKind.STOP} and len(rows) > 1:
        return _before_end(rows, day, now)
    return ""


def _before_start(rows: Sequence[BoardRow], day: DayView) -> str:
    without = [row for row in rows if row.eligibility in _WITHOUT_PROFILE]
    below = [row for row in rows if row.eligibility is Eligibility.NOT_ELIGIBLE]
    parts = []
    if without and not day.has_exports:
        parts.append(_("no export yet says who has a profile"))
    elif without:
        count = len(without)
        words = ngettext("{n} without a profile", "{n} without a profile", count).format(n=count)
        parts.append(_one(without, _("{who} without a profile")) or words)
    if below:
        count = len(below)
        words = ngettext("{n} not eligible", "{n} not eligible", count).format(n=count)
        parts.append(_one(below, _("{who} not eligible")) or words)
    if doubted := [row for row in rows if row.eligibility is Eligibility.TO_CHECK]:
        parts.append(_doubts(doubted))
    return _("{who}: start all the same?").format(who=", ".join(parts)) if parts else ""


def _doubts(rows: Sequence[BoardRow]) -> str:
    """How many are to check, or who is, and what the doubt is."""
    if len(rows) == 1:
        why = _("; ").join(shown(reason.sentence()) for reason in rows[0].verdict.reasons)
        return _("{who} to check ({why})").format(who=rows[0].shown_name, why=why)
    named = [
        _("{who}: {why}").format(who=row.shown_name, why=shown(row.verdict.reasons[0].briefly()))
        for row in rows[:_NAMED_AT_MOST]
    ]
    words = ngettext("{n} to check", "{n} to check", len(rows)).format(n=len(rows))
    more = ["…"] if len(rows) > _NAMED_AT_MOST else []
    return f"{words} ({_('; ').join([*named, *more])})"


def _one(rows: Sequence[BoardRow], words: str) -> str:
    """These words about the only student; empty where there are several."""
    return words.format(who=rows[0].shown_name) if len(rows) == 1 else ""


def _before_end(rows: Sequence[BoardRow], day: DayView, now: datetime) -> str:
    in_time = []
    for row in rows:
        end = personal_end(day_of(row, day), day.session, extra_time_of(row), now)
        if end is not None and end > now:
            in_time.append(row)
    if not in_time:
        return ""
    count, extra = len(in_time), sum(bool(extra_time_of(row)) for row in in_time)
    if count == 1:
        has_extra = _("{who} still has time, with extra time: end all the same?")
        return _one(in_time, has_extra if extra else _("{who} still has time: end all the same?"))
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
