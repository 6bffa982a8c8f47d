"""Any files of a morning together, whole or damaged: no wrong merge, and nobody eligible but by a profile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.engine.read_once import check_folder
from pixsession.settings.config import BoardRequest
from tests.factories.everybody import CALLED, assessed_student, certified_student, listed, sos_export
from tests.factories.examples import examples
from tests.factories.exports import MORNING, export, pending, put, sent, student
from tests.factories.reached import reached
from tests.factories.samples import Layout, Student
from tests.factories.samples.lists import (
    ListedStudent,
    candidate_list,
    fregata,
    onde,
    plain_list,
    sessions_import,
    siecle_zip,
    whole_names_list,
)
from tests.factories.samples.results import ResultForm, class_results, session_results

LAST_NAMES = ("MARTIN", "LE GALL", "DE LA ROCHE-MARTIN", "O'NEIL")
FIRST_NAMES = ("Léo", "Léa", "Marie", "Marie-Lou", "Jean-Baptiste")
CLASSES = ("3eA", "3eB")


class Someone(NamedTuple):
    """One student: on which files, under which name there, with how many competences."""

    number: int
    last_name: str
    first_name: str
    division: str
    typed: tuple[str, str]  # as the student writes the name in Pix
    competences: int | None  # None: no profile sent
    in_profiles: bool
    in_evaluation: bool
    is_listed: bool

    @property
    def birth_date(self) -> date:
        """Of this student alone."""
        return date(2010, 6, 1) + timedelta(days=self.number)

    @property
    def is_eligible(self) -> bool:
        """By the profile sent, and by nothing else."""
        return self.in_profiles and self.competences is not None and self.competences >= 5


def as_listed(last: str, first: str) -> tuple[str, str]:
    return last, first


def in_plain_letters(last: str, first: str) -> tuple[str, str]:
    return last.title(), first.translate(str.maketrans("éô", "eo")).replace("-", " ")


def swapped(last: str, first: str) -> tuple[str, str]:
    return first, last


def with_another_first_name(last: str, first: str) -> tuple[str, str]:
    return last, f"{first} Anatole"


def by_a_nickname(last: str, _first: str) -> tuple[str, str]:
    return last, "Zouzou"


HANDS = (as_listed, as_listed, in_plain_letters, swapped, with_another_first_name, by_a_nickname)


# In the collection of profiles, in the evaluation, on the lists.
PRESENCES = (
    (True, True, True),
    (True, False, True),
    (True, False, False),
    (False, True, False),
    (False, False, True),
)


@st.composite
def schools(draw: st.DrawFn) -> tuple[Someone, ...]:
    """Up to six students of alike names, no two of one name in one class."""
    few = (
        draw(st.lists(st.sampled_from(names), min_size=1, max_size=2)) for names in (LAST_NAMES, FIRST_NAMES)
    )
    everybody = st.tuples(*map(st.sampled_from, (*few, CLASSES)))
    drawn = draw(st.lists(everybody, min_size=1, max_size=6, unique=True))
    found, written = [], set()
    for number, (last, first, division) in enumerate(drawn):
        typed = draw(st.sampled_from(HANDS))(last, first)
        if (typed, division) in written:
            typed = (last, first)
        written.add((typed, division))
        count = draw(st.sampled_from((None, 3, 4, 5, 6)))
        there = draw(st.sampled_from(PRESENCES))
        found.append(Someone(number, last, first, division, typed, count, *there))
    return tuple(found)


def profiles_of(school: Sequence[Someone], *, classes: bool) -> tuple[Student, ...]:
    return tuple(
        student(
            *one.typed,
            pending() if one.competences is None else sent("09:31", one.competences),
            place=one.division if classes else "",
        )
        for one in school
        if one.in_profiles
    )


def on_lists(school: Sequence[Someone]) -> list[ListedStudent]:
    return [
        listed(
            one.last_name,
            one.first_name,
            one.division,
            birth_date=one.birth_date,
            extra_percent=33 if one.number % 2 else None,
        )
        for one in school
        if one.is_listed
    ]


File = tuple[str, bytes, datetime]
Maker = Callable[[Sequence[Someone]], File]


def _list(name: str, write: Callable[[list[ListedStudent]], bytes]) -> Maker:
    return lambda school: (name, write(on_lists(school)), MORNING)


def _evaluation(school: Sequence[Someone]) -> File:
    takers = [assessed_student(*one.typed, one.division) for one in school if one.in_evaluation]
    made = sos_export(*takers)
    return made.name, made.content, made.exported_at


def _class_results(school: Sequence[Someone]) -> File:
    tests = [
        certified_student(
            one.last_name, one.first_name, one.number, birth_date=one.birth_date, pix=one.number
        )
        for one in school
        if one.division == "3eA"
    ]
    made = class_results(tests, ResultForm.LEVEL_AND_SCORE, "3eA", MORNING)
    return made.name, made.content, made.exported_at


def _session_results(school: Sequence[Someone]) -> File:
    tests = [
        certified_student(
            one.last_name, one.first_name, one.number, birth_date=one.birth_date, pix=one.number
        )
        for one in school
    ]
    made = session_results(tests, ResultForm.WITH_STATUS)
    return made.name, made.content, made.exported_at


WITHOUT_CLASS: tuple[Maker, ...] = (
    _list("candidats.ods", lambda people: candidate_list(CALLED, people)),
    _list("import.csv", lambda people: sessions_import([(CALLED, people)])),
    _session_results,
)
MAKERS: tuple[Maker, ...] = (
    *WITHOUT_CLASS,
    _list("3eA.csv", plain_list),
    _list("3eA.ods", whole_names_list),
    _list("base.zip", siecle_zip),
    _list("fregata.csv", fregata),
    _list("onde.csv", onde),
    _evaluation,
    _class_results,
)
makers = st.lists(st.sampled_from(MAKERS), min_size=1, max_size=3, unique=True)


def board_of(files: Sequence[File], profiles: Sequence[Student], *, classes: bool) -> Snapshot:
    with TemporaryDirectory() as folder:
        if profiles:
            export(*profiles, layout=Layout(division=classes)).write_to(Path(folder))
        for name, content, at in files:
            put(Path(folder), name, content, at)
        return check_folder(BoardRequest(Path(folder), Rule()), lambda: MORNING)


def of_profiles(snapshot: Snapshot) -> list[BoardRow]:
    return [row for row in snapshot.rows if row.origin is not None]


def assert_verdicts_are_those_of_the_profiles(
    snapshot: Snapshot, school: Sequence[Someone], *, classes: bool
) -> None:
    """Each student of the collection has a row of their own, and a state of their own or "to check"."""
    there = [one for one in school if one.in_profiles]
    rows = of_profiles(snapshot)
    by_look: dict[tuple[str, str, str], list[Someone]] = {}
    for one in there:
        by_look.setdefault((*one.typed, one.division if classes else ""), []).append(one)
    assert {(row.last_name, row.first_name, row.place or "") for row in rows} == by_look.keys()
    for row in snapshot.rows:
        alike = by_look.get((row.last_name, row.first_name, row.place or ""), [])
        if row.eligibility is Eligibility.ELIGIBLE:
            assert row.origin is not None
            assert any(one.is_eligible for one in alike)
        if row.origin is not None and len(alike) == 1 and row.eligibility is not Eligibility.TO_CHECK:
            sure = {True: Eligibility.ELIGIBLE, False: Eligibility.NOT_ELIGIBLE}[alike[0].is_eligible]
            assert row.eligibility is (Eligibility.NOT_SENT if alike[0].competences is None else sure)


def _namesakes(*presences: tuple[bool, bool, bool]) -> tuple[Someone, ...]:
    """One name in two classes."""
    return tuple(
        Someone(number, "MARTIN", "Léo", division, ("MARTIN", "Léo"), 5, *there)
        for number, (division, there) in enumerate(zip(CLASSES, presences, strict=True))
    )


@examples(30)
@given(schools(), makers, st.booleans())
@example(_namesakes((False, False, True), (True, False, False)), [_list("3eA.csv", plain_list)], True)
@example(_namesakes((True, False, True), (True, False, True)), [_list("onde.csv", onde)], True)
def test_any_files_together_merge_nobody_wrongly(
    school: tuple[Someone, ...], made: list[Maker], classes: bool
) -> None:
    snapshot = board_of(
        [make(school) for make in made], profiles_of(school, classes=classes), classes=classes
    )
    assert_verdicts_are_those_of_the_profiles(snapshot, school, classes=classes)
    # Where no class is known, one name on each side is all there is to go by.
    name_may_decide = not classes or any(make in WITHOUT_CLASS for make in made)
    for row in of_profiles(snapshot):
        births = {row.expected and row.expected.birth_date, row.result and row.result.birth_date} - {None}
        for found in (one for one in school if one.birth_date.isoformat() in births):
            is_same = found.in_profiles and found.typed == (row.last_name, row.first_name)
            is_namesake = _key(found.last_name, found.first_name) == _key(row.last_name, row.first_name)
            reached()
            assert (is_same and row.place in {None, found.division}) or (is_namesake and name_may_decide), (
                row,
                found,
            )


def _key(last: str, first: str) -> tuple[str, str]:
    return name_key(last), name_key(first)


@examples(25)
@given(schools(), makers, st.booleans(), st.data())
def test_damaged_files_beside_the_profiles_change_no_verdict_for_the_better(
    school: tuple[Someone, ...], made: list[Maker], classes: bool, data: st.DataObject
) -> None:
    files = []
    for make in made:
        name, content, at = make(school)
        match data.draw(st.sampled_from(("whole", "cut", "byte", "doubled"))):
            case "cut":
                content = content[: data.draw(st.integers(0, len(content)))]
            case "byte" if content:
                place = data.draw(st.integers(0, len(content) - 1))
                content = content[:place] + bytes([data.draw(st.integers(0, 255))]) + content[place + 1 :]
            case "doubled":
                files.append((f"copie de {name}", content, at - timedelta(days=1)))
        files.append((name, content, at))
    snapshot = board_of(files, profiles_of(school, classes=classes), classes=classes)
    assert_verdicts_are_those_of_the_profiles(snapshot, school, classes=classes)
    for entry in snapshot.files:
        reached()
        assert entry.status.value == "read" or entry.message
