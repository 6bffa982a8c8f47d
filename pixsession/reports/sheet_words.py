"""The words of the hand-over sheet, said the same way on paper, in the table and in plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Protocol

from pixsession.domain.board.wording import number_words, span_words, state_word
from pixsession.domain.certification.day import Presence
from pixsession.domain.certification.incidents import incident_words, is_live
from pixsession.domain.certification.session import SessionKind
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.room_time import in_room, room_day
from pixsession.reports.sheet import Count, Elsewhere, ReadFile, Remark, Sheet, SheetStudent

_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
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
_FILES = {
    "profiles": N_("profile collection"),
    "assessment": N_("evaluation campaign"),
    "results": N_("certification results"),
    "candidates": N_("candidates of a session"),
    "sessions": N_("import of certification sessions"),
    "roster": N_("class list"),
}


class Dated(Protocol):
    """A sheet of whatever kind, as far as it says which day it is about, and when it was made."""

    @property
    def day(self) -> date: ...
    @property
    def made_at(self) -> datetime: ...


class ReadSheet(Dated, Protocol):
    """A sheet that says what it was made of."""

    @property
    def read(self) -> tuple[ReadFile, ...]: ...
    @property
    def refused(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...


def kind_words(sheet: Sheet) -> str:
    """What the sheet is, "Fiche de certification"."""
    return _(_KINDS[sheet.kind])


def long_date(day: date) -> str:
    """A day in full, "jeudi 12 mars 2026"; French says "1er" of the first of a month."""
    words = _("{weekday} 1 {month} {year}") if day.day == 1 else _("{weekday} {day} {month} {year}")
    weekday, month = _(_WEEKDAYS[day.weekday()]), _(_MONTHS[day.month - 1])
    return words.format(weekday=weekday, day=day.day, month=month, year=day.year)


def moment(at: datetime | None, sheet: Dated) -> str:
    """A time of the day of the session, with its day where it is another one; empty where unknown."""
    if at is None:
        return ""
    there = in_room(at)
    return f"{there:%H:%M}" if there.date() == sheet.day else f"{there:%d/%m/%Y %H:%M}"


def at_words(at: datetime, sheet: Dated) -> str:
    """The same in a sentence: "at 09:30", "on 12/03/2026 at 09:30"."""
    if at.date() == sheet.day:
        return _("at {time}").format(time=f"{at:%H:%M}")
    return _("on {day} at {time}").format(day=f"{at:%d/%m/%Y}", time=f"{at:%H:%M}")


def until_words(at: datetime, sheet: Dated) -> str:
    """The same for an end: "until 11:21", "until 12/03/2026 at 11:21"."""
    if at.date() == sheet.day:
        return _("until {time}").format(time=f"{at:%H:%M}")
    return _("until {day} at {time}").format(day=f"{at:%d/%m/%Y}", time=f"{at:%H:%M}")


def facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The head of the sheet, label and words; what is not known is left out."""
    yield _("Date"), long_date(sheet.day)
    if sheet.start is not None:
        yield _("Start"), clock_words(sheet.start)
    if sheet.zone:
        yield _("Time zone"), sheet.zone
    yield _("Duration"), span_words(sheet.duration)
    if sheet.usual_end is not None:
        yield _("End without extra time"), clock_words(sheet.usual_end)
    several = (
        (ngettext("Room", "Rooms", len(sheet.rooms)), sheet.rooms),
        (ngettext("Invigilator", "Invigilators", len(sheet.invigilators)), sheet.invigilators),
    )
    for label, texts in several:
        if texts:
            yield label, ", ".join(texts)


def places(sheet: Sheet) -> Iterator[str]:
    """The schools, and what Pix Certif calls the session; nothing where no list tells."""
    yield from sheet.sites
    if sheet.numbers:
        yield _("Pix Certif session {numbers}").format(numbers=", ".join(sheet.numbers))


def clock_words(at: time) -> str:
    """A time of the day, "08:30"."""
    return f"{at:%H:%M}"


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
        return f"{word} {moment(student.day.presence_at, sheet)}".strip()
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
    return moment(day.finished_at, sheet)


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
    words = span_words(sheet.duration * (1 + (student.extra_time or 0.0)))
    if student.personal_end is None:
        return words
    return f"{words}, {until_words(student.personal_end, sheet)}"


def incident(remark: Remark) -> str:
    """Pix's code with its label, then what was noted."""
    return " — ".join(text for text in (incident_words(remark.code), remark.text) if text)


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
    """Who that was."""
    name = f"{told.last_name} {told.first_name}".strip() or "—"
    return f"{name} ({told.place})" if told.place else name


def file_words(file: ReadFile, sheet: Dated) -> tuple[str, str]:
    """What a file is, and when it and the earlier ones of its campaign were made."""
    kind = _(_FILES[file.kind]) if file.kind in _FILES else ""
    what = " · ".join(text for text in (file.campaign, kind) if text)
    if file.exported_at is None:
        return what, ""
    when = moment(file.exported_at, sheet)
    if not file.earlier:
        return what, when
    today = [moment(at, sheet) for at in file.earlier if room_day(at) == sheet.day]
    older = len(file.earlier) - len(today)
    if older:
        today.append(ngettext("{n} of another day", "{n} of other days", older).format(n=older))
    return what, _("{time}; before: {times}").format(time=when, times=", ".join(today))


def made_words(sheet: Dated) -> str:
    """When the sheet was made, and what is to be done with it."""
    at = in_room(sheet.made_at)
    made = _("Made on {day} at {time} with pixsession.").format(day=f"{at:%d/%m/%Y}", time=f"{at:%H:%M}")
    return f"{made} {_('This sheet names students: keep it with the papers of the session only.')}"


def reminder(*, final: bool) -> str:
    """What is left to do with the incidents of Pix's two families."""
    if final:
        return _("To report in Pix Certif when the session is finalised")
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
