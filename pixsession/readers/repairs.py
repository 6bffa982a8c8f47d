"""Repairs names and classes that were encoded twice, in the contents of every reader."""

from __future__ import annotations

from typing import Any, TypeVar

from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.certification import CertificationResult
from pixsession.domain.pix.participation import Participation
from pixsession.foundation.encoded_twice import repaired
from pixsession.readers.export import Contents

_AnyLine = TypeVar("_AnyLine", Participation, AssessmentLine, ExpectedStudent, CertificationResult)
_TEXTS = ("last_name", "first_name", "used_name", "division", "group")


def with_names_repaired(contents: Contents) -> Contents:
    """The same contents with the names and classes decoded back that were encoded twice (see `repaired`)."""
    return contents._replace(
        participations=_repaired(contents.participations),
        assessments=_repaired(contents.assessments),
        expected=_repaired(contents.expected),
        results=_repaired(contents.results),
    )


def _repaired(lines: tuple[_AnyLine, ...]) -> tuple[_AnyLine, ...]:
    return tuple([repaired_line(line) for line in lines])


def repaired_line(line: _AnyLine) -> _AnyLine:
    """The same line with its names and class decoded back that were encoded twice."""
    changes: dict[str, Any] = {}
    for name in _TEXTS:
        text = getattr(line, name, None)
        if isinstance(text, str) and (better := repaired(text)) != text:
            changes[name] = better
    others: tuple[str, ...] = getattr(line, "other_first_names", ())
    if any(repaired(other) != other for other in others):
        changes["other_first_names"] = tuple(map(repaired, others))
    return line._replace(**changes) if changes else line
