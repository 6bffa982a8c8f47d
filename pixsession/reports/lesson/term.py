"""The lessons of a term side by side: how far each student and the class came, and who is to be reminded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from pixsession.domain.lesson.term import KeptLesson, LessonOutcome
from pixsession.domain.people.identities import class_key
from pixsession.domain.people.resolver import follow
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown


class NothingKept(PixSessionError):
    """No lesson to compare: none is kept, or none of the class asked for."""


class ReminderReason(StrEnum):
    """Why somebody is to be reminded."""

    NEVER_STARTED = "never_started"  # in no lesson
    NOT_FINISHED = "not_finished"  # begun, neither finished nor sent, in the last lesson that shows them
    NOT_SENT = "not_sent"  # finished in it, results not sent
    NO_PROFILE = "no_profile"  # no profile sent
    NOT_ELIGIBLE = "not_eligible"  # not eligible, and no profile sent since


class Reminder(NamedTuple):
    """A reason; `since`: the day of the last profile, None where it is not known.

    That is the day of its submission, else that of the lesson that first showed it.
    """

    reason: ReminderReason
    since: date | None = None


class TermLesson(NamedTuple):
    """One lesson in the class; `title` is fit to be shown. `median`: of those who were there, a fraction."""

    day: date
    title: str
    expected: int
    came: int
    finished: int
    sent: int
    median: float | None


class TermStudent(NamedTuple):
    """One student over the term; texts are fit to be shown, the others as LessonOutcome has them.

    `outcomes`: one for each lesson of the Term, None where the student was not expected.
    """

    last_name: str
    first_name: str
    place: str
    outcomes: tuple[LessonOutcome | None, ...]
    competences_first: int | None
    competences_last: int | None
    missed: int
    reminders: tuple[Reminder, ...]

    @property
    def name(self) -> str:
        """The student as `LAST First`; a dash where the export has no name."""
        return f"{self.last_name} {self.first_name}".strip() or "—"


class Term(NamedTuple):
    """The lessons of some classes, oldest first, and their students by name.

    `gone`: students of an earlier lesson of the same group whom a later one knows no more.
    """

    places: tuple[str, ...]  # as shown
    lessons: tuple[TermLesson, ...]
    students: tuple[TermStudent, ...]
    gone: tuple[TermStudent, ...] = ()


def term_of(lessons: Iterable[KeptLesson], classes: Iterable[str], rule: Rule) -> Term:
    """The lessons of these classes side by side, of all where none is named.

    `rule` says how many competences make somebody eligible. Raises NothingKept, in words.
    """
    wanted = {class_key(place) for place in classes}
    kept = sorted((lesson for lesson in lessons if lesson.students), key=lambda one: (one.date, one.title))
    if not kept:
        raise NothingKept(
            _(
                "no lesson is kept yet. A lesson is kept once its board was open on it: "
                "pixsession watch --session FILE, with kind = “half-group” in the file."
            )
        )
    known = {place for lesson in kept for one in lesson.students if (place := shown(one.place or ""))}
    of_class = [(lesson, _of(lesson, wanted)) for lesson in kept]
    chosen = [(lesson, students) for lesson, students in of_class if students]
    if not chosen:
        there = ", ".join(sorted(known)) or "—"
        words = _("no lesson of this class is kept; the classes of the lessons are: {there}.")
        raise NothingKept(words.format(there=there))
    followed = follow([students for _lesson, students in chosen])
    days = tuple(lesson.date for lesson, _students in chosen)
    collected = any(_profiles(one) != (None, None) for _lesson, students in chosen for one in students)
    told = rule if collected else None
    left = _who_left(followed, len(chosen))
    gone = sorted((_student(one, days, told) for one in followed if id(one) in left), key=_alphabet)
    staying = (one for one in followed if id(one) not in left)
    students = sorted((_student(one, days, told) for one in staying), key=_alphabet)
    return Term(
        places=tuple(dict.fromkeys(sorted(student.place for student in students if student.place))),
        lessons=tuple(_lesson(lesson, students) for lesson, students in chosen),
        students=tuple(students),
        gone=tuple(gone),
    )


def _who_left(followed: Sequence[Mapping[int, LessonOutcome]], lessons: int) -> set[int]:
    """The `id` of each of these who is in no lesson after one at which most of their group was again."""
    groups = [{id(one) for one in followed if index in one} for index in range(lessons)]
    return {
        id(one)
        for one in followed
        if any(2 * len(later & groups[max(one)]) > len(groups[max(one)]) for later in groups[max(one) + 1 :])
    }


def came(outcome: LessonOutcome) -> bool:
    """Whether an export of the lesson shows the student at all."""
    return outcome.progress_after is not None or outcome.shared is not None


def _of(lesson: KeptLesson, wanted: set[str]) -> tuple[LessonOutcome, ...]:
    return tuple(one for one in lesson.students if not wanted or class_key(one.place or "") in wanted)


def _lesson(lesson: KeptLesson, students: Sequence[LessonOutcome]) -> TermLesson:
    there = [one for one in students if came(one)]
    known = [one.progress_after for one in there if one.progress_after is not None]
    return TermLesson(
        day=lesson.date,
        title=shown(lesson.title),
        expected=len(students),
        came=len(there),
        finished=sum(_is_finished(one) for one in there),
        sent=sum(one.shared is True for one in there),
        median=median(known) if known else None,
    )


def _is_finished(outcome: LessonOutcome) -> bool:
    return outcome.shared is True or (outcome.progress_after or 0) >= 1


# -- one student over the term -------------------------------------------------------------------------------


def _alphabet(student: TermStudent) -> tuple[str, str, str]:
    return name_key(student.last_name), name_key(student.first_name), class_key(student.place)


def _student(outcomes: Mapping[int, LessonOutcome], days: Sequence[date], rule: Rule | None) -> TermStudent:
    """`rule` None: no profile was collected, and nobody is reminded of one."""
    told = [outcomes[index] for index in sorted(outcomes)]
    newest = told[-1]
    counts = [
        count
        for one in told
        for count in (one.competences_before, one.competences_after)
        if count is not None
    ]
    return TermStudent(
        last_name=shown(newest.last_name),
        first_name=shown(newest.first_name),
        place=shown(newest.place or ""),
        outcomes=tuple(outcomes.get(index) for index in range(len(days))),
        competences_first=counts[0] if counts else None,
        competences_last=counts[-1] if counts else None,
        missed=sum(not came(one) for one in told),
        reminders=tuple(_reminders(outcomes, days, rule)),
    )


def _reminders(
    outcomes: Mapping[int, LessonOutcome], days: Sequence[date], rule: Rule | None
) -> Iterator[Reminder]:
    """What this student is to be reminded of, the evaluation first, then the profile."""
    told = [outcomes[index] for index in sorted(outcomes)]
    there = [one for one in told if came(one)]
    if not there:
        yield Reminder(ReminderReason.NEVER_STARTED)
    elif there[-1].shared is False:
        yield Reminder(ReminderReason.NOT_SENT if _is_finished(there[-1]) else ReminderReason.NOT_FINISHED)
    if rule is not None:
        yield from _profile_reminder(outcomes, days, rule)


def _profile_reminder(
    outcomes: Mapping[int, LessonOutcome], days: Sequence[date], rule: Rule
) -> Iterator[Reminder]:
    """Who has sent no profile; who is not eligible, and has sent nothing since the lesson before the last."""
    newest: _Profile | None = None
    since: date | None = None
    for index in sorted(outcomes):
        before, after = _profiles(outcomes[index])
        if before is not None and before != newest:
            # Sent before the first lesson, else between this one and the one before.
            newest, since = before, days[index] if newest else None
        if after is not None and after != newest:
            newest, since = after, days[index]
    if newest is None:
        yield Reminder(ReminderReason.NO_PROFILE)
    elif newest[0] < rule.min_competences:
        sent = _last_sent(outcomes)
        expected = [days[index] for index in sorted(outcomes)]
        if sent is None and since != expected[-1]:
            yield Reminder(ReminderReason.NOT_ELIGIBLE, since)
        if sent is not None and sent < expected[-2:][0]:
            yield Reminder(ReminderReason.NOT_ELIGIBLE, sent)


def _last_sent(outcomes: Mapping[int, LessonOutcome]) -> date | None:
    """The day of the last profile, by its own time and not by when a lesson first showed it."""
    times = [at for one in outcomes.values() for at in (one.sent_at_before, one.sent_at_after) if at]
    return date.fromisoformat(max(times)[: len("2026-03-12")]) if times else None


_Profile = tuple[int, int | None]  # competences that count, pix


def _profiles(outcome: LessonOutcome) -> tuple[_Profile | None, _Profile | None]:
    """What was sent before the lesson, and by its end."""
    before, after = outcome.competences_before, outcome.competences_after
    return (
        None if before is None else (before, outcome.pix_before),
        None if after is None else (after, outcome.pix_after),
    )
