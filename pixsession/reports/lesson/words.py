"""The words of the sheet of a lesson, said the same way on paper, in the table and in plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pixsession.domain.board.wording import state_word
from pixsession.domain.lesson.aim_words import objective_name
from pixsession.domain.lesson.group import GroupCompetence
from pixsession.domain.lesson.mastery import WEAK_BELOW, Share
from pixsession.domain.lesson.objectives import ObjectivePath
from pixsession.domain.lesson.view import LessonState
from pixsession.domain.lesson.words import (
    group_words,
    lesson_state_word,
    lesson_words,
    objective_words,
    path_words,
    percent_words,
)
from pixsession.domain.pix.competences import BY_CODE
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import hour_words
from pixsession.reports.common.facts import Remark
from pixsession.reports.common.words import head_facts, moment, rooms_fact
from pixsession.reports.lesson.facts import SEE_AGAIN, Gone, LessonSheet, LessonStudent, Standing

_MOST_STEPS = 5  # what a second lesson can take up; how many are missing in all is said before them
_NO_BREAK = "\N{NO-BREAK SPACE}"


class SeeAgain(NamedTuple):
    """Those who need the same thing, each with what is to be said of them."""

    title: str
    students: tuple[tuple[LessonStudent, str], ...]


class Reached(NamedTuple):
    """An objective in words, who has reached it, and what the others miss."""

    title: str
    summary: str
    students: tuple[LessonStudent, ...]
    missing: tuple[tuple[LessonStudent, str], ...]


def percent(fraction: float | None) -> str:
    """A fraction as the board says it; empty where it is unknown."""
    return "" if fraction is None else percent_words(fraction)


def percent_cell(fraction: float | None) -> str:
    """The same without the space that French puts in: spreadsheets take "62%" for a number."""
    return "".join(percent(fraction).split())


def facts(sheet: LessonSheet) -> Iterator[tuple[str, str]]:
    """The head of the sheet, label and words; what is not known is left out."""
    yield from head_facts(sheet.head)
    yield from rooms_fact(sheet.head)
    if sheet.campaign:
        yield _("Campaign"), sheet.campaign


def group_lines(sheet: LessonSheet) -> Iterator[str]:
    """The group at the first and last export of the lesson; of several campaigns each at its last."""
    for name, last in sheet.parts:
        yield _("{time}: {counts}").format(time=name, counts=", ".join(group_words(last)))
    for point in () if sheet.parts else (sheet.first, sheet.last):
        if point is not None:
            counts = ", ".join(group_words(point))
            yield _("{time}: {counts}").format(time=hour_words(point.at), counts=counts)
    if sheet.unknown:
        yield _("Class or group {words}").format(words=sheet.unknown)
    elif sheet.last is None:
        yield _("No evaluation was read: progress is not known.")


def before_after(before: str, after: str) -> str:
    """What was and what is, "40 % → 80 %"; nothing where neither is known, no arrow where nothing changed."""
    if before == after:
        return after
    return f"{before or '—'} → {after or '—'}"


def progress(student: LessonStudent) -> str:
    """How far the student was and is."""
    return before_after(percent(student.before.progress), percent(student.after.progress))


def mastery(student: LessonStudent) -> str:
    """The mastery before and after; Pix shows it once the results are sent."""
    return before_after(percent(student.before.mastery), percent(student.after.mastery))


def competences(student: LessonStudent) -> str:
    """The competences that count, before and after."""
    return before_after(count(student.before), count(student.after))


def count(standing: Standing) -> str:
    """How many competences count; empty where no profile tells."""
    return "" if standing.competences is None else str(standing.competences)


def sent(student: LessonStudent) -> str:
    """Whether the results are sent; nothing where no export tells."""
    if student.shared is None:
        return ""
    return _("yes") if student.shared else _("no")


def eligibility(student: LessonStudent) -> str:
    """The state for the certification; nothing where no profile was asked for."""
    return "" if student.eligibility is Eligibility.NOT_IN_EXPORT else state_word(student.eligibility)


def path_cell(path: ObjectivePath) -> str:
    """An objective of one student in a table: reached, or how many competences are missing."""
    if path.reached is None:
        return ""
    count = len(path.steps)
    return (
        _("reached")
        if path.reached
        else ngettext("{n} still missing", "{n} still missing", count).format(n=count)
    )


def steps_cell(path: ObjectivePath, most: int) -> str:
    """An objective of one student where there is little room: "2: 2.2 (1) 3.4 (5)", the pix in brackets.

    No more than so many steps are named; how many there are stands before them.
    """
    if path.reached is not False:
        return path_cell(path)
    near = [f"{step.competence}{_NO_BREAK}({step.pix_missing})" for step in path.steps[:most]]
    words = " ".join(near) + (f"{_NO_BREAK}…" if len(path.steps) > most else "")
    return _("{missing}: {steps}").format(missing=len(path.steps), steps=words)


def reached(sheet: LessonSheet) -> Iterator[Reached]:
    """Each objective with who has reached it and what the others miss; nobody of whom no profile tells."""
    for at, objective in enumerate(sheet.objectives):
        known = [student for student in sheet.students if student.paths[at].reached is not None]
        there = tuple(student for student in known if student.paths[at].reached)
        missing = (
            (one, path_words(one.paths[at], _MOST_STEPS)) for one in known if not one.paths[at].reached
        )
        words = ngettext("{n} of {all} has reached it", "{n} of {all} have reached it", len(there))
        summary = words.format(n=len(there), all=len(known)) if known else _("no profile tells yet")
        title = f"{objective_name(objective)} ({objective_words(objective)})"
        yield Reached(title, summary, there, tuple(missing))


class Toward(NamedTuple):
    """One objective of the group: how many have reached it, of those of whom it is known."""

    name: str
    reached: int
    known: int
    counts: str  # with how many there were before the lesson


def toward(sheet: LessonSheet) -> Iterator[Toward]:
    """Each objective of the sheet; what was before is told where it is known of as many."""
    for at, objective in enumerate(sheet.objectives):
        now = Counter(one.paths[at].reached for one in sheet.students)
        then = Counter(one.reached_before[at] for one in sheet.students)
        counts, known = f"{now[True]}/{now[True] + now[False]}", now[True] + now[False]
        if then[None] == now[None]:
            counts = before_after(f"{then[True]}/{known}", counts)
        yield Toward(objective_name(objective), now[True], known, counts)


def see_again(sheet: LessonSheet) -> Iterator[SeeAgain]:
    """Who is to be seen a second time, by what is needed, in the order of need."""
    for state in SEE_AGAIN:
        there = tuple((one, _why(one)) for one in sheet.students if one.state is state)
        if there:
            yield SeeAgain(lesson_state_word(state), there)


def gone_title() -> str:
    """What is said of those whom the newest export shows no more."""
    return _("Seen in the lesson, in the newest export no more")


def gone(student: Gone, sheet: LessonSheet) -> str:
    """How far somebody was when an export last told."""
    told = [percent(student.last.progress)] if student.last.progress is not None else []
    if student.last.shared is not None:
        told.append(_("results sent") if student.last.shared else _("results not sent"))
    words = _("{time}: {counts}")
    return words.format(time=moment(student.last.at, sheet.head), counts=", ".join(told) or "—")


def _why(student: LessonStudent) -> str:
    """What is said of a student who is to be seen again, beside the state."""
    if student.lesson.is_doubtful:
        return _("to check: the line may be of a namesake")
    if student.state not in {LessonState.STUCK, LessonState.BEHIND}:
        return ""
    told = (percent(student.after.progress), lesson_words(student.lesson))
    return ", ".join(text for text in told if text)


def level_words(level: GroupCompetence, sheet: LessonSheet) -> str:
    """A competence of the group with how many have it."""
    name = f"{level.competence} {BY_CODE[level.competence].name}"
    words = ngettext(
        "{name}: {n} of {all} at level {level}", "{name}: {n} of {all} at level {level}", level.at_level
    )
    return words.format(name=name, n=level.at_level, all=level.known, level=sheet.min_level)


def level_title(sheet: LessonSheet) -> str:
    words = _("Competences of the group, weakest first: students at level {level}")
    return words.format(level=sheet.min_level)


def path_title() -> str:
    words = _("Competences of the path, weakest first: students who master {n}% of it, of those who sent")
    return words.format(n=WEAK_BELOW)


def share_count(share: Share) -> tuple[str, str]:
    """How many master a competence of the path, "3/10", and its name."""
    return f"{share.able}/{share.known}", f"{share.competence} {BY_CODE[share.competence].name}"


def weak(student: LessonStudent) -> str:
    """What a student has to work on by the path; said too where that is nothing, or is not known."""
    if student.weak is None and student.lesson.is_doubtful:
        return _("to check: the line may be of a namesake")
    if student.weak is None:
        return _("results not sent: unknown")
    return ", ".join(f"{code} {BY_CODE[code].short_name}" for code in student.weak) or _("nothing")


def level_count(level: GroupCompetence) -> tuple[str, str]:
    """How many have a competence, "3/15", and its name."""
    return f"{level.at_level}/{level.known}", f"{level.competence} {BY_CODE[level.competence].name}"


def whose(note: Remark) -> str:
    """The student that a note is about, else the whole lesson."""
    return note.who or _("whole lesson")


def kind_words() -> str:
    return _("Lesson sheet")
