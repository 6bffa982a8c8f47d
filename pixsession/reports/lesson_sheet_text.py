"""The sheet of a lesson as plain lines, for a terminal far away and for screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.lesson.words import objective_name
from pixsession.foundation.i18n import _
from pixsession.reports import lesson_sheet_words as words
from pixsession.reports.lesson_sheet import Gone, LessonSheet, LessonStudent, Sends, lesson_sheet_of
from pixsession.reports.sheet_text import fact, in_blocks, read_lines, titled
from pixsession.reports.sheet_words import made_words, moment


def lesson_text(snapshot: Snapshot, sends: Sends, now: datetime) -> str:
    """The facts of the page in its order, one a line, ending with a line break; raises NoSession."""
    return in_blocks(_parts(lesson_sheet_of(snapshot, sends, now)))


def _parts(sheet: LessonSheet) -> Iterator[Iterable[str]]:
    yield _head(sheet)
    yield words.group_lines(sheet)
    yield titled(_("Students"), map(_student, sheet.students))
    for again in words.see_again(sheet):
        told = (fact(_name(student), text) if text else _name(student) for student, text in again.students)
        yield titled(f"{_('To see again')} — {again.title}", told)
    yield titled(words.gone_title(), (fact(_name(one), words.gone(one, sheet)) for one in sheet.gone))
    for goal in words.reached(sheet):
        yield titled(goal.title, _goal(goal))
    levels = (words.level_words(level, sheet) for level in sheet.levels)
    yield titled(_("Competences of the group, weakest first"), levels)
    for title, remarks in ((_("Observations"), sheet.observations), (_("Notes"), sheet.notes)):
        yield titled(
            title, [f"{moment(one.at, sheet)} {fact(words.whose(one), one.text)}" for one in remarks]
        )
    yield titled(_("What was read, and when it was exported"), read_lines(sheet))
    yield [made_words(sheet)]


def _head(sheet: LessonSheet) -> Iterator[str]:
    yield f"{words.kind_words()} — {sheet.title}"
    yield from (fact(label, text) for label, text in words.facts(sheet))


def _name(student: LessonStudent | Gone) -> str:
    return f"{student.name}, {student.place}" if student.place else student.name


def _student(student: LessonStudent) -> str:
    facts = (
        (_("progress"), words.progress(student)),
        (_("results sent"), words.sent(student)),
        (_("mastery"), words.mastery(student)),
        (_("eligible competences"), words.competences(student)),
        *((objective_name(way.objective), words.way_cell(way)) for way in student.ways),
    )
    told = [fact(label, text) for label, text in facts if text]
    return _("; ").join([_name(student), words.state(student), *told])


def _goal(goal: words.Reached) -> Iterator[str]:
    yield goal.summary
    yield from (fact(_name(student), _("reached")) for student in goal.students)
    yield from (fact(_name(student), told) if told else _name(student) for student, told in goal.missing)
