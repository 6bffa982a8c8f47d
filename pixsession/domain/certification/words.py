"""The words of the day of a session, the same on the screen and in the reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import at_words, from_words, number_words, span_words
from pixsession.domain.certification.clock import (
    authorised_until,
    is_closed,
    is_too_late,
    latest_start,
    open_pause,
    personal_end,
    planned_start,
)
from pixsession.domain.certification.day import (
    Action,
    ActionKind,
    DayState,
    DayView,
    Presence,
    StopReason,
    StudentDay,
)
from pixsession.domain.certification.incidents import incident_reminder, incident_words
from pixsession.domain.certification.session import Session
from pixsession.domain.certification.states import day_state, extra_time_of, is_away
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import N_, _, ngettext, pgettext
from pixsession.foundation.room_time import hour_words
from pixsession.foundation.text import shown

__all__ = [
    "action_words",
    "clock_words",
    "counted_day_state",
    "day_state_word",
    "day_states_word",
    "day_symbol",
    "export_staleness_words",
    "freshness_words",
    "incident_reminder",
    "incident_words",
    "latest_start_words",
]

_SOON = timedelta(minutes=15)  # so long before the latest useful start the time left is said to who is ready
_MINUTE = timedelta(minutes=1)
_A_DAY = timedelta(days=1)

_STATES = {
    DayState.TO_REDIRECT: N_("to redirect"),
    DayState.NOT_IN_EXPORT: N_("not in the export"),
    DayState.NOT_SENT: N_("profile not sent"),
    DayState.TO_CHECK: N_("to check"),
    DayState.TO_CALL_BACK: N_("to call back"),
    DayState.IN_REMEDIATION: N_("in remediation"),
    DayState.ABSENT: N_("absent"),
    DayState.EXPECTED: N_("expected"),
    DayState.READY: N_("ready"),
    DayState.RUNNING: N_("running"),
    DayState.OVERTIME: N_("time exceeded"),
    DayState.FINISHED: N_("finished"),
}
_SYMBOLS = {
    DayState.TO_REDIRECT: ("✖", "x"),
    DayState.NOT_IN_EXPORT: ("∅", "-"),
    DayState.NOT_SENT: ("…", "."),
    DayState.TO_CHECK: ("?", "?"),
    DayState.TO_CALL_BACK: ("←", "<"),
    DayState.IN_REMEDIATION: ("↻", "@"),
    DayState.ABSENT: ("⊘", "0"),
    DayState.EXPECTED: ("○", "o"),
    DayState.READY: ("✔", "+"),
    DayState.RUNNING: ("►", ">"),
    DayState.OVERTIME: ("!", "!"),
    DayState.FINISHED: ("■", "#"),
}


def day_state_word(state: DayState) -> str:
    """The state in words, "à rediriger" in French."""
    return _(_STATES[state])


def state_word_of(state: DayState, view: DayView) -> str:
    """The state in words on a day: before the first export nobody is outside of one."""
    return _("no export yet") if _awaits_export(state, view) else day_state_word(state)


def counted_state_of(state: DayState, count: int, view: DayView) -> str:
    """A count with its state on a day."""
    if _awaits_export(state, view):
        return ngettext("{n} without an export", "{n} without an export", count).format(n=count)
    return counted_day_state(state, count)


def _awaits_export(state: DayState, view: DayView) -> bool:
    return state is DayState.NOT_IN_EXPORT and not view.has_exports


def first_export_words(view: DayView) -> str:
    """What to click where no export has come yet; empty where one has, or nobody is called."""
    if view.has_exports or not view.states:
        return ""
    return _("no export yet: Pix Orga, the campaign, “Exporter les résultats (.csv)”")


def counted_day_state(state: DayState, count: int) -> str:
    """A count with its state, "4 à rediriger" in French."""
    words = {
        DayState.TO_REDIRECT: ngettext("{n} to redirect", "{n} to redirect", count),
        DayState.NOT_IN_EXPORT: ngettext("{n} not in the export", "{n} not in the export", count),
        DayState.NOT_SENT: ngettext("{n} not sent", "{n} not sent", count),
        DayState.TO_CHECK: ngettext("{n} to check", "{n} to check", count),
        DayState.TO_CALL_BACK: ngettext("{n} to call back", "{n} to call back", count),
        DayState.IN_REMEDIATION: ngettext("{n} in remediation", "{n} in remediation", count),
        DayState.ABSENT: ngettext("{n} absent", "{n} absent", count),
        DayState.EXPECTED: ngettext("{n} expected", "{n} expected", count),
        DayState.READY: ngettext("{n} ready", "{n} ready", count),
        DayState.RUNNING: ngettext("{n} running", "{n} running", count),
        DayState.OVERTIME: ngettext("{n} over time", "{n} over time", count),
        DayState.FINISHED: ngettext("{n} finished", "{n} finished", count),
    }
    return words[state].format(n=count)


def day_states_word(state: DayState) -> str:
    """The state of several students, in as few letters as stay readable: what a filter narrows a board to."""
    words = {
        DayState.TO_REDIRECT: pgettext("students", "to redirect"),
        DayState.NOT_IN_EXPORT: pgettext("students", "not in the export"),
        DayState.NOT_SENT: pgettext("students", "not sent"),
        DayState.TO_CHECK: pgettext("students", "to check"),
        DayState.TO_CALL_BACK: pgettext("students", "to call back"),
        DayState.IN_REMEDIATION: pgettext("students", "in remediation"),
        DayState.ABSENT: pgettext("students", "absent"),
        DayState.EXPECTED: pgettext("students", "expected"),
        DayState.READY: pgettext("students", "ready"),
        DayState.RUNNING: pgettext("students", "running"),
        DayState.OVERTIME: pgettext("students", "over time"),
        DayState.FINISHED: pgettext("students", "finished"),
    }
    return words[state]


def day_symbol(state: DayState, ascii_only: bool = False) -> str:
    """One character, one cell wide; never shown without its word or its place on a labelled line."""
    return _SYMBOLS[state][ascii_only]


def clock_words(row: BoardRow, day: StudentDay, session: Session, now: datetime) -> str:
    """What the clock says of the student, for a cell of about 22 characters; empty where it says nothing."""
    state = day_state(row, day, session, now)
    if state is DayState.FINISHED:
        return _end_words(day, now)
    if state in {DayState.RUNNING, DayState.OVERTIME}:
        return _test_words(row, day, session, now)
    if state is DayState.TO_CALL_BACK:
        return _call_back_words(day, session, now)
    if state is DayState.READY:
        return _ready_words(day, session, now)
    if state is DayState.EXPECTED:
        return _awaited_words(session, now)
    if state is DayState.ABSENT:
        return _here_words(day, now)
    if day.redirected_at is not None:
        return _redirected_words(day, day.redirected_at, now)
    return _too_late_words(session, now) or _here_words(day, now)


def latest_start_words(session: Session, now: datetime) -> str:
    """The latest useful start with the time left, for the head of the board; empty where there is none."""
    latest = latest_start(session)
    if latest is None:
        return ""
    moment = from_words(latest, now)
    if now > latest:
        return _("latest useful start was {time}").format(time=moment)
    return _("latest useful start {time}, {span} left").format(time=moment, span=span_words(latest - now))


def freshness_words(row: BoardRow, session: Session, now: datetime) -> str:
    """What to do about a profile that was sent too long ago; empty while it is fresh, or of unknown date."""
    if row.profile is None or row.sent_at is None:
        return ""
    try:
        sent = datetime.fromisoformat(row.sent_at)
    except ValueError:
        return ""
    days = (now.date() - sent.date()).days
    if days <= session.limits.profile_days:
        return ""
    words = ngettext(
        "profile sent {n} day ago: have it sent again", "profile sent {n} days ago: have it sent again", days
    )
    return words.format(n=days)


def export_staleness_words(
    newest_export_at: datetime | None, states: Collection[DayState], session: Session, now: datetime
) -> str:
    """What to click when the newest export is too old to show what those in remediation did.

    Empty where it is not, and once nobody can start any more.
    """
    waiting = sum(state is DayState.IN_REMEDIATION for state in states)
    limit = timedelta(minutes=session.limits.export_minutes)
    if (
        not waiting
        or is_too_late(session, now)
        or (newest_export_at is not None and now - newest_export_at <= limit)
    ):
        return ""
    click = _("in Pix Orga, open the campaign and click “Exporter les résultats (.csv)”")
    if newest_export_at is None:
        return _("no export yet: {click}").format(click=click)
    age = span_words(now - newest_export_at)
    words = ngettext(
        "export {age} old, {n} student in remediation: {click}",
        "export {age} old, {n} students in remediation: {click}",
        waiting,
    )
    return words.format(age=age, n=waiting, click=click)


_DONE = {
    ActionKind.PRESENT: N_("marked present"),
    ActionKind.ABSENT: N_("marked absent"),
    ActionKind.LATE: N_("marked late"),
    ActionKind.REDIRECT: N_("redirection"),
    ActionKind.AUTHORISE: N_("authorisation to start"),
    ActionKind.START: N_("start of the test"),
    ActionKind.FINISH: N_("end of the test"),
    ActionKind.STOP: N_("stop of the test"),
    ActionKind.RESUME: N_("resumption of the test"),
    ActionKind.PAUSE: N_("incident pause"),
    ActionKind.UNPAUSE: N_("end of the pause"),
    ActionKind.INCIDENT: N_("incident"),
    ActionKind.NOTE: N_("note"),
    ActionKind.HANDLED: N_("incident handled"),
    ActionKind.CALL: N_("added to the session"),
    ActionKind.EXTRA_TIME: N_("extra time"),
    ActionKind.ROOM: N_("change of room"),
    ActionKind.OBSERVE: N_("seen"),
    ActionKind.DELEGATE: N_("helper of the class"),
    ActionKind.UNDELEGATE: N_("helper of the class no more"),
    ActionKind.TICK: N_("ticked"),
    ActionKind.UNTICK: N_("unticked"),
    ActionKind.UNDO: N_("undo"),
}
_STOPPED_FOR = {
    StopReason.STUDENT: N_("given up: lack of time or early departure"),
    StopReason.TECHNICAL: N_("technical problem"),
}
_NAMED_AT_MOST = 3


def action_words(action: Action) -> str:
    """One action without its time, "redirection : BARBIER Lou"; fit to be painted."""
    done = _(_DONE[action.kind])
    if action.kind is ActionKind.PAUSE and action.planned:
        done = _("planned pause")
    if action.kind is ActionKind.STOP and action.code:
        done = f"{done}, {stop_reason_words(action.code)}"
    elif action.code:
        done = f"{done} {incident_words(action.code)}"
    if action.extra_time is not None:
        done = f"{done} {extra_time_words(action.extra_time)}"
    if action.who and action.room:
        done = f"{done}, {shown(action.room)}"
    about = ", ".join(_named(action)) or shown(action.room or "")
    words = _("{done}: {about}").format(done=done, about=about) if about else done
    return f"{words} · {shown(action.text)}" if action.text.strip() else words


def stop_reason_words(code: str) -> str:
    """Why a test was given up, in the words of Pix Certif."""
    reasons = {reason.value: words for reason, words in _STOPPED_FOR.items()}
    return _(reasons[code]) if code in reasons else shown(code, 20)


def extra_time_words(extra_time: float) -> str:
    """Extra time as a percentage, "+33 %"; "0 %" where there is none."""
    percent = _("{n} %").format(n=number_words(round(extra_time * 100, 1)))
    return f"+{percent}" if extra_time else percent


def _named(action: Action) -> Iterable[str]:
    names = [f"{shown(who.last_name)} {shown(who.first_name)}".strip() or "—" for who in action.who]
    if len(names) <= _NAMED_AT_MOST:
        return names
    more = len(names) - _NAMED_AT_MOST
    others = ngettext("and {n} other", "and {n} others", more).format(n=more)
    return [*names[:_NAMED_AT_MOST], others]


def _redirected_words(day: StudentDay, at: datetime, now: datetime) -> str:
    if not is_away(day):  # was eligible after the redirection, and is not any more
        return _("already redirected {when}").format(when=at_words(at, now))
    if at.date() != now.date():
        return _("redirected {when}").format(when=at_words(at, now))
    span = span_words(now - at)
    return _("redirected {time} · {span}").format(time=f"{at:%H:%M}", span=span)


def _end_words(day: StudentDay, now: datetime) -> str:
    if day.finished_at is not None:
        return _("finished {when}").format(when=at_words(day.finished_at, now))
    if day.stopped_at is not None:
        return _("stopped {when}").format(when=at_words(day.stopped_at, now))
    return ""


def _test_words(row: BoardRow, day: StudentDay, session: Session, now: datetime) -> str:
    end = personal_end(day, session, extra_time_of(row), now)
    if end is None:
        return ""
    if is_closed(day, now):
        return _("closed after 24 h")
    if row.eligibility is Eligibility.NOT_ELIGIBLE:
        # The state says that the test runs; that the student is under the rule has to stand here.
        over = f"+{span_words(now - end)}" if now > end else span_words(end - now)
        return _("not eligible · {span}").format(span=over)
    pause = open_pause(day)
    if pause is not None:
        if pause.begin.date() != now.date():  # "since" and a day would be too long for the cell
            return _("paused {when}").format(when=at_words(pause.begin, now))
        return _("paused since {time}").format(time=f"{pause.begin:%H:%M}")
    if now > end:
        return (
            _("over by {span}").format(span=span_words(now - end))
            if now - end >= _MINUTE
            else _("time is up")
        )
    if end - now < _MINUTE:
        return _("under a minute left")
    return _("{span} left · {time}").format(span=span_words(end - now), time=hour_words(end))


def _call_back_words(day: StudentDay, session: Session, now: datetime) -> str:
    latest = latest_start(session)
    if latest is not None and now <= latest:
        return _("{span} to start").format(span=span_words(latest - now))
    if latest is not None:
        return _too_late_words(session, now)
    if day.eligible_again_at is not None:
        return _("eligible {when}").format(when=at_words(day.eligible_again_at, now))
    return ""


def _ready_words(day: StudentDay, session: Session, now: datetime) -> str:
    until, latest = authorised_until(day, session), latest_start(session)
    if until is not None and now <= until:
        return _("start before {time}").format(time=from_words(until, now))
    if until is not None:
        return _("authorisation expired")
    if latest is not None and latest - _SOON <= now <= latest:
        return _("{span} to start").format(span=span_words(latest - now))
    return _too_late_words(session, now) or _here_words(day, now)


def _awaited_words(session: Session, now: datetime) -> str:
    """How long a student has been awaited; empty on another day than that of the session."""
    start = planned_start(session)
    if start is None or not _MINUTE <= now - start < _A_DAY:
        return ""
    return _("awaited for {span}").format(span=span_words(now - start))


def _too_late_words(session: Session, now: datetime) -> str:
    latest = latest_start(session)
    if latest is None or now <= latest:
        return ""
    if latest.date() != now.date():
        return _("too late")
    return _("too late since {time}").format(time=f"{latest:%H:%M}")


def _here_words(day: StudentDay, now: datetime) -> str:
    if day.presence_at is None:
        return ""
    at = day.back_at or day.presence_at
    if day.presence is Presence.PRESENT:
        if at.date() != now.date():
            return _("here {when}").format(when=at_words(at, now))
        return _("here since {time}").format(time=f"{at:%H:%M}")
    words = {Presence.LATE: _("late, {time}"), Presence.ABSENT: _("noted {when}")}.get(day.presence, "")
    return words.format(time=from_words(at, now), when=at_words(at, now))
