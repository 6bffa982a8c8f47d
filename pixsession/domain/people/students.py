"""Who is who: names made comparable, and the rules that follow one student from export to export."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import compress, count
from operator import itemgetter
from typing import NamedTuple, Protocol

_UNDECOMPOSED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)


_MOST_READ = 2000  # putting a pile of a hundred thousand marks in order takes Unicode half a minute


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """`text` without case, accents, punctuation or doubled spaces: equal keys, same spelling of a name."""
    folded = text[:_MOST_READ].casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded).casefold()
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_UNDECOMPOSED)
    if folded.isalpha():
        return folded
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


@lru_cache(maxsize=4096)
def place_key(place: str) -> str:
    """A class or group made comparable: "3e B", "3eB" and "3E-B" are one class."""
    return name_key(place).replace(" ", "")


class StudentLook(NamedTuple):
    """One student as one export shows them: name and number as keys, class, group and `spelling` as written.

    In one export a student looks the same on every line, to the letter; from one export or campaign to
    another, a class may be written another way. `number` is a student number, or an external id with its
    campaign after an "@": each campaign asks for what it likes, so that two ids are only comparable where
    they are equal or of one campaign.
    """

    name: str
    class_and_group: str  # one space between them; one of them where the other is missing
    number: str
    spelling: tuple[str, str]


_NAMELESS = "|"


# The submissions of a student in one campaign: (date, pix); of an evaluation, the starts: (date, None).
SubmissionKey = tuple[str | None, int | None]
SubmissionKeys = set[SubmissionKey]


class Named(Protocol):
    """What every line of a file tells of a person."""

    @property
    def last_name(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def division(self) -> str | None: ...
    @property
    def group(self) -> str | None: ...
    @property
    def student_number(self) -> str | None: ...
    @property
    def external_id(self) -> str | None: ...


class NamedLine(Named, Protocol):
    """A line of a campaign export, of whatever kind."""

    @property
    def submission_key(self) -> SubmissionKey | None: ...


def look_of(line: NamedLine, campaign: str = "") -> StudentLook:
    """Who a line of this campaign is about, as far as the line tells."""
    last, first = line.last_name, line.first_name
    place = " ".join(filter(None, (line.division, line.group)))
    number = name_key(line.student_number or line.external_id or "")
    if number and not line.student_number:
        number = f"{number}@{campaign}"
    return StudentLook(_name_of(line), place, number, (last, first))


@dataclass(slots=True)
class KnownStudent:
    """A student met before: how the newest export showed them, and the campaigns they were met in."""

    student_id: int
    look: StudentLook
    campaigns: frozenset[str]  # few sets for all students: one of each is held
    seen_at: datetime


SubmissionsOf = Callable[[int, str], SubmissionKeys]


class StudentRegister:
    """Every student met so far; gives each line of a new export the student it belongs to.

    The same student, in this order: same name, class and number; same name and number; same name and class
    where no number contradicts; same name where only one side has a class and the name is unique on both;
    and, inside one campaign, a unique name that left one class and appears in another while its submissions
    are the same. Likeness of names is never enough, and what stays open is another student, never a merge.
    """

    def __init__(self, known: Iterable[KnownStudent]) -> None:
        self._by_id: dict[int, KnownStudent] = {}
        # By campaign, the newest export resolved; empty at first.
        self._shown: dict[str, _Shown] = {}
        self._by_name: dict[str, list[KnownStudent]] = defaultdict(list)
        self._by_newest_look: dict[StudentLook, KnownStudent] = {}
        # How a campaign that tells less than another one last showed a student.
        self._by_campaign_look: dict[tuple[str, StudentLook], KnownStudent] = {}
        self._looks: dict[tuple[str, int], StudentLook] = {}
        self._last_id = 0
        for student in known:
            self._add(student)

    def resolve(
        self, campaign: str, lines: Sequence[NamedLine], seen_at: datetime, submissions_of: SubmissionsOf
    ) -> tuple[list[int], list[KnownStudent]]:
        """A student id for each line, and the students that are new or not as they were."""
        shown = self._shown.pop(campaign, None)
        if shown is not None:
            self._date(shown.members, shown.at)
        found, touched = self._resolve(campaign, lines, seen_at, submissions_of)
        self._shown[campaign] = _Shown(seen_at, set(found), self._unsettled(campaign, lines, found))
        return found, touched

    def resolve_again(
        self,
        campaign: str,
        entries: Sequence[tuple[int, NamedLine]],
        new: Sequence[int],
        gone: Iterable[NamedLine],
        seen_at: datetime,
        submissions_of: SubmissionsOf,
    ) -> tuple[Mapping[int, int], list[KnownStudent]]:
        """As `resolve`, of an export most of whose lines are those of the one resolved before.

        `entries`: its lines, each with its student in that export; those at the places `new` were not there.
        `gone`: the lines that the export before had besides. Gives the students of those places at which
        there may be another one. Students are distinguished within one name: where nothing of a name has
        changed, its students are those of the export before.
        """
        shown = self._shown.get(campaign)
        if shown is None or seen_at < shown.at:
            lines = [line for _student, line in entries]
            found, touched = self.resolve(campaign, lines, seen_at, submissions_of)
            return dict(enumerate(found)), touched
        names = {_name_of(line) for line in (*(entries[place][1] for place in new), *gone)} | shown.open_names
        there = {student.student_id for name in names for student in self._by_name.get(name, ())}
        known = map(itemgetter(0), entries)
        places = sorted({*new, *compress(count(), map(there.__contains__, known))})
        self._date(there & shown.members, shown.at)
        shown.members -= there
        weighed = [entries[place][1] for place in places]
        found, touched = self._resolve(campaign, weighed, seen_at, submissions_of)
        shown.members.update(found)
        self._shown[campaign] = _Shown(seen_at, shown.members, self._unsettled(campaign, weighed, found))
        return dict(zip(places, found, strict=True)), touched

    def _date(self, students: Iterable[int], seen_at: datetime) -> None:
        """Note on each student when an export showed them, before another one does."""
        for number in students:
            student = self._by_id[number]
            student.seen_at = max(student.seen_at, seen_at)

    def _seen_at(self, student: KnownStudent) -> datetime:
        """When the newest export was made that shows a student."""
        shown = (self._shown.get(campaign) for campaign in student.campaigns)
        return max([student.seen_at, *(one.at for one in shown if one and student.student_id in one.members)])

    def _unsettled(self, campaign: str, lines: Sequence[NamedLine], found: Sequence[int]) -> set[str]:
        """The names among these lines that would not surely be resolved so once more."""
        looks = dict(zip((look_of(line, campaign) for line in lines), found, strict=True))
        shared = Counter(looks.values())
        names = set()
        for look, number in looks.items():
            known = self._by_newest_look.get(look) or self._by_campaign_look.get((campaign, look))
            if known is None or known.student_id != number or shared[number] > 1:
                names.add(look.name)
        return names

    def _resolve(
        self, campaign: str, lines: Sequence[NamedLine], seen_at: datetime, submissions_of: SubmissionsOf
    ) -> tuple[list[int], list[KnownStudent]]:
        looks = [look_of(line, campaign) for line in lines]
        distinct = list(dict.fromkeys(looks))
        found = {look: self._by_newest_look[look] for look in distinct if look in self._by_newest_look}
        unsure = [look for look in distinct if look not in found and look.name in self._by_name]
        if unsure:
            taken = {student.student_id for student in found.values()}
            found.update(self._looked_like(unsure, campaign, taken))
            taken.update(student.student_id for student in found.values())
            unsure = [look for look in unsure if look not in found]
            submissions = _submissions_by_look(looks, lines)
            found.update(self._matches(distinct, unsure, taken, campaign, submissions, submissions_of))
        touched: dict[int, KnownStudent] = {}
        for look in distinct:
            student = found.get(look)
            is_new = student is None
            if student is None:
                student = found[look] = self._new(look, seen_at)
            if self._meet(student, look, campaign, seen_at) or is_new:
                touched[student.student_id] = student
        return [found[look].student_id for look in looks], list(touched.values())

    def _looked_like(
        self, unsure: Sequence[StudentLook], campaign: str, taken: set[int]
    ) -> dict[StudentLook, KnownStudent]:
        """The students who looked exactly so in this campaign the last time."""
        met = ((look, self._by_campaign_look.get((campaign, look))) for look in unsure)
        return {look: student for look, student in met if student and student.student_id not in taken}

    def _matches(
        self,
        distinct: Sequence[StudentLook],
        unsure: Sequence[StudentLook],
        taken: set[int],
        campaign: str,
        submissions: Mapping[StudentLook, SubmissionKeys],
        submissions_of: SubmissionsOf,
    ) -> dict[StudentLook, KnownStudent]:
        """The known students of the looks that no student has exactly."""
        namesakes = Counter(look.name for look in distinct)
        by_name: dict[str, list[StudentLook]] = defaultdict(list)
        for look in unsure:
            by_name[look.name].append(look)
        matches: dict[StudentLook, KnownStudent] = {}
        for name, looks in by_name.items():
            known = self._by_name[name]
            free = [student for student in known if student.student_id not in taken]
            alone = namesakes[name] == 1 and len(known) == 1
            likenesses = _likenesses(campaign, submissions, submissions_of, alone=alone)
            # Without a name there is nothing to go by but the number.
            matches.update(_match(looks, free, likenesses[:2] if name == _NAMELESS else likenesses))
        return matches

    def _new(self, look: StudentLook, seen_at: datetime) -> KnownStudent:
        student = KnownStudent(self._last_id + 1, look, frozenset(), seen_at)
        self._add(student)
        return student

    def _add(self, student: KnownStudent) -> None:
        self._by_name[student.look.name].append(student)
        self._by_newest_look[student.look] = student
        self._by_id[student.student_id] = student
        self._stir(student.look.name)
        self._last_id = max(self._last_id, student.student_id)

    def _stir(self, name: str) -> None:
        """Have every campaign resolve this name anew."""
        for shown in self._shown.values():
            shown.open_names.add(name)

    def _meet(self, student: KnownStudent, look: StudentLook, campaign: str, seen_at: datetime) -> bool:
        """Note where a student was met, and how they look now; true when anything changed."""
        changed = campaign not in student.campaigns
        if changed:
            student.campaigns = _one_of(student.campaigns | {campaign})
        if seen_at < self._seen_at(student):
            return changed
        student.seen_at = seen_at
        before = student.look
        # A campaign without classes or numbers does not take away what another one has told.
        now = StudentLook(
            look.name,
            look.class_and_group or before.class_and_group,
            look.number or before.number,
            look.spelling,
        )
        if now != before and now not in self._by_newest_look:
            del self._by_newest_look[before]
            student.look = now
            self._by_newest_look[now] = student
            self._stir(now.name)
            changed = True
        if look != student.look:
            self.remember(student, look, campaign)
        return changed

    def remember(self, student: KnownStudent, look: StudentLook, campaign: str) -> None:
        """Note how a campaign that tells less, or otherwise, shows a student."""
        last = self._looks.get((campaign, student.student_id))
        if last is not None and self._by_campaign_look.get((campaign, last)) is student:
            del self._by_campaign_look[campaign, last]
        self._looks[campaign, student.student_id] = look
        self._by_campaign_look[campaign, look] = student


@dataclass(slots=True)
class _Shown:
    """The newest export of a campaign: its time, its students, names that it leaves open for the next one."""

    at: datetime
    members: set[int]
    open_names: set[str]


# Of equal sets the first: most students were met in the same campaigns.
_one_of: Callable[[frozenset[str]], frozenset[str]] = lru_cache(maxsize=4096)(frozenset)


def _name_of(line: NamedLine) -> str:
    return f"{name_key(line.last_name)}{_NAMELESS}{name_key(line.first_name)}"


def _submissions_by_look(
    looks: Sequence[StudentLook], lines: Sequence[NamedLine]
) -> Mapping[StudentLook, SubmissionKeys]:
    submissions: dict[StudentLook, SubmissionKeys] = defaultdict(set)
    for look, line in zip(looks, lines, strict=True):
        if line.submission_key is not None:
            submissions[look].add(line.submission_key)
    return submissions


_Likeness = Callable[[StudentLook, KnownStudent], bool]


def _likenesses(
    campaign: str,
    submissions: Mapping[StudentLook, SubmissionKeys],
    submissions_of: SubmissionsOf,
    *,
    alone: bool,
) -> tuple[_Likeness, ...]:
    """What makes a look that of a known student of the same name, the surest first."""

    def moved(look: StudentLook, student: KnownStudent) -> bool:
        if campaign not in student.campaigns:
            return False
        before = submissions_of(student.student_id, campaign)
        if not before:
            return _numbers_agree(look, student.look)
        return bool(before & submissions.get(look, set()))

    return (
        lambda look, s: _same_place(look, s.look) and look.number == s.look.number,
        lambda look, s: look.number != "" and _bare(look.number) == _bare(s.look.number),
        lambda look, s: _same_place(look, s.look) and _numbers_agree(look, s.look),
        lambda look, s: alone and _lacks_place(look, s.look) and _numbers_agree(look, s.look),
        moved,
    )


def _match(
    looks: Sequence[StudentLook], candidates: Sequence[KnownStudent], likenesses: Iterable[_Likeness]
) -> dict[StudentLook, KnownStudent]:
    """Match the looks of one name with the students of that name, where a likeness leaves no choice."""
    found: dict[StudentLook, KnownStudent] = {}
    taken: set[int] = set()
    for alike in likenesses:
        left = [look for look in looks if look not in found]
        free = [student for student in candidates if student.student_id not in taken]
        pairs = [(look, student) for look in left for student in free if alike(look, student)]
        of_person = Counter(look for look, _ in pairs)
        of_student = Counter(student.student_id for _, student in pairs)
        for look, student in pairs:
            if of_person[look] == 1 and of_student[student.student_id] == 1:
                found[look] = student
                taken.add(student.student_id)
    return found


def _same_place(one: StudentLook, other: StudentLook) -> bool:
    return place_key(one.class_and_group) == place_key(other.class_and_group)


def _lacks_place(one: StudentLook, other: StudentLook) -> bool:
    return "" in {one.class_and_group, other.class_and_group}


def _bare(number: str) -> str:
    return number.partition("@")[0]


def _numbers_agree(one: StudentLook, other: StudentLook) -> bool:
    """Nothing in the numbers says that these are two students."""
    if "" in {one.number, other.number} or _bare(one.number) == _bare(other.number):
        return True
    (_, _, campaign), (_, _, other_campaign) = one.number.partition("@"), other.number.partition("@")
    return campaign != other_campaign
