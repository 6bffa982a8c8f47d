"""Messages that can be pasted: to one student, to a class; nothing in them that the exports do not prove."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pixsession.domain.lesson.aim_words import objective_name
from pixsession.domain.lesson.objectives import ObjectivePath
from pixsession.domain.pix.competences import BY_CODE
from pixsession.foundation.i18n import _, ngettext
from pixsession.reports.common.words import long_date
from pixsession.reports.lesson.term import TermStudent
from pixsession.reports.lesson.term_words import reminder_words, short_date

_MOST_STEPS = 2


def student_message(student: TermStudent) -> str:
    """What is left to do, by exports of which day, and what is missing for the objective."""
    what = _("; ").join(map(reminder_words, student.reminders))
    day = _days((student,))
    words = _("{name}, on Pix, by the exports of {day}: {what}.") if day else _("{name}, on Pix: {what}.")
    told = words.format(name=student.first_name or student.name, day=day, what=what)
    return f"{told} {_to_go(student.path)}".strip()


def _to_go(path: ObjectivePath) -> str:
    """How many competences the objective still asks for, the nearest by name; empty where none is known."""
    if path.reached is not False:
        return ""
    nearest = ", ".join(
        f"{step.competence} {BY_CODE[step.competence].short_name}" for step in path.steps[:_MOST_STEPS]
    )
    words = ngettext(
        "Objective {name}: {n} competence to go, {nearest}.",
        "Objective {name}: {n} competences to go, first {nearest}.",
        len(path.steps),
    )
    return words.format(name=objective_name(path.objective), n=len(path.steps), nearest=nearest)


def class_message(
    students: Sequence[TermStudent], *, several: bool
) -> tuple[str, list[tuple[str, tuple[str, ...]]]]:
    """A title, then first and last name with reasons; the class too where the list is of `several`.

    The title has the days of the exports that prove it: what was done since is in none of them.
    """
    title = _("To remind, by the exports of {day}").format(day=_days(students, in_full=True))
    return title, [
        (_named(one, several=several), tuple(map(reminder_words, one.reminders))) for one in students
    ]


def _named(student: TermStudent, *, several: bool) -> str:
    name = f"{student.first_name} {student.last_name}".strip() or "—"
    return f"{name} ({student.place})" if several and student.place else name


def _days(students: Iterable[TermStudent], *, in_full: bool = False) -> str:
    """The day of the exports that prove what these are reminded of; the first and the last of several."""
    found = {day for one in students for reminder in one.reminders if (day := reminder.seen_on)}
    if not found:
        return ""
    first, last = min(found), max(found)
    if first == last:
        return long_date(first) if in_full else short_date(first)
    return _("{first} to {last}").format(first=short_date(first), last=short_date(last))
