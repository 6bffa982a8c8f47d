"""The cache of painted lines gives what the writer would write, whatever of a student has changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import BoardRow, Expectation
from pixsession.domain.pix.certification import CertificationResult, ResultStatus
from pixsession.domain.pix.eligibility import Eligibility, Gap, Profile, Verdict
from pixsession.foundation.i18n import use_language
from pixsession.ui.board.grid.cells import LineWriter
from pixsession.ui.board.grid.columns import Needs, layout_for
from pixsession.ui.board.grid.line_cache import LineCache
from pixsession.ui.modes import mode_of
from tests.factories.certification_screens import ROWS, progress, supervised
from tests.factories.snapshots import NOW

_RESULT = CertificationResult(
    1, "P-1", "A", "B", "3e1", None, None, None, "Pix", ResultStatus.VALIDATED,
    None, 300, (), None, None, None, None, (),
)  # fmt: skip
_OTHER: dict[str, tuple[Any, ...]] = {
    "last_name": ("AUTRE",),
    "first_name": ("Autre",),
    "division": ("6eZ", None),
    "group": ("Groupe 9",),
    "verdict": (
        Verdict(Eligibility.ELIGIBLE, 9),
        Verdict(Eligibility.NOT_ELIGIBLE, 1, (Gap("5.1", 6),)),
        Verdict(Eligibility.NOT_ELIGIBLE, 1, (Gap("5.1", 7),)),
        Verdict(Eligibility.TO_CHECK, 9, (), (Reason(ReasonCode.PIX_SAYS_ELIGIBLE, ("4",)),)),
        Verdict(Eligibility.TO_CHECK, 9, (), (Reason(ReasonCode.PIX_SAYS_ELIGIBLE, ("3",)),)),
        Verdict(Eligibility.NOT_IN_EXPORT),
    ),
    "profile": (Profile((1,) * 16, (8,) * 16), None),
    "pix": (777, None),
    "sent_at": ("2026-02-03T10:11", "2026-02-03", None),
    "submissions": (9,),
    "origin": (None,),
    "campaigns": (("ELSEWHERE",),),
    "delta": (Delta(1, 12, NOW), Delta(-1, -3, NOW), Delta(1, 12, NOW - timedelta(days=1)), None),
    "participations": ((), (progress(0.3),), (progress(1.0, shared=True),)),
    "expected": (
        None,
        Expectation("candidats.ods", None, extra_time=0.5),
        Expectation("liste.csv", None, room="B"),
    ),
    "result": (_RESULT, None),
    "student_number": ("123456789AB",),
    "external_id": ("ext-1",),
    "unsure_results": (frozenset({"900001"}),),
    "keys": (("key-1",), ("key-14",), ()),
}
_STUDENTS = (*ROWS, ROWS[1]._replace(division=None))  # a group shows where there is no class
_BESIDE = {"student_id"}  # another number is another student, with a line of its own


def _writers() -> dict[str, LineWriter]:
    mode = mode_of(supervised())
    marked = frozenset({ROWS[0].student_id})
    needs = Needs().widened(ROWS)
    of_day = mode.needs(needs, ROWS)
    span = timedelta(minutes=15)
    return {
        "narrow": LineWriter(layout_for(80, needs, 5), 5, False, span, NOW),
        "wide": LineWriter(layout_for(160, needs, 5), 5, False, span, NOW),
        "session": LineWriter(mode.layout(120, of_day, 5), 5, False, span, NOW, mode, marked),
    }


def test_every_field_of_a_row_is_tried() -> None:
    assert set(_OTHER) | _BESIDE == set(BoardRow._fields)


@pytest.mark.parametrize("kind", ["narrow", "wide", "session"])
@pytest.mark.parametrize("field", sorted(_OTHER))
def test_a_line_is_written_again_when_it_would_say_something_else(field: str, kind: str) -> None:
    use_language("fr")
    writer = _writers()[kind]
    for row in _STUDENTS:
        for value in _OTHER[field]:
            book = LineCache()
            book.line(row, writer)
            other = row._replace(**{field: value})
            assert book.line(other, writer).pieces == writer.write(other), (field, value, row)


def test_what_the_line_does_not_say_keeps_it() -> None:
    writer, book = _writers()["wide"], LineCache()
    line = book.line(ROWS[0], writer)
    assert book.line(ROWS[0]._replace(submissions=9, campaigns=("ELSEWHERE",), origin=None), writer) is line


def test_the_cases_can_fail() -> None:
    """Each field that a line shows changes it somewhere."""
    writers = _writers()
    shown = {
        field
        for field, values in _OTHER.items()
        for writer in writers.values()
        for row in _STUDENTS
        for value in values
        if writer.write(row._replace(**{field: value})) != writer.write(row)
    }
    assert shown >= {"last_name", "first_name", "division", "group", "verdict", "pix", "sent_at", "delta"}
    assert shown >= {"participations", "expected"}, "of a session"
