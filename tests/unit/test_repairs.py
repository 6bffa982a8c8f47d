"""Names and classes that were encoded twice are decoded back in whatever a file holds; nothing else is."""

from __future__ import annotations

import pytest

from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.certification import CertificationResult
from pixsession.domain.pix.participation import Participation
from pixsession.readers.export import Contents, ExportKind, Origin
from pixsession.readers.repairs import repaired_line, with_names_repaired

TWICE, ONCE = "LÃ©na", "Léna"


def expected(text: str) -> ExpectedStudent:
    return ExpectedStudent(2, text, text, text, ("Zoé", text), text, text, external_id=TWICE)


def participation(text: str) -> Participation:
    facts = (True, "2026-03-12T08:50", 5, None, None, None, None)
    return Participation(text, text, text, text, TWICE, TWICE, *facts)


def assessment(text: str) -> AssessmentLine:
    nothing = [None] * (len(AssessmentLine._fields) - 6 - len(AssessmentLine._field_defaults))
    return AssessmentLine(text, text, text, text, TWICE, TWICE, *nothing)  # type: ignore[arg-type]


def result(text: str) -> CertificationResult:
    nothing = [None] * (len(CertificationResult._fields) - 5 - len(CertificationResult._field_defaults))
    return CertificationResult(2, TWICE, text, text, text, *nothing)  # type: ignore[arg-type]


@pytest.mark.parametrize("line_of", [expected, participation, assessment, result])
def test_the_names_and_class_of_a_line_are_decoded_back(line_of: type) -> None:
    assert repaired_line(line_of(TWICE)) == line_of(ONCE)
    sound = line_of(ONCE)
    assert repaired_line(sound) is sound


def test_one_text_alone_is_decoded_back() -> None:
    plain = ExpectedStudent(2, "BERGER", "Zoé", None, ("Ana", "Lou"))
    for field in ("last_name", "first_name", "used_name", "division", "group"):
        assert repaired_line(plain._replace(**{field: TWICE})) == plain._replace(**{field: ONCE})  # type: ignore[arg-type]
    one_of_two = repaired_line(plain._replace(other_first_names=(TWICE, "Lou")))
    assert one_of_two == plain._replace(other_first_names=(ONCE, "Lou"))


def test_the_lines_of_every_kind_are_decoded_back() -> None:
    def contents(text: str) -> Contents:
        plain = Contents(ExportKind.PROFILES, "2024-12", Origin("csv", "utf-8", ";", False))
        return plain._replace(
            participations=(participation(text),),
            assessments=(assessment(text),),
            expected=(expected(text), expected(ONCE)),
            results=(result(text),),
        )

    assert with_names_repaired(contents(TWICE)) == contents(ONCE)
