"""Who is who: names made comparable, and the rules that follow one student from export to export."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from pixsession.domain.participation import Participation

_UNDECOMPOSED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """`text` without case, accents, punctuation or doubled spaces: equal keys, same spelling of a name."""
    folded = text.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_UNDECOMPOSED)
    if folded.isalpha():
        return folded
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


@lru_cache(maxsize=4096)
def place_key(place: str) -> str:
    """A class or group made comparable: "3e B", "3eB" and "3E-B" are one class."""
    return name_key(place).replace(" ", "")


@dataclass(frozen=True, slots=True)
class Person:
    """One student as one export shows them; texts are keys, `spelling` is the name exactly as written."""

    name: str
    place: str
    number: str
    spelling: tuple[str, str]


def person_of(participation: Participation) -> Person:
    """Who a line is about, as far as the line tells."""
    last, first = participation.last_name, participation.first_name
    place = participation.division or participation.group
    return Person(
        f"{name_key(last)}|{name_key(first)}",
        place_key(place) if place else "",
        name_key(participation.number) if participation.number else "",
        (last, first),
    )


@dataclass(slots=True)
class KnownStudent:
    """A student met before: how the newest export showed them, and the campaigns they were met in."""

    student_id: int
    person: Person
    campaigns: set[str]
    seen_at: datetime


# (student id, campaign) → the sends known of a student there: (date, pix).
SendsOf = Callable[[int, str], set[tuple[str | None, int | None]]]


class Roll:
    """Every student met so far; gives each line of a new export the student it belongs to.

    The same student, in this order: same name, class and number; same name and number; same name and class
    where only one side has a number; same name where only one side has a class and the name is unique on
    both; and, inside one campaign, a unique name that left one class and appears in another while its sends
    are the same. Likeness of names is never enough, and what stays open is another student, never a merge.
    """

    def __init__(self, known: Iterable[KnownStudent]) -> None:
        self._by_name: dict[str, list[KnownStudent]] = defaultdict(list)
        self._by_person: dict[Person, KnownStudent] = {}
        self._last_id = 0
        for student in known:
            self._add(student)

    def resolve(
        self, campaign: str, participations: Sequence[Participation], seen_at: datetime, sends_of: SendsOf
    ) -> tuple[list[int], list[KnownStudent]]:
        """A student id for each participation, and the students that are new or not as they were."""
        persons = [person_of(participation) for participation in participations]
        claimed = {person: self._by_person[person] for person in persons if person in self._by_person}
        open_persons: dict[str, list[Person]] = defaultdict(list)
        for person in dict.fromkeys(persons):
            if person not in claimed and person.name in self._by_name:
                open_persons[person.name].append(person)
        if open_persons:
            sends = _sends_by_person(persons, participations)
            taken = {student.student_id for student in claimed.values()}
            namesakes = Counter(person.name for person in dict.fromkeys(persons))
            for name, same_name in open_persons.items():
                known = self._by_name[name]
                alone = namesakes[name] == 1 and len(known) == 1
                free = [student for student in known if student.student_id not in taken]
                claimed.update(_match(same_name, free, campaign, sends, sends_of, alone=alone))
        touched: dict[int, KnownStudent] = {}
        for person in dict.fromkeys(persons):
            student = claimed.get(person) or self._new(person, seen_at)
            if self._meet(student, person, campaign, seen_at) or person not in claimed:
                touched[student.student_id] = student
            claimed[person] = student
        return [claimed[person].student_id for person in persons], list(touched.values())

    def _new(self, person: Person, seen_at: datetime) -> KnownStudent:
        student = KnownStudent(self._last_id + 1, person, set(), seen_at)
        self._add(student)
        return student

    def _add(self, student: KnownStudent) -> None:
        self._by_name[student.person.name].append(student)
        self._by_person[student.person] = student
        self._last_id = max(self._last_id, student.student_id)

    def _meet(self, student: KnownStudent, person: Person, campaign: str, seen_at: datetime) -> bool:
        """Note where a student was met, and how they look now; true when anything changed."""
        changed = campaign not in student.campaigns
        student.campaigns.add(campaign)
        if seen_at < student.seen_at:
            return changed
        if person != student.person:
            del self._by_person[student.person]
            student.person = person
            self._by_person[person] = student
            changed = True
        student.seen_at = seen_at
        return changed


def _sends_by_person(
    persons: Sequence[Person], participations: Sequence[Participation]
) -> dict[Person, set[tuple[str | None, int | None]]]:
    sends: dict[Person, set[tuple[str | None, int | None]]] = defaultdict(set)
    for person, participation in zip(persons, participations, strict=True):
        if participation.sent:
            sends[person].add((participation.sent_at, participation.pix))
    return sends


def _match(
    persons: list[Person],
    candidates: list[KnownStudent],
    campaign: str,
    sends: dict[Person, set[tuple[str | None, int | None]]],
    sends_of: SendsOf,
    *,
    alone: bool,
) -> dict[Person, KnownStudent]:
    """Match the persons of one name with the students of that name, the surest rule first."""

    def moved(person: Person, student: KnownStudent) -> bool:
        if campaign not in student.campaigns or not _numbers_agree(person, student.person):
            return False
        before = sends_of(student.student_id, campaign)
        return not before or bool(before & sends.get(person, set()))

    rules: list[Callable[[Person, KnownStudent], bool]] = [
        lambda p, s: (p.place, p.number) == (s.person.place, s.person.number),
        lambda p, s: p.number != "" and p.number == s.person.number,
        lambda p, s: p.place == s.person.place and _numbers_agree(p, s.person),
        lambda p, s: alone and "" in {p.place, s.person.place} and _numbers_agree(p, s.person),
        moved,
    ]
    found: dict[Person, KnownStudent] = {}
    for rule in rules:
        left = [person for person in persons if person not in found]
        free = [s for s in candidates if s not in found.values()]
        pairs = [(person, student) for person in left for student in free if rule(person, student)]
        for person, student in pairs:
            # Only where the rule leaves no choice, on either side.
            if sum(p == person for p, _ in pairs) == 1 and sum(s is student for _, s in pairs) == 1:
                found[person] = student
    return found


def _numbers_agree(one: Person, other: Person) -> bool:
    return one.number == other.number or "" in {one.number, other.number}
