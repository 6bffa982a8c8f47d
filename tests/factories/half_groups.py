"""Lessons for tests: three students of a half-group, whose progress can be worked out in the head."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from pixsession.domain.certification.session import (
    ExpectedFrom,
    LessonRules,
    Limits,
    Remediation,
    Room,
    Session,
    SessionKind,
)
from pixsession.domain.pix.eligibility import Rule
from pixsession.settings.config import BoardRequest
from tests.factories.exports import moment
from tests.factories.samples.assessments import (
    HALF_GROUP,
    SOS,
    AssessedStudent,
    AssessmentFile,
    AssessmentForm,
    Attempt,
    assessment_export,
)
from tests.factories.samples.paths import HALF_GROUP_PATH
from tests.factories.samples.writer import SampleCampaign

MASTERED = frozenset(HALF_GROUP_PATH.skills)
OTHER = SOS


def attempt(started: str, finished: str, shared: str | None = None) -> Attempt:
    """A participation of the morning that goes evenly from its first to its last question."""
    return Attempt(moment(started), moment(finished), moment(shared) if shared else None, MASTERED)


ANA = AssessedStudent("BERNARD", "Ana", (attempt("10:00", "10:40", "10:41"),), "3eA")
# The evening before she shared a first participation.
LINH = AssessedStudent(
    "NGUYEN",
    "Linh",
    (
        attempt("2026-03-11T17:00", "2026-03-11T17:30", "2026-03-11T17:31"),
        attempt("10:05", "11:05"),
    ),
    "3eA",
)
THEO = AssessedStudent("ROY", "Théo", (attempt("10:12", "10:28"),), "3eB")
GROUP = (ANA, LINH, THEO)


def evaluation(at: str, *students: AssessedStudent, campaign: SampleCampaign = HALF_GROUP) -> AssessmentFile:
    """The export of the path at this moment of the morning."""
    return assessment_export(students or GROUP, HALF_GROUP_PATH, AssessmentForm(), moment(at), campaign)


def lesson_request(
    folder: Path,
    dossier: Path | None,
    *,
    expected: ExpectedFrom | None = None,
    day: date = date(2026, 3, 12),
    title: str = "Demi-groupe 3e",
) -> BoardRequest:
    """The board of a lesson at ten on the morning of the sample exports."""
    session = Session(
        path=folder / "session.toml",
        kind=SessionKind.HALF_GROUP,
        title=title,
        date=day,
        start=time(10, 0),
        duration_minutes=55,
        rooms=(Room("", expected or ExpectedFrom()),),
        folders=(folder,),
        rule=Rule(),
        remediation=Remediation(),
        limits=Limits(),
        checklist=("Identity",),
        bell=False,
        lesson=LessonRules(observations=("stylet", "guidé")),
    )
    return BoardRequest(folder, session.rule, dossier=dossier, scan_seconds=0.5, session=session)
