"""Invented people in files of every kind: who is on the board, on a list, in an evaluation, in results."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.pix.certification import ResultStatus
from tests.factories.exports import MORNING, moment, put
from tests.factories.samples.assessments import (
    SOS,
    AssessedStudent,
    AssessmentFile,
    AssessmentForm,
    Attempt,
    assessment_export,
)
from tests.factories.samples.lists import ListedStudent, SampleSession
from tests.factories.samples.paths import SOS_PATH
from tests.factories.samples.results import Certified

BORN = date(2011, 5, 3)
CALLED = SampleSession("218734", "Collège de la Lune-Rousse", "Salle 12", moment("10:00"), ("M. Bric",))


def listed(
    last_name: str = "DURIEUX", first_name: str = "Zoé", division: str = "3eA", **more: object
) -> ListedStudent:
    """Somebody on a list; `more` as in ListedStudent."""
    known = {"birth_date": BORN, "sex": "F", **more}
    return ListedStudent(last_name, first_name, division, **known)  # type: ignore[arg-type]


def assessed_student(
    last_name: str = "DURIEUX", first_name: str = "Zoé", division: str = "3eA", *, shared: bool = True
) -> AssessedStudent:
    """Somebody who took the evaluation to its end this morning."""
    began = moment("08:10")
    ended = began + timedelta(minutes=20)
    attempt = Attempt(began, ended, ended if shared else None, frozenset(SOS_PATH.skills))
    return AssessedStudent(last_name, first_name, (attempt,), division)


def sos_export(*students: AssessedStudent, at: datetime = MORNING) -> AssessmentFile:
    """The export of the evaluation for those who are not eligible yet."""
    return assessment_export(students, SOS_PATH, AssessmentForm(), at, SOS)


def certified_student(
    last_name: str = "DURIEUX", first_name: str = "Zoé", number: int = 3_900_500, **more: object
) -> Certified:
    """A test, validated with 266 pix; `more` as in Certified."""
    known = {"birth_date": BORN, "status": ResultStatus.VALIDATED, "pix": 266, **more}
    return Certified(
        number, last_name, first_name, birth_place="Lyon", external_id="", levels=(2,) * 16, **known  # type: ignore[arg-type]
    )  # fmt: skip


def put_list(folder: Path, content: bytes, name: str = "3eA.csv", at: datetime = MORNING) -> Path:
    """A list in the folder, dated."""
    return put(folder, name, content, at)


def one(
    snapshot: Snapshot, last_name: str, first_name: str | None = None, place: str | None = None
) -> BoardRow:
    """The one student of this name (and class)."""
    (found,) = [
        row
        for row in snapshot.rows
        if row.last_name == last_name and first_name in {None, row.first_name} and place in {None, row.place}
    ]
    return found
