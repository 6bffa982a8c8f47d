"""The words of the hand-over sheet, said the same way on paper, in the table and in plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from pixsession.domain.board.wording import number_words, span_words, state_word
from pixsession.domain.certification.day import Presence
from pixsession.domain.certification.incidents import incident_words, is_live
from pixsession.domain.certification.session import SessionKind
from pixsession.domain.certification.words import stop_reason_words
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.reports.certification.facts import Count, Elsewhere, Sheet, SheetPause, SheetStudent
from pixsession.reports.common.facts import Remark
from pixsession.reports.common.words import clock_words, head_facts, moment, rooms_fact

_KINDS = {
    SessionKind.CERTIFICATION: N_("Certification sheet"),
    SessionKind.HALF_GROUP: N_("Lesson sheet"),
}
_PRESENCES = {
    Presence.UNKNOWN: "",
    Presence.PRESENT: N_("present"),
    Presence.LATE: N_("late"),
    Presence.ABSENT: N_("absent"),
}


def kind_words(sheet: Sheet) -> str:
    """What the sheet is, "Fiche de certification"."""
    return _(_KINDS[sheet.kind])


def at_words(at: datetime, sheet: Sheet) -> str:
    """The same in a sentence: "at 09:30", "on 12/03/2026 at 09:30"."""
    if at.date() == sheet.head.day:
        return _("at {time}").format(time=f"{at:%H:%M}")
    return _("on {day} at {time}").format(day=f"{at:%d/%m/%Y}", time=f"{at:%H:%M}")


def until_words(at: datetime, sheet: Sheet) -> str:
    """The same for an end: "until 11:21", "until 12/03/2026 at 11:21"."""
    if at.date() == sheet.head.day:
        return _("until {time}").format(time=f"{at:%H:%M}")
    return _("until {day} at {time}").format(day=f"{at:%d/%m/%Y}", time=f"{at:%H:%M}")


def journal_words(sheet: Sheet) -> str:
    """How many actions the journal holds, and their seal, " 42 actions in the journal, seal 3f9a c01d."

    Whoever changes, adds or takes out one afterwards makes a sheet with another seal.
    """
    if not sheet.actions:
        return ""
    words = ngettext(
        "{n} action in the journal, seal {seal}.", "{n} actions in the journal, seal {seal}.", sheet.actions
    )
    return " " + words.format(n=sheet.actions, seal=f"{sheet.seal[:4]} {sheet.seal[4:]}")


def facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The head of the sheet, label and words; what is not known is left out."""
    yield from head_facts(sheet.head)
    if not sheet.head.zone:
        yield _("Time zone"), _("that of Paris")
    if sheet.usual_end is not None:
        yield _("End without extra time"), clock_words(sheet.usual_end)
    yield from rooms_fact(sheet.head)
    if sheet.invigilators:
        label = ngettext("Invigilator", "Invigilators", len(sheet.invigilators))
        yield label, ", ".join(sheet.invigilators)


def sites_and_numbers(sheet: Sheet) -> Iterator[str]:
    """The schools, and what Pix Certif calls the session; nothing where no list tells."""
    yield from sheet.sites
    if sheet.numbers:
        yield _("Pix Certif session {numbers}").format(numbers=", ".join(sheet.numbers))


def count_facts(count: Count) -> Iterator[tuple[str, int]]:
    """Words with `{n}` in them, and the number: called and came always, the others from one on."""
    yield ngettext("{n} called", "{n} called", count.called), count.called
    yield ngettext("{n} came", "{n} came", count.came), count.came
    others = (
        (ngettext("{n} of them late", "{n} of them late", count.late), count.late),
        (ngettext("{n} absent", "{n} absent", count.absent), count.absent),
        (ngettext("{n} redirected", "{n} redirected", count.redirected), count.redirected),
        (
            ngettext("{n} of them eligible now", "{n} of them eligible now", count.eligible_since),
            count.eligible_since,
        ),
        (ngettext("{n} started", "{n} started", count.started), count.started),
        (ngettext("{n} finished", "{n} finished", count.finished), count.finished),
    )
    yield from ((label, number) for label, number in others if number)


def extra_time(fraction: float | None) -> str:
    """An extra time as a percentage; the reason is nobody’s business here."""
    if not fraction:
        return ""
    return _("{n}%").format(n=number_words(round(fraction * 100, 1)))


def presence(student: SheetStudent, sheet: Sheet) -> str:
    """Present, late with the time, or absent; who was seen to begin has come."""
    word = presence_word(student)
    if student.day.presence is Presence.LATE:
        return f"{word} {moment(student.day.presence_at, sheet.head)}".strip()
    return word


def presence_word(student: SheetStudent) -> str:
    """Present, late, absent, or nothing where nobody said."""
    presence = student.day.presence
    if student.has_come and presence is not Presence.LATE:
        presence = Presence.PRESENT
    return _(_PRESENCES[presence]) if _PRESENCES[presence] else ""


def test_end(student: SheetStudent, sheet: Sheet) -> str:
    """When the test ended, or was stopped."""
    day = student.day
    if day.stopped_at is not None and day.finished_at is None:
        return _("stopped {when}").format(when=at_words(day.stopped_at, sheet))
    return moment(day.finished_at, sheet.head)


def minutes(span: timedelta) -> str:
    """A pause in words; empty where there was none."""
    return span_words(span) if span else ""


def since_redirected(student: SheetStudent, sheet: Sheet) -> str:
    """What became of a redirection: when the student became eligible, or that it has not happened (yet)."""
    day, state = student.day, state_word(student.eligibility)
    again, is_eligible = day.eligible_again_at, student.eligibility is Eligibility.ELIGIBLE
    if again is None:
        return state if is_eligible else _("{state} to this day").format(state=state)
    at = at_words(again, sheet)
    if not is_eligible:
        return _("eligible {when}, then {state}").format(when=at, state=state)
    if day.redirected_at is None or again < day.redirected_at:
        return _("eligible {when}").format(when=at)
    return _("eligible {when}, after {span}").format(when=at, span=span_words(again - day.redirected_at))


def personal_time(student: SheetStudent, sheet: Sheet) -> str:
    """How long the test of this student is, and when it ends once it has begun."""
    words = span_words(sheet.head.duration * (1 + (student.extra_time or 0.0)))
    if student.personal_end is None:
        return words
    return f"{words}, {until_words(student.personal_end, sheet)}"


def incident(remark: Remark) -> str:
    """Pix's code with its label, then what was noted."""
    return " — ".join(text for text in (incident_words(remark.code), remark.text) if text)


def handled(remark: Remark, sheet: Sheet) -> str:
    """When an incident was handled, and by whom where that was said."""
    if remark.handled_at is None:
        return ""
    when = at_words(remark.handled_at, sheet)
    words = _("handled {when} by {who}") if remark.handled_by else _("handled {when}")
    return words.format(when=when, who=remark.handled_by)


def pause_words(pause: SheetPause, sheet: Sheet) -> tuple[str, ...]:
    """Until when it lasted, of which kind it was, and its cause."""
    until = until_words(pause.end, sheet) if pause.end is not None else _("lasts")
    kind = _("planned pause") if pause.planned else _("incident pause")
    return tuple(filter(None, (until, kind, pause.cause)))


def stopped(student: SheetStudent) -> str:
    """Why a test was stopped, or that Pix Certif will ask for it."""
    reason = student.day.stop_reason
    return stop_reason_words(reason) if reason else _("reason to give when finalising")


def fall(student: SheetStudent, sheet: Sheet) -> str:
    """The verdict of the newest export, and since which export."""
    state = state_word(student.eligibility)
    if student.fell_at is None:
        return state
    return _("{state}, by the export {when}").format(state=state, when=at_words(student.fell_at, sheet))


def is_final(remark: Remark) -> bool:
    """Whether Pix takes this incident when the session is finalised; the others are handled live."""
    return not is_live(remark.code)


def whose(remark: Remark) -> str:
    """The student or the room that a remark is about, else the whole session."""
    return remark.who or _("whole session")


def elsewhere(told: Elsewhere) -> str:
    """What was done to somebody whom the board does not show."""
    return " — ".join(text for text in (told.done, told.text) if text)


def elsewhere_name(told: Elsewhere) -> str:
    name = f"{told.last_name} {told.first_name}".strip() or "—"
    return f"{name} ({told.place})" if told.place else name


def reminder(*, final: bool, is_open: bool = False) -> str:
    """What is left to do with the incidents of Pix's two families."""
    if final:
        return _("To report in Pix Certif when the session is finalised")
    if is_open:
        return _("During the test, and nobody noted that they were handled")
    return _("Handled live, in the official invigilator screen")


def redirected_title(sheet: Sheet) -> str:
    """Where students were redirected to, with the code of the campaign."""
    if not sheet.remediation:
        return _("Redirected")
    code = f" ({sheet.remediation_code})" if sheet.remediation_code else ""
    return _("Redirected to {campaign}").format(campaign=f"{sheet.remediation}{code}")


def redirected(sheet: Sheet) -> list[SheetStudent]:
    """Who was redirected, in the order of time."""
    there = (student for student in sheet.students if student.day.redirected_at is not None)
    return sorted(there, key=lambda student: str(student.day.redirected_at))


def forgotten(sheet: Sheet) -> list[tuple[SheetStudent, str]]:
    """Who came to a certification without being eligible and was not redirected, with the state."""
    if sheet.kind is not SessionKind.CERTIFICATION:
        return []
    return [(student, state_word(student.eligibility)) for student in sheet.students if student.is_forgotten]
