"""The bilan of a folder: the files that count, who was called and has no result, the board beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.pix.eligibility import Rule
from pixsession.domain.results.figures import GroupKind
from pixsession.domain.results.review import Review
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.board.taken_back import take_back_once
from pixsession.engine.results.reading import Reading, read_results, reading_of
from pixsession.engine.results.review import review_of
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import FolderUnusable
from pixsession.reports.results.words import findings
from pixsession.settings.config import BoardRequest
from tests.factories.samples.lists import ListedStudent, SampleSession, candidate_list
from tests.factories.samples.results import (
    SESSION,
    Certified,
    CertifiedSession,
    ResultForm,
    certified,
    class_results,
    session_results,
)

NEW = ResultForm.LEVEL_AND_SCORE
TESTS = tuple({(test.last_name, test.first_name): test for test in certified(30, 3)}.values())


def request(folder: Path, dossier: Path | None = None) -> BoardRequest:
    return BoardRequest(folder, Rule(), decisions_from=dossier)


def reading(folder: Path, dossier: Path | None = None) -> Reading:
    return read_results([folder], request(folder, dossier), paris_now)


def review(found: Reading) -> Review:
    return review_of(found.files, found.entries, found.rows)


def called(test: Certified) -> ListedStudent:
    return ListedStudent(test.last_name, test.first_name, "3eA", test.birth_date, "F")


def listed(folder: Path, number: int, *students: ListedStudent) -> None:
    session = SampleSession(str(number), SESSION.centre, "B12", SESSION.start, ("Mme Roux",))
    (folder / f"liste-candidats-session-{number}.ods").write_bytes(candidate_list(session, students))


def test_who_was_called_and_has_no_result_is_named(tmp_path: Path) -> None:
    session_results(TESTS[:12], NEW).write_to(tmp_path)
    listed(tmp_path, SESSION.number, *map(called, TESTS[:14]))
    found = review(reading(tmp_path)).called
    assert found
    assert (found.called, found.missing) == (14, 2)
    names = {f"{test.last_name} {test.first_name}" for test in TESTS[12:14]}
    assert {one.name for one in found.without} == names
    assert {one.status for one in found.without} == {None}


def test_how_many_have_no_result_is_a_finding_of_the_school_alone(tmp_path: Path) -> None:
    session_results(TESTS[:12], NEW).write_to(tmp_path)
    listed(tmp_path, SESSION.number, *map(called, TESTS[:14]))
    found = review(reading(tmp_path))
    told = {group.by: [*findings(found, group)] for group in found.groups}
    assert "Called by the lists: 14; without a result: 2." in told[GroupKind.ALL]
    assert not any("Called" in words for words in told[GroupKind.SESSION])


def test_without_names_it_is_still_told_how_many_have_no_result(tmp_path: Path) -> None:
    session_results(TESTS[:12], NEW).write_to(tmp_path)
    listed(tmp_path, SESSION.number, *map(called, TESTS[:17]))
    read = reading(tmp_path)
    found = review_of(read.files, read.entries, read.rows, names=False).called
    assert found
    assert (found.called, found.missing, found.without) == (17, 5, ())


def test_without_names_it_is_not_told_that_one_or_two_have_no_result(tmp_path: Path) -> None:
    session_results(TESTS[:12], NEW).write_to(tmp_path)
    listed(tmp_path, SESSION.number, *map(called, TESTS[:14]))
    read = reading(tmp_path)
    assert review_of(read.files, read.entries, read.rows, names=False).called is None


def test_a_list_of_a_session_without_results_says_nothing_of_absence(tmp_path: Path) -> None:
    session_results(TESTS[:12], NEW).write_to(tmp_path)
    listed(tmp_path, 777, *map(called, TESTS[12:16]))
    assert review(reading(tmp_path)).called is None


def test_who_obtained_it_at_another_test_of_the_year_need_not_be_entered_again(tmp_path: Path) -> None:
    (failed, again, *_others) = (test for test in TESTS if test.status is not ResultStatus.VALIDATED)
    session_results([failed, again], NEW).write_to(tmp_path)
    second = CertifiedSession(999, SESSION.centre, SESSION.start.replace(month=5))
    passed = replace(failed, number=failed.number + 1, status=ResultStatus.VALIDATED, pix=300)
    session_results([passed], NEW, second).write_to(tmp_path)
    found = review(reading(tmp_path))
    assert [one.name for one in found.again] == [f"{again.last_name} {again.first_name}"]


def test_a_file_that_was_taken_back_does_not_count(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "results", tmp_path / "dossier"
    folder.mkdir()
    kept = session_results(TESTS[:12], NEW).write_to(folder)
    other = class_results(TESTS[12:20], NEW, "3eB", SESSION.start).write_to(folder)
    assert len(reading(folder).files) == 2
    assert take_back_once(dossier, other, {}, paris_now, counts=False)
    assert [file.name for file in reading(folder, dossier).files] == [kept.name]


def test_a_second_download_of_one_file_takes_the_place_of_the_first(tmp_path: Path) -> None:
    file = class_results(TESTS[:9], NEW, "3eA", SESSION.start)
    file.write_to(tmp_path)
    (tmp_path / "20260319_resultats_3eA (1).csv").write_bytes(file.content)
    assert len(reading(tmp_path).files) == 1


def test_files_of_one_name_in_two_folders_count_both(tmp_path: Path) -> None:
    for place, tests in (("2025", TESTS[:6]), ("2026", TESTS[6:12])):
        (tmp_path / place).mkdir()
        (tmp_path / place / "resultats.csv").write_bytes(session_results(tests, NEW).content)
    found = read_results([tmp_path / "2025", tmp_path / "2026"], request(tmp_path), paris_now)
    assert sum(len(file.lines) for file in found.files) == 12


def test_files_that_cannot_be_read_are_listed_with_their_cause(tmp_path: Path) -> None:
    whole = session_results(TESTS[:12], NEW)
    (tmp_path / whole.name).write_bytes(whole.content[:-30])
    found = reading(tmp_path)
    assert found.files == ()
    assert [(entry.status, bool(entry.message)) for entry in found.entries] == [("refused", True)]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FolderUnusable, match="does not exist"):
        reading(tmp_path / "gone.csv")


def test_the_board_of_the_folder_holds_the_same_results(tmp_path: Path) -> None:
    session_results(TESTS[:12], NEW).write_to(tmp_path)
    engine = BoardEngine(request(tmp_path), paris_now, live=False)
    try:
        engine.look(frozenset(path.name for path in tmp_path.iterdir()), frozenset())
        for path in tmp_path.iterdir():
            engine.take(path)
        snapshot = engine.snapshot()
    finally:
        engine.close()
    assert review(reading_of(snapshot)).groups == review(reading(tmp_path)).groups
    assert snapshot.rows == ()
