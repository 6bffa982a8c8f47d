"""Class lists of a school, and the same students as they type their own names, with who is who."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

from pixsession.domain.people.identities import Identity, identity_key
from pixsession.domain.people.students import name_key
from tests.factories.samples.names import COMPOUND_FIRST_NAMES, FIRST_NAMES, LAST_NAMES
from tests.factories.samples.seeded_random import Dice

CLASSES = 10
_CLASS_SIZE = 30


class Typed(NamedTuple):
    """A school's lists, what its students typed, and the truth.

    `truth`: whom each typed entry is, None for somebody of no list; `alterations`: what was done to the name.
    Brothers, sisters and namesakes of one class all stand in the class list; nobody types exactly the name
    of another one of the class, unless that one's name is part of their own ("Marie" of a Marie-Lou).
    """

    listed: tuple[Identity, ...]
    typed: tuple[Identity, ...]
    truth: Mapping[str, str | None]
    alterations: Mapping[str, str]


_SIBLINGS = (
    ("Léo", "Léa"), ("Louis", "Louise"), ("Jean", "Jean-Baptiste"), ("Marie", "Marie-Lou"),
    ("Mamadou", "Mamadou Saliou"), ("Emma", "Emmy"), ("Paul", "Paule"), ("Anaïs", "Anna"),
)  # fmt: skip
_NICKNAMES = {
    "Alexis": "Alex", "Mathilde": "Math", "Théodore": "Théo", "Joséphine": "Jo", "Gaspard": "Gasp",
    "Mohamed": "Momo", "Maxence": "Max", "Cassandre": "Cass", "Victoire": "Vic", "Sarah": "Sarou",
}  # fmt: skip
_LONG_NAMES = ("DE LA ROCHEFOUCAULD-MONTBEL", "VAN DER MEERSCH-DELATTRE", "DE LA TOUR DU BREUIL-MONTGASCON")
_Change = Callable[[Dice, Identity], tuple[str, str]]


def typed_school(seed: int, classes: int = CLASSES) -> Typed:
    """A school of that many classes of thirty; the same seed gives the same school."""
    dice = Dice(seed)
    listed: list[Identity] = []
    for number in range(classes):
        listed += _class(dice, f"{3 + number % 4}e{number // 4 + 1}", seed * 1000 + number * 40)
    spoken = {(student.division, *_compact(student.last_name, student.first_name)) for student in listed}
    typed: list[Identity] = []
    truth: dict[str, str | None] = {}
    alterations: dict[str, str] = {}
    for position, student in enumerate(dice.shuffled(listed)):
        if dice.chance(0.08):
            continue  # has not opened the campaign yet
        kind = dice.pick(tuple(_CHANGES))
        last, first = _CHANGES[kind](dice, student)
        own = _compact(student.last_name, student.first_name)
        is_part = set(name_key(f"{last} {first}").split()) < set(
            name_key(f"{student.last_name} {student.first_name}").split()
        )
        said = (student.division, *_compact(last, first))
        if said[1:] != own and said in spoken and not is_part:
            kind, last, first = "as listed", student.last_name, student.first_name
        entry = _typed(student, last, first, position)
        typed.append(entry)
        truth[entry.key], alterations[entry.key] = student.key, kind
    for number in range(classes):
        stranger = _stranger(dice, listed[number * _CLASS_SIZE].division, spoken)
        typed.append(stranger)
        truth[stranger.key], alterations[stranger.key] = None, "of no list"
    return Typed(tuple(listed), tuple(typed), truth, alterations)


def _class(dice: Dice, division: str, number: int) -> list[Identity]:
    names: list[tuple[str, str, str | None, tuple[str, ...]]] = []
    family = dice.pick(LAST_NAMES)
    names += [(family, first, None, ()) for first in dice.pick(_SIBLINGS)]
    if dice.chance(0.3):  # two of one name in one class
        namesake = (dice.pick(LAST_NAMES), dice.pick(FIRST_NAMES), None, ())
        names += [namesake, namesake]
    if dice.chance(0.5):
        names.append((dice.pick(_LONG_NAMES), dice.pick(FIRST_NAMES), None, ()))
    while len(names) < _CLASS_SIZE:
        last, first = dice.pick(LAST_NAMES), dice.pick(FIRST_NAMES)
        if dice.chance(0.1):
            last = f"{last}-{dice.pick(LAST_NAMES)}"
        if dice.chance(0.15):
            first = dice.pick(COMPOUND_FIRST_NAMES)
        used = dice.pick(LAST_NAMES) if dice.chance(0.05) else None
        others = (dice.pick(FIRST_NAMES), dice.pick(FIRST_NAMES)) if dice.chance(0.4) else ()
        if all(_compact(last, first) != _compact(*name[:2]) for name in names):
            names.append((last, first, used, others))
    return [
        _listed(division, f"2010-{1 + (number + at) % 12:02}-{1 + (number + at) % 28:02}", number + at, *name)
        for at, name in enumerate(names)
    ]


def _listed(
    division: str, born: str, number: int, last: str, first: str, used: str | None, others: tuple[str, ...]
) -> Identity:
    key = identity_key("roster", last, first, place=division, birth_date=born, number=f"{number:010}AB")
    return Identity(key, last, first, used, others, division, None, born, f"{number:010}AB")


def _typed(student: Identity, last: str, first: str, position: int) -> Identity:
    place = student.division
    key = f"{identity_key('typed', last, first, place=place)}|{position}"
    return Identity(key, last, first, division=place)


def _stranger(dice: Dice, division: str | None, spoken: set[tuple[str | None, str, str]]) -> Identity:
    while True:
        last, first = dice.pick(LAST_NAMES), dice.pick(FIRST_NAMES)
        if (division, *_compact(last, first)) not in spoken:
            key = identity_key("typed", last, first, place=division, number="stranger")
            return Identity(key, last, first, division=division)


def _compact(last: str, first: str) -> tuple[str, str]:
    return name_key(last).replace(" ", ""), name_key(first).replace(" ", "")


def _as_listed(_dice: Dice, student: Identity) -> tuple[str, str]:
    return student.last_name, student.first_name


def _without_accents(_dice: Dice, student: Identity) -> tuple[str, str]:
    text = unicodedata.normalize("NFD", f"{student.last_name}|{student.first_name}")
    last, _, first = "".join(c for c in text if not unicodedata.combining(c)).partition("|")
    return last.lower(), first.lower()


def _without_hyphens(_dice: Dice, student: Identity) -> tuple[str, str]:
    return student.last_name.replace("-", " ").replace("'", ""), student.first_name.replace("-", " ")


def _swapped(_dice: Dice, student: Identity) -> tuple[str, str]:
    return student.first_name, student.last_name.capitalize()


def _nickname(_dice: Dice, student: Identity) -> tuple[str, str]:
    return student.last_name, _NICKNAMES.get(student.first_name, student.first_name[:3])


def _second_first_name_too(dice: Dice, student: Identity) -> tuple[str, str]:
    more = student.other_first_names[0] if student.other_first_names else dice.pick(FIRST_NAMES)
    return student.last_name, f"{student.first_name} {more}"


def _second_first_name_alone(_dice: Dice, student: Identity) -> tuple[str, str]:
    return student.last_name, (student.other_first_names or (student.first_name,))[0]


def _used_name(_dice: Dice, student: Identity) -> tuple[str, str]:
    return student.used_name or student.last_name, student.first_name


def _both_last_names(dice: Dice, student: Identity) -> tuple[str, str]:
    return f"{student.last_name} ép. {student.used_name or dice.pick(LAST_NAMES)}", student.first_name


def _part_of_last_name(_dice: Dice, student: Identity) -> tuple[str, str]:
    return student.last_name.replace("-", " ").split()[-1], student.first_name


def _part_of_first_name(_dice: Dice, student: Identity) -> tuple[str, str]:
    return student.last_name, student.first_name.replace("-", " ").split()[0]


def _particle_glued(_dice: Dice, student: Identity) -> tuple[str, str]:
    return student.last_name.replace(" ", ""), student.first_name


def _last_name_cut(_dice: Dice, student: Identity) -> tuple[str, str]:
    head, hyphen, tail = student.last_name.rpartition("-")
    return (f"{head}-{tail[0]}." if hyphen else student.last_name), student.first_name


def _cut_after_21(_dice: Dice, student: Identity) -> tuple[str, str]:
    last = student.last_name
    return (f"{last[:21]}..." if len(last) > 21 else last), student.first_name


def _typo(dice: Dice, student: Identity) -> tuple[str, str]:
    first = student.first_name
    at = dice.between(0, len(first) - 1)
    other = dice.pick("aeinrst")
    return student.last_name, dice.pick((first[:at] + first[at + 1 :], first[:at] + other + first[at:]))


def _last_name_alone(_dice: Dice, student: Identity) -> tuple[str, str]:
    return student.last_name, "-"


_CHANGES: dict[str, _Change] = {
    "as listed": _as_listed,
    "without accents or capitals": _without_accents,
    "without hyphens or apostrophes": _without_hyphens,
    "first and last name swapped": _swapped,
    "nickname": _nickname,
    "second first name too": _second_first_name_too,
    "second first name alone": _second_first_name_alone,
    "used name": _used_name,
    "both last names": _both_last_names,
    "part of the last name": _part_of_last_name,
    "part of the first name": _part_of_first_name,
    "particle glued": _particle_glued,
    "last name cut to an initial": _last_name_cut,
    "cut after 21 letters": _cut_after_21,
    "typo": _typo,
    "last name alone": _last_name_alone,
}
