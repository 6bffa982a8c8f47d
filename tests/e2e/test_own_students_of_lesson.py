"""A lesson that is over keeps its own students alone; its sheet and the pages of the year say the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pixsession.domain.pix.competences import CODES
from pixsession.foundation.paths import dossier_folder, state_folder
from pixsession.store.kept import kept_dossiers
from tests.e2e.runs import Run, document_of, files_with
from tests.e2e.test_own_students import a_board_starts
from tests.e2e.test_progress import FIRST, _at, _attempt, held, watch
from tests.factories.samples import Generation, Layout, Participation, Send, Student, profiles_export
from tests.factories.samples.assessments import (
    HALF_GROUP,
    AssessedStudent,
    AssessmentForm,
    assessment_export,
    half_group,
)
from tests.factories.samples.paths import HALF_GROUP_PATH

OWN = sorted({(one.last_name, one.first_name) for one in half_group(FIRST)[-1].truth})
NEXT_DAY = FIRST + timedelta(days=1)
STRANGERS = ("QUATREBARBES", "WOLFENSTEIN", "ZYGOMALAS")
PAGES = ("term", "council", "families", "calendar")


def collect(folder: Path, minutes: int, levels: int) -> None:
    """A collection of the school: the half-group, two others of its class, and one of another class."""
    at = FIRST + timedelta(minutes=minutes)
    send = Send(at - timedelta(minutes=5), (8,) * levels + (0,) * (len(CODES) - levels))
    life = (Participation(FIRST - timedelta(days=3), send),)
    students = [Student(last, first, life, "3eA") for last, first in OWN]
    students += [Student(last, "Ana", life, "3eA") for last in STRANGERS[:2]]
    students.append(Student(STRANGERS[2], "Ana", (Participation(FIRST - timedelta(days=3)),), "3eD"))
    profiles_export(students, Generation.PARIS_MINUTES, Layout(), at).write_to(folder)


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """The file of a lesson with the list of its students, after a board that saw all of it."""
    file = held(tmp_path, "Rentree", FIRST, half_group(FIRST))
    names = json.dumps([f"{last} {first} (3eA)" for last, first in OWN], ensure_ascii=False)
    file.write_text(f"{file.read_text(encoding='utf-8')}[expected]\nnames = {names}\n", encoding="utf-8")
    for minutes, levels in ((-20, 2), (50, 5)):
        collect(tmp_path / "rentree", minutes, levels)
    watch(file)
    return file


@pytest.fixture
def next_day(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], list[str]]:
    """A board is opened the day after; gives what it says at its start."""

    def start() -> list[str]:
        monkeypatch.setattr("pixsession.cli.commands.watch.paris_now", lambda: NEXT_DAY)
        return a_board_starts(run, monkeypatch, tmp_path)

    return start


def told(run: Run, file: Path) -> list[str]:
    """The sheet of the lesson and the pages of the year."""
    pages = [document_of(run, "progress", "--page", page) for page in PAGES]
    return [document_of(run, "report", file), *pages]


def names_kept() -> set[str]:
    return {last for kept in kept_dossiers(state_folder()) for last, _first in kept.students}


@pytest.mark.parametrize("is_there", [True, False], ids=["exports in the folder", "exports deleted"])
def test_after_its_day_the_others_are_gone_and_everything_says_what_it_said(
    run: Run, lesson: Path, elsewhere: Path, next_day: Callable[[], list[str]], *, is_there: bool
) -> None:
    if not is_there:
        for path in (lesson.parent / "rentree").iterdir():
            path.unlink()
    before = told(run, lesson)
    assert any("3eD" in page for page in before)  # the calendar knows the class that had no lesson
    assert [files_with(elsewhere, name) != [] for name in STRANGERS] == [True] * 3
    assert ["session is over" in words for words in next_day()] == [True]
    assert [files_with(elsewhere, name) for name in STRANGERS] == [[]] * 3
    assert names_kept() == {last for last, _first in OWN}
    assert told(run, lesson) == before


def test_a_board_that_opens_again_is_narrowed_again(
    run: Run, lesson: Path, next_day: Callable[[], list[str]]
) -> None:
    before = told(run, lesson)
    next_day()
    narrowed = sorted(path.name for path in dossier_folder(state_folder(), lesson).glob("exports/*"))
    watch(lesson)
    assert names_kept() > {last for last, _first in OWN}
    assert told(run, lesson) == before
    next_day()
    assert sorted(path.name for path in dossier_folder(state_folder(), lesson).glob("exports/*")) == narrowed
    assert told(run, lesson) == before


def test_an_export_that_names_no_others_stays_a_whole_one(
    lesson: Path, next_day: Callable[[], list[str]]
) -> None:
    exports = dossier_folder(state_folder(), lesson) / "exports"
    before = {(path.name, path.read_bytes()) for path in exports.iterdir()}
    next_day()
    after = {(path.name, path.read_bytes()) for path in exports.iterdir()}
    assert len(before & after) == 2 * len(half_group(FIRST))


def test_until_midnight_everybody_stays(
    run: Run, lesson: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    everybody = names_kept()
    evening = datetime.combine(FIRST.date(), datetime.max.time())
    monkeypatch.setattr("pixsession.cli.commands.watch.paris_now", lambda: evening)
    assert a_board_starts(run, monkeypatch, tmp_path) == []
    assert lesson.exists()
    assert names_kept() == everybody


def test_a_lesson_that_calls_nobody_by_name_keeps_all(
    tmp_path: Path, next_day: Callable[[], list[str]]
) -> None:
    file = held(tmp_path, "Rentree", FIRST, half_group(FIRST))
    collect(tmp_path / "rentree", -20, 2)
    watch(file)
    everybody = names_kept()
    assert next_day() == []
    assert names_kept() == everybody


@pytest.mark.parametrize("at_once", [True, False], ids=["opened after it", "opened during it"])
def test_whoever_left_the_newest_export_is_still_on_the_sheet(
    run: Run, tmp_path: Path, next_day: Callable[[], list[str]], *, at_once: bool
) -> None:
    """A class that is named calls everybody of it, whom an earlier export alone may show."""
    file = held(tmp_path, "Rentree", FIRST, ())
    file.write_text(file.read_text(encoding="utf-8") + '[expected]\nclasses = ["3eA"]\n', encoding="utf-8")
    people = {
        last: AssessedStudent(last, "Ana", (_attempt("14:02", "14:42"),), place)
        for last, place in (("RESTE", "3eA"), ("PARTI", "3eA"), ("ZYGOMALAS", "3eD"))
    }
    for when, names in (("14:10", ("RESTE", "PARTI", "ZYGOMALAS")), ("14:50", ("RESTE", "ZYGOMALAS"))):
        there = [people[name] for name in names]
        export = assessment_export(there, HALF_GROUP_PATH, AssessmentForm(), _at(when), HALF_GROUP)
        export.write_to(tmp_path / "rentree")
    watch(file, at_once=at_once)
    for path in (tmp_path / "rentree").iterdir():
        path.unlink()
    before = told(run, file)
    assert any("PARTI" in text for text in before)
    next_day()
    assert told(run, file) == before
    assert names_kept() == {"RESTE", "PARTI"}
