"""Why an action makes no sense now, and what to know of one that goes all the same; both in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import at_words, from_words, until_words
from pixsession.domain.certification.alerts import open_incidents
from pixsession.domain.certification.clock import (
    LAST_START_AFTER,
    authorised_until,
    is_closed,
    latest_start,
    open_pause,
)
from pixsession.domain.certification.day import ActionKind, Pause, Presence, StudentDay
from pixsession.domain.certification.incidents import CODES, RETIRED, is_live
from pixsession.domain.certification.session import Session
from pixsession.domain.certification.states import is_absent, is_away, is_to_call_back
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown


class _Case(NamedTuple):
    """A student, a moment, and the action asked for."""

    row: BoardRow
    day: StudentDay
    session: Session
    now: datetime
    code: str
    first_start: datetime | None

    def at(self, words: str, moment: datetime) -> str:
        """These words with their moment, whole: the time, and its day where it is another one.

        `{when}` stands for "at 09:30", `{time}` for what follows "since", `{until}` for "until 09:30".
        """
        return words.format(
            when=at_words(moment, self.now, in_full=True),
            time=from_words(moment, self.now, in_full=True),
            until=until_words(moment, self.now, in_full=True),
        )


_Verdict = Callable[[_Case], str | None]


def refusal(
    kind: ActionKind,
    row: BoardRow,
    day: StudentDay,
    session: Session,
    now: datetime,
    code: str = "",
    *,
    first_start: datetime | None = None,
) -> str | None:
    """Why the action makes no sense for the student now, a sentence that can follow the name; None: allowed.

    `first_start` is the first of the whole session (see `clock.first_start`). A start is a fact that the
    supervisor reports: the verdict, a lapsed authorisation or a late hour do not refuse it, see `caution`.
    """
    check = _CHECKS.get(kind)
    return check(_Case(row, day, session, now, code.strip().upper(), first_start)) if check else None


def caution(
    kind: ActionKind,
    row: BoardRow,
    day: StudentDay,
    session: Session,
    now: datetime,
    *,
    first_start: datetime | None = None,
) -> str | None:
    """A warning about an action that is allowed, given the day before it; None: nothing to say."""
    case = _Case(row, day, session, now, "", first_start)
    if kind is ActionKind.START:
        return _start_caution(case)
    latest = latest_start(session)
    if kind is ActionKind.REDIRECT and latest is not None and now > latest:
        words = _("The latest useful start was {time}: no test today, but working on it is never lost.")
        return case.at(words, latest)
    if kind is ActionKind.STOP:
        return _(
            "With fewer than 20 of 32 answers a test given up is not obtained; say the cause when finalising."
        )
    return None


def room_refusal(kind: ActionKind, paused: Pause | None, now: datetime) -> str | None:
    """Why a pause of a whole room, or its end, is refused; `paused`: the pause that has not ended there."""
    if kind is ActionKind.PAUSE and paused is not None:
        since = from_words(paused.begin, now, in_full=True)
        return _("The room has been paused since {time}.").format(time=since)
    if kind is ActionKind.UNPAUSE and paused is None:
        return _("The room is not paused.")
    return None


def _present(case: _Case) -> str | None:
    day = case.day
    if day.presence not in {Presence.PRESENT, Presence.LATE} or day.presence_at is None:
        return None
    if case.row.eligibility is Eligibility.ELIGIBLE and is_to_call_back(day):
        return None  # marked present again: back from the remediation
    if is_away(day) and day.redirected_at is not None and day.started_at is None:
        return case.at(_("Redirected {when}: mark present once eligible and back."), day.redirected_at)
    if day.presence is Presence.LATE and day.redirected_at is None:
        return None
    return case.at(_("Already marked present {when}."), day.back_at or day.presence_at)


def _absent(case: _Case) -> str | None:
    day = case.day
    if day.started_at is not None:
        return case.at(_("The test started {when}: who leaves is stopped, not absent."), day.started_at)
    if is_absent(day) and day.presence_at is not None:
        return case.at(_("Already marked absent {when}."), day.presence_at)
    return None


def _late(case: _Case) -> str | None:
    day = case.day
    if day.presence is not Presence.LATE or day.presence_at is None:
        return None
    return case.at(_("Already marked late {when}."), day.presence_at)


def _redirect(case: _Case) -> str | None:
    day = case.day
    if case.row.eligibility is Eligibility.ELIGIBLE:
        return _("Eligible: no need to redirect.")
    begun = _not_to_begin(case)
    if begun is None and is_away(day) and day.redirected_at is not None:
        return case.at(_("Already redirected {when}."), day.redirected_at)
    return begun


def _authorise(case: _Case) -> str | None:
    begun = _not_to_begin(case)
    if begun is not None:
        return begun
    if case.row.eligibility is Eligibility.NOT_ELIGIBLE:
        return _("Not eligible: redirect, or have the profile sent again and export anew.")
    until = authorised_until(case.day, case.session)
    if until is not None and case.now < until:
        return case.at(_("Already authorised: the start is possible {until}."), until)
    if _is_past_last_start(case) and case.first_start is not None:
        return case.at(_("Pix allows no start 24 hours after the first one ({time})."), case.first_start)
    return None


def _not_to_begin(case: _Case) -> str | None:
    """Why the student is past starting, or not there to start."""
    day = case.day
    if day.finished_at is not None:
        return case.at(_("The test was finished {when}."), day.finished_at)
    if day.stopped_at is not None:
        return case.at(_("The test was stopped {when}: resume it."), day.stopped_at)
    if day.started_at is not None:
        return case.at(_("The test started {when}."), day.started_at)
    if is_absent(day):
        return _("Marked absent: mark present first.")
    return None


def _not_running(case: _Case) -> str | None:
    if case.day.started_at is None:
        return _("The test has not started.")
    if case.day.finished_at is None and case.day.stopped_at is None:
        return None
    return _not_to_begin(case)


def _resume(case: _Case) -> str | None:
    day = case.day
    if day.finished_at is not None:
        return case.at(
            _("The test was finished {when}: Pix does not resume it. If it was a slip, undo."),
            day.finished_at,
        )
    if day.started_at is None:
        return _("The test has not started.")
    if day.stopped_at is None:
        return _("The test is paused: end the pause.") if open_pause(day) else _("The test is running.")
    if is_closed(day, case.now):
        return case.at(_("Pix takes no more answers 24 hours after the start ({time})."), day.started_at)
    return None


def _pause(case: _Case) -> str | None:
    pause = open_pause(case.day)
    if pause is not None:
        words = (
            _("Paused with the room since {time}.") if pause.of_room else _("Already paused since {time}.")
        )
        return _not_running(case) or case.at(words, pause.begin)
    return _not_running(case)


def _unpause(case: _Case) -> str | None:
    pause = open_pause(case.day)
    if pause is None:
        return _not_running(case) or _("There is no pause to end.")
    if pause.of_room:
        words = _("Paused with the room since {time}: end the pause of the room.")
        return _not_running(case) or case.at(words, pause.begin)
    return None  # the end of a test ends one's own pause


def _incident(case: _Case) -> str | None:
    code = case.code
    if code in RETIRED:
        return _("Pix no longer uses the code {code}.").format(code=code)
    if code not in CODES:
        words = _("“{code}” is no incident of Pix: {codes}.")
        return words.format(code=shown(code, 12), codes=", ".join(CODES))
    if is_live(code) and case.day.started_at is None:
        return _("The test has not started: a code E is about a question of the test.")
    return None


def _handled(case: _Case) -> str | None:
    opened = [one for one in open_incidents(case.day) if case.code in {"", one.code}]
    return None if opened else _("There is no open incident.")


_CHECKS: dict[ActionKind, _Verdict] = {
    ActionKind.PRESENT: _present,
    ActionKind.ABSENT: _absent,
    ActionKind.LATE: _late,
    ActionKind.REDIRECT: _redirect,
    ActionKind.AUTHORISE: _authorise,
    ActionKind.START: _not_to_begin,
    ActionKind.FINISH: _not_running,
    ActionKind.STOP: _not_running,
    ActionKind.RESUME: _resume,
    ActionKind.PAUSE: _pause,
    ActionKind.UNPAUSE: _unpause,
    ActionKind.INCIDENT: _incident,
    ActionKind.HANDLED: _handled,
}


def _start_caution(case: _Case) -> str | None:
    until, latest = authorised_until(case.day, case.session), latest_start(case.session)
    if case.row.eligibility is Eligibility.NOT_ELIGIBLE:
        return _("Not eligible by the newest export: make sure that Pix really let the test begin.")
    if _is_past_last_start(case) and case.first_start is not None:
        return case.at(_("Pix allows no start 24 hours after the first one ({time})."), case.first_start)
    if until is not None and case.now > until:
        return case.at(_("The authorisation ran out {when}: if Pix refuses, authorise again."), until)
    if latest is not None and case.now > latest:
        return case.at(_("The latest useful start was {time}."), latest)
    return None


def _is_past_last_start(case: _Case) -> bool:
    return case.first_start is not None and case.now > case.first_start + LAST_START_AFTER
