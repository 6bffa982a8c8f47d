"""A lesson that is over: its sheet says what was so at its end, whatever comes into the folder later."""

from __future__ import annotations

import csv
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pixsession.domain.pix.competences import CODES
from pixsession.engine.board.engine import BoardEngine
from pixsession.foundation.clock import paris_now, with_offset
from pixsession.foundation.paths import dossier_folder, state_folder
from pixsession.settings.config import BoardRequest, Settings
from pixsession.settings.session_file import load_session
from tests.e2e.runs import Run, document_of
from tests.e2e.test_progress import FIRST, _at, _attempt, held, watch
from tests.factories.samples import (
    ExportFile,
    Generation,
    Layout,
    Participation,
    Send,
    Student,
    profiles_export,
)
from tests.factories.samples.assessments import (
    SOS,
    AssessedStudent,
    AssessmentForm,
    assessment_export,
    half_group,
)
from tests.factories.samples.paths import HALF_GROUP_PATH


def collection(at: datetime, sent_at: datetime, *, levels: int, division: str = "3eA") -> ExportFile:
    """A collection of the whole half-group: everybody sent a profile with so many competences."""
    pix = (8,) * levels + (0,) * (len(CODES) - levels)
    begun = sent_at - timedelta(hours=1)
    students = [
        Student(line.last_name, line.first_name, (Participation(begun, Send(sent_at, pix)),), division)
        for line in half_group(FIRST)[-1].truth
    ]
    return profiles_export(students, Generation.PARIS_MINUTES, Layout(), at)


def test_a_later_collection_leaves_the_sheet_as_it_was(run: Run, tmp_path: Path) -> None:
    file = held(tmp_path, "Rentree", FIRST, half_group(FIRST))
    folder = tmp_path / "rentree"
    collection(FIRST - timedelta(days=1), FIRST - timedelta(days=2), levels=1).write_to(folder)
    watch(file)
    before = document_of(run, "report", file)
    later = FIRST + timedelta(days=70)
    collection(later, later - timedelta(days=1), levels=7).write_to(folder)
    # It also shows a submission of before the lesson that no export of then shows.
    collection(later + timedelta(days=1), FIRST - timedelta(hours=3), levels=6).write_to(folder)
    half_group(later)[-1].write_to(folder)
    watch(file)
    assert document_of(run, "report", file) == before


def test_a_file_that_serves_the_next_lesson_too_keeps_the_sheet_of_the_one_before(
    run: Run, tmp_path: Path
) -> None:
    file = held(tmp_path, "Rentree", FIRST, half_group(FIRST))
    watch(file)
    before, written = document_of(run, "report", file), file.read_text(encoding="utf-8")
    week = FIRST + timedelta(days=7)
    file.write_text(written.replace(f"{FIRST.date()}", f"{week.date()}"), encoding="utf-8")
    collection(week, week - timedelta(days=1), levels=7).write_to(tmp_path / "rentree")
    half_group(week)[-1].write_to(tmp_path / "rentree")
    watch(file)
    assert " 7; " in document_of(run, "report", file)
    file.write_text(written, encoding="utf-8")
    assert document_of(run, "report", file) == before


@pytest.mark.parametrize("was_open", [True, False], ids=["board opened", "sheet alone"])
def test_a_class_list_that_comes_after_the_lesson_calls_nobody_to_it(
    run: Run, tmp_path: Path, *, was_open: bool
) -> None:
    """One that the session file names does, whenever it came."""
    file = held(tmp_path, "Rentree", FIRST, half_group(FIRST))
    file.write_text(file.read_text(encoding="utf-8") + '[expected]\nclasses = ["3eA"]\n', encoding="utf-8")
    folder = tmp_path / "rentree"
    of_then = folder / "liste.csv"
    of_then.write_text("Nom;Prénom;Classe;Né(e) le\nINSCRIT;Zoé;3eA;01/02/2011\n", encoding="utf-8")
    os.utime(of_then, (with_offset(FIRST).timestamp(),) * 2)
    assert "INSCRIT" in document_of(run, "report", file)
    if was_open:
        watch(file)
    before = document_of(run, "report", file)
    later = folder / "liste-2.csv"
    later.write_text("Nom;Prénom;Classe;Né(e) le\nNOUVEAU;Tom;3eA;01/02/2011\n", encoding="utf-8")
    if was_open:
        watch(file)
    assert "INSCRIT" in before
    assert document_of(run, "report", file) == before
    named = file.read_text(encoding="utf-8").replace(
        "classes", 'lists = ["liste.csv", "liste-2.csv"]\nclasses'
    )
    file.write_text(named, encoding="utf-8")
    assert "NOUVEAU" in document_of(run, "report", file)


def class_list(path: Path, groups: dict[tuple[str, str], str], at: datetime) -> None:
    """A class list that says who is in which half-group, of this time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
        lines.writerow(("Nom", "Prénom", "Classe", "Groupe"))
        lines.writerows((*name, "3eA", group) for name, group in groups.items())
    os.utime(path, (with_offset(at).timestamp(),) * 2)


@pytest.mark.parametrize("asked", ['groups = ["3eA gr1"]', 'lists = ["liste.csv"]\ngroups = ["3eA gr1"]'])
def test_a_list_written_over_under_its_own_name_calls_nobody_else_to_a_lesson_that_is_over(
    run: Run, tmp_path: Path, asked: str
) -> None:
    """Half-groups change in the year: the list of today says nothing of who was called then."""
    file = held(tmp_path, "Rentree", FIRST, half_group(FIRST))
    file.write_text(file.read_text(encoding="utf-8") + f"[expected]\n{asked}\n", encoding="utf-8")
    everybody = [(one.last_name, one.first_name) for one in half_group(FIRST)[-1].truth]
    groups = dict.fromkeys(everybody, "3eA gr1") | {("ABADIE", "Zoé"): "3eA gr2"}
    listed = tmp_path / "rentree" / "liste.csv"
    class_list(listed, groups, FIRST - timedelta(hours=8))
    watch(file, lambda: FIRST + timedelta(hours=1))
    before = document_of(run, "report", file)
    assert [last for last, _first in everybody if last not in before] == []
    assert "ABADIE" not in before
    left, *stay = everybody
    changed = {left: "3eA gr2", ("ABADIE", "Zoé"): "3eA gr1", **dict.fromkeys(stay, "3eA gr1")}
    class_list(listed, changed, FIRST + timedelta(days=30))
    for _again in range(2):
        assert without_list(document_of(run, "report", file)) == without_list(before)
    told = run("progress", "--format", "text", "--all").out
    assert left[0] in told
    assert "ABADIE" not in told
    # Whoever changes what the file asks for is asked by it again.
    file.write_text(file.read_text(encoding="utf-8").replace("gr1", "gr2"), encoding="utf-8")
    assert "ABADIE" not in document_of(run, "report", file)


def without_list(text: str) -> str:
    """The sheet but for the list among the files that are there today."""
    return "\n".join(line for line in text.splitlines() if "liste.csv" not in line)


def test_a_list_that_comes_later_counts_where_nothing_else_knows_the_half_group(
    run: Run, tmp_path: Path
) -> None:
    """The file of a lesson may be written after it, with the list of that day."""
    file = held(tmp_path, "Rentree", FIRST, half_group(FIRST))
    asked = '[expected]\ngroups = ["3eA gr1"]\n'
    file.write_text(file.read_text(encoding="utf-8") + asked, encoding="utf-8")
    first, second = half_group(FIRST)[-1].truth[:2]
    written = "".join(
        f"{one.last_name};{one.first_name};3eA;{group}\n"
        for one, group in ((first, "3eA gr1"), (second, "3eA gr2"))
    )
    listed = tmp_path / "rentree" / "liste.csv"
    listed.write_text(f"Nom;Prénom;Classe;Groupe\n{written}", encoding="utf-8")
    told = document_of(run, "report", file)
    assert first.last_name in told
    assert second.last_name not in told


def test_a_board_that_is_open_meanwhile_changes_nothing_on_the_sheet(run: Run, tmp_path: Path) -> None:
    file = held(tmp_path, "Rentree", FIRST, half_group(FIRST))
    watch(file)
    before = document_of(run, "report", file)
    session = load_session(file, Settings())
    dossier = dossier_folder(state_folder(), file)
    request = BoardRequest(session.folders[0], session.rule, dossier=dossier, session=session)
    desk = BoardEngine(request, paris_now, live=True)
    try:
        assert document_of(run, "report", file) == before
    finally:
        desk.close()


def test_what_does_not_belong_to_the_lesson_is_not_kept(run: Run, tmp_path: Path) -> None:
    file = held(tmp_path, "Rentree", FIRST, half_group(FIRST))
    file.write_text(file.read_text(encoding="utf-8") + '[expected]\nclasses = ["3eA"]\n', encoding="utf-8")
    folder = tmp_path / "rentree"
    stranger = AssessedStudent("ETRANGER", "Zoé", (_attempt("14:02", "14:42"),), "3eB")
    other = assessment_export([stranger], HALF_GROUP_PATH, AssessmentForm(), _at("14:30"), SOS)
    strangers = other.write_to(folder)
    # After a change of class a profile is in the collection of the other class, read before anything names
    # the student.
    moved = collection(FIRST - timedelta(days=9), FIRST - timedelta(days=9), levels=2, division="3eD")
    moved_path = moved.write_to(folder)
    late = collection(FIRST + timedelta(days=70), FIRST + timedelta(days=69), levels=7).write_to(folder)
    watch(file)
    assert run("report", file, "--format", "text").status == 0
    kept = [path.read_text() for path in (dossier_folder(state_folder(), file) / "exports").glob("*.json")]
    assert not any(strangers.name in one or late.name in one for one in kept)
    assert any(moved_path.name in one for one in kept)
    assert len(kept) == len(half_group(FIRST)) + 1
