"""What the pipeline asks of the store: take an export in, say which exports count, give their lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from pixsession.domain.changes import Change, ChangeKind
from pixsession.domain.participation import Participation, unpack
from pixsession.domain.reasons import Reason, ReasonCode
from pixsession.domain.snapshot import Campaign, SentProfile, Source
from pixsession.domain.students import KnownStudent, Person, Roll
from pixsession.readers import Export
from pixsession.readers.file_names import copy_number
from pixsession.store.database import Database, DatabaseError


@dataclass(frozen=True, slots=True)
class StoredExport:
    """One export taken in; files of the same bytes share one content."""

    export_id: int
    content_id: int
    digest: str
    source: Source
    modified_at: datetime
    copy_number: int
    one_line_each: bool
    line_count: int

    @property
    def age_order(self) -> tuple[datetime, datetime, int, int]:
        """Sort key, oldest first: two downloads of one minute are told apart by their files."""
        return self.source.exported_at, self.modified_at, self.copy_number, self.export_id


class Store:
    """Exports, students and changes in one database; used by one thread, save `history`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._roll = Roll(self._known_students())
        self._exports = [_stored_export(row) for row in database.ask("exports")]
        self._known = {(export.digest, export.source.exported_at) for export in self._exports}
        self._contents = {export.digest: export.content_id for export in self._exports}

    def knows(self, digest: str, exported_at: datetime) -> bool:
        """This content was already taken in as an export of this time."""
        return (digest, exported_at) in self._known

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
        export_id = len(self._exports) + 1
        row = _export_row(export_id, content_id or export_id, export)
        try:
            with self._database.transaction():
                if content_id is None:
                    self._append_lines(export_id, export)
                self._database.insert("export", row)
        except DatabaseError:
            self._roll = Roll(
                self._known_students()
            )  # forget the students of the export that was not taken in
            raise
        self._exports.append(_stored_export(row))
        self._known.add((export.digest, file.exported_at))
        self._contents.setdefault(export.digest, export_id)
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

    def _known_students(self) -> Iterable[KnownStudent]:
        for student_id, name, place, number, last, first, campaigns, seen_at in self._database.ask(
            "students"
        ):
            person = Person(name, place, number, (last, first))
            yield KnownStudent(student_id, person, set(json.loads(campaigns)), seen_at)

    def current_exports(self, without: int = -1) -> list[StoredExport]:
        """The newest export of each campaign, newest first, as if the export `without` had not come.

        An export without a line says nothing of the participations: it may be a download cut short.
        """
        newest: dict[str, StoredExport] = {}
        for export in sorted(self._exports, key=lambda export: export.age_order, reverse=True):
            if export.line_count and export.export_id != without:
                newest.setdefault(export.source.campaign.key, export)
        return list(newest.values())

    def lines(self, content_id: int) -> list[tuple[int, Participation]]:
        """Each line of a content with the student it belongs to, in the order of the file."""
        rows = self._database.ask("lines", {"content_id": content_id})
        return [(row[0], Participation(*(*row[1:15], _read_doubts(row[15])))) for row in rows]

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


def _stored_export(row: tuple[Any, ...]) -> StoredExport:
    export_id, content_id, digest, file, key, code, name, at, modified_at, copy, one_line_each, lines, _ = row
    source = Source(file, Campaign(key, code, name), at)
    return StoredExport(export_id, content_id, digest, source, modified_at, copy, one_line_each, lines)


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
    campaigns = _as_json(tuple(sorted(student.campaigns)))
    return (
        student.student_id,
        person.name,
        person.place,
        person.number,
        *person.spelling,
        campaigns,
        student.seen_at,
    )


@lru_cache(maxsize=1024)  # one list for nearly every student
def _as_json(texts: tuple[str, ...]) -> str:
    return json.dumps(texts)


def _read_doubts(text: str | None) -> tuple[Reason, ...]:
    if not text:
        return ()
    return tuple(Reason(ReasonCode(code), tuple(values)) for code, *values in json.loads(text))
