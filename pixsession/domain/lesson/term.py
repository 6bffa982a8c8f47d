"""The lessons kept over a term: who was there, how far each came, and what was eligible before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS, Objective, year_preset
from pixsession.domain.pix.campaign import Campaign
from pixsession.domain.pix.eligibility import Profile
from pixsession.domain.pix.school_year import school_year_start


class LessonOutcome(NamedTuple):
    """One student in one lesson. Fractions for progress; what no export tells is None.

    `progress_before`: where the lesson found the student, as StudentLesson has it; `progress_after` and
    `shared`: by the last export of the lesson, None where none of its exports shows the student.
    `…_before`: what profiles and pix stood at by the exports there were before the lesson, else by the first
    of its day; `…_after`: by the last of its day. Competences are those that count for the certification, by
    the rule of the session. `collected_on`: the day of the newest collection that names the class, None
    where none does, so that nothing is known of who sent no profile.
    """

    keys: tuple[str, ...]  # what decisions and actions call the student; see identities.identity_key
    last_name: str
    first_name: str
    place: str | None  # class, else group, as Pix wrote it
    progress_before: float | None
    progress_after: float | None
    shared: bool | None
    competences_before: int | None
    competences_after: int | None
    pix_before: int | None
    pix_after: int | None
    sent_at_before: str | None = None  # of these profiles; ISO 8601, Paris, or a day
    sent_at_after: str | None = None
    group: str | None = None  # as Pix wrote it
    profile: Profile | None = None  # of `…_after`
    collected_on: date | None = None
    is_absent: bool = False  # somebody said so, and no export shows the student
    observations: tuple[str, ...] = ()  # what was observed in the lesson, oldest first
    notes: tuple[str, ...] = ()  # what was written freely then
    campaign: Campaign | None = None  # the student's own; None where no export shows the student

    @property
    def submissions(self) -> frozenset[tuple[str, int]]:
        """Time and pix of the profiles: who has sent the very same one is the same student."""
        both = (self.sent_at_before, self.pix_before), (self.sent_at_after, self.pix_after)
        return frozenset((at, pix) for at, pix in both if at is not None and pix is not None)


class KeptLesson(NamedTuple):
    """One half-group lesson of the state folder. `path`: of its session file, which may be gone since.

    `students`: by last name, first name; empty where no export of an evaluation was kept.
    """

    title: str
    date: date
    path: Path
    students: tuple[LessonOutcome, ...]

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The evaluations that students were at work in, those of most students first."""
        found = Counter(one.campaign for one in self.students if one.campaign is not None)
        return tuple(campaign for campaign, _count in found.most_common())


def between(
    lessons: Sequence[KeptLesson], since: date | None = None, until: date | None = None
) -> tuple[KeptLesson, ...]:
    """The lessons of these days, both included, in their order."""
    return tuple(
        one for one in lessons if (not since or one.date >= since) and (not until or one.date <= until)
    )


def of_newest_year(lessons: Sequence[KeptLesson]) -> tuple[KeptLesson, ...]:
    """The lessons of the school year of the newest one, in their order."""
    if not lessons:
        return ()
    start = school_year_start(max(lesson.date for lesson in lessons))
    return tuple(lesson for lesson in lessons if lesson.date >= start)


def objective_of_class(place: str) -> Objective:
    """What schools set for the year of a class, by its name; where that tells no year, to be eligible."""
    return OBJECTIVE_PRESETS[year_preset(place) or "certification"]
