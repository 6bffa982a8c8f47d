"""The words of the sheet of a lesson, said the same way on paper, in the table and in plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from pixsession.domain.competences import BY_CODE
from pixsession.domain.display import shown
from pixsession.domain.eligibility import Eligibility
from pixsession.domain.lesson import GroupPoint, LessonState
from pixsession.domain.lesson_group import GroupCompetence
from pixsession.domain.lesson_words import lesson_state_word
from pixsession.domain.objectives import Objective, Way
from pixsession.domain.wording import span_words, state_word
from pixsession.i18n import _, ngettext
from pixsession.reports.lesson_sheet import SEE_AGAIN, LessonSheet, LessonStudent, Standing
from pixsession.reports.sheet_words import clock_words, long_date


class SeeAgain(NamedTuple):
    """Those who need the same thing, each with what is to be said of them."""

    title: str
    students: tuple[tuple[LessonStudent, str], ...]


class Reached(NamedTuple):
    """An objective in words, who has reached it, and what the others miss."""

    title: str
    count: str
    students: tuple[LessonStudent, ...]
    missing: tuple[tuple[LessonStudent, str], ...]


def percent(fraction: float | None) -> str:
    """A fraction as a whole percentage, never rounded up; empty where it is unknown."""
    return "" if fraction is None else _("{n}%").format(n=whole_percent(fraction))


def whole_percent(fraction: float) -> int:
    """80 of 0.807: all that is not finished stays under 100."""
    return int(fraction * 100 + 1e-6)


def facts(sheet: LessonSheet) -> Iterator[tuple[str, str]]:
    """The head of the sheet, label and words; what is not known is left out."""
    yield _("Date"), long_date(sheet.day)
    if sheet.start is not None:
        yield _("Start"), clock_words(sheet.start)
    yield _("Duration"), span_words(sheet.duration)
    if sheet.rooms:
        yield ngettext("Room", "Rooms", len(sheet.rooms)), ", ".join(sheet.rooms)
    if sheet.campaign:
        yield _("Campaign"), sheet.campaign


def group_words(sheet: LessonSheet) -> Iterator[str]:
    """The group at the first and at the last export of the lesson."""
    for point in (sheet.first, sheet.last):
        if point is not None:
            yield _("{time}: {counts}").format(time=f"{point.at:%H:%M}", counts=", ".join(_counts(point)))
    if sheet.last is None:
        yield _("No evaluation was read: progress is not known.")


def _counts(point: GroupPoint) -> Iterator[str]:
    students = ngettext("{n} student", "{n} students", point.students)
    yield students.format(n=point.students)
    yield ngettext("{n} started", "{n} started", point.started).format(n=point.started)
    yield ngettext("{n} at half or more", "{n} at half or more", point.halfway).format(n=point.halfway)
    yield ngettext("{n} finished", "{n} finished", point.finished).format(n=point.finished)
    yield ngettext("{n} sent", "{n} sent", point.shared).format(n=point.shared)
    if point.median is not None:
        yield _("median {progress}").format(progress=percent(point.median))


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


def objective_title(objective: Objective) -> str:
    """The name of an objective with what it asks for."""
    wanted = ngettext(
        "{n} competence at level {level}", "{n} competences at level {level}", objective.min_competences
    ).format(n=objective.min_competences, level=objective.min_level)
    if objective.min_per_area:
        each = ngettext("{n} in each area", "{n} in each area", objective.min_per_area)
        wanted = f"{wanted}, {each.format(n=objective.min_per_area)}"
    return f"{shown(objective.name)} ({wanted})"


def way_cell(way: Way) -> str:
    """An objective of one student in a table: reached, or how many competences count so far."""
    if way.reached:
        return _("reached")
    if way.competences is None:
        return ""
    # "3/5" is the 3rd of May to a spreadsheet.
    return _("{n} of {all}").format(n=way.competences, all=way.objective.min_competences)


def reached(sheet: LessonSheet) -> Iterator[Reached]:
    """Each objective with who has reached it and what the others miss; those without a profile are left out."""
    for place, objective in enumerate(sheet.objectives):
        known = [student for student in sheet.students if student.ways[place].reached is not None]
        there = tuple(student for student in known if student.ways[place].reached)
        missing = ((one, _missing(one.ways[place])) for one in known if not one.ways[place].reached)
        words = ngettext("{n} of {all} has reached it", "{n} of {all} have reached it", len(there))
        if not known:
            words = _("no profile tells yet")
        yield Reached(
            objective_title(objective), words.format(n=len(there), all=len(known)), there, tuple(missing)
        )


def _missing(way: Way) -> str:
    """The competences of the shortest way, with the pix that are short."""
    return ", ".join(
        _("{competence} ({n} pix)").format(
            competence=f"{step.competence} {BY_CODE[step.competence].short_name}", n=step.pix_missing
        )
        for step in way.steps
    )


def see_again(sheet: LessonSheet) -> Iterator[SeeAgain]:
    """Who is to be seen a second time, by what is needed, in the order of need."""
    for state in SEE_AGAIN:
        there = tuple((one, _why(one)) for one in sheet.students if one.state is state)
        if there:
            yield SeeAgain(lesson_state_word(state), there)


def _why(student: LessonStudent) -> str:
    """What is said of a student who is to be seen again, beside the state."""
    told = [percent(student.after.progress)]
    if student.state is LessonState.STUCK and student.idle_minutes is not None:
        told.append(_("without progress for {span}").format(span=span_words(_minutes(student.idle_minutes))))
    return ", ".join(text for text in told if text)


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def level_words(level: GroupCompetence, sheet: LessonSheet) -> str:
    """A competence of the group with how many have it."""
    name = f"{level.competence} {BY_CODE[level.competence].name}"
    words = ngettext(
        "{name}: {n} of {all} at level {level}", "{name}: {n} of {all} at level {level}", level.at_level
    )
    return words.format(name=name, n=level.at_level, all=level.known, level=sheet.min_level)


def kind_words() -> str:
    """What the sheet is."""
    return _("Lesson sheet")
