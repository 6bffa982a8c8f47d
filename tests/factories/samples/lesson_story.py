"""The lesson of `demo --lesson`: 2 October 2025, half of a 5e, two campaigns, an export every eight minutes.

Everything here is invented: nobody of these names, in this class, of this school, exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tests.factories.samples.assessments import (
    AssessedStudent,
    AssessmentForm,
    Attempt,
    assessment_export,
)
from tests.factories.samples.demo_students import at, pix_of
from tests.factories.samples.generations import Generation, Layout
from tests.factories.samples.paths import HALF_GROUP_PATH, SamplePath, crcn_path
from tests.factories.samples.seeded_random import Dice
from tests.factories.samples.students import Participation, Send, Student
from tests.factories.samples.writer import Download, SampleCampaign, profiles_export

DAY = date(2025, 10, 2)  # a Thursday
DIVISION = "5eB"
_SCHOOL = "Collège de la Lune-Rousse"
RENTREE = SampleCampaign(_SCHOOL, 601437, "RNTCNQ524", "Rentrée 5e")
SECURITY = SampleCampaign(_SCHOOL, 601502, "SECURB817", "Protéger ses données 5e")
PROFILES = SampleCampaign(_SCHOOL, 601388, "PRFCNQ263", "Profils 5e")
SECURITY_PATH = crcn_path("[CLG] Protéger ses données", ("4.1", "4.2", "4.3"), each=5, stages=(0, 40, 80))
RENTREE_EXPORTS = tuple(at(clock, DAY) for clock in ("10:08", "10:16", "10:24", "10:32", "10:40", "10:48"))
SECURITY_EXPORTS = tuple(at(clock, DAY) for clock in ("10:17", "10:33", "10:49"))
PROFILES_EXPORTS = tuple(at(clock, DAY) for clock in ("09:57", "10:51"))


class Course(NamedTuple):
    """One student: per cent at each export of a campaign, when it was begun and sent, and the profile.

    `mastered`: how many of each hundred skills, of who sends. `pix`: of the profile sent in September, empty
    for none; `again`: of the one sent in the lesson.
    """

    last_name: str
    first_name: str
    begun: str
    percents: tuple[int, ...]
    sent: str | None = None
    mastered: int = 60
    pix: str = ""
    again: str = ""


# Through by October: they go on with the second campaign.
AHEAD = (
    Course("BENALI", "Yanis", "10:06", (30, 70, 100), "10:46", 80, "1.1:9 1.2:11 2.1:25 3.1:9 5.1:5"),
    Course("DIOP", "Aminata", "10:05", (34, 66, 100), None, 0, "1.1:12 2.1:26 2.2:9 3.1:10 4.1:25 5.1:9"),
    Course("ESTEVE", "Lison", "10:07", (25, 60, 85), None, 0, "1.1:10 1.2:8 2.1:12 4.2:24 5.1:7 3.1:4"),
    Course("MARTIN", "Lucas", "10:09", (18, 38, 55), None, 0, "1.1:9 2.2:8 3.1:8 4.1:24 5.2:9"),
    Course("TANGUY", "Erwan", "10:06", (28, 55, 80), None, 0, "1.1:8 2.1:9 3.1:7 4.1:6 5.1:8"),
)
COURSES = (
    Course("AUBRY", "Nils", "10:01", (14, 30, 45, 60, 78, 92), None, 0, "1.1:9 2.1:8 3.1:8 4.1:7 5.1:4"),
    Course("CARLIER", "Jules", "10:02", (10, 10, 10, 10, 10, 10), None, 0, "1.1:3 2.1:2 5.2:7"),
    Course("GUERIN", "Maël", "10:03", (6, 12, 20, 28, 34, 40), None, 0, "1.1:1 2.1:5"),
    Course("HAMON", "Inès", "10:01", (16, 34, 52, 70, 88, 100), "10:47", 40, "1.1:8 2.1:9 3.2:8 4.1:5 5.1:6",
           "1.1:8 2.1:9 3.2:8 4.1:8 5.1:8"),
    Course("JACQUET", "Tom", "10:01", (20, 45, 70, 100, 100, 100), None, 0, "1.1:8 2.1:8 4.1:5"),
    Course("LE GALL", "Soizic", "10:02", (15, 32, 50, 66, 80, 95), None, 0, "1.2:9 2.2:8 3.1:9 4.1:5 5.1:8"),
    Course("NGUYEN", "Linh", "10:01", (18, 40, 60, 80, 100, 100), "10:39", 70, "1.1:8 2.3:9 4.1:2 5.1:9"),
    Course("PEREIRA", "Inês", "10:02", (14, 30, 46, 62, 76, 90), None, 0, ""),
    Course("ROUSSEL", "Anouk", "10:31", (0, 0, 0, 4, 20, 36), None, 0, "2.1:8 3.1:8 4.1:5 1.1:8"),
)  # fmt: skip


def lesson_hour() -> tuple[Download, ...]:
    """Every export, in the order of the hour."""
    before = [_of_september(course) for course in AHEAD]
    exports: list[Download] = [
        profiles_export(list(_profiles()), Generation.PARIS_MINUTES, Layout(), moment, PROFILES)
        for moment in PROFILES_EXPORTS
    ]
    for place, moment in enumerate(RENTREE_EXPORTS):
        there = [*before, *_at(COURSES, place, moment, HALF_GROUP_PATH.skills)]
        exports.append(assessment_export(there, HALF_GROUP_PATH, AssessmentForm(), moment, RENTREE))
    for place, moment in enumerate(SECURITY_EXPORTS):
        there = list(_at(AHEAD, place, moment, SECURITY_PATH.skills))
        exports.append(assessment_export(there, SECURITY_PATH, AssessmentForm(), moment, SECURITY))
    return tuple(sorted(exports, key=lambda export: export.exported_at))


class Earlier(NamedTuple):
    """A lesson of September: per cent of each student at its end, 0 for who was not there; 100 is sent."""

    day: date
    campaign: SampleCampaign
    path: SamplePath
    percents: Mapping[str, int]


_MAILS = crcn_path("[CLG] Écrire et partager 5e", ("2.1", "2.2", "2.3"), each=5, stages=(0, 40, 80))
_SEARCH = crcn_path("[CLG] Chercher et trier 5e", ("1.1", "1.2", "1.3"), each=5, stages=(0, 40, 80))
_EARLIER_CLOCKS = ("10:22", "10:51")
EARLIER = (
    Earlier(
        date(2025, 9, 18),
        SampleCampaign(_SCHOOL, 601421, "ECRIRB408", "Écrire et partager 5e"),
        _MAILS,
        dict(zip(
            (course.last_name for course in COURSES), (70, 25, 20, 85, 60, 55, 100, 80, 30), strict=True
        )),
    ),
    Earlier(
        date(2025, 9, 25),
        SampleCampaign(_SCHOOL, 601429, "CHERCB355", "Chercher et trier 5e"),
        _SEARCH,
        dict(zip(
            (course.last_name for course in (*AHEAD, *COURSES)),
            (100, 100, 100, 75, 90, 80, 30, 35, 95, 100, 70, 100, 65, 0),
            strict=True,
        )),
    ),
)  # fmt: skip


def earlier_lessons() -> tuple[tuple[Download, ...], ...]:
    """The exports of each lesson before, oldest first; in the first one those ahead had the path of later."""
    first, second = ([_earlier(lesson, clock) for clock in _EARLIER_CLOCKS] for lesson in EARLIER)
    ahead = [_of_september(course) for course in AHEAD]
    for clock in _EARLIER_CLOCKS:
        moment = at(clock, EARLIER[0].day)
        first.append(assessment_export(ahead, HALF_GROUP_PATH, AssessmentForm(), moment, RENTREE))
    moment = at("09:58", EARLIER[1].day)
    sent = [replace(one, participations=one.participations[:1]) for one in _profiles()]
    second.append(profiles_export(sent, Generation.PARIS_MINUTES, Layout(), moment, PROFILES))
    return tuple(first), tuple(second)


def _earlier(lesson: Earlier, clock: str) -> Download:
    """Everybody who was there, on the way to the per cent of the last export."""
    begun, last = at("10:04", lesson.day), at(_EARLIER_CLOCKS[-1], lesson.day)
    students = []
    for course in (*AHEAD, *COURSES):
        if percent := lesson.percents.get(course.last_name, 0):
            end = begun + (last - begun) / (percent / 100)
            is_through = percent == 100
            end -= timedelta(minutes=4) * is_through
            sent = end + timedelta(minutes=1) if is_through else None
            attempt = Attempt(begun, end, sent, _mastered(course, lesson.path.skills, 60))
            students.append(AssessedStudent(course.last_name, course.first_name, (attempt,), DIVISION))
    return assessment_export(students, lesson.path, AssessmentForm(), at(clock, lesson.day), lesson.campaign)


def _of_september(course: Course) -> AssessedStudent:
    """The path of the rentrée, sent two weeks ago."""
    begun = at("10:05", DAY - timedelta(days=14))
    mastered = _mastered(course, HALF_GROUP_PATH.skills, 72)
    attempt = Attempt(begun, begun + timedelta(minutes=38), begun + timedelta(minutes=39), mastered)
    return AssessedStudent(course.last_name, course.first_name, (attempt,), DIVISION)


def _at(
    courses: tuple[Course, ...], place: int, moment: datetime, skills: tuple[str, ...]
) -> Iterator[AssessedStudent]:
    """Who has begun by an export: the end is such that the progress there is the one of the story."""
    for course in courses:
        begun, percent = at(course.begun, DAY), course.percents[place]
        if begun > moment or not percent:
            continue
        sent = at(course.sent, DAY) if course.sent else None
        end = begun + (moment - begun) / (percent / 100)
        mastered = _mastered(course, skills, course.mastered)
        attempt = Attempt(begun, end, sent if percent == 100 else None, mastered)
        yield AssessedStudent(course.last_name, course.first_name, (attempt,), DIVISION)


def _mastered(course: Course, skills: tuple[str, ...], percent: int) -> frozenset[str]:
    dice = Dice(sum(map(ord, course.last_name)))
    return frozenset(skill for skill in skills if dice.between(1, 100) <= percent)


def _profiles() -> Iterator[Student]:
    for course in (*AHEAD, *COURSES):
        begun = at("10:40", DAY - timedelta(days=13))
        sends = [
            Participation(
                begun, Send(begun + timedelta(minutes=4), pix_of(course.pix)) if course.pix else None
            )
        ]
        if course.again:
            again = at("10:49", DAY)
            sends.append(Participation(again - timedelta(minutes=1), Send(again, pix_of(course.again))))
        yield Student(course.last_name, course.first_name, tuple(sends), DIVISION)
