"""The sheet of a lesson as a document: one A4 page for a half-group, who is to be seen again first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.lesson.aim_words import objective_name
from pixsession.domain.lesson.view import LessonView
from pixsession.domain.lesson.words import state_or_doubt
from pixsession.foundation.i18n import N_, _
from pixsession.reports.common.facts import Remark, born
from pixsession.reports.common.words import made_words, moment, person_cell, read_section
from pixsession.reports.document import (
    Bar,
    Chart,
    ChartKind,
    Column,
    Document,
    Group,
    Item,
    Medium,
    Row,
    Section,
    Spreadsheet,
    Table,
    listed,
)
from pixsession.reports.lesson import words
from pixsession.reports.lesson.facts import LessonSheet, LessonStudent, Submissions, lesson_sheet_of
from pixsession.reports.lesson.targeted import choice_section

_GLUE = " | "
# Saved in the folder that is watched, the sheet must not be read as a list: see certification.sheet.COLUMNS.
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
# So many competences fit on one line of a column, with two objectives beside each other and with more.
_WIDE_GOALS, _MANY_STEPS, _FEW_STEPS = 2, 5, 4


def lesson_sheet(snapshot: Snapshot, lesson: LessonView, submissions: Submissions, now: datetime) -> Document:
    """Before and after, who is to be seen again, objectives, competences.

    The spreadsheet has COLUMNS, then one for each objective: "reached", or how many competences are missing;
    last, where results of a path were sent, its competences of which less than half is mastered.
    What is not known is empty.
    """
    sheet = lesson_sheet_of(snapshot, lesson, submissions, now)
    titles = map(_, COLUMNS)
    objectives = [_("Objective {name}").format(name=objective_name(one)) for one in sheet.objectives]
    path = [_("To work on, by the path")] if sheet.path else []
    return Document(
        name=sheet.head.file_name,
        title=sheet.head.title,
        data=Spreadsheet((*titles, *objectives, *path), tuple(map(tuple, _lines(sheet)))),
        kind=words.kind_words(),
        facts=tuple(words.facts(sheet)),
        notes=tuple(words.group_lines(sheet)),
        sections=tuple(_sections(sheet)),
        closing=made_words(sheet.head),
    )


# -- page and lines ------------------------------------------------------------------------------------------


def _sections(sheet: LessonSheet) -> Iterator[Section]:
    """On paper, what a teacher in a hurry asks first comes first: who is to be seen again."""
    see_again = _see_again(sheet)
    yield see_again._replace(medium=Medium.PAGE)
    yield _students(sheet)
    yield see_again._replace(medium=Medium.LINES)
    gone = (Item((words.gone(one, sheet),), one.name, one.place) for one in sheet.gone)
    yield listed(words.gone_title(), gone, "notes")
    notes = listed(_("Notes"), (_remark(one, sheet, one.text) for one in sheet.notes), "notes")
    yield from _objectives(sheet, notes._replace(medium=Medium.PAGE))
    yield from _levels(sheet)
    yield from _path(sheet)
    yield from _observations(sheet)
    yield notes._replace(medium=Medium.LINES)
    yield read_section(sheet.head)


def _see_again(sheet: LessonSheet) -> Section:
    """A group for each need, with those who have it."""
    groups = (
        Group(tuple(_named(*one) for one in again.students), again.title) for again in words.see_again(sheet)
    )
    return Section(_("To see again"), tuple(groups), style="grouped")


def _named(student: LessonStudent, told: str) -> Item:
    return Item((told,) if told else (), student.name, student.place)


def _remark(remark: Remark, sheet: LessonSheet, *texts: str) -> Item:
    return Item(texts, words.whose(remark), at=moment(remark.at, sheet.head))


def _students(sheet: LessonSheet) -> Section:
    """Everybody in the order of the alphabet; columns without anything to say are left out."""
    columns = (
        Column(None, ""),  # name and class in a line
        Column("", style="num"),
        Column(_("Student"), style="name"),
        Column(_("Class"), optional=True),
        Column(_("Campaign"), _("campaign"), optional=True),
        Column(_("State"), "", "state"),
        Column(_("Progress"), _("progress"), "time", optional=True),
        Column(_("Sent"), _("results sent"), "time", optional=True),
        Column(_("Mastery"), _("mastery"), "time", optional=True),
        Column(_("Eligible competences"), _("eligible competences"), "time", optional=True),
        *(Column(None, objective_name(objective)) for objective in sheet.objectives),
    )
    rows = tuple(Row(_row(number, student)) for number, student in enumerate(sheet.students, 1))
    table = Table(columns, rows, _("No student is known of this lesson yet."))
    return Section(_("Students"), table=table, style="students lesson", titled=False)


def _row(number: int, student: LessonStudent) -> tuple[str, ...]:
    return (
        person_cell(student.name, student.place),
        str(number),
        student.name,
        student.place,
        student.campaign,
        state_or_doubt(student.lesson),
        words.progress(student),
        words.sent(student),
        words.mastery(student),
        words.competences(student),
        *map(words.path_cell, student.paths),
    )


def _objectives(sheet: LessonSheet, beside: Section) -> Iterator[Section]:
    """What each student misses for each objective; on paper a table, or that nobody's profile is known.

    `beside` stands next to the chart, so that the largest half-group has one page.
    """
    goals = list(words.reached(sheet))
    for goal in goals:
        items = (
            Item((goal.summary,)),
            *(_named(student, _("reached")) for student in goal.students),
            *(_named(*one) for one in goal.missing),
        )
        yield listed(goal.title, items)._replace(medium=Medium.LINES)
    there = [student for student in sheet.students if any(path.reached is not None for path in student.paths)]
    if there:
        yield _toward(sheet)
        yield beside._replace(in_columns=True)
    else:
        yield beside
        told = listed(_("Objectives"), (Item((goal.summary,), goal.title) for goal in goals))
        yield told._replace(medium=Medium.PAGE)
        return
    most = _MANY_STEPS if len(goals) <= _WIDE_GOALS else _FEW_STEPS
    columns = (
        Column(_("Student"), style="name"),
        *(Column(f"{goal.title} — {goal.summary}", style="goal") for goal in goals),
    )
    rows = (Row((one.name, *(words.steps_cell(path, most) for path in one.paths))) for one in there)
    title = _("Still missing for each objective: how many, then the nearest competences with their pix")
    yield Section(title, table=Table(columns, tuple(rows)), style="ways", medium=Medium.PAGE)


def _toward(sheet: LessonSheet) -> Section:
    """How many had reached each objective before the lesson, and have now: a bar for each."""
    marks = list(words.toward(sheet))
    bars = tuple(Bar(mark.name, mark.reached, mark.counts) for mark in marks)
    most = max((mark.known for mark in marks), default=0)
    chart = Chart(ChartKind.BARS, _("How many have reached each objective"), bars, float(most or 1))
    table = Table(
        (Column(_("Objective")), Column(_("Reached"), style="num")),
        tuple(Row((mark.name, mark.counts)) for mark in marks),
    )
    title = _("Progress toward the objectives")
    return Section(title, table=table, chart=chart, unseen=True, in_columns=True)


def _levels(sheet: LessonSheet) -> Iterator[Section]:
    """On paper the codes of the competences stand here with their names, for the table of objectives too."""
    counts = map(words.level_count, sheet.levels)
    page = listed(words.level_title(sheet), (Item((name,), count) for count, name in counts), "levels")
    yield page._replace(medium=Medium.PAGE)
    lines = (Item((words.level_words(level, sheet),)) for level in sheet.levels)
    yield listed(_("Competences of the group, weakest first"), lines)._replace(medium=Medium.LINES)


def _path(sheet: LessonSheet) -> Iterator[Section]:
    """What the results of the path show of the group, then what each student has to work on."""
    groups = (Item((name,), count) for count, name in map(words.share_count, sheet.path))
    yield listed(words.path_title(), groups, "levels")
    if sheet.choice is not None:
        yield choice_section(sheet.choice)
    told = (_named(one, text) for one in sheet.students if (text := words.weak(one)) and sheet.path)
    yield listed(_("To work on, by the path"), told)


def _observations(sheet: LessonSheet) -> Iterator[Section]:
    """On paper each one once, with those of whom it was made: the list is short, the group is not."""
    seen = dict.fromkeys(one.text for one in sheet.observations)
    groups = (
        Group(tuple(_remark(one, sheet) for one in sheet.observations if one.text == text), text)
        for text in seen
    )
    yield Section(_("Observations"), tuple(groups), style="grouped", medium=Medium.PAGE)
    lines = (_remark(one, sheet, one.text) for one in sheet.observations)
    yield listed(_("Observations"), lines)._replace(medium=Medium.LINES)


# -- spreadsheet ---------------------------------------------------------------------------------------------


def _lines(sheet: LessonSheet) -> Iterator[list[str]]:
    for student in sheet.students:
        seen = (f"{moment(one.at, sheet.head)} {one.text}" for one in student.observations)
        path = [words.weak(student)] if sheet.path else []
        yield [*_cells(student), _GLUE.join(seen), *map(words.path_cell, student.paths), *path]
    for gone in sheet.gone:
        line = [""] * (len(COLUMNS) + len(sheet.objectives) + bool(sheet.path))
        line[:_STATE] = gone.last_name, gone.first_name, "", gone.place
        line[_STATE] = f"{words.gone_title()} ({moment(gone.last.at, sheet.head)})"
        line[_AFTER] = words.percent_cell(gone.last.progress)
        line[_SEEN] = _GLUE.join(f"{moment(one.at, sheet.head)} {one.text}" for one in gone.observations)
        yield line


def _cells(student: LessonStudent) -> tuple[str, ...]:
    before, after, idle = student.before, student.after, student.lesson.idle_minutes
    return (
        student.last_name,
        student.first_name,
        born(student.birth_date),
        student.place,
        state_or_doubt(student.lesson),
        words.percent_cell(before.progress),
        words.percent_cell(after.progress),
        words.sent(student),
        words.percent_cell(before.mastery),
        words.percent_cell(after.mastery),
        words.count(before),
        words.count(after),
        words.eligibility(student),
        "" if idle is None else str(idle),
    )
