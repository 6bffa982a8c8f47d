"""The sheet of a lesson as one HTML page to print, on A4, with the looks of the hand-over sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape

from pixsession.domain.lesson_words import objective_name
from pixsession.domain.snapshot import Snapshot
from pixsession.i18n import _
from pixsession.reports import lesson_sheet_words as words
from pixsession.reports.lesson_sheet import LessonSheet, LessonStudent, Sends, lesson_sheet_of
from pixsession.reports.sheet import Remark
from pixsession.reports.sheet_html import listed, page, read_section, section, table
from pixsession.reports.sheet_words import made_words, moment


def lesson_html(snapshot: Snapshot, sends: Sends, now: datetime) -> str:
    """The page, ending with a line break; see `sheet_html`. Raises NoSession."""
    sheet = lesson_sheet_of(snapshot, sends, now)
    return page(f"{words.kind_words()} — {sheet.title}", _parts(sheet))


def _parts(sheet: LessonSheet) -> Iterator[str]:
    yield _head(sheet)
    yield from (f'<p class="counts">{escape(line)}</p>' for line in words.group_lines(sheet))
    yield _students(sheet)
    yield '<div class="flow">'
    yield _see_again(sheet)
    yield from _objectives(sheet)
    yield _levels(sheet)
    yield _remarks(_("Observations"), sheet.observations, sheet)
    yield _remarks(_("Notes"), sheet.notes, sheet)
    yield "</div>"
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
        *(("time", objective_name(objective)) for objective in sheet.objectives),
    ]
    rows = [
        (str(number), *_cells(student), *map(words.way_cell, student.ways))
        for number, student in enumerate(sheet.students, 1)
    ]
    said = [any(column) for column in zip(*rows, strict=True)]
    kept = [column for column, is_said in zip(columns, said, strict=True) if is_said]
    lines = ([cell for cell, is_said in zip(row, said, strict=True) if is_said] for row in rows)
    return table(kept, ((False, cells) for cells in lines), "students")


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


def _named(student: LessonStudent, told: str = "") -> str:
    place = f" <small>{escape(student.place)}</small>" if student.place else ""
    return f"<b>{escape(student.name)}</b>{place} {escape(told)}".rstrip()


def _grouped(groups: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<h3>{escape(title)}</h3>{content}" for title, content in groups if content)


def _see_again(sheet: LessonSheet) -> str:
    groups = (
        (again.title, listed(_named(student, told) for student, told in again.students))
        for again in words.see_again(sheet)
    )
    return section(_("To see again"), _grouped(groups))


def _objectives(sheet: LessonSheet) -> Iterator[str]:
    for goal in words.reached(sheet):
        groups = (
            (_("Reached"), listed(map(_named, goal.students), "names")),
            (_("Shortest way for the others"), listed(_named(one, told) for one, told in goal.missing)),
        )
        yield section(goal.title, f"<p>{escape(goal.summary)}</p>{_grouped(groups)}")


def _levels(sheet: LessonSheet) -> str:
    items = (escape(words.level_words(level, sheet)) for level in sheet.levels)
    return section(_("Competences of the group, weakest first"), listed(items))


def _remarks(title: str, remarks: Iterable[Remark], sheet: LessonSheet) -> str:
    items = (
        f"<time>{escape(moment(one.at, sheet))}</time> <b>{escape(words.whose(one))}</b> {escape(one.text)}"
        for one in remarks
    )
    return section(title, listed(items))
