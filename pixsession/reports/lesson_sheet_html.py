"""The sheet of a lesson as one HTML page to print, on A4, with the looks of the hand-over sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import _
from pixsession.reports import lesson_sheet_words as words
from pixsession.reports.lesson_sheet import LessonSheet, LessonStudent, Sends, lesson_sheet_of
from pixsession.reports.sheet import Remark
from pixsession.reports.sheet_html import listed, page, read_section, section, table
from pixsession.reports.sheet_words import made_words, moment

# So many competences fit on one line of a column, with two objectives beside each other and with more.
_WIDE_GOALS, _MANY_STEPS, _FEW_STEPS = 2, 5, 4


def lesson_html(snapshot: Snapshot, sends: Sends, now: datetime) -> str:
    """The page, ending with a line break; see `sheet_html`. Raises NoSession."""
    sheet = lesson_sheet_of(snapshot, sends, now)
    return page(f"{words.kind_words()} — {sheet.title}", _parts(sheet))


def _parts(sheet: LessonSheet) -> Iterator[str]:
    """What a teacher in a hurry asks first comes first: the group, who is to be seen again."""
    yield _head(sheet)
    yield from (f'<p class="group">{escape(line)}</p>' for line in words.group_lines(sheet))
    yield _see_again(sheet)
    yield _students(sheet)
    yield _gone(sheet)
    yield _ways(sheet)
    yield _levels(sheet)
    yield _observations(sheet)
    yield _notes(sheet)
    yield read_section(sheet)
    yield f"<footer>{escape(made_words(sheet))}</footer>"


def _head(sheet: LessonSheet) -> str:
    facts = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in words.facts(sheet)
    )
    kind = f'<p class="kind"><b>{escape(words.kind_words())}</b></p>'
    return f"<header>{kind}<h1>{escape(sheet.title)}</h1><dl>{facts}</dl></header>"


def _students(sheet: LessonSheet) -> str:
    """Everybody in the order of the alphabet; columns without anything to say are left out."""
    if not sheet.students:
        return f"<p>{escape(_('No student is known of this lesson yet.'))}</p>"
    columns = [
        ("num", ""),
        ("name", _("Student")),
        ("", _("Class")),
        ("state", _("State")),
        ("time", _("Progress")),
        ("time", _("Sent")),
        ("time", _("Mastery")),
        ("time", _("Eligible competences")),
    ]
    rows = [(str(number), *_cells(student)) for number, student in enumerate(sheet.students, 1)]
    said = [any(column) for column in zip(*rows, strict=True)]
    kept = [column for column, is_said in zip(columns, said, strict=True) if is_said]
    lines = ([cell for cell, is_said in zip(row, said, strict=True) if is_said] for row in rows)
    return table(kept, ((False, cells) for cells in lines), "students lesson")


def _cells(student: LessonStudent) -> tuple[str, ...]:
    return (
        student.name,
        student.place,
        words.state(student),
        words.progress(student),
        words.sent(student),
        words.mastery(student),
        words.competences(student),
    )


def _see_again(sheet: LessonSheet) -> str:
    """A line for each need, with those who have it."""
    items = (
        f"<b>{escape(again.title)}</b> {', '.join(_named(*one) for one in again.students)}"
        for again in words.see_again(sheet)
    )
    return section(_("To see again"), listed(items), "grouped")


def _named(student: LessonStudent, told: str) -> str:
    return f"{escape(student.name)} <small>({escape(told)})</small>" if told else escape(student.name)


def _gone(sheet: LessonSheet) -> str:
    items = (
        f"<b>{escape(one.name)}</b> <small>{escape(one.place)}</small> {escape(words.gone(one, sheet))}"
        for one in sheet.gone
    )
    return section(words.gone_title(), listed(items), "notes")


def _ways(sheet: LessonSheet) -> str:
    """What each student misses for each objective, nearest first; nobody of whom no profile tells."""
    goals = list(words.reached(sheet))
    there = [student for student in sheet.students if any(way.reached is not None for way in student.ways)]
    if not there:
        items = (f"<b>{escape(goal.title)}</b> {escape(goal.summary)}" for goal in goals)
        return section(_("Objectives"), listed(items))
    most = _MANY_STEPS if len(goals) <= _WIDE_GOALS else _FEW_STEPS
    columns = [("name", _("Student")), *(("goal", f"{goal.title} — {goal.summary}") for goal in goals)]
    rows = (
        (False, [student.name, *(words.steps_cell(way, most) for way in student.ways)]) for student in there
    )
    title = _("Still missing for each objective: how many, then the nearest competences with their pix")
    return section(title, table(columns, rows, "ways"))


def _levels(sheet: LessonSheet) -> str:
    """The codes of the competences stand here with their names, for the table of objectives too."""
    counts = map(words.level_count, sheet.levels)
    items = (f"<b>{escape(count)}</b> {escape(name)}" for count, name in counts)
    return section(words.level_title(sheet), listed(items), "levels")


def _observations(sheet: LessonSheet) -> str:
    """Each observation once, with those of whom it was made: the list is short, the group is not."""
    seen: dict[str, list[Remark]] = {}
    for one in sheet.observations:
        seen.setdefault(one.text, []).append(one)
    items = (f"<b>{escape(text)}</b> {', '.join(_seen(one, sheet) for one in seen[text])}" for text in seen)
    return section(_("Observations"), listed(items), "grouped")


def _seen(one: Remark, sheet: LessonSheet) -> str:
    return f"{escape(words.whose(one))} <small>{escape(moment(one.at, sheet))}</small>"


def _notes(sheet: LessonSheet) -> str:
    items = (
        f"<time>{escape(moment(one.at, sheet))}</time> <b>{escape(words.whose(one))}</b> {escape(one.text)}"
        for one in sheet.notes
    )
    return section(_("Notes"), listed(items), "notes")
