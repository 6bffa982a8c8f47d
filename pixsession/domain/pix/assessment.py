"""One line of an evaluation campaign (a path, or an exam): how far a student came, and what was mastered."""

from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.board.reasons import Reason


class SkillState(StrEnum):
    """What became of one skill of a path; the values are those of the JSON contract."""

    OK = "ok"
    KO = "ko"
    NOT_TESTED = "not_tested"


class Mastery(NamedTuple):
    """How much of a competence or an area of the path is mastered; None where the file has no value."""

    rate: float | None  # fraction, 0 to 1
    targeted: int | None  # skills of the path there
    mastered: int | None


class AssessmentLine(NamedTuple):
    """One participation in an evaluation, typed and unescaped.

    Keys of `competences` and `areas` are codes of the CRCN ("1.1", "1"), else the name in the file. What is
    only given once shared (stage, badges, mastery …) is None or empty before.
    """

    last_name: str
    first_name: str
    division: str | None
    group: str | None
    student_number: str | None
    external_id: str | None
    progress: float | None  # fraction, 0 to 1; None where the export has no such column
    started_at: str | None  # ISO 8601, Paris; a day alone where the file has no more
    shared: bool | None  # None: the cell says neither yes nor no
    shared_at: str | None
    stage: int | None
    stage_max: int | None
    badges: tuple[tuple[str, bool | None], ...]
    mastery: float | None
    competences: tuple[tuple[str, Mastery], ...]
    areas: tuple[tuple[str, Mastery], ...]
    skills: tuple[tuple[str, SkillState | None], ...]
    doubts: tuple[Reason, ...] = ()

    @property
    def submission_key(self) -> tuple[str | None, int | None] | None:
        """The start of the evaluation, by which a student is recognised after a change of class."""
        return (self.started_at, None) if self.started_at else None
