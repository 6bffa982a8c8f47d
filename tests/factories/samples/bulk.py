"""Exports of any size, from a half-group to a whole academy, for tests and benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count as counter
from itertools import islice

from pixsession.domain.people.students import name_key
from tests.factories.samples.generations import Generation, Layout
from tests.factories.samples.names import draw_name
from tests.factories.samples.seeded_random import Dice
from tests.factories.samples.students import Participation, Send, Student, draw_pix, max_level
from tests.factories.samples.writer import ExportFile, SampleCampaign, profiles_export

CAMPAIGN = SampleCampaign(
    'Réseau des Trois-Étangs ; annexe "Sud"', 864209, "PLMTRV208", "Collecte d'automne & bilan"
)
_CLASS_SIZE = 28


def big_export(
    count: int,
    seed: int,
    generation: Generation = Generation.PARIS_MINUTES,
    layout: Layout | None = None,
    exported_at: datetime | None = None,
) -> ExportFile:
    """The export of `count` invented students; the same arguments give the same bytes.

    A class and a name together are one student only; namesakes are in different classes. About one
    student in ten has sent nothing, one in seven is not certifiable, one in 250 is to be checked.
    """
    moment = exported_at or generation.sample_moment
    return profiles_export(crowd(count, seed, moment), generation, layout or Layout(), moment, CAMPAIGN)


def crowd(count: int, seed: int, moment: datetime) -> tuple[Student, ...]:
    """That many invented students as they are at this moment of Paris, with every identifier filled in."""
    dice = Dice(seed)
    classes = tuple(islice(class_names(), -(-count // _CLASS_SIZE)))
    taken: set[tuple[str, str, str]] = set()
    students: list[Student] = []
    for number in range(count):
        division = classes[number % len(classes)]
        last, first = draw_name(dice, awkward=0.03)
        if number % 40 == 39 and len(classes) > 1:  # a namesake, in the next class
            last, first = students[-1].last_name, students[-1].first_name
        while (key := (name_key(last), name_key(first), division)) in taken:
            last, first = draw_name(dice)
        taken.add(key)
        students.append(
            Student(
                last,
                first,
                _participations(dice, moment),
                division,
                group=f"L{1 + number % 3} TD{1 + number // 24}",
                student_number=f"{22_000_000 + number:09}",
                external_id=_external_id(number, first, last),
                extras=(dice.pick(("Cycle 4", "ULIS", "", "=groupe", "12")), f"{number:04}"),
            )
        )
    return tuple(students)


def class_names() -> Iterator[str]:
    """Classes as schools write them, the traps early: `301` is digits only, `3e1` looks like thirty."""
    for level in (3, 4, 5, 6):
        for letter, number in zip("ABCDEFGH", range(1, 9), strict=True):
            yield from (f"{level}e{letter}", f"{level}e{number}", f"{level}{number:02}", f"{level}-{number}")
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        yield from (f"2NDE {letter}", f"1RE {letter}", f"Tle {letter}")
    for number in counter(1):
        yield f"BTS {number}"


def _external_id(number: int, first: str, last: str) -> str:
    """What students type when asked for an identifier: each its own, no two alike."""
    forms = (
        f"{number:05}",
        f"A-{number}",
        f"{number}-{number % 7}",
        f"=id{number}",
        f'n°{number} "bis"',
        f"{name_key(first)}.{name_key(last)}.{number}@exemple.fr".replace(" ", ""),
    )
    return forms[number % len(forms)]


def _participations(dice: Dice, moment: datetime) -> tuple[Participation, ...]:
    """What one student did in the two months before the export, the oldest first."""
    sent = _earlier(dice, moment, 0, 30)
    started = sent - timedelta(minutes=dice.between(10, 45))
    if dice.chance(0.09):
        return (Participation(started),)
    enough = not dice.chance(0.15)
    pix = draw_pix(dice, dice.between(5, 16) if enough else dice.between(0, 4), max_level(moment))
    drift = dice.between(-4, 5) if dice.chance(0.05) else 0
    send = Send(sent, pix, drift, claimed_certifiable=(not enough) if dice.chance(0.004) else None)
    found = [Participation(started, send)]
    if dice.chance(0.18):
        younger = Send(_earlier(dice, moment, 31, 60), tuple(value * 6 // 10 for value in pix))
        found.insert(0, Participation(younger.at - timedelta(minutes=20), younger))
    if dice.chance(0.06):  # entered again, nothing sent yet: the newest line says nothing
        found.append(Participation(min(moment, sent + timedelta(minutes=dice.between(1, 500)))))
    return tuple(found)


def _earlier(dice: Dice, moment: datetime, first: int, last: int) -> datetime:
    """A minute of some day before this moment, in school hours or in the evening."""
    day = moment - timedelta(days=dice.between(first, last))
    then = day.replace(hour=dice.between(8, 19), minute=dice.between(0, 59))
    return then if then < moment else moment - timedelta(minutes=dice.between(1, 120))
