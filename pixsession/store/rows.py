"""The rows of the database, from and to the values of the domain."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pixsession.domain.board.changes import Change, Delta
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import Campaign, Source, origin_of_list
from pixsession.domain.people.students import KnownStudent
from pixsession.domain.pix.assessment import AssessmentLine, Mastery, SkillState
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.participation import Participation, unpack
from pixsession.readers import Export, ExportKind
from pixsession.readers.file_names import copy_number

Row = tuple[object, ...]

_BEFORE_LEVELS = Participation._fields.index("levels")
_BEFORE_BADGES = AssessmentLine._fields.index("badges")
_NOTHING_SENT = (None,) * (2 * len(CODES))
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


def list_origin(export: StoredExport) -> str:
    """What lines and rows call the list of a campaign: the same, whichever of its exports that is."""
    return origin_of_list(export.kind.value, export.source.campaign.key)


def origin_beside(export: StoredExport) -> str:
    """What lines and rows call an export that is not the list of its campaign."""
    return f"{list_origin(export)}:{export.source.exported_at.isoformat()}:{export.digest}"


def stored_export(row: Sequence[Any]) -> StoredExport:
    export_id, content_id, kind, digest, file, key, code, name, exported_at, has_stamp, *facts, notes = row
    source = Source(file, Campaign(key, code, name), exported_at, has_stamp)
    notes = tuple(json.loads(notes))
    return StoredExport(*(export_id, content_id, ExportKind(kind), digest, source, *facts, notes))


def campaign_key(export: Export) -> str:
    """The id of the campaign of an export; empty where it is unknown."""
    return export.contents.campaign.number if export.contents.campaign else ""


def export_row(export_id: int, content_id: int, export: Export) -> Row:
    """The row of an export, but for its place in the chain of its campaign."""
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


def participation_row(line: Participation) -> Row:
    """The row of a participation, but for its version."""
    numbers: tuple[int | None, ...] = _NOTHING_SENT
    if line.levels is not None and line.competence_pix is not None:
        numbers = (*unpack(line.levels), *unpack(line.competence_pix))
    return (*line[:_BEFORE_LEVELS], *numbers, _doubts(line.doubts))


def read_participation(row: Sequence[Any]) -> Participation:
    """A participation, from its row in the view `participation_line`."""
    *told, doubts = row
    return Participation._make((*told, _read_doubts(doubts)))


def evaluation_row(line: AssessmentLine) -> Row:
    """The row of a line of an evaluation, but for its version."""
    badges, skills = (json.dumps(part, ensure_ascii=False) for part in (line.badges, line.skills))
    return (*line[:_BEFORE_BADGES], line.mastery, badges, skills, _doubts(line.doubts))


def mastery_rows(version_id: int, line: AssessmentLine) -> Iterator[Row]:
    """A row for each competence and each area of a line of an evaluation."""
    for is_area, parts in ((False, line.competences), (True, line.areas)):
        for position, (code, mastery) in enumerate(parts):
            yield version_id, is_area, position, code, *mastery


def read_evaluation(row: Sequence[Any]) -> AssessmentLine:
    """A line of an evaluation, from its row."""
    *facts, mastery, badges, skills, doubts, masteries = row
    competences, areas = (
        tuple((code, Mastery(*numbers)) for about_area, code, *numbers in masteries or () if about_area is it)
        for it in (False, True)
    )
    return AssessmentLine._make(
        (
            *facts,
            tuple((title, obtained) for title, obtained in json.loads(badges)),
            mastery,
            competences,
            areas,
            tuple((name, SkillState(state) if state else None) for name, state in json.loads(skills)),
            _read_doubts(doubts),
        )
    )


def _doubts(doubts: Sequence[Reason]) -> str | None:
    return json.dumps([[doubt.code.value, *doubt.values] for doubt in doubts]) if doubts else None


def _read_doubts(text: str | None) -> tuple[Reason, ...]:
    if not text:
        return ()
    return tuple(Reason(ReasonCode(code), tuple(values)) for code, *values in json.loads(text))


def student_row(student: KnownStudent) -> Row:
    """How a student is recognised, as a row."""
    look = student.look
    return student.student_id, look.name, look.class_and_group, look.number, *look.spelling


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
