"""The lessons of a term as plain lines, ending with the list of those to remind, ready to be pasted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from pixsession.domain.lesson.term import LessonOutcome
from pixsession.domain.lesson.words import percent_words
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.reports.lesson_sheet_words import before_after, percent
from pixsession.reports.sheet_text import fact, in_blocks, titled
from pixsession.reports.sheet_words import long_date
from pixsession.reports.term import Reason, Reminder, Term, TermLesson, TermStudent, came

_REASONS = {
    Reason.NEVER_STARTED: N_("has not started yet"),
    Reason.NOT_FINISHED: N_("to be finished, then sent"),
    Reason.NOT_SENT: N_("finished, results not sent"),
    Reason.NO_PROFILE: N_("no profile sent"),
}


def term_text(term: Term, now: datetime) -> str:
    """Lessons, students, then those to remind; one a line, ending with a line break.

    The list at the end has first and last names with reasons and no result of anybody: a message to the
    class, or to its main teacher, can hold it as it is.
    """
    return in_blocks(_parts(term, now.date()))


def reminder_words(reminder: Reminder) -> str:
    """A reason, fit for a message."""
    if reminder.reason is not Reason.NOT_ELIGIBLE:
        return _(_REASONS[reminder.reason])
    if reminder.since is None:
        return _("not eligible, and no profile sent since the first lesson")
    return _("not eligible, and no profile sent since {day}").format(day=short_date(reminder.since))


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


def _parts(term: Term, today: date) -> Iterator[Iterable[str]]:
    yield [_head(term), *_class(term)]
    yield titled(_("Lessons"), map(_lesson, term.lessons))
    yield titled(_("Students"), (_student(one, term) for one in term.students))
    yield _to_remind(term, today)


def _head(term: Term) -> str:
    count = len(term.lessons)
    words = ngettext("Progress over {n} lesson", "Progress over {n} lessons", count).format(n=count)
    return fact(words, ", ".join(term.places)) if term.places else words


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


def _lesson(lesson: TermLesson) -> str:
    facts = [
        ngettext("{n} of {all} came", "{n} of {all} came", lesson.came).format(
            n=lesson.came, all=lesson.expected
        ),
        ngettext("{n} finished", "{n} finished", lesson.finished).format(n=lesson.finished),
        ngettext("{n} sent", "{n} sent", lesson.sent).format(n=lesson.sent),
    ]
    if lesson.median is not None:
        facts.append(_("median {percent}").format(percent=percent_words(lesson.median)))
    return fact(f"{short_date(lesson.day)} {lesson.title}".strip(), ", ".join(facts))


def _student(student: TermStudent, term: Term) -> str:
    name = student.name
    if len(term.places) > 1 and student.place:
        name = f"{name}, {student.place}"
    told = [
        f"{lesson.day:%d/%m} {outcome_words(outcome)}"
        for lesson, outcome in zip(term.lessons, student.outcomes, strict=True)
        if outcome is not None
    ]
    first, last = (
        "" if count is None else str(count) for count in (student.competences_first, student.competences_last)
    )
    if first or last:
        told.append(fact(_("eligible competences"), before_after(first, last)))
    if student.missed:
        told.append(fact(_("lessons missed"), str(student.missed)))
    return fact(name, _("; ").join(told))


def _to_remind(term: Term, today: date) -> Iterator[str]:
    there = [student for student in term.students if student.reminders]
    if not there:
        yield _("Nobody is to be reminded.")
        return
    title = _("To remind, {day}").format(day=long_date(today))
    if len(term.places) == 1:
        title = f"{title} — {term.places[0]}"
    yield from titled(title, (_reminded(student, term) for student in there))


def _reminded(student: TermStudent, term: Term) -> str:
    """First name, last name, why; the class where the list is of several."""
    name = f"{student.first_name} {student.last_name}".strip() or "—"
    if len(term.places) > 1 and student.place:
        name = f"{name} ({student.place})"
    return fact(name, _("; ").join(map(reminder_words, student.reminders)))
