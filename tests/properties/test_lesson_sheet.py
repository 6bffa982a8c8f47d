"""Whatever a name, an observation or a title says: no formula in the tables, no tag in the page."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.board.snapshot import FileEntry, FileStatus, Snapshot
from pixsession.domain.certification.day import Action, ActionKind, Who
from pixsession.domain.certification.session import Room
from pixsession.domain.lesson.objectives import Objective
from pixsession.domain.lesson.term import KeptLesson, LessonOutcome
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.text import shown
from pixsession.reports.lesson.progress import term_progress
from pixsession.reports.lesson.term import term_of
from pixsession.reports.render import rendered
from pixsession.reports.render.csv import harmless_cell
from tests.factories.examples import examples
from tests.factories.exports import moment
from tests.factories.lesson_sheets import (
    MADE_AT,
    PATH,
    kept,
    learner,
    lesson_board,
    lesson_session,
    outcome,
    steady_track,
)
from tests.factories.reached import reached
from tests.factories.sheet_forms import Page, sheet_as
from tests.properties.test_sheet import TEXTS, can_be_formula

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def hostile_lesson(text: str) -> Snapshot:
    """A lesson with the same text in every field that a file or a hand can fill."""
    who = Who(("k1",), text, text, text)
    actions = (
        Action("a", moment("14:12"), ActionKind.OBSERVE, (who,), text=text),
        Action("b", moment("14:13"), ActionKind.NOTE, (who,), text=text),
        Action("c", moment("14:14"), ActionKind.NOTE, (), text, text),
    )
    campaign = PATH._replace(name=text, code=text)
    files = (
        FileEntry(text, FileStatus.READ, "assessment", 1, None, campaign, moment("14:25")),
        FileEntry(text, FileStatus.REFUSED, "assessment", message=text),
    )
    named = learner(1, text, text, 3)._replace(division=text)
    of = lesson_session(text, (Objective(text, 5, 1),))._replace(rooms=(Room(text),))
    points = {1: steady_track(0.1, 0.2, mastery=0.4)}
    return lesson_board([named], points, of=of, actions=actions, files=files, campaign=campaign)


def page_of(text: str) -> Page:
    page = Page(sheet_as("html", hostile_lesson(text), MADE_AT))
    assert not page.open
    assert not page.odd
    return page


CALM = page_of("Lou").tags


def cells_of(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    lines = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))
    assert len({len(cells) for cells in lines}) == 1
    return lines


@examples(50)
@given(TEXTS)
def test_any_text_gives_a_table_of_the_lesson_without_formulas(text: str) -> None:
    head, *lines = cells_of(sheet_as("csv", hostile_lesson(text), MADE_AT))
    reached()
    assert len(lines) == 1
    assert lines[0][0] == harmless_cell(shown(text))
    assert not [cell for cell in (*head, *lines[0]) if can_be_formula(cell)]


@examples(50)
@given(TEXTS)
def test_any_text_gives_a_page_in_which_it_is_only_text(text: str) -> None:
    page = page_of(text)
    reached()
    assert set(page.tags) <= set(CALM)
    assert "script" not in page.tags
    assert shown(text) in page.text
    assert not CONTROLS.search(page.text)


@examples(50)
@given(TEXTS)
def test_any_text_gives_plain_lines(text: str) -> None:
    found = sheet_as("text", hostile_lesson(text), MADE_AT)
    reached()
    assert found.endswith("\n")
    assert not CONTROLS.search(found)


@examples(50)
@given(TEXTS)
def test_any_text_gives_a_harmless_term(text: str) -> None:
    one = outcome(text, 0, 0.4, False, (2, 2), first=text, place=text)
    term = term_of([kept("05", one, title=text), kept("12", one, title=text)], (), Rule())
    head, *lines = cells_of(rendered(term_progress(term, MADE_AT), "csv"))
    reached()
    assert len(lines) == 1
    assert not [cell for cell in (*head, *lines[0]) if can_be_formula(cell)]
    assert not CONTROLS.search(rendered(term_progress(term, MADE_AT), "text"))


FRACTIONS = st.one_of(st.none(), st.floats(0, 1))
COUNTS = st.one_of(st.none(), st.integers(0, 16))
OUTCOMES = st.builds(
    outcome,
    st.sampled_from(("ROUX", "HUET", "ALLARD")),
    FRACTIONS,
    FRACTIONS,
    st.sampled_from((None, True, False)),
    st.tuples(COUNTS, COUNTS),
    keys=st.lists(st.sampled_from("abc"), max_size=2).map(tuple),
)
DAY = kept("01").date
LESSONS = st.lists(st.lists(OUTCOMES, max_size=4), min_size=1, max_size=5).map(
    lambda found: [
        KeptLesson(f"{number}", DAY + timedelta(days=number), kept("01").path, tuple(students))
        for number, students in enumerate(found)
    ]
)


@examples(50)
@given(LESSONS.filter(lambda lessons: any(lesson.students for lesson in lessons)))
def test_every_outcome_is_in_the_term_once(lessons: list[KeptLesson]) -> None:
    term = term_of(lessons, (), Rule())
    held = [lesson for lesson in lessons if lesson.students]
    everybody = (*term.students, *term.gone)
    for number, lesson_held in enumerate(held):
        found = [one for followed in everybody if (one := followed.outcomes[number]) is not None]
        reached()
        assert sorted(found, key=repr) == sorted(lesson_held.students, key=repr)
    for followed in everybody:
        told: list[LessonOutcome] = [one for one in followed.outcomes if one is not None]
        reached()
        assert told
        assert followed.missed == sum(one.progress_after is None and one.shared is None for one in told)
