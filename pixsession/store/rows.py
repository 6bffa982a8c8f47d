"""The rows of the database, from and to the values of the domain."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pixsession.domain.board.changes import Change, Delta
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import Campaign, Source
from pixsession.domain.people.students import KnownStudent
from pixsession.domain.pix.assessment import AssessmentLine, Mastery, SkillState
from pixsession.domain.pix.participation import Participation
from pixsession.readers import Export, ExportKind
from pixsession.readers.file_names import copy_number

Row = tuple[object, ...]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # how Python writes the bytes of a name that is not UTF-8


class StoredExport(NamedTuple):
    """One export taken in; files of the same bytes share one content."""

    export_id: int
    content_id: int
    kind: ExportKind
    digest: str
    source: Source
    modified_at: datetime
    copy_number: int
    one_line_each: bool
    line_count: int
    organisation: str  # of Pix Orga; empty where the file does not say
    notes: tuple[str, ...]

    @property
    def has_stamp(self) -> bool:
        """Whether the time of the export is Pix's own, from the name of the file."""
        return self.source.has_stamp


def stored_export(row: Sequence[Any]) -> StoredExport:
    export_id, content_id, kind, digest, file, key, code, name, exported_at, has_stamp, *facts, notes = row
    source = Source(file, Campaign(key, code, name), exported_at, has_stamp)
    notes = tuple(json.loads(notes))
    return StoredExport(*(export_id, content_id, ExportKind(kind), digest, source, *facts, notes))


def campaign_key(export: Export) -> str:
    """The id of the campaign of an export; empty where it is unknown."""
    return export.contents.campaign.number if export.contents.campaign else ""


def export_row(export_id: int, content_id: int, export: Export) -> Row:
    campaign, file = export.contents.campaign, export.file
    return (
        export_id,
        content_id,
        export.contents.kind.value,
        export.digest,
        _LONE_SURROGATE.sub("\ufffd", file.name),
        campaign_key(export),
        campaign.code if campaign else None,
        campaign.name if campaign else "",
        file.exported_at,
        file.time_from_name,
        file.modified_at,
        copy_number(file.name),
        export.contents.one_line_each,
        export.contents.line_count,
        campaign.organisation if campaign else "",
        json.dumps(export.contents.notes),
    )


def line_row(content_id: int, student_id: int, line: Participation) -> Row:
    """The row of one line of an export."""
    return (
        content_id,
        student_id,
        line.line,
        line.last_name,
        line.first_name,
        line.division,
        line.group,
        line.student_number,
        line.external_id,
        line.sent,
        line.sent_at,
        line.pix,
        line.certifiable,
        line.certifiable_competences,
        line.levels,
        line.competence_pix,
        _doubts(line.doubts),
    )


def read_line(row: Sequence[Any]) -> tuple[int, Participation]:
    """A student and a line of theirs, from its row."""
    student_id, *facts, doubts = row
    return student_id, Participation(*(*facts, _read_doubts(doubts)))


def assessment_row(content_id: int, student_id: int, line: AssessmentLine) -> Row:
    """The row of one line of an evaluation."""
    parts = (line.badges, line.competences, line.areas, line.skills)
    return (
        content_id,
        student_id,
        line.line,
        line.last_name,
        line.first_name,
        line.division,
        line.group,
        line.student_number,
        line.external_id,
        line.progress,
        line.started_at,
        line.shared,
        line.shared_at,
        line.stage,
        line.stage_max,
        line.mastery,
        json.dumps(parts, ensure_ascii=False),
        _doubts(line.doubts),
    )


def read_assessment_line(row: Sequence[Any]) -> tuple[int, AssessmentLine]:
    """A student and a line of an evaluation of theirs, from its row."""
    student_id, *facts, mastery, parts, doubts = row
    badges, competences, areas, skills = json.loads(parts)
    parts = (
        tuple((title, obtained) for title, obtained in badges),
        mastery,
        tuple((key, Mastery(*values)) for key, values in competences),
        tuple((key, Mastery(*values)) for key, values in areas),
        tuple((name, SkillState(state) if state else None) for name, state in skills),
    )
    return student_id, AssessmentLine(*(*facts, *parts, _read_doubts(doubts)))


def _doubts(doubts: Sequence[Reason]) -> str | None:
    return json.dumps([[doubt.code.value, *doubt.values] for doubt in doubts]) if doubts else None


def _read_doubts(text: str | None) -> tuple[Reason, ...]:
    if not text:
        return ()
    return tuple(Reason(ReasonCode(code), tuple(values)) for code, *values in json.loads(text))


def student_row(student: KnownStudent) -> Row:
    """How a student is recognised, as a row."""
    person = student.person
    return student.student_id, person.name, person.place, person.number, *person.spelling


def change_row(change: Change, delta: Delta | None) -> Row:
    """One line of the log of changes, with what the student gained or lost."""
    return (
        change.kind.value,
        change.at,
        change.student_id,
        change.last_name,
        change.first_name,
        change.place,
        change.before,
        change.after,
        change.sent_at,
        delta.competences if delta else None,
        delta.pix if delta else None,
    )
