"""What the pipeline asks of the store: take an export in, say which exports count, give their lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pixsession.domain.changes import Change, ChangeKind
from pixsession.domain.participation import Participation, unpack
from pixsession.domain.reasons import Reason, ReasonCode
from pixsession.domain.snapshot import Campaign, SentProfile, Source
from pixsession.domain.students import KnownStudent, Person, Roll
from pixsession.readers import Export
from pixsession.readers.file_names import copy_number
from pixsession.store.database import Database, DatabaseError


@dataclass(frozen=True, slots=True)
class CurrentExport:
    """The newest export of one campaign."""

    export_id: int
    content_id: int
    source: Source
    one_line_each: bool


class Store:
    """Exports, students and changes in one database; used by one thread, save `history`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._roll = Roll(self._known_students())
        self._exports: dict[tuple[str, datetime], int] = {}
        self._contents: dict[str, int] = {}
        self._next_id = 1
        for export_id, content_id, digest, exported_at in database.ask_text(
            "SELECT export_id, content_id, digest, exported_at FROM export"
        ):
            self._note(export_id, content_id, digest, exported_at)

    def knows(self, digest: str, exported_at: datetime) -> bool:
        """This content was already taken in as an export of this time."""
        return (digest, exported_at) in self._exports

    def ingest(self, export: Export) -> bool:
        """Take an export in, in one transaction; false when it brings nothing new.

        The same bytes under a name with another time are an export of their own, whose lines are not kept
        twice; without a time in the name they are a copy. Raises DatabaseError, with nothing taken in.
        """
        content_id = self._contents.get(export.digest)
        file = export.file
        if self.knows(export.digest, file.exported_at) or (
            content_id is not None and not file.time_from_name
        ):
            return False
        export_id = self._next_id
        try:
            with self._database.transaction():
                if content_id is None:
                    self._append_lines(export_id, export)
                self._database.append("export", [_export_row(export_id, content_id or export_id, export)])
        except DatabaseError:
            self._roll = Roll(
                self._known_students()
            )  # forget the students of the export that was not taken in
            raise
        self._note(export_id, content_id or export_id, export.digest, file.exported_at)
        return True

    def _append_lines(self, content_id: int, export: Export) -> None:
        campaign = _campaign_key(export)
        students, touched = self._roll.resolve(
            campaign, export.participations, export.file.exported_at, self._sends_of
        )
        rows = [
            _line_row(content_id, student_id, participation)
            for student_id, participation in zip(students, export.participations, strict=True)
        ]
        self._database.append("participation", rows)
        self._database.append("student", [_student_row(student) for student in touched])

    def _sends_of(self, student_id: int, campaign: str) -> set[tuple[str | None, int | None]]:
        rows = self._database.ask("sends", {"student_id": student_id, "campaign_key": campaign})
        return {(sent_at, pix) for sent_at, pix in rows}

    def _note(self, export_id: int, content_id: int, digest: str, exported_at: datetime) -> None:
        self._exports[digest, exported_at] = export_id
        self._contents.setdefault(digest, content_id)
        self._next_id = max(self._next_id, export_id + 1)

    def _known_students(self) -> Iterable[KnownStudent]:
        for student_id, name, place, number, last, first, campaigns, seen_at in self._database.ask(
            "students"
        ):
            person = Person(name, place, number, (last, first))
            yield KnownStudent(student_id, person, set(json.loads(campaigns)), seen_at)

    def current_exports(self, without: int = -1) -> list[CurrentExport]:
        """The newest export of each campaign, newest first, as if the export `without` had not come."""
        rows = self._database.ask("current_exports", {"without": without})
        return [
            CurrentExport(export_id, content_id, Source(name, Campaign(key, code, title), at), one_line_each)
            for export_id, content_id, name, key, code, title, at, one_line_each in rows
        ]

    def lines(self, content_id: int) -> list[tuple[int, Participation]]:
        """Each line of a content with the student it belongs to, in the order of the file."""
        rows = self._database.ask("lines", {"content_id": content_id})
        return [(row[0], Participation(*row[1:15], doubts=_read_doubts(row[15]))) for row in rows]

    def record(self, changes: Iterable[Change]) -> None:
        """Add to the log of changes."""
        rows: list[tuple[object, ...]] = [
            (
                c.kind.value,
                c.at,
                c.student_id,
                c.last_name,
                c.first_name,
                c.place,
                c.before,
                c.after,
                c.sent_at,
            )
            for c in changes
        ]
        if rows:
            with self._database.transaction():
                self._database.append("change", rows)

    def recent_changes(self, most: int = 500) -> tuple[Change, ...]:
        """The newest lines of the log of changes, newest last."""
        rows = self._database.ask("recent_changes", {"most": most})
        return tuple(Change(ChangeKind(kind), *rest) for kind, *rest in rows)

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile the student sent, newest first; from any thread."""
        rows = self._database.ask_aside("history", {"student_id": student_id})
        return tuple(
            SentProfile(sent_at, pix, unpack(levels), Source(file, Campaign(key, code, name), at))
            for sent_at, pix, levels, file, key, code, name, at in rows
        )

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _campaign_key(export: Export) -> str:
    return export.campaign.number if export.campaign else ""


def _export_row(export_id: int, content_id: int, export: Export) -> tuple[object, ...]:
    campaign, file = export.campaign, export.file
    return (
        export_id,
        content_id,
        export.digest,
        file.name,
        _campaign_key(export),
        campaign.code if campaign else None,
        campaign.name if campaign else "",
        file.exported_at,
        file.modified_at,
        copy_number(file.name),
        export.one_line_each,
        len(export.participations),
        json.dumps(export.notes),
    )


def _line_row(content_id: int, student_id: int, line: Participation) -> tuple[object, ...]:
    doubts = json.dumps([[d.code.value, *d.values] for d in line.doubts]) if line.doubts else None
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
        doubts,
    )


def _student_row(student: KnownStudent) -> tuple[object, ...]:
    person = student.person
    campaigns = json.dumps(sorted(student.campaigns))
    return (
        student.student_id,
        person.name,
        person.place,
        person.number,
        *person.spelling,
        campaigns,
        student.seen_at,
    )


def _read_doubts(text: str | None) -> tuple[Reason, ...]:
    if not text:
        return ()
    return tuple(Reason(ReasonCode(code), tuple(values)) for code, *values in json.loads(text))
