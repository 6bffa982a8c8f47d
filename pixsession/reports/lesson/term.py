"""The lessons of a term side by side: how far each student and each group came, and who is to be reminded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

from pixsession.domain.lesson.objectives import Objective, ObjectivePath, path_to
from pixsession.domain.lesson.term import KeptLesson, LessonOutcome, objective_of_class
from pixsession.domain.people.expected import groups_of
from pixsession.domain.people.identities import class_key
from pixsession.domain.people.resolver import follow
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.eligibility import Profile, Rule
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.reports.lesson.reminders import Reminder, came, is_finished, reminders_of

Aims = Callable[[str], Objective]  # what a class is to reach


class NothingKept(PixSessionError):
    """No lesson to compare: none is kept, or none of the class asked for."""


class TermLesson(NamedTuple):
    """One lesson in the class; `title` is fit to be shown. `median`: of those who were there, a fraction.

    None where they worked on several campaigns, which have nothing in common.
    """

    day: date
    title: str
    expected: int
    came: int
    finished: int
    sent: int
    median: float | None
    campaign: str = ""  # its name, or those of several, fit to be shown


class TermStudent(NamedTuple):
    """One student over the term; texts are fit to be shown, the others as LessonOutcome has them.

    `outcomes`: one for each lesson of the Term, None where the student was not expected. `path`: to what the
    class is to reach, by the newest profile. `observations`, `notes`: what was observed, and what was written
    freely, with the day.
    """

    last_name: str
    first_name: str
    place: str
    outcomes: tuple[LessonOutcome | None, ...]
    competences_first: int | None
    competences_last: int | None
    missed: int
    reminders: tuple[Reminder, ...]
    path: ObjectivePath
    groups: tuple[str, ...] = ()
    observations: tuple[tuple[date, str], ...] = ()
    notes: tuple[tuple[date, str], ...] = ()

    @property
    def name(self) -> str:
        """The student as `LAST First`; a dash where the export has no name."""
        return f"{self.last_name} {self.first_name}".strip() or "—"

    @property
    def profile(self) -> Profile | None:
        """The newest profile that was sent."""
        known = [one.profile for one in self.outcomes if one is not None and one.profile is not None]
        return known[-1] if known else None

    @property
    def competences(self) -> tuple[int | None, ...]:
        """How many competences counted after each lesson, None where nothing tells."""
        return tuple(None if one is None else one.competences_after for one in self.outcomes)


class TermGroup(NamedTuple):
    """Students who have their lessons together; `lessons`: positions of those lessons in the Term."""

    title: str
    lessons: tuple[int, ...]
    students: tuple[TermStudent, ...]


class Term(NamedTuple):
    """The lessons of some classes, oldest first, and their students by name.

    `gone`: students of an earlier lesson of the same group whom a later one knows no more.
    """

    places: tuple[str, ...]  # as shown
    lessons: tuple[TermLesson, ...]
    students: tuple[TermStudent, ...]
    gone: tuple[TermStudent, ...] = ()

    @property
    def groups(self) -> tuple[TermGroup, ...]:
        """The students by the lessons that they have together, in the order of their names."""
        together = _together(self.students, len(self.lessons))
        found: dict[int, list[TermStudent]] = {}
        for student in self.students:
            mine = [together[index] for index, one in enumerate(student.outcomes) if one is not None]
            found.setdefault(max(mine, key=mine.count), []).append(student)
        groups = (_group(students) for students in found.values())
        return tuple(sorted(groups, key=lambda one: (name_key(one.title), one.lessons)))


def term_of(
    lessons: Iterable[KeptLesson], classes: Iterable[str], rule: Rule, aims: Aims = objective_of_class
) -> Term:
    """The lessons of these classes side by side, of all where none is named.

    `rule` says how many competences make somebody eligible, `aims` what each class is to reach. Raises
    NothingKept, in words.
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
    of_class = [one._replace(students=_of(one, wanted)) for one in kept]
    chosen = [lesson for lesson in of_class if lesson.students]
    if not chosen:
        known = {place for lesson in kept for one in lesson.students if (place := shown(one.place or ""))}
        there = ", ".join(sorted(known)) or "—"
        words = _("no lesson of this class is kept; the classes of the lessons are: {there}.")
        raise NothingKept(words.format(there=there))
    return _compared(chosen, rule, aims)


def _compared(lessons: Sequence[KeptLesson], rule: Rule, aims: Aims) -> Term:
    followed = follow([lesson.students for lesson in lessons])
    collected = {
        class_key(one.place or "") for each in lessons for one in each.students if _is_collected(one)
    }
    told = _Told(lessons, rule, aims, frozenset(collected))
    left = _who_left(followed, len(lessons))
    gone = sorted((_student(one, told) for one in followed if id(one) in left), key=_alphabet)
    students = sorted((_student(one, told) for one in followed if id(one) not in left), key=_alphabet)
    return Term(
        places=tuple(dict.fromkeys(sorted(student.place for student in students if student.place))),
        lessons=tuple(map(_lesson, lessons)),
        students=tuple(students),
        gone=tuple(gone),
    )


def _is_collected(outcome: LessonOutcome) -> bool:
    """Whether a collection of profiles tells of the class of this student."""
    return outcome.collected_on is not None or outcome.competences_after is not None


def _who_left(followed: Sequence[Mapping[int, LessonOutcome]], lessons: int) -> set[int]:
    """The `id` of each of these who is in no lesson after one at which most of their group was again."""
    groups = [{id(one) for one in followed if index in one} for index in range(lessons)]
    return {
        id(one)
        for one in followed
        if any(2 * len(later & groups[max(one)]) > len(groups[max(one)]) for later in groups[max(one) + 1 :])
    }


def _of(lesson: KeptLesson, wanted: set[str]) -> tuple[LessonOutcome, ...]:
    return tuple(one for one in lesson.students if not wanted or class_key(one.place or "") in wanted)


def _lesson(lesson: KeptLesson) -> TermLesson:
    there = [one for one in lesson.students if came(one)]
    known = [one.progress_after for one in there if one.progress_after is not None]
    return TermLesson(
        day=lesson.date,
        title=shown(lesson.title),
        expected=len(lesson.students),
        came=len(there),
        finished=sum(map(is_finished, there)),
        sent=sum(one.shared is True for one in there),
        median=median(known) if known and len(lesson.campaigns) < 2 else None,
        campaign=" + ".join(shown(one.name) for one in lesson.campaigns),
    )


# -- who has lessons together --------------------------------------------------------------------------------


def _together(students: Sequence[TermStudent], lessons: int) -> list[int]:
    """For each lesson the first one of the same students: those that most of the smaller group were at."""
    at = [{number for number, one in enumerate(students) if one.outcomes[index]} for index in range(lessons)]
    first = list(range(lessons))
    for later in range(lessons):
        for earlier in range(later):
            both, least = len(at[earlier] & at[later]), min(len(at[earlier]), len(at[later]))
            if 2 * both > least:
                old, new = first[later], first[earlier]
                first = [new if one == old else one for one in first]
    return first


def _group(students: Sequence[TermStudent]) -> TermGroup:
    every = {index for one in students for index, outcome in enumerate(one.outcomes) if outcome is not None}
    return TermGroup(_group_title(students), tuple(sorted(every)), tuple(students))


def _group_title(students: Sequence[TermStudent]) -> str:
    """The class, and the half-group that all of them have in common."""
    places = sorted({one.place for one in students if one.place})
    named = [{class_key(group): group for group in one.groups} for one in students]
    common = [group for key, group in named[0].items() if all(key in one for one in named)]
    whole = [
        group for group in common if len(places) == 1 and class_key(group).startswith(class_key(places[0]))
    ]
    if whole:
        return whole[0]
    return " ".join((", ".join(places), *common[:1])).strip()


# -- one student over the term -------------------------------------------------------------------------------


class _Told(NamedTuple):
    lessons: Sequence[KeptLesson]
    rule: Rule
    aims: Aims
    collected: frozenset[str]  # keys of the classes whose profiles were collected


def _alphabet(student: TermStudent) -> tuple[str, str, str]:
    return name_key(student.last_name), name_key(student.first_name), class_key(student.place)


def _student(outcomes: Mapping[int, LessonOutcome], told: _Told) -> TermStudent:
    mine = [outcomes[index] for index in sorted(outcomes)]
    newest = mine[-1]
    counts = [
        count
        for one in mine
        for count in (one.competences_before, one.competences_after)
        if count is not None
    ]
    rule = told.rule if class_key(newest.place or "") in told.collected else None
    profiles = [one.profile for one in mine if one.profile is not None]
    return TermStudent(
        last_name=shown(newest.last_name),
        first_name=shown(newest.first_name),
        place=shown(newest.place or ""),
        outcomes=tuple(outcomes.get(index) for index in range(len(told.lessons))),
        competences_first=counts[0] if counts else None,
        competences_last=counts[-1] if counts else None,
        missed=sum(not came(one) for one in mine),
        reminders=tuple(reminders_of(outcomes, told.lessons, rule)),
        path=path_to(told.aims(newest.place or ""), profiles[-1] if profiles else None),
        groups=tuple(map(shown, groups_of(newest.group))),
        observations=_dated(outcomes, told, lambda one: one.observations),
        notes=_dated(outcomes, told, lambda one: one.notes),
    )


def _dated(
    outcomes: Mapping[int, LessonOutcome], told: _Told, texts: Callable[[LessonOutcome], tuple[str, ...]]
) -> tuple[tuple[date, str], ...]:
    """These texts of each lesson with its day, oldest first."""
    return tuple(
        (told.lessons[index].date, shown(text))
        for index in sorted(outcomes)
        for text in texts(outcomes[index])
    )
