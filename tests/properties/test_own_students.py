"""A lesson whose exports lose everybody whom it did not call says of its own students what it said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.certification.session import ExpectedFrom
from pixsession.domain.people.students import name_key
from pixsession.engine.certification.own_students import keep_own_students
from pixsession.engine.read_once import session_with_submissions
from pixsession.settings.config import BoardRequest
from pixsession.store.kept import holdings_about
from tests.factories.examples import examples
from tests.factories.exports import moment, pix_of
from tests.factories.half_groups import lesson_request
from tests.factories.reached import reached
from tests.factories.samples import Generation, Layout, Participation, Send, Student, profiles_export
from tests.factories.samples.assessments import (
    HALF_GROUP,
    AssessedStudent,
    AssessmentForm,
    assessed,
    assessment_export,
)
from tests.factories.samples.paths import HALF_GROUP_PATH
from tests.factories.sheet_forms import sheet_as

BEGIN = moment("10:00")
EVENING = moment("18:00")
CLASSES = ("3eA", "3eB", "3eC")


class School(NamedTuple):
    """Whom a lesson may call, what was exported when and of whom, and whom it called."""

    students: tuple[AssessedStudent, ...]
    evaluations: dict[datetime, tuple[AssessedStudent, ...]]
    collections: dict[datetime, tuple[Student, ...]]
    expected: ExpectedFrom


@st.composite
def schools(draw: st.DrawFn) -> School:
    drawn = assessed(draw(st.integers(3, 9)), draw(st.integers(0, 10_000)), HALF_GROUP_PATH, BEGIN)
    students = tuple(replace(one, division=draw(st.sampled_from(CLASSES))) for one in drawn)
    some = st.lists(st.sampled_from(students), min_size=1, unique=True).map(tuple)
    evaluations = {BEGIN + timedelta(minutes=at): draw(some) for at in (10, 25, 45)}
    collections = {}
    for at in (-60, 50):
        when = BEGIN + timedelta(minutes=at)
        collections[when] = tuple(_collected(draw, one, when) for one in draw(some))
    called = draw(some)
    expected = draw(
        st.sampled_from(
            (
                ExpectedFrom(classes=frozenset({called[0].division})),
                ExpectedFrom(
                    names=tuple(f"{one.last_name} {one.first_name} ({one.division})" for one in called)
                ),
            )
        )
    )
    return School(students, evaluations, collections, expected)


def _collected(draw: st.DrawFn, one: AssessedStudent, at: datetime) -> Student:
    pix = pix_of(draw(st.integers(0, 7)), each=8, rest=0)
    life = (
        Participation(at - timedelta(days=1), Send(at - timedelta(minutes=draw(st.integers(1, 90))), pix)),
    )
    number = one.student_number if draw(st.booleans()) else ""
    return Student(one.last_name, one.first_name, life, one.division, student_number=number)


@contextmanager
def lesson_held(school: School) -> Iterator[BoardRequest]:
    """A lesson whose dossier alone knows what was exported."""
    with TemporaryDirectory() as place:
        folder, dossier = Path(place) / "exports", Path(place) / "dossier"
        folder.mkdir()
        dossier.mkdir()
        for at, people in school.evaluations.items():
            form = AssessmentForm()
            assessment_export(people, HALF_GROUP_PATH, form, at, HALF_GROUP).write_to(folder)
        for at, pupils in school.collections.items():
            profiles_export(pupils, Generation.PARIS_MINUTES, Layout(), at).write_to(folder)
        request = lesson_request(folder, dossier, expected=school.expected)
        said_by(request)
        for path in folder.iterdir():
            path.unlink()
        yield request


def said_by(request: BoardRequest) -> list[str]:
    """The sheet of the lesson as lines and as a table."""
    board, submissions = session_with_submissions(request, lambda: EVENING)
    return [sheet_as(form, board, EVENING, submissions) for form in ("text", "csv")]


def words_of(one: AssessedStudent) -> frozenset[str]:
    return frozenset(name_key(f"{one.last_name} {one.first_name}").split())


def may_be(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether names are so near that a doubt is due."""
    return len(one & other) >= min(2, len(one), len(other))


@examples(20)
@given(schools())
def test_a_sheet_says_the_same_when_all_others_are_gone(school: School) -> None:
    with lesson_held(school) as request:
        dossier = request.dossier or Path()
        before = said_by(request)
        keep_own_students(dossier, lambda: EVENING)
        after = said_by(request)
        left = [one for one in school.students if not holdings_about(dossier, words_of(one)).is_empty]
    own = [words_of(one) for one in school.students if f"{one.last_name} {one.first_name}" in before[0]]
    strangers = [one for one in left if not any(may_be(words_of(one), mine) for mine in own)]
    reached()
    assert after == before
    assert strangers == []
    reached(len(school.students) - len(left))
    assert own
