"""The next gesture for each student: what to do now, and by which key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.board.reasons import ReasonCode
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.alerts import missing_gaps, open_incidents
from pixsession.domain.certification.clock import authorised_until, latest_start, open_pause
from pixsession.domain.certification.day import Alert, DayState, DayView, Presence, StudentDay
from pixsession.domain.certification.remediation import Rung, progress_words, rung_of
from pixsession.domain.pix.competences import BY_CODE
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.text import shown


class Step(StrEnum):
    """What a supervisor does next about one student."""

    BACK = "back"  # has come back from the remediation
    HANDLED = "handled"
    FINISH = "finish"
    NOTE = "note"
    REDIRECT = "redirect"
    WHO = "who"  # who is who
    LOOK = "look"  # why the verdict is in doubt
    COLLECTION_CODE = "collection_code"
    SEND_AGAIN = "send_again"
    EXPORT = "export"
    FIRST_EXPORT = "first_export"
    PATH = "path"
    ENTER_CODE = "enter_code"
    PRESENT = "present"
    AUTHORISE = "authorise"
    START = "start"
    TOO_LATE = "too_late"  # to start usefully
    RESUME = "resume"  # the pause of the student, or of the room


# The id of the binding whose key does it; nothing to press where the student, or Pix, has to do it.
KEYS = {
    Step.BACK: "session.present",
    Step.HANDLED: "session.incident",
    Step.FINISH: "session.finish",
    Step.NOTE: "session.note",
    Step.REDIRECT: "session.redirect",
    Step.WHO: "app.matches",
    Step.LOOK: "board.open",
    Step.COLLECTION_CODE: "session.redirect",
    Step.SEND_AGAIN: "session.redirect",
    Step.ENTER_CODE: "session.redirect",
    Step.PRESENT: "session.present",
    Step.AUTHORISE: "session.authorise",
    Step.START: "session.start",
    Step.TOO_LATE: "session.note",
    Step.RESUME: "session.pause",
}
# One word beside its key: "p revenu".
_WORDS = {
    Step.BACK: N_("back"),
    Step.HANDLED: N_("handled"),
    Step.FINISH: N_("finished"),
    Step.NOTE: N_("note"),
    Step.REDIRECT: N_("redirect"),
    Step.WHO: N_("decide"),
    Step.LOOK: N_("see"),
    Step.COLLECTION_CODE: N_("code"),
    Step.SEND_AGAIN: N_("code"),
    Step.EXPORT: N_("export"),
    Step.FIRST_EXPORT: N_("export"),
    Step.PATH: N_("path"),
    Step.ENTER_CODE: N_("code"),
    Step.PRESENT: N_("present"),
    Step.AUTHORISE: N_("authorise"),
    Step.START: N_("start"),
    Step.TOO_LATE: N_("note"),
    Step.RESUME: N_("resume"),
}
_SENTENCES = {
    Step.BACK: N_("call back, then mark present"),
    Step.HANDLED: N_("handle the incident in the invigilator screen of Pix, then mark it as handled"),
    Step.FINISH: N_("end the test, then mark it as finished"),
    Step.NOTE: N_("let the test go on, and note it"),
    Step.REDIRECT: N_("send to the remediation"),
    Step.WHO: N_("say who is who"),
    Step.LOOK: N_("look at the doubt"),
    Step.COLLECTION_CODE: N_("have the profile sent"),
    Step.SEND_AGAIN: N_("have the profile sent again"),
    Step.EXPORT: N_("export the collection again"),
    Step.FIRST_EXPORT: N_("export the results of the collection in Pix Orga"),
    Step.PATH: N_("is working on the path of the remediation"),
    Step.ENTER_CODE: N_("has to enter the code of the remediation"),
    Step.PRESENT: N_("mark present"),
    Step.AUTHORISE: N_("authorise to start"),
    Step.START: N_("have the test started"),
    Step.TOO_LATE: N_("too late to start today: note it"),
    Step.RESUME: N_("end the pause"),
}
_ALERT_WORDS = {
    Alert.INCIDENT: N_("incident open"),
    Alert.FALLEN: N_("running, not eligible any more"),
    Alert.DOUBT: N_("running, to check"),
    Alert.SEND_AGAIN: N_("profile to send again"),
}
_PEOPLE = frozenset({ReasonCode.PERHAPS_SAME, ReasonCode.PERHAPS_NAMESAKES, ReasonCode.NAMESAKES})


class NextStep(NamedTuple):
    """`key`: the id of the binding that does it; empty where there is nothing to press."""

    step: Step
    key: str

    @property
    def word(self) -> str:
        """One word, to stand beside the key."""
        return _(_WORDS[self.step])

    @property
    def sentence(self) -> str:
        """What to do, to stand alone."""
        return _(_SENTENCES[self.step])


def next_step(row: BoardRow, view: DayView, now: datetime) -> NextStep | None:
    """The next gesture for the student; None where there is nothing to do for now."""
    case = _Case(row, view, now)
    alerts = view.alerts.get(row.student_id, ())
    step = None
    if (state := view.states[row.student_id]) is DayState.TO_CALL_BACK:
        step = Step.BACK
    elif Alert.INCIDENT in alerts:
        step = Step.HANDLED
    elif Alert.FALLEN in alerts or Alert.DOUBT in alerts:
        step = Step.FINISH if state is DayState.OVERTIME else Step.NOTE
    elif decide := _BY_STATE.get(state):
        step = decide(case)
    return None if step is None else NextStep(step, KEYS.get(step, ""))


def alert_word(alert: Alert) -> str:
    """The alert in words, "incident à traiter" in French."""
    return _(_ALERT_WORDS[alert])


def short_words(row: BoardRow, rule: Rule, most: int = 2) -> str:
    """The competences that would be enough, with the pix that are short: "Sécuriser −1 · Construire −1 +3".

    The last number says how many others there are.
    """
    gaps = missing_gaps(row, rule)
    words = [f"{BY_CODE[gap.competence].short_name} −{gap.pix_missing}" for gap in gaps[:most]]
    more = f" +{len(gaps) - most}" if len(gaps) > most else ""
    return " · ".join(words) + more


def ladder_words(row: BoardRow, view: DayView, now: datetime) -> tuple[tuple[str, bool], ...]:
    """The steps of the remediation in order, each with whether it is the one to take now."""
    at = rung_of(row, view, now)
    done = progress_words(row, view)
    return (
        (_("code to enter") if at is Rung.CODE else _("code"), at is Rung.CODE),
        (_("path {done}").format(done=done).strip() if done else _("path"), at is Rung.PATH),
        (_("profile to send again"), at is Rung.PROFILE),
        (_("export to do again"), at is Rung.EXPORT),
    )


def incident_codes(day: StudentDay) -> str:
    """The codes of the open incidents, "E3, E10"; empty without one."""
    return ", ".join(dict.fromkeys(shown(one.code, 12) for one in open_incidents(day)))


class _Case(NamedTuple):
    row: BoardRow
    view: DayView
    now: datetime

    @property
    def day(self) -> StudentDay:
        return self.view.days[self.row.student_id]


def _check(case: _Case) -> Step:
    is_person = any(reason.code in _PEOPLE for reason in case.row.verdict.reasons)
    return Step.WHO if is_person else Step.LOOK


def _not_in_export(case: _Case) -> Step:
    """Before the first export of the day it is the roll call that goes on."""
    if case.view.has_exports:
        return Step.COLLECTION_CODE
    return Step.PRESENT if case.day.presence is Presence.UNKNOWN else Step.FIRST_EXPORT


def _remediation(case: _Case) -> Step:
    return _RUNG_STEPS[rung_of(case.row, case.view, case.now)]


def _ready(case: _Case) -> Step:
    latest, until = latest_start(case.view.session), authorised_until(case.day, case.view.session)
    if latest is not None and case.now > latest:
        return Step.TOO_LATE
    return Step.START if until is not None and case.now <= until else Step.AUTHORISE


def _running(case: _Case) -> Step | None:
    return Step.RESUME if open_pause(case.day) is not None else None


_RUNG_STEPS = {
    Rung.CODE: Step.ENTER_CODE,
    Rung.PATH: Step.PATH,
    Rung.PROFILE: Step.SEND_AGAIN,
    Rung.EXPORT: Step.EXPORT,
}
_BY_STATE: dict[DayState, Callable[[_Case], Step | None]] = {
    DayState.OVERTIME: lambda _case: Step.FINISH,
    DayState.TO_REDIRECT: lambda _case: Step.REDIRECT,
    DayState.TO_CHECK: _check,
    DayState.NOT_IN_EXPORT: _not_in_export,
    DayState.NOT_SENT: lambda _case: Step.COLLECTION_CODE,
    DayState.IN_REMEDIATION: _remediation,
    DayState.EXPECTED: lambda _case: Step.PRESENT,
    DayState.READY: _ready,
    DayState.RUNNING: _running,
}
