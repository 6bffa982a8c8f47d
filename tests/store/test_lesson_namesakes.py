"""Two students of one name and class in two half-groups, on the board of a lesson: whose line it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pixsession.domain.certification.session import ExpectedFrom
from pixsession.engine.read_once import session_snapshot
from pixsession.foundation.clock import with_offset
from tests.factories.exports import moment
from tests.factories.half_groups import attempt, lesson_request
from tests.factories.samples.assessments import HALF_GROUP, AssessedStudent, AssessmentForm, assessment_export
from tests.factories.samples.paths import HALF_GROUP_PATH

FIRST, SECOND, UNTOLD = "5eB gr1", "5eB gr2", ""
LISTED = (
    "Nom;Prénom;Classe;Groupe;Né(e) le\n"
    f"MARTIN;Lucas;5eB;{FIRST};01/02/2013\nMARTIN;Lucas;5eB;{SECOND};05/06/2013\n"
)
_ENDS = {FIRST: "10:40", UNTOLD: "10:40", SECOND: "11:00"}  # so that each group is another share at 10:30


@pytest.mark.parametrize(
    ("lines", "asked", "progress", "doubtful"),
    [
        ((FIRST,), (FIRST,), [0.75], False),
        ((SECOND,), (FIRST,), [None], False),
        ((FIRST, SECOND), (SECOND,), [0.5], False),
        ((FIRST, SECOND), (FIRST, SECOND), [0.5, 0.75], False),
        ((UNTOLD,), (FIRST,), [None], True),
    ],
)
def test_a_line_is_of_the_namesake_of_its_half_group_and_in_doubt_where_it_names_none(
    tmp_path: Path,
    lines: tuple[str, ...],
    asked: tuple[str, ...],
    progress: list[float | None],
    *,
    doubtful: bool,
) -> None:
    students = [
        AssessedStudent("MARTIN", "Lucas", (attempt("10:00", _ENDS[group]),), "5eB", group) for group in lines
    ]
    form = AssessmentForm(group=any(lines))
    assessment_export(students, HALF_GROUP_PATH, form, moment("10:30"), HALF_GROUP).write_to(tmp_path)
    path = tmp_path / "liste.csv"
    path.write_text(LISTED, encoding="utf-8")
    os.utime(path, (with_offset(moment("09:00")).timestamp(),) * 2)
    request = lesson_request(tmp_path, None, expected=ExpectedFrom(groups=frozenset(asked)))
    board = session_snapshot(request, lambda: moment("10:35"))
    assert board.lesson is not None
    mine = [board.lesson.students[row.student_id] for row in board.rows]
    found = sorted((one.progress for one in mine), key=lambda value: value or 0)
    assert [None if one is None else round(one, 2) for one in found] == progress
    assert {one.is_doubtful for one in mine} == {doubtful}
    assert bool(board.doubts) is doubtful
