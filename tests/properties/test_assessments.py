"""Evaluations and results that went wrong: read right or refused in words; nothing shared is made up."""

from __future__ import annotations

import csv
import re
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.certification import CertificationResult
from pixsession.foundation.errors import UnreadableExport
from pixsession.readers.campaign.assessments import looks_like_assessment, read_assessment
from pixsession.readers.export import Contents
from pixsession.readers.results.reader import looks_like_results, read_results
from tests.factories.examples import examples
from tests.factories.exports import MORNING, Sheet
from tests.factories.reached import reached
from tests.factories.samples import Generation
from tests.factories.samples.assessments import AssessmentFile, AssessmentForm, assessed, assessment_export
from tests.factories.samples.paths import HALF_GROUP_PATH, SOS_PATH
from tests.factories.samples.results import ResultFile, ResultForm, certified, session_results
from tests.factories.tables import described, table_in
from tests.properties.drawn import Marked, damaged

BEGIN = datetime(2026, 3, 12, 8, 40)  # noqa: DTZ001 - Paris time without zone
YES = {"oui", "o", "yes", "y", "ja", "j", "si", "sí", "sì", "s"}

forms = st.builds(
    AssessmentForm,
    generation=st.sampled_from(list(Generation)),
    language=st.sampled_from(("fr", "fr", "en", "de")),
    division=st.booleans(),
    group=st.booleans(),
    student_number=st.booleans(),
    external_id=st.sampled_from((None, None, "Identifiant", "Code", "Parcours", "@pseudo", "Permis (O/N)")),
    extra_columns=st.sampled_from(((), (), ("Cycle",), ("", "Rang"), ("Cycle", ""))),
    progress=st.booleans(),
    skills=st.booleans(),
)


@st.composite
def assessments(draw: st.DrawFn) -> AssessmentFile:
    path = draw(st.sampled_from((HALF_GROUP_PATH, SOS_PATH)))
    students = assessed(draw(st.integers(1, 8)), draw(st.integers(1, 500)), path, BEGIN)
    return assessment_export(students, path, draw(forms), MORNING)


@st.composite
def results(draw: st.DrawFn) -> ResultFile:
    labels = draw(st.sampled_from(((), ("CléA numérique",))))
    tests = certified(draw(st.integers(1, 6)), draw(st.integers(1, 500)), labels)
    return session_results(tests, draw(st.sampled_from(list(ResultForm))))


def read(content: bytes, encoding: str = "utf-8-sig", delimiter: str = ";") -> Contents | None:
    """What a reader makes of these bytes; None where they are refused in words, or none of its kind."""
    try:
        found = table_in(content, encoding, delimiter)
        if looks_like_assessment(found.header):
            return read_assessment(found, described())
        if looks_like_results(found.header):
            return read_results(found, described("20260319_0900_resultats_session_1.csv"))
    except UnreadableExport as refusal:
        assert refusal.message
    except StopIteration:
        pass  # nothing at all is left, which is found out before a table is made
    return None


def lines_of(found: Contents) -> tuple[AssessmentLine | CertificationResult, ...]:
    """What was read; a school's own column that stands last looks like the one that a campaign asks for."""
    lone = any(use.header in {"Cycle", "Rang"} and use.meaning == "external_id" for use in found.columns)
    read_lines = [line._replace(external_id=None) if lone else line for line in found.assessments]
    return (*read_lines, *found.results)


@examples(40)
@given(assessments())
def test_every_evaluation_is_read_as_it_was_made(file: AssessmentFile) -> None:
    found = read(file.content)
    reached()
    assert found is not None
    assert (lines_of(found), found.at_lines) == (file.truth, file.at_lines)


@examples(20)
@given(results())
def test_all_results_are_read_as_they_were_made(file: ResultFile) -> None:
    found = read(file.content)
    reached()
    assert found is not None
    assert found.results == file.truth


@examples(75)
@given(st.data(), st.one_of(assessments(), results()))
def test_cut_at_any_byte_the_rest_is_right_or_refused(
    data: st.DataObject, file: AssessmentFile | ResultFile
) -> None:
    start = data.draw(st.sampled_from((0, file.content.index(b"\n"), file.content.rindex(b"\n", 0, -1))))
    found = read(file.content[: data.draw(st.integers(start, len(file.content)))])
    if found is not None:
        lines = lines_of(found)
        reached()
        assert lines == file.truth[: len(lines)]


def wild(file: AssessmentFile | ResultFile) -> Marked:
    """The file taken apart, each column marked with its place."""
    sheet = Sheet.of(file.content)
    # A label that Pix drops leaves its cell: such files are kept whole, and damaged in the tests above.
    width = len(sheet.rows[0])
    return Marked(sheet.header, sheet.rows, tuple(range(width if width == len(sheet.header) else 0)))


def text_of(cell: str) -> str:
    return cell[1:] if re.match(r"'[-@=+]", cell) else cell


def assert_backed(line: AssessmentLine, sheet: Marked, shared_at: int, progress_at: int | None) -> None:
    """Somebody of this name said that it was shared; and a progress is in one of their cells."""
    mine = [row for row in sheet.rows if {line.last_name, line.first_name} <= set(map(text_of, row))]
    assert mine
    if line.shared:
        assert any(cell.strip().casefold() in YES for row in mine for cell in sheet.cells(row, shared_at))
    else:
        assert (line.stage, line.mastery, line.badges, line.competences, line.areas, line.skills) == (
            None, None, (), (), (), (),
        )  # fmt: skip
    if line.progress is not None:
        assert 0 <= line.progress <= 1
        cells = [cell.replace(",", ".").strip() for row in mine for cell in row]
        numbers = [float(cell) for cell in cells if re.fullmatch(r"\d{1,3}(\.\d+)?", cell, re.ASCII)]
        assert line.progress in numbers
        assert progress_at is not None


@examples(75)
@given(st.data(), st.sampled_from(("utf-8-sig", "cp1252", "utf-16", "mac_roman")), st.sampled_from(";;,\t"))
def test_cells_rows_and_columns_of_an_evaluation_that_went_wrong(
    data: st.DataObject, encoding: str, delimiter: str
) -> None:
    form = AssessmentForm(skills=data.draw(st.booleans()))
    path = data.draw(st.sampled_from((HALF_GROUP_PATH, SOS_PATH)))
    students = assessed(data.draw(st.integers(1, 5)), data.draw(st.integers(1, 99)), path, BEGIN)
    before = wild(assessment_export(students, path, form, MORNING))
    shared_at, progress_at = before.header.index("Partage (O/N)"), before.header.index("% de progression")
    sheet = data.draw(damaged(before))
    written = Sheet(sheet.header, sheet.rows)
    try:
        content = written.content(encoding, delimiter=delimiter)
    except UnicodeEncodeError:
        encoding = "utf-8"
        content = written.content(encoding, delimiter=delimiter)
    except csv.Error:
        return  # a lone empty cell cannot be written
    found = read(content, encoding, delimiter)
    # Where the label itself was moved, the columns say something else.
    moved = [sheet.origins[i] for i, label in enumerate(sheet.header) if label == "Partage (O/N)"] != [
        shared_at
    ]
    for line in found.assessments if found is not None and not moved else ():
        assert_backed(line, sheet, shared_at, progress_at)
    reached()


@examples(50)
@given(st.data(), results(), st.sampled_from(";,\t"))
def test_results_that_went_wrong_are_never_a_crash(
    data: st.DataObject, file: ResultFile, delimiter: str
) -> None:
    sheet = data.draw(damaged(wild(file)))
    try:
        content = Sheet(sheet.header, sheet.rows).content("utf-8", delimiter=delimiter)
    except (UnicodeEncodeError, csv.Error):
        return  # a lone surrogate, or a lone empty cell, cannot be written
    found = read(content, "utf-8", delimiter)
    cells = {cell.strip() for row in sheet.rows for cell in row}
    for line in found.results if found is not None else ():
        assert_result_backed(line, cells)
    reached()


def assert_result_backed(line: CertificationResult, cells: set[str]) -> None:
    """Each number of a result stands in the file."""
    assert line.last_name.strip() in cells
    assert line.score is None or {str(line.score), f"{line.score} pix", f"{line.score},0"} & cells
    for level in line.levels:
        assert level is None or {str(level), f"{level},0"} & cells


@examples(30)
@given(st.data(), st.one_of(assessments(), results()), st.sampled_from(("overwrite", "insert", "remove")))
def test_bytes_that_went_wrong_are_never_a_crash(
    data: st.DataObject, file: AssessmentFile | ResultFile, harm: str
) -> None:
    content = file.content
    at, length = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(1, 40))
    some = data.draw(
        st.sampled_from((b"\n", b'"', b";", b"\x00", b"\xff", b"9", b"\r")) | st.binary(max_size=6)
    )
    hurt = {
        "overwrite": content[:at] + some + content[at + len(some) :],
        "insert": content[:at] + some + content[at:],
        "remove": content[:at] + content[at + length :],
    }[harm]
    found = read(hurt)
    if found is not None:
        reached()
        assert found.line_count <= len(file.truth) + len(some)
