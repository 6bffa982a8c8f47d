"""The sheet of a lesson as a table for spreadsheets: one line a student, no cell that could be a formula."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.lesson.words import objective_name
from pixsession.foundation.i18n import N_, _
from pixsession.reports import lesson_sheet_words as words
from pixsession.reports.lesson_sheet import LessonSheet, LessonStudent, Sends, lesson_sheet_of
from pixsession.reports.sheet import born
from pixsession.reports.sheet_csv import spreadsheet
from pixsession.reports.sheet_words import moment

_GLUE = " | "
# Saved in the folder that is watched, the sheet must not be read as a list: see sheet_csv.COLUMNS.
COLUMNS = (
    N_("Last name called"),
    N_("First name called"),
    N_("Birth date (namesakes)"),
    N_("Class"),
    N_("State"),
    N_("Progress before"),
    N_("Progress after"),
    N_("Results sent"),
    N_("Mastery before"),
    N_("Mastery after"),
    N_("Eligible competences before"),
    N_("Eligible competences after"),
    N_("Eligibility"),
    N_("Minutes without progress"),
    N_("Observations"),
)
_STATE, _AFTER, _SEEN = (COLUMNS.index(title) for title in ("State", "Progress after", "Observations"))


def lesson_csv(snapshot: Snapshot, sends: Sends, now: datetime) -> str:
    """The table, in the form that `sheet_csv` describes: COLUMNS, then one for each objective.

    An objective is "reached", or how many competences are missing. What is not known is empty. Raises
    NoSession.
    """
    sheet = lesson_sheet_of(snapshot, sends, now)
    titles = [_(title) for title in COLUMNS]
    objectives = [
        _("Objective {name}").format(name=objective_name(objective)) for objective in sheet.objectives
    ]
    return spreadsheet([*titles, *objectives], _lines(sheet))


def _lines(sheet: LessonSheet) -> Iterator[list[str]]:
    for student in sheet.students:
        seen = (f"{moment(one.at, sheet)} {one.text}" for one in student.observations)
        yield [*_cells(student), _GLUE.join(seen), *map(words.way_cell, student.ways)]
    for gone in sheet.gone:
        line = [""] * (len(COLUMNS) + len(sheet.objectives))
        line[:_STATE] = gone.last_name, gone.first_name, "", gone.place
        line[_STATE] = f"{words.gone_title()} ({moment(gone.last.at, sheet)})"
        line[_AFTER] = _percent(gone.last.progress)
        line[_SEEN] = _GLUE.join(f"{moment(one.at, sheet)} {one.text}" for one in gone.observations)
        yield line


def _cells(student: LessonStudent) -> tuple[str, ...]:
    before, after, idle = student.before, student.after, student.lesson.idle_minutes
    return (
        student.last_name,
        student.first_name,
        born(student.birth_date),
        student.place,
        words.state(student),
        _percent(before.progress),
        _percent(after.progress),
        words.sent(student),
        _percent(before.mastery),
        _percent(after.mastery),
        words.count(before),
        words.count(after),
        words.eligibility(student),
        "" if idle is None else str(idle),
    )


def _percent(fraction: float | None) -> str:
    """Without the space that French puts in: spreadsheets take "62%" for a number."""
    return "".join(words.percent(fraction).split())
