"""The lessons of a term as a document: a grid a group, what is short, who is to be reminded and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from pixsession.domain.lesson.aim_words import objective_name
from pixsession.domain.people.students import place_key
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.room_time import room_day
from pixsession.reports.document import Document, Group, Item, Section, Spreadsheet, listed
from pixsession.reports.lesson.messages import class_message, student_message
from pixsession.reports.lesson.reminders import came
from pixsession.reports.lesson.term import Term, TermLesson, TermStudent
from pixsession.reports.lesson.term_charts import grid_of, lesson_chart, path_chart
from pixsession.reports.lesson.term_words import (
    WIDE,
    lesson_label,
    observed_words,
    outcome_cell,
    reminder_words,
    short_date,
    short_words,
    signs_words,
)
from pixsession.reports.lesson.words import percent_cell

_LONGEST_PLACES = 60
# Saved in a folder that is watched, the table must not be read as a list: see certification.sheet.COLUMNS.
WHO = (N_("Last name called"), N_("First name called"), N_("Class"))
OVERALL = (
    N_("Eligible competences, first"),
    N_("Eligible competences, last"),
    N_("Objective"),
    N_("Missing for the objective"),
    N_("Lessons missed"),
    N_("Observations"),
    N_("To remind"),
)


def term_progress(term: Term, now: datetime) -> Document:
    """A grid a group, the lessons and the objective in charts, observations, then whom to remind.

    The message at the end has first and last names with reasons and no result of anybody: it can be pasted
    for a class, or for its main teacher, as it is, and says no more than the exports prove. The spreadsheet
    has WHO, the progress after each lesson, OVERALL; a lesson that a student missed says so, it is empty for
    those not expected there.
    """
    return Document(
        name=file_name("progress", term.places, now),
        title=_head(term),
        data=_spreadsheet(term),
        notes=(*_class(term), signs_words()),
        sections=tuple(_sections(term)),
        closing="" if any(one.reminders for one in term.students) else _("Nobody is to be reminded."),
        wide=WIDE,
    )


def file_name(kind: str, places: Sequence[str], now: datetime) -> str:
    """The name of a file of these classes, without its suffix."""
    plain = (place_key(place).encode("ascii", "ignore").decode() for place in places)
    named = "-".join(filter(None, plain))[:_LONGEST_PLACES].strip("-")
    return "-".join(filter(None, (kind, named, room_day(now).isoformat())))


def _sections(term: Term) -> Iterator[Section]:
    groups = term.groups
    for group in groups:
        yield Section(group.title or _("Students"), table=grid_of(group, term))
    for group in groups:
        yield lesson_chart(group, term)
    yield path_chart(groups)
    yield listed(_("Observations"), _observed(term))
    yield listed(_("Notes"), _noted(term))
    yield listed(_("No longer in the exports"), (_left(one, term) for one in term.gone))
    to_remind = [student for student in term.students if student.reminders]
    yield listed(_("To remind, one message each"), (_message(one, term) for one in to_remind))
    yield _reminded(term, to_remind)


def _observed(term: Term) -> Iterator[Item]:
    for one in term.students:
        if one.observations:
            yield Item((observed_words(one),), one.name, _place(one, term))


def _noted(term: Term) -> Iterator[Item]:
    for one in term.students:
        if one.notes:
            told = (f"{short_date(day)} {text}" for day, text in one.notes)
            yield Item((_("; ").join(told),), one.name, _place(one, term))


def _place(student: TermStudent, term: Term) -> str:
    """The class, where the page is of several."""
    return student.place if len(term.places) > 1 else ""


def _left(student: TermStudent, term: Term) -> Item:
    told = [
        f"{lesson_label(lesson, term.lessons)} {outcome_cell(outcome)}".strip()
        for lesson, outcome in zip(term.lessons, student.outcomes, strict=True)
        if outcome is not None
    ]
    return Item((", ".join(told),), student.name, _place(student, term))


def _message(student: TermStudent, term: Term) -> Item:
    return Item((student_message(student),), student.name, _place(student, term))


def _reminded(term: Term, to_remind: Sequence[TermStudent]) -> Section:
    title, lines = class_message(to_remind, several=len(term.places) > 1)
    if len(term.places) == 1:
        title = f"{title} — {term.places[0]}"
    return Section(title, (Group(tuple(Item(reasons, name) for name, reasons in lines)),))


def _head(term: Term) -> str:
    count = len(term.lessons)
    words = ngettext("Progress over {n} lesson", "Progress over {n} lessons", count).format(n=count)
    return _("{label}: {text}").format(label=words, text=", ".join(term.places)) if term.places else words


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


# -- spreadsheet ---------------------------------------------------------------------------------------------


def _spreadsheet(term: Term) -> Spreadsheet:
    lessons = (_title(lesson) for lesson in term.lessons)
    titles = (*map(_, WHO), *lessons, *map(_, OVERALL))
    return Spreadsheet(titles, tuple(tuple(_line(student)) for student in term.students))


def _title(lesson: TermLesson) -> str:
    return f"{short_date(lesson.day)} {lesson.title}".strip()


def _line(student: TermStudent) -> Iterator[str]:
    yield from (student.last_name, student.first_name, student.place)
    for outcome in student.outcomes:
        if outcome is None:
            yield ""
        else:
            yield percent_cell(outcome.progress_after) if came(outcome) else _("missed")
    for count in (student.competences_first, student.competences_last):
        yield "" if count is None else str(count)
    yield objective_name(student.path.objective)
    yield short_words(student.path, most=16)
    yield str(student.missed)
    yield observed_words(student)
    yield _("; ").join(map(reminder_words, student.reminders))
