"""The lesson to look at: every state, both campaigns, groups, helpers, what to choose, what was noted."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.lesson.choice import choice_of
from pixsession.domain.lesson.mastery import Evidence
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS
from pixsession.domain.lesson.targeted import targeted_sessions
from pixsession.domain.lesson.view import LessonState, LessonView
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.demo import drop
from pixsession.engine.demo_lesson import (
    demo_lesson,
    keep_earlier_lessons,
    lesson_cast,
    lesson_clock,
    lesson_deeds,
    lesson_samples,
)
from pixsession.engine.demo_session import DemoColleague
from pixsession.engine.lesson.term import kept_lessons
from pixsession.engine.read_once import session_snapshot
from pixsession.reports.lesson.term import term_of
from pixsession.settings.config import BoardRequest
from tests.factories.samples.lesson_story import AHEAD, COURSES, EARLIER, RENTREE, SECURITY


@pytest.fixture
def hour(tmp_path: Path) -> Snapshot:
    folder, dossier = tmp_path / "exports", tmp_path / "dossier"
    folder.mkdir()
    dossier.mkdir()
    exports = lesson_samples()
    for export in exports:
        drop(export, folder)
    clock = lesson_clock(exports, 20.0)
    DemoColleague(dossier, clock, lesson_cast(exports), lesson_deeds()).do_all()
    session = demo_lesson(folder, Rule())
    return session_snapshot(BoardRequest(folder, Rule(), dossier=dossier, session=session), clock)


def lesson_of(snapshot: Snapshot) -> LessonView:
    assert snapshot.lesson is not None
    return snapshot.lesson


def test_the_board_is_the_story(hour: Snapshot) -> None:
    lesson = lesson_of(hour)
    by_name = {row.last_name: lesson.students[row.student_id] for row in hour.rows}
    story = {course.last_name: course for course in (*AHEAD, *COURSES)}
    assert by_name.keys() == story.keys()
    for name, course in story.items():
        assert by_name[name].progress == pytest.approx(course.percents[-1] / 100, abs=0.001)
    states = {one.state for one in by_name.values()}
    assert {LessonState.STUCK, LessonState.NOT_SHARED, LessonState.BEHIND, LessonState.FINISHED} <= states
    assert [seen.text for seen in by_name["CARLIER"].observations] == ["keyboard", "helped"]
    assert not hour.doubts
    assert hour.notices == ()


def test_both_campaigns_have_figures_of_their_own(hour: Snapshot) -> None:
    security, rentree = lesson_of(hour).parts
    assert (security.campaign.code, rentree.campaign.code) == (SECURITY.code, RENTREE.code)
    for part, courses in ((security, AHEAD), (rentree, COURSES)):
        assert part.group[-1].students == len(courses)
        expected = median(course.percents[-1] / 100 for course in courses)
        assert part.group[-1].median == pytest.approx(expected, abs=0.001)


def test_there_are_groups_helpers_and_competences_to_choose(hour: Snapshot) -> None:
    plan = targeted_sessions(hour.rows, OBJECTIVE_PRESETS["5e"], 2, lesson_of(hour).campaign)
    assert plan.sessions
    assert all(session.helpers for session in plan.sessions[:1])
    assert plan.would_reach > plan.reached
    choice = choice_of(hour.rows, lesson_of(hour).campaign, OBJECTIVE_PRESETS["5e"])
    assert choice.evidence is Evidence.PATH
    assert len(choice.chosen) == 5


def test_the_lessons_before_are_there_for_the_page_of_the_year(tmp_path: Path) -> None:
    keep_earlier_lessons(tmp_path, lesson_cast(lesson_samples()), Rule())
    lessons = kept_lessons(tmp_path)
    assert [lesson.date for lesson in lessons] == [before.day for before in EARLIER]
    for lesson, before in zip(lessons, EARLIER, strict=True):
        found = {one.last_name: one.progress_after for one in lesson.students if one.progress_after}
        told = {name: percent / 100 for name, percent in before.percents.items() if percent}
        assert {name: found[name] for name in told} == pytest.approx(told, abs=0.04)  # one of fifteen skills
    first, second = lessons
    assert {campaign.name for campaign in first.campaigns} == {RENTREE.name, EARLIER[0].campaign.name}
    assert [one.last_name for one in second.students if one.is_absent] == ["ROUSSEL"]
    reached = term_of(lessons, ("5eB",), Rule()).groups[0].students
    assert {one.path.reached for one in reached} == {True, False, None}
