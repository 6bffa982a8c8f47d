"""How the lines of each kind of file name a person, ready to be matched."""

from __future__ import annotations

from functools import lru_cache

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.identities import Identity, identity_key
from pixsession.domain.people.students import Named
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.certification import CertificationResult


def identity_of_row(row: BoardRow) -> Identity:
    """A student of the board, by the profile collections."""
    return _identity("export", row, birth_date=None)


def identity_of_line(line: AssessmentLine) -> Identity:
    """A student of an evaluation."""
    return _identity("evaluation", line, birth_date=None)


@lru_cache(maxsize=16384)
def identity_of_expected(student: ExpectedStudent) -> Identity:
    """A student of a list."""
    identity = _identity("list", student, birth_date=student.birth_date)
    return identity._replace(used_name=student.used_name, other_first_names=student.other_first_names)


def identity_of_result(result: CertificationResult) -> Identity:
    """The holder of a result of a certification; a number tells apart who took the test twice."""
    number = result.external_id if result.birth_date else result.certification_number
    key = identity_key(
        "result", result.last_name, result.first_name, place=result.division, birth_date=result.birth_date,
        number=number,
    )  # fmt: skip
    return Identity(
        key,
        result.last_name,
        result.first_name,
        division=result.division,
        birth_date=result.birth_date,
        external_id=result.external_id,
    )


def _identity(nature: str, person: Named, *, birth_date: str | None) -> Identity:
    key = identity_key(
        nature,
        person.last_name,
        person.first_name,
        place=person.division or person.group,
        birth_date=birth_date,
        number=person.student_number or person.external_id,
    )
    return Identity(
        key,
        person.last_name,
        person.first_name,
        division=person.division,
        group=person.group,
        birth_date=birth_date,
        student_number=person.student_number,
        external_id=person.external_id,
    )
