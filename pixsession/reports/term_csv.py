"""The lessons of a term as a table for spreadsheets: one line a student, one column a lesson."""

from __future__ import annotations

from collections.abc import Iterator

from pixsession.domain.lesson.term import LessonOutcome
from pixsession.foundation.i18n import N_, _
from pixsession.reports.lesson_sheet_words import percent
from pixsession.reports.sheet_csv import spreadsheet
from pixsession.reports.term import Term, TermStudent, came
from pixsession.reports.term_text import reminder_words, short_date

# Saved in a folder that is watched, the table must not be read as a list: see sheet_csv.COLUMNS.
WHO = (N_("Last name called"), N_("First name called"), N_("Class"))
OVERALL = (
    N_("Eligible competences, first"),
    N_("Eligible competences, last"),
    N_("Lessons missed"),
    N_("To remind"),
)


def term_csv(term: Term) -> str:
    """The table, in the form that `sheet_csv` describes: WHO, the progress after each lesson, OVERALL.

    A lesson that a student missed says so; it is empty for those who were not expected there.
    """
    lessons = [f"{short_date(lesson.day)} {lesson.title}".strip() for lesson in term.lessons]
    titles = [*map(_, WHO), *lessons, *map(_, OVERALL)]
    return spreadsheet(titles, map(list, map(_line, term.students)))


def _line(student: TermStudent) -> Iterator[str]:
    yield from (student.last_name, student.first_name, student.place)
    yield from ("" if outcome is None else _cell(outcome) for outcome in student.outcomes)
    for count in (student.competences_first, student.competences_last):
        yield "" if count is None else str(count)
    yield str(student.missed)
    yield _("; ").join(map(reminder_words, student.reminders))


def _cell(outcome: LessonOutcome) -> str:
    # Without the space that French puts in: spreadsheets take "62%" for a number.
    return "".join(percent(outcome.progress_after).split()) if came(outcome) else _("missed")
