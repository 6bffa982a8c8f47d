"""The demo morning: 12 March 2026, a third-year certification, one export every quarter of an hour."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pixsession.domain.people.students import name_key
from tests.factories.samples.demo_students import (
    MORNING,
    at,
    not_eligible_at_first,
    not_sent_at_first,
    others_with_a_story,
)
from tests.factories.samples.generations import Generation, Layout
from tests.factories.samples.names import draw_name
from tests.factories.samples.seeded_random import Dice
from tests.factories.samples.students import Participation, Send, Student, draw_pix, max_level
from tests.factories.samples.writer import ExportFile, SampleCampaign, profiles_export

CAMPAIGN = SampleCampaign("Collège de la Lune-Rousse", 731958, "FDVRGZ586", "Certification 3e - collecte")
FIRST_EXPORT = at("08:15")
EXPORTS = tuple(FIRST_EXPORT + timedelta(minutes=15 * number) for number in range(8))
CLASSES = ("3eA", "3eB", "3eC")
CLASS_SIZE = 25
_SEED = 20260312
_WINTER = date(2026, 1, 12)


def morning() -> tuple[ExportFile, ...]:
    """The eight exports, in the order of the morning."""
    students = morning_students()
    return tuple(
        profiles_export(students, Generation.PARIS_MINUTES, Layout(), moment, CAMPAIGN) for moment in EXPORTS
    )


def morning_students() -> tuple[Student, ...]:
    """Everyone of the three classes with all that happens to them from January to 10:00 that day."""
    cast = (*not_eligible_at_first(), *not_sent_at_first(), *others_with_a_story())
    taken = {name_key(student.last_name) for student in cast}
    dice = Dice(_SEED)
    calm: list[Student] = []
    for division in CLASSES:
        # The late one is not counted: the three classes are full without her.
        there = sum(1 for student in cast if student.division == division and student.last_name != "OKAFOR")
        for _ in range(CLASS_SIZE - there):
            last, first = draw_name(dice)
            while name_key(last) in taken:
                last, first = draw_name(dice)
            taken.add(name_key(last))
            calm.append(Student(last, first, _calm_sends(dice), division))
    return (*cast, *calm)


def _calm_sends(dice: Dice) -> tuple[Participation, ...]:
    """A certifiable profile sent some day of the winter, one time in four after one that was not enough."""
    count = dice.pick((5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 11, 12, 13, 14, 16))
    pix = draw_pix(dice, count, max_level(MORNING))
    drift = dice.between(-3, 4) if dice.chance(0.06) else 0
    sends = [Send(_winter_moment(dice, 21, 55), pix, drift)]
    if dice.chance(0.25):
        sends.insert(0, Send(_winter_moment(dice, 0, 18), _less(dice, pix)))
    return tuple(Participation(send.at - timedelta(minutes=dice.between(12, 50)), send) for send in sends)


def _winter_moment(dice: Dice, first: int, last: int) -> datetime:
    """A lesson or an evening between two days counted from the first collection, never a Sunday."""
    day = _WINTER + timedelta(days=dice.between(first, last))
    if day.weekday() == 6:
        day -= timedelta(days=1)
    return at(f"{dice.between(8, 18):02}:{dice.between(0, 59):02}", day)


def _less(dice: Dice, pix: tuple[int, ...]) -> tuple[int, ...]:
    """The same profile some weeks younger."""
    return tuple(value * dice.between(3, 9) // 10 for value in pix)
