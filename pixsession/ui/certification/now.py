"""What a student's line says now: where the student stands, and what is short or missing.

Each thing is said in several forms, the longest first: nothing that says what to do is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from rich.cells import cell_len

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


Forms = tuple[str, ...]  # of one thing, from the longest to the shortest


class Now(NamedTuple):
    """`alone` says the state too; `beside` is for a line that has a column for it."""

    alone: Forms
    beside: Forms


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
    def state_word(self) -> str:
        return day_state_word(self.view.states.get(self.row.student_id, DayState.TO_CHECK))

    @property
    def reason(self) -> Forms:
        """The first doubt, whole and in a few words; nothing without one."""
        reasons = self.row.verdict.reasons
        return (shown(reasons[0].sentence()), shown(reasons[0].briefly())) if reasons else ()


def now_words(row: BoardRow, view: DayView, now: datetime) -> Now:
    """What goes on with the student; of several things the most pressing one."""
    case, call = _Case(row, day_of(row, view), view, now), worst_call(row.student_id, view)
    if (said := _WHOLE.get(call)) is not None:
        return Now(said(case), said(case))
    state = view.states.get(row.student_id, DayState.TO_CHECK)
    if state is DayState.NOT_IN_EXPORT and not view.has_exports:
        words = _forms((_("no export"), case.clock)) if case.clock else (state_word_of(state, view),)
        return Now(words, words)
    beside = _BESIDE.get(state, _clock)(case)
    # "awaited for 12 min" says the state by itself.
    awaited = case.clock if state is DayState.EXPECTED else ""
    alone = [words if awaited and awaited in words else _joined((case.state_word, words)) for words in beside]
    return Now((*alone, *filter(None, beside[-1:])), beside)  # in the least room, the sign says the state


def fitting(forms: Forms, width: int) -> str:
    """The longest form of at most `width` cells; the shortest where none is."""
    return next((words for words in forms if cell_len(words) <= width), forms[-1])


def _joined(parts: Iterable[str]) -> str:
    return _POINT.join(filter(None, parts))


def _forms(parts: Iterable[str]) -> Forms:
    """These parts, the most pressing first: all of them, then without the last, down to the first."""
    kept = tuple(filter(None, parts))
    return tuple(_joined(kept[:count]) for count in range(len(kept), 0, -1)) or ("",)


def _incident(case: _Case) -> Forms:
    since = from_words(open_incidents(case.so_far)[0].at, case.now)
    words = _("{code} since {time}, test blocked")
    if case.view.states.get(case.row.student_id) is DayState.FINISHED:
        words = _("{code} since {time}, not noted as handled")
    return tuple(
        form.format(code=incident_codes(case.so_far), time=since)
        for form in (words, _("{code} since {time}"))
    )


def _fallen(case: _Case) -> Forms:
    """With the time of the export that showed it, as long as it is recent."""
    delta, rule = case.row.delta, case.view.session.rule
    done = f"{case.row.verdict.eligible_competences or 0}/{rule.min_competences}"
    briefly = _("running, but {done}").format(done=done)
    if delta is not None and delta.is_loss:
        words = _("running, but {done} since {time}")
        return words.format(done=done, time=from_words(delta.at, case.now)), briefly
    return _forms((briefly, case.end))


def _doubt(case: _Case) -> Forms:
    """Never without its reason where that fits: that a test runs is said by the counts and the panel."""
    running = _("running, to check")
    beside = tuple(_joined((running, words)) for words in case.reason)
    return *beside, *case.reason[1:], running


def _send(case: _Case, with_code: Forms, without: str) -> Forms:
    code = case.view.session.remediation.collection_code
    return tuple(words.format(code=shown(code)) for words in with_code) if code else (without,)


def _remediation(case: _Case) -> Forms:
    """The steps from the one to take now on; the first one with the time since the redirection."""
    steps = ladder_words(case.row, case.view, case.now)
    at = next(number for number, (_words, is_now) in enumerate(steps) if is_now)
    left = [words for words, _is_now in steps[at:]]
    redirected = case.so_far.redirected_at
    if redirected is not None:
        left[0] = f"{left[0]} ({span_words(case.now - redirected)})"
    shorter = (" > ".join([*left[:count], "…"]) for count in range(len(left) - 1, 0, -1))
    return " > ".join(left), *shorter, left[0]


def _overtime(case: _Case) -> Forms:
    return _forms((case.clock, case.end))


def _running(case: _Case) -> Forms:
    is_paused = any(pause.end is None for pause in case.so_far.pauses)
    return _forms((case.clock, case.end if is_paused else ""))


def _to_call_back(case: _Case) -> Forms:
    """With the time that is left for a start, as long as there is some."""
    latest, word = latest_start(case.view.session), day_state_word(DayState.TO_CALL_BACK)
    if latest is None:
        return _forms((word, case.clock))
    if case.now > latest:
        return _("to call back · too late to start"), _joined((word, _("too late")))
    return _("to call back · {span} left").format(span=span_words(latest - case.now)), word


def _to_redirect(case: _Case) -> Forms:
    rule, word = case.view.session.rule, day_state_word(DayState.TO_REDIRECT)
    if short := short_words(case.row, rule):
        return short, short_words(case.row, rule, most=1)
    return *(_joined((word, words)) for words in case.reason), word


def _waiting(case: _Case) -> Forms:
    """An hour that is over, or soon will be, before a reason to look twice, and that before the clock."""
    old = freshness_words(case.row, case.view.session, case.now) and _old_profile(case)
    latest = latest_start(case.view.session)
    presses = case.so_far.authorised_at is not None or (latest is not None and case.now > latest)
    clock, reason = case.clock, case.reason[1] if case.reason else ""
    return _forms((clock, reason, old) if presses else (reason, old, clock))


def _old_profile(case: _Case) -> str:
    """How old it is; the panel says what to do."""
    days = (case.now.date() - datetime.fromisoformat(case.row.sent_at or "").date()).days
    return ngettext("profile {n} day old", "profile {n} days old", days).format(n=days)


def _clock(case: _Case) -> Forms:
    return (case.clock,)


def _not_in_export(case: _Case) -> Forms:
    return _send(case, (_("code {code}"), "{code}"), "")


# What says the state by itself.
_WHOLE: dict[DayState | Alert, Callable[[_Case], Forms]] = {
    Alert.INCIDENT: _incident,
    Alert.FALLEN: _fallen,
    Alert.DOUBT: _doubt,
    Alert.SEND_AGAIN: lambda case: _send(
        case, (_("PROFILE TO SEND AGAIN: {code}"), _("SEND AGAIN: {code}")), _("PROFILE TO SEND AGAIN")
    ),
    DayState.TO_CALL_BACK: _to_call_back,
    DayState.OVERTIME: _overtime,
    DayState.TO_REDIRECT: _to_redirect,
    DayState.NOT_SENT: lambda case: _send(
        case, (_("profile to send: {code}"), _("profile: {code}")), _("profile to send")
    ),
    DayState.IN_REMEDIATION: _remediation,
    DayState.RUNNING: _running,
    DayState.FINISHED: _clock,
}
_BESIDE: dict[DayState, Callable[[_Case], Forms]] = {
    DayState.TO_CHECK: lambda case: case.reason or ("",),
    DayState.NOT_IN_EXPORT: _not_in_export,
    DayState.EXPECTED: _waiting,
    DayState.READY: _waiting,
}
