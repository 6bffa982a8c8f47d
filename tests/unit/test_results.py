"""Certification results: every form of them is read as the invented tests ended."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from pixsession.domain.pix.certification import ResultStatus
from pixsession.foundation.errors import UnreadableExport
from pixsession.readers.results.reader import class_of_name, looks_like_results
from tests.factories.exports import MORNING, Sheet, export, student
from tests.factories.samples.results import Certified, ResultForm, certified, class_results, session_results
from tests.factories.tables import results

LABELS = ("CléA numérique", "Pix+ Droit Maître")
NAME = "20260319_0900_resultats_session_431962.csv"


@pytest.mark.parametrize("form", ResultForm)
@pytest.mark.parametrize("labels", [(), LABELS])
def test_every_form_of_a_session_says_how_its_tests_ended(form: ResultForm, labels: tuple[str, ...]) -> None:
    file = session_results(certified(60, 1, labels), form)
    found = results(file.content, file.name)
    assert found.results == file.truth
    assert {line.status for line in file.truth} == set(ResultStatus)
    assert found.generation == form.value
    assert not found.notes
    assert all(use.meaning for use in found.columns)
    assert not found.sessions


@pytest.mark.parametrize("form", ResultForm)
@pytest.mark.parametrize("division", ["3eA", "3e B", "301", "Tle STMG 2"])
def test_the_class_is_in_the_name_of_the_file(form: ResultForm, division: str) -> None:
    file = class_results(certified(20, 2), form, division, MORNING)
    found = results(file.content, file.name)
    assert found.results == file.truth
    assert {line.division for line in found.results} == {division}


@pytest.mark.parametrize("form", [ResultForm.ONE_RESULT, ResultForm.LEVEL_AND_SCORE])
def test_sessions_of_pix_plus_alone_have_no_competences(form: ResultForm) -> None:
    tests = [
        replace(test, type="Pix+ Droit", plus_level="Confirmé", status=ResultStatus.VALIDATED)
        for test in certified(5, 3)
    ]
    file = session_results(tests, form, without_competences=True)
    found = results(file.content, file.name)
    assert found.results == file.truth
    assert {(line.level_label, line.score, line.levels) for line in found.results} == {("Confirmé", None, ())}


@pytest.mark.parametrize(
    ("name", "division", "is_cut"),
    [
        ("20260331_resultats_3eA.csv", "3eA", False),
        ("20260331_resultats_3eA (1).csv", "3eA", False),
        ("20260331_resultats_3e A&#x2F", "3e A", True),
        ("20260331_resultats_3e &amp; 4e.csv", "3e & 4e", False),
        ("20260331_resultats_3e B.xlsx", "3e B", False),
        ("20260319_0900_resultats_session_218734.csv", None, False),
        ("20260331_resultats_session_218734.csv", None, False),
        ("resultats.csv", None, False),
    ],
)
def test_names_of_files(name: str, division: str | None, is_cut: bool) -> None:
    assert class_of_name(name) == (division, is_cut)


def test_a_class_that_is_cut_is_told() -> None:
    file = class_results(certified(3, 2), ResultForm.LEVEL_AND_SCORE, "3e A", MORNING)
    found = results(file.content, "20260331_resultats_3e A&#x2F")
    assert {line.division for line in found.results} == {"3e A"}
    assert "3e A" in found.notes[0]


def sheet(form: ResultForm = ResultForm.LEVEL_AND_SCORE) -> Sheet:
    """The results of three validated tests, taken apart."""
    tests = [replace(test, status=ResultStatus.VALIDATED) for test in certified(3, 4)]
    return Sheet.of(session_results(tests, form).content)


@pytest.mark.parametrize(
    ("label", "cell", "field"),
    [
        ("Score en Pix", "beaucoup", "score"),
        ("Score en Pix", "5000", "score"),
        ("Statut", "Peut-être", "status"),
        ("Date de naissance", "31/02/2011", "birth_date"),
        ("Date de passage de la certification", "hier", "date"),
    ],
)
def test_what_cannot_be_read_is_unknown_and_told(label: str, cell: str, field: str) -> None:
    found = results(sheet().with_cell(label, cell).content(), NAME)
    assert getattr(found.results[0], field) is None
    assert len(found.notes) == 1
    assert cell in found.notes[0]


@pytest.mark.parametrize(
    ("cell", "score", "level"),
    [
        ("266 pix", 266, None),
        ("55", 55, None),
        ("Avancé", None, "Avancé"),
        ("-", None, None),
        ("", None, None),
    ],
)
def test_the_one_result_of_spring_2026(cell: str, score: int | None, level: str | None) -> None:
    found = results(sheet(ResultForm.ONE_RESULT).with_cell("Résultat", cell).content(), NAME)
    assert (found.results[0].score, found.results[0].level_label) == (score, level)
    assert not found.notes


def test_old_files_hold_the_score_as_text_and_rejected_levels_as_zero() -> None:
    some = sheet(ResultForm.WITH_STATUS)
    changed = some.with_cell("Statut", "Rejetée").with_cell("Nombre de Pix", "0").with_cell("1.1", "0")
    line = results(changed.content(), NAME).results[0]
    assert (line.status, line.score, line.levels[0]) == (ResultStatus.REJECTED, 0, 0)


def test_columns_are_found_by_label() -> None:
    some = sheet()
    moved = some.in_order(list(reversed(range(len(some.header)))))
    assert results(moved.content(), NAME).results == results(some.content(), NAME).results


def test_many_bad_cells_are_told_in_few_words() -> None:
    some = sheet()
    for code in ("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4"):
        some = some.with_cell(code, "9")
    found = results(some.content(), NAME)
    assert found.results[0].levels[:7] == (None,) * 7
    assert len(found.notes) == 6


@pytest.mark.parametrize("day", [None, b"2026-03-12"])
def test_a_file_needs_no_line_end_at_its_end_but_its_last_date_whole(day: bytes | None) -> None:
    whole = sheet().content().removesuffix(b"\n")
    whole = whole[: whole.rindex(b";") + 1] + day if day else whole
    assert len(results(whole, NAME).results) == 3
    start = whole.rindex(b"\n") + 1
    for end in range(start + 1, len(whole)):
        with pytest.raises(UnreadableExport):
            results(whole[:end], NAME)


def test_a_row_of_another_width_is_refused_with_its_line() -> None:
    some = sheet()
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(
        [some.header, some.rows[0], some.rows[1][:-2]]
    )
    with pytest.raises(UnreadableExport) as refusal:
        results(text.getvalue().encode("utf-8-sig"), NAME)
    assert refusal.value.line is not None


def test_without_a_name_column_the_file_is_refused() -> None:
    with pytest.raises(UnreadableExport):
        results(sheet().without("Nom").content(), NAME)


def test_results_are_told_from_campaigns() -> None:
    assert not looks_like_results(Sheet.of(export(student()).content).header)
    assert looks_like_results(sheet().header)


def test_an_empty_session_has_no_lines() -> None:
    nobody: list[Certified] = []
    file = session_results(nobody, ResultForm.LEVEL_AND_SCORE)
    assert results(file.content, file.name).results == ()
