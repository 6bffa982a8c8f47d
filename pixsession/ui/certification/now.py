"""What a student's line says now: where the student stands, and what is short or missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import from_words, span_words
from pixsession.domain.certification.alerts import open_incidents, worst_call
from pixsession.domain.certification.clock import latest_start, personal_end
from pixsession.domain.certification.day import Alert, DayState, DayView, StudentDay
from pixsession.domain.certification.states import extra_time_of
from pixsession.domain.certification.steps import incident_codes, ladder_words, short_words
from pixsession.domain.certification.words import clock_words, day_state_word, freshness_words, state_word_of
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import hour_words
from pixsession.foundation.text import shown
from pixsession.ui.certification.filters import day_of

_POINT = " · "


class Now(NamedTuple):
    """`alone` says the state too; `beside` is for a line that has a column for it."""

    alone: str
    beside: str


class _Case(NamedTuple):
    row: BoardRow
    so_far: StudentDay
    view: DayView
    now: datetime

    @property
    def clock(self) -> str:
        return clock_words(self.row, self.so_far, self.view.session, self.now)

    @property
    def end(self) -> str:
        """When the student's time is over, "10:54"."""
        end = personal_end(self.so_far, self.view.session, extra_time_of(self.row), self.now)
        return hour_words(end) if end is not None else ""

    @property
    def reason(self) -> str:
        reasons = self.row.verdict.reasons
        return shown(reasons[0].sentence()) if reasons else ""


def now_words(row: BoardRow, view: DayView, now: datetime) -> Now:
    """What goes on with the student; of several things the most pressing one."""
    case, call = _Case(row, day_of(row, view), view, now), worst_call(row.student_id, view)
    if (said := _WHOLE.get(call)) is not None:
        words = said(case)
        return Now(words, words)
    state = view.states.get(row.student_id, DayState.TO_CHECK)
    if state is DayState.NOT_IN_EXPORT and not view.has_exports:
        words = _POINT.join((_("no export"), case.clock)) if case.clock else state_word_of(state, view)
        return Now(words, words)
    beside = _POINT.join(filter(None, _BESIDE.get(state, _clock)(case)))
    if state is DayState.EXPECTED and case.clock:  # "awaited for 12 min"
        return Now(beside, beside)
    return Now(_POINT.join(filter(None, (day_state_word(state), beside))), beside)


def _incident(case: _Case) -> str:
    since = from_words(open_incidents(case.so_far)[0].at, case.now)
    words = _("{code} since {time}, test blocked")
    if case.view.states.get(case.row.student_id) is DayState.FINISHED:
        words = _("{code} since {time}, not noted as handled")
    return words.format(code=incident_codes(case.so_far), time=since)


def _fallen(case: _Case) -> str:
    """With the time of the export that showed it, as long as it is news."""
    delta, rule = case.row.delta, case.view.session.rule
    done = f"{case.row.verdict.eligible_competences or 0}/{rule.min_competences}"
    if delta is not None and delta.is_loss:
        words = _("running, but {done} since {time}")
        return words.format(done=done, time=from_words(delta.at, case.now))
    return _POINT.join((_("running, but {done}").format(done=done), case.end))


def _doubt(case: _Case) -> str:
    return _POINT.join(filter(None, (_("running, to check"), case.reason)))


def _send(case: _Case, with_code: str, without: str) -> str:
    code = case.view.session.remediation.collection_code
    return with_code.format(code=shown(code)) if code else without


def _remediation(case: _Case) -> str:
    """The steps from the one to take now on; the first one with the time since the redirection."""
    steps = ladder_words(case.row, case.view, case.now)
    at = next(number for number, (_words, is_now) in enumerate(steps) if is_now)
    left = [words for words, _is_now in steps[at:]]
    redirected = case.so_far.redirected_at
    if redirected is not None:
        left[0] = f"{left[0]} ({span_words(case.now - redirected)})"
    return " > ".join(left)


def _overtime(case: _Case) -> str:
    return _POINT.join(filter(None, (case.clock, case.end)))


def _running(case: _Case) -> str:
    is_paused = any(pause.end is None for pause in case.so_far.pauses)
    return _POINT.join(filter(None, (case.clock, case.end if is_paused else "")))


def _to_call_back(case: _Case) -> str:
    """With the time that is left for a start, as long as there is some."""
    latest = latest_start(case.view.session)
    if latest is None:
        return _POINT.join(filter(None, (day_state_word(DayState.TO_CALL_BACK), case.clock)))
    if case.now > latest:
        return _("to call back · too late to start")
    return _("to call back · {span} left").format(span=span_words(latest - case.now))


def _to_redirect(case: _Case) -> str:
    short = short_words(case.row, case.view.session.rule)
    return short or _POINT.join(filter(None, (day_state_word(DayState.TO_REDIRECT), case.reason)))


def _waiting(case: _Case) -> tuple[str, ...]:
    """A reason to look twice, or a profile sent long ago, stands before the clock."""
    old = freshness_words(case.row, case.view.session, case.now) and _old_profile(case)
    reasons = case.row.verdict.reasons
    return (shown(reasons[0].briefly()) if reasons else "", case.clock, old)


def _old_profile(case: _Case) -> str:
    """How old it is; the panel says what to do."""
    days = (case.now.date() - datetime.fromisoformat(case.row.sent_at or "").date()).days
    return ngettext("profile {n} day old", "profile {n} days old", days).format(n=days)


def _clock(case: _Case) -> tuple[str, ...]:
    return (case.clock,)


# What says the state by itself.
_WHOLE: dict[DayState | Alert, Callable[[_Case], str]] = {
    Alert.INCIDENT: _incident,
    Alert.FALLEN: _fallen,
    Alert.DOUBT: _doubt,
    Alert.SEND_AGAIN: lambda case: _send(
        case, _("PROFILE TO SEND AGAIN: {code}"), _("PROFILE TO SEND AGAIN")
    ),
    DayState.TO_CALL_BACK: _to_call_back,
    DayState.OVERTIME: _overtime,
    DayState.TO_REDIRECT: _to_redirect,
    DayState.NOT_SENT: lambda case: _send(case, _("profile to send: {code}"), _("profile to send")),
    DayState.IN_REMEDIATION: _remediation,
    DayState.RUNNING: _running,
    DayState.FINISHED: lambda case: case.clock,
}
_BESIDE: dict[DayState, Callable[[_Case], tuple[str, ...]]] = {
    DayState.TO_CHECK: lambda case: (case.reason,),
    DayState.NOT_IN_EXPORT: lambda case: (_send(case, _("code {code}"), ""),),
    DayState.EXPECTED: _waiting,
    DayState.READY: _waiting,
}
