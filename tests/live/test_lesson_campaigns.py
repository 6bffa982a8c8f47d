"""Several campaigns in one room: each student in the one of the day, figures for each of them."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.session import ExpectedFrom
from pixsession.domain.lesson.view import LessonState, LessonView
from pixsession.engine.read_once import session_snapshot
from pixsession.settings.config import BoardRequest
from tests.factories.dossiers import noon, saved
from tests.factories.exports import moment
from tests.factories.half_groups import OTHER, attempt, evaluation, lesson_request
from tests.factories.samples.assessments import HALF_GROUP, AssessedStudent, Attempt
from tests.factories.samples.paths import HALF_GROUP_PATH
from tests.factories.screens import board
from tests.factories.sheet_forms import sheet_as

# Who began when and needs until when: the progress of each export can be told from these alone.
RENTREE = {f"ALPHA{n}": ("10:00", f"11:{10 + 5 * n:02}") for n in range(6)}
SECURITY = {f"BETA{n}": ("10:04", f"10:{30 + 4 * n:02}") for n in range(6)}
MOVED = "MOVED"  # goes on to the second campaign within the hour


def students(times: dict[str, tuple[str, str]]) -> list[AssessedStudent]:
    return [AssessedStudent(name, "Lou", (attempt(*when),), "3eA") for name, when in times.items()]


FIRST = [*students(RENTREE), AssessedStudent(MOVED, "Lou", (attempt("10:00", "10:12", "10:13"),), "3eA")]
SECOND = [*students(SECURITY), AssessedStudent(MOVED, "Lou", (attempt("10:15", "10:55"),), "3eA")]


def progress(times: tuple[str, str], at: str) -> float:
    begin, end = map(moment, times)
    return min(1.0, (moment(at) - begin) / (end - begin))


@pytest.fixture
def room(tmp_path: Path) -> BoardRequest:
    for at in ("10:10", "10:20", "10:30"):
        saved(tmp_path, evaluation(at, *FIRST))
        saved(tmp_path, evaluation(f"{at[:4]}1", *SECOND, campaign=OTHER))
    return lesson_request(tmp_path, None, expected=ExpectedFrom(classes=frozenset({"3eA"})))


def lesson_of(snapshot: Snapshot) -> LessonView:
    assert snapshot.lesson is not None
    return snapshot.lesson


def test_each_student_is_followed_in_the_campaign_of_the_day(room: BoardRequest) -> None:
    snapshot = session_snapshot(room, noon)
    lesson = lesson_of(snapshot)
    assert len(snapshot.rows) == 13
    assert [part.campaign.name for part in lesson.parts] == [OTHER.name, HALF_GROUP.name]
    for row in snapshot.rows:
        own = lesson.own_campaign(row.student_id)
        assert own is not None
        assert own.name == (HALF_GROUP.name if row.last_name in RENTREE else OTHER.name)
        student = lesson.students[row.student_id]
        assert student.state is not LessonState.NOT_STARTED
        times = {**RENTREE, **SECURITY, MOVED: ("10:15", "10:55")}[row.last_name]
        at = "10:30" if row.last_name in RENTREE else "10:31"
        assert student.progress == pytest.approx(progress(times, at), abs=0.001)


def test_the_figures_are_those_of_each_campaign(room: BoardRequest) -> None:
    lesson = lesson_of(session_snapshot(room, noon))
    security, rentree = lesson.parts
    expected = [progress(times, "10:31") for times in (*SECURITY.values(), ("10:15", "10:55"))]
    assert security.group[-1].median == pytest.approx(median(expected), abs=0.001)
    assert security.group[-1].students == 7
    assert rentree.group[-1].median == pytest.approx(
        median(progress(times, "10:30") for times in RENTREE.values()), abs=0.001
    )
    assert rentree.group[-1].students == 6  # whoever went on counts there no more


def test_another_export_of_one_campaign_changes_nothing_of_the_other(room: BoardRequest) -> None:
    before = lesson_of(session_snapshot(room, noon))
    saved(room.folder, evaluation("10:32", *FIRST))
    after = lesson_of(session_snapshot(room, noon))
    assert {part.campaign.name: part.students for part in before.parts} == {
        part.campaign.name: part.students for part in after.parts
    }
    assert after.parts[1].group == before.parts[0].group


def test_the_one_that_is_asked_for_stands_alone(room: BoardRequest) -> None:
    snapshot = session_snapshot(room._replace(campaigns=frozenset({HALF_GROUP.code})), noon)
    lesson = lesson_of(snapshot)
    assert lesson.parts == ()
    states = {row.last_name: lesson.students[row.student_id].state for row in snapshot.rows}
    assert states["BETA0"] is LessonState.NOT_STARTED
    assert states[MOVED] is LessonState.FINISHED


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_the_head_has_the_figures_of_both(room: BoardRequest, width: int) -> None:
    snapshot = session_snapshot(room, noon)
    medians = [part.group[-1].median or 0 for part in lesson_of(snapshot).parts]
    async with board(snapshot, size=(width, 24)) as driven:
        for figure in medians:
            assert f"median {round(figure * 100)}%" in driven.lines[2]


def test_the_sheet_tells_each_campaign(room: BoardRequest) -> None:
    text = sheet_as("text", session_snapshot(room, noon), noon(), {})
    assert f"Campaign: {OTHER.name} ({OTHER.code}) + {HALF_GROUP.name} ({HALF_GROUP.code})" in text
    assert f"{HALF_GROUP.name} ({HALF_GROUP.code}): 6 of 6 started" in text
    assert f"{OTHER.name} ({OTHER.code}): 7 of 7 started" in text
    line = next(line for line in text.splitlines() if line.startswith("- BETA0"))
    assert f"campaign: {OTHER.name}" in line


@pytest.mark.parametrize("kept_before", [False, True])
def test_a_path_begun_anew_tells_both_attempts_even_where_it_fell(tmp_path: Path, kept_before: bool) -> None:
    """In a few exports as in one alone: each has the line of the first participation too."""
    skills = HALF_GROUP_PATH.skills
    first = Attempt(
        moment("2026-03-05T10:00"), moment("2026-03-05T10:30"), moment("2026-03-05T10:31"),
        frozenset(skills[:8]),
    )  # fmt: skip
    second = Attempt(moment("10:02"), moment("10:30"), moment("10:31"), frozenset(skills[:7]))
    student = AssessedStudent("RETRY", "Lou", (first, second), "3eA")
    if kept_before:
        saved(tmp_path, evaluation("2026-03-05T11:00", student))
    saved(tmp_path, evaluation("10:40", student))
    text = sheet_as("text", session_snapshot(lesson_request(tmp_path, None), noon), noon(), {})
    before, after = (round(100 * count / len(skills)) for count in (8, 7))
    assert f"mastery: {before}% → {after}%" in text
