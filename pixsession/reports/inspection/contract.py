"""What the program understands of one file, as JSON for programs: the contract `pixsession/inspect/1`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pixsession.domain.people.expected import ExpectedStudent, SessionFacts
from pixsession.domain.pix.assessment import AssessmentLine, Mastery
from pixsession.domain.pix.certification import CertificationResult
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.participation import Participation, unpack
from pixsession.foundation.clock import with_offset
from pixsession.readers import Contents, ExportedCampaign, ExportKind
from pixsession.reports.inspection.file import Inspection
from pixsession.reports.render.json import as_json

_MOST_DIGITS = 18  # what programs hold in a number; Python itself refuses 4 300
SCHEMA = "pixsession/inspect/1"


def inspection_json(found: Inspection) -> str:
    """One JSON document ending with a line break; names as they stand in the file."""
    contents, origin = found.contents, found.origin
    head = {
        "schema": SCHEMA,
        "file": found.file,
        "kind": found.kind.value,
        "generation": contents.generation if contents else None,
        "encoding": origin.encoding if origin else None,
        "delimiter": origin.delimiter if origin else None,
        "exported_at": with_offset(found.exported_at).isoformat() if found.exported_at else None,
        "campaign": _campaign(contents.campaign) if contents and contents.campaign else None,
        "session": _session_of_all(contents) if contents else None,
        "columns": [{"header": use.header, "meaning": use.meaning} for use in found.columns],
        "rejects": [{"line": reject.line, "cause": reject.cause} for reject in found.rejects],
        "notes": list(contents.notes) if contents else [],
    }
    return as_json(head, rows=inspected_rows(contents) if contents else ())


def inspected_rows(contents: Contents) -> Iterable[dict[str, Any]]:
    """The rows of a file in its order, with the keys of their kind."""
    if contents.kind is ExportKind.PROFILES:
        return map(_profile, contents.at_lines, contents.participations)
    if contents.kind is ExportKind.ASSESSMENT:
        return map(_assessment, contents.at_lines, contents.assessments)
    if contents.kind is ExportKind.RESULTS:
        return map(_result, contents.results)
    if contents.kind is ExportKind.SESSIONS:
        return (_called(student, contents.sessions) for student in contents.expected)
    return map(_expected, contents.expected)


def _campaign(campaign: ExportedCampaign) -> dict[str, Any]:
    return {"id": campaign.number, "code": campaign.code, "name": campaign.name, "path": campaign.path}


def _session_of_all(contents: Contents) -> dict[str, Any] | None:
    """The session that every row is about; an import of several says it on each row."""
    if contents.kind is ExportKind.SESSIONS or len(contents.sessions) != 1:
        return None
    return _session(contents.sessions[0])


def _session(session: SessionFacts) -> dict[str, Any]:
    return {**session._asdict(), "invigilators": list(session.invigilators)}


def _profile(at_line: int, line: Participation) -> dict[str, Any]:
    return {
        **_person(line),
        "line": at_line,
        "sent": line.sent,
        "sent_at": line.sent_at,
        "pix": line.pix,
        "eligible": line.certifiable,
        "eligible_competences": line.certifiable_competences,
        "levels": _by_code(line.levels),
        "competence_pix": _by_code(line.competence_pix),
    }


def _by_code(packed: str | None) -> dict[str, int | None]:
    numbers = (None,) * len(CODES) if packed is None else unpack(packed)
    return dict(zip(CODES, numbers, strict=True))


def _assessment(at_line: int, line: AssessmentLine) -> dict[str, Any]:
    return {
        **_person(line),
        "line": at_line,
        "progress": line.progress,
        "started_at": line.started_at,
        "shared": line.shared,
        "shared_at": line.shared_at,
        "stage": line.stage,
        "stage_max": line.stage_max,
        "badges": dict(line.badges),
        "mastery": line.mastery,
        "competences": _mastered(line.competences),
        "areas": _mastered(line.areas),
        "skills": {skill: state.value if state else None for skill, state in line.skills},
    }


def _mastered(found: Iterable[tuple[str, Mastery]]) -> dict[str, Any]:
    return {code: mastery._asdict() for code, mastery in found}


def _result(result: CertificationResult) -> dict[str, Any]:
    return {
        **_person(result),
        "certification_number": _number(result.certification_number),
        "birth_place": result.birth_place,
        "type": result.type,
        "status": result.status.value if result.status else None,
        "level_label": result.level_label,
        "score": result.score,
        "levels": dict(zip(CODES, result.levels, strict=True)) if result.levels else {},
        "comment": result.comment,
        "session": result.session,
        "centre": result.centre,
        "date": result.date,
        "complementary": {label: state.value if state else None for label, state in result.complementary},
    }


def _number(text: str) -> int | str:
    """A number of Pix, which is a number in its files too; what somebody typed instead stays text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else text


def _expected(student: ExpectedStudent) -> dict[str, Any]:
    return {
        **_person(student),
        "used_name": student.used_name,
        "other_first_names": list(student.other_first_names),
        "sex": student.sex,
        "extra_time": student.extra_time,
    }


def _called(student: ExpectedStudent, sessions: tuple[SessionFacts, ...]) -> dict[str, Any]:
    called_to = _session(sessions[student.session]) if student.session is not None else None
    return {**_expected(student), "session": called_to}


_PERSON = (
    "last_name",
    "first_name",
    "division",
    "group",
    "birth_date",
    "student_number",
    "external_id",
)


def _person(line: object) -> Mapping[str, Any]:
    """Who a row is about, and where it stands; None for what its kind of file does not tell."""
    return {"line": getattr(line, "line", None), **{field: getattr(line, field, None) for field in _PERSON}}
