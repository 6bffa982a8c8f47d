"""The lessons of a term as a document, ending with the list of those to remind, ready to be pasted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from pixsession.domain.lesson.term import LessonOutcome
from pixsession.domain.lesson.words import percent_words
from pixsession.domain.people.students import place_key
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.room_time import room_day
from pixsession.reports.common.words import long_date
from pixsession.reports.document import Document, Item, Spreadsheet, listed
from pixsession.reports.lesson.term import Reminder, ReminderReason, Term, TermLesson, TermStudent, came
from pixsession.reports.lesson.words import before_after, percent, percent_cell

_LONGEST_PLACES = 60
# Saved in a folder that is watched, the table must not be read as a list: see certification.sheet.COLUMNS.
WHO = (N_("Last name called"), N_("First name called"), N_("Class"))
OVERALL = (
    N_("Eligible competences, first"),
    N_("Eligible competences, last"),
    N_("Lessons missed"),
    N_("To remind"),
)
_REASONS = {
    # Said to a class perhaps days after the last export: what is to be done, and no claim about today.
    ReminderReason.NEVER_STARTED: N_("to be started"),
    ReminderReason.NOT_FINISHED: N_("to be finished, then sent"),
    ReminderReason.NOT_SENT: N_("results to be sent"),
    ReminderReason.NO_PROFILE: N_("profile to be sent"),
}


def term_progress(term: Term, now: datetime) -> Document:
    """Lessons, students, then those to remind.

    The list at the end has first and last names with reasons and no result of anybody: a message to the
    class, or to its main teacher, can hold it as it is. The spreadsheet has WHO, the progress after each
    lesson, OVERALL; a lesson that a student missed says so, it is empty for those not expected there.
    """
    plain = (place_key(place).encode("ascii", "ignore").decode() for place in term.places)
    places = "-".join(filter(None, plain))[:_LONGEST_PLACES].strip("-")
    to_remind = [student for student in term.students if student.reminders]
    return Document(
        name="-".join(filter(None, ("progress", places, room_day(now).isoformat()))),
        title=_head(term),
        data=_spreadsheet(term),
        subtitles=tuple(_class(term)),
        sections=(
            listed(_("Lessons"), map(_lesson, term.lessons)),
            listed(_("Students"), (_student(one, term) for one in term.students)),
            listed(_("No longer in the exports"), (_student(one, term) for one in term.gone)),
            listed(_reminder_title(term), (_reminded(one, term) for one in to_remind)),
        ),
        closing="" if to_remind else _("Nobody is to be reminded."),
    )


def reminder_words(reminder: Reminder) -> str:
    """A reason, fit for a message."""
    if reminder.reason is not ReminderReason.NOT_ELIGIBLE:
        return _(_REASONS[reminder.reason])
    if reminder.since is None:
        return _("profile to be sent again")
    return _("profile to be sent again (the last one known: {day})").format(day=short_date(reminder.since))


def short_date(day: date) -> str:
    """A day as French sheets write it."""
    return f"{day:%d/%m/%Y}"


def outcome_words(outcome: LessonOutcome) -> str:
    """One student in one lesson: how far before and after, and whether the results are sent."""
    if not came(outcome):
        return _("missed")
    told = [before_after(percent(outcome.progress_before), percent(outcome.progress_after))]
    if outcome.shared is not None:
        told.append(_("results sent") if outcome.shared else _("results not sent"))
    return ", ".join(text for text in told if text)


def _head(term: Term) -> str:
    count = len(term.lessons)
    words = ngettext("Progress over {n} lesson", "Progress over {n} lessons", count).format(n=count)
    return _fact(words, ", ".join(term.places)) if term.places else words


def _fact(label: str, text: str) -> str:
    return _("{label}: {text}").format(label=label, text=text)


def _class(term: Term) -> Iterator[str]:
    """The class as a whole: competences at first and at last, of those of whom they are known; absences."""
    known = [
        (one.competences_first, one.competences_last)
        for one in term.students
        if one.competences_first is not None and one.competences_last is not None
    ]
    if known:
        words = ngettext(
            "Eligible competences, all in all: {first} → {last} ({n} student)",
            "Eligible competences, all in all: {first} → {last} ({n} students)",
            len(known),
        )
        first, last = (sum(counts) for counts in zip(*known, strict=True))
        yield words.format(first=first, last=last, n=len(known))
    missed = sum(one.missed for one in term.students)
    if missed:
        yield ngettext("{n} lesson missed, all in all", "{n} lessons missed, all in all", missed).format(
            n=missed
        )


def _lesson(lesson: TermLesson) -> Item:
    facts = [
        ngettext("{n} of {all} came", "{n} of {all} came", lesson.came).format(
            n=lesson.came, all=lesson.expected
        ),
        ngettext("{n} finished", "{n} finished", lesson.finished).format(n=lesson.finished),
        ngettext("{n} sent", "{n} sent", lesson.sent).format(n=lesson.sent),
    ]
    if lesson.median is not None:
        facts.append(_("median {percent}").format(percent=percent_words(lesson.median)))
    return Item((", ".join(facts),), f"{short_date(lesson.day)} {lesson.title}".strip())


def _student(student: TermStudent, term: Term) -> Item:
    form = "%d/%m" if len({lesson.day.year for lesson in term.lessons}) == 1 else "%d/%m/%Y"
    told = [
        f"{lesson.day:{form}} {outcome_words(outcome)}"
        for lesson, outcome in zip(term.lessons, student.outcomes, strict=True)
        if outcome is not None
    ]
    first, last = (
        "" if count is None else str(count) for count in (student.competences_first, student.competences_last)
    )
    if first or last:
        told.append(_fact(_("eligible competences"), before_after(first, last)))
    if student.missed:
        told.append(_fact(_("lessons missed"), str(student.missed)))
    return Item(tuple(told), student.name, student.place if len(term.places) > 1 else "")


def _reminder_title(term: Term) -> str:
    """The day is that of the last exports: what was done since is in none of them."""
    title = _("To remind, by the exports of {day}").format(day=long_date(term.lessons[-1].day))
    return f"{title} — {term.places[0]}" if len(term.places) == 1 else title


def _reminded(student: TermStudent, term: Term) -> Item:
    """First name, last name, why; the class where the list is of several."""
    name = f"{student.first_name} {student.last_name}".strip() or "—"
    if len(term.places) > 1 and student.place:
        name = f"{name} ({student.place})"
    return Item(tuple(map(reminder_words, student.reminders)), name)


def _spreadsheet(term: Term) -> Spreadsheet:
    lessons = (f"{short_date(lesson.day)} {lesson.title}".strip() for lesson in term.lessons)
    titles = (*map(_, WHO), *lessons, *map(_, OVERALL))
    return Spreadsheet(titles, tuple(tuple(_line(student)) for student in term.students))


def _line(student: TermStudent) -> Iterator[str]:
    yield from (student.last_name, student.first_name, student.place)
    yield from ("" if outcome is None else _cell(outcome) for outcome in student.outcomes)
    for count in (student.competences_first, student.competences_last):
        yield "" if count is None else str(count)
    yield str(student.missed)
    yield _("; ").join(map(reminder_words, student.reminders))


def _cell(outcome: LessonOutcome) -> str:
    return percent_cell(outcome.progress_after) if came(outcome) else _("missed")
