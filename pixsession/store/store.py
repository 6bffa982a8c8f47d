"""What the engine asks of the store: take an export in, which exports count, their lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pixsession.domain.board.changes import Change, ChangeKind, Delta
from pixsession.domain.board.snapshot import Campaign, SentProfile, Source
from pixsession.domain.people.students import KnownStudent, Person, StudentRegister, SubmissionsOf, person_of
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.participation import Participation, unpack
from pixsession.readers import Export, ExportKind, FileDescription
from pixsession.store.database import Database, DatabaseError
from pixsession.store.history import ExportHistory
from pixsession.store.progress import progress_of
from pixsession.store.rows import (
    StoredExport,
    assessment_row,
    campaign_key,
    change_row,
    export_row,
    line_row,
    read_assessment_line,
    read_line,
    stored_export,
    student_row,
)

if TYPE_CHECKING:
    from pixsession.domain.lesson.view import ProgressPoint

LOG_LENGTH = 500
# Exports of campaigns are kept and have a history; lists of people are read where they are, never copied.
KEPT_KINDS = (ExportKind.PROFILES, ExportKind.ASSESSMENT)
Lines = list[tuple[int, Participation]]  # each line of a content, with its student
Assessments = list[tuple[int, AssessmentLine]]


class Store:
    """Exports, students and changes in one database; used by one thread, save `history`.

    `exports`: every export taken in, and which of them count.

    What the board asks for at every export (the exports, the students, the lines that count today) is held
    in memory: the same facts, without asking again for what was just put in. `changes` are the newest lines
    of the log, newest last; `deltas` what each student last gained or lost.
    """

    def __init__(self, database: Database) -> None:
        """Read what the database holds; raises DatabaseError, and ValueError where it makes no sense."""
        self._database = database
        self._load()

    def _load(self) -> None:
        self.changes, self.deltas = self.log_until(None)
        exports = [stored_export(row) for row in self._ask("exports")]
        self.exports = ExportHistory(exports, self, self._database.ask)
        self._known = {(export.digest, export.source.exported_at): export for export in exports}
        self._contents: dict[str, int] = {}
        for export in exports:
            self._contents.setdefault(export.digest, export.content_id)
        self._lines: dict[int, Lines] = {}
        self._assessments: dict[int, Assessments] = {}
        self._register = self._known_students()

    def log_until(self, until: datetime | None) -> tuple[tuple[Change, ...], dict[int, Delta]]:
        """`changes` and `deltas` as they were after the exports of this time; None: as they are."""
        recent = self._ask("recent_changes", {"most": LOG_LENGTH, "until": until})
        changes = tuple(Change(ChangeKind(kind), *rest) for kind, *rest in recent)
        lost_and_won = self._ask("deltas", {"until": until})
        return changes, {student_id: Delta(*rest) for student_id, *rest in lost_and_won}

    def _ask(self, query: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        return [] if self._database.is_new else self._database.ask(query, values)

    def _known_students(self) -> StudentRegister:
        students = {}
        for student_id, name, place, number, last, first, campaigns, seen_at in self._ask("students"):
            person = Person(name, place, number, (last, first))
            students[student_id] = KnownStudent(student_id, person, set(campaigns), seen_at)
        register = StudentRegister(students.values())
        for kind, lines_of in ((ExportKind.PROFILES, self.lines), (ExportKind.ASSESSMENT, self.assessments)):
            for export in self.exports.listings(kind):
                campaign = export.source.campaign.key
                for student_id, line in lines_of(export.content_id):
                    seen = person_of(line, campaign)
                    if seen != students[student_id].person:
                        register.remember(students[student_id], seen, campaign)
        return register

    @property
    def path(self) -> Path | None:
        """The database on disk; None in memory."""
        return self._database.path

    @property
    def in_memory(self) -> bool:
        """Whether nothing is kept on disk."""
        return self._database.path is None

    def go_on_in_memory(self) -> None:
        """Go on with a copy in memory of all that is committed; raises DatabaseError."""
        self._database, forgotten = self._database.moved_to_memory(), self.exports.forgotten
        self._load()
        self.exports.forget(forgotten)

    def known(self, digest: str, exported_at: datetime) -> StoredExport | None:
        """The export of this content and time, if it was taken in."""
        return self._known.get((digest, exported_at))

    def known_at(self, exported_at: datetime) -> list[StoredExport]:
        """The exports of this time that were taken in."""
        return [export for export in self.exports.all if export.source.exported_at == exported_at]

    def is_news(self, digest: str, file: FileDescription) -> bool:
        """Whether a file has not been taken in yet.

        The same bytes under a name with another time are an export of their own, whose lines are not kept
        twice; without a time in the name they are a copy.
        """
        if digest in self._contents and not file.time_from_name:
            return False
        return self.known(digest, file.exported_at) is None

    @contextmanager
    def taking_in(self, export: Export) -> Iterator[None]:
        """Take an export in, in one transaction; inside the block the store already counts it.

        A DatabaseError, in the block or at the commit, leaves everything as it was.
        """
        export_id = len(self.exports.all) + 1
        content_id = self._contents.get(export.digest, export_id)
        row = export_row(export_id, content_id, export)
        stored = stored_export(row)
        try:
            with self._database.transaction():
                self._database.insert("export", row)
                if content_id == export_id:
                    self._append_lines(export_id, export)
                self.exports.add(stored, self._lines.get(export_id, ()))
                yield
        except DatabaseError:
            forgotten = self.exports.forgotten
            self._load()  # the students of an export that was not taken in are forgotten too
            self.exports.forget(forgotten)
            raise
        self._known[export.digest, export.file.exported_at] = stored
        self._contents[export.digest] = content_id
        self.let_go()

    def let_go(self, but: Iterable[int] = ()) -> None:
        """Drop the cached lines of exports that do not count, except those of the contents `but`."""
        held = {export.content_id for kind in KEPT_KINDS for export in self.exports.listings(kind)} | set(but)
        self._lines = {key: lines for key, lines in self._lines.items() if key in held}
        self._assessments = {key: lines for key, lines in self._assessments.items() if key in held}

    def _append_lines(self, content_id: int, export: Export) -> None:
        contents, campaign, at = export.contents, campaign_key(export), export.file.exported_at
        if contents.kind is ExportKind.ASSESSMENT:
            students, touched = self._register.resolve(
                campaign, contents.assessments, at, self._submissions_of("starts")
            )
            assessments = list(zip(students, contents.assessments, strict=True))
            self._database.append("assessment", [assessment_row(content_id, *line) for line in assessments])
            self._assessments[content_id] = assessments
        else:
            students, touched = self._register.resolve(
                campaign, contents.participations, at, self._submissions_of("campaign_submissions")
            )
            lines = list(zip(students, contents.participations, strict=True))
            self._database.append("participation", [line_row(content_id, *line) for line in lines])
            self._lines[content_id] = lines
        self._database.append("student", [student_row(student) for student in touched])

    def _submissions_of(self, query: str) -> SubmissionsOf:
        """A lookup of a student's known submissions in a campaign, by a query run once for each campaign."""
        found: dict[str, dict[int, set[tuple[str | None, int | None]]]] = {}

        def submissions_of(student_id: int, campaign: str) -> set[tuple[str | None, int | None]]:
            if campaign not in found:
                found[campaign] = defaultdict(set)
                for student, sent_at, pix in self._database.ask(query, {"campaign_key": campaign}):
                    found[campaign][student].add((sent_at, pix))
            return found[campaign].get(student_id, set())

        return submissions_of

    def lines(self, content_id: int) -> Lines:
        """Each line of a content with the student it belongs to, in the order of the file."""
        if content_id not in self._lines:
            rows = self._database.ask("lines", {"content_id": content_id})
            self._lines[content_id] = [read_line(row) for row in rows]
        return self._lines[content_id]

    def assessments(self, content_id: int) -> Assessments:
        """Each line of an evaluation with the student it belongs to, in the order of the file."""
        if content_id not in self._assessments:
            rows = self._database.ask("assessment_lines", {"content_id": content_id})
            self._assessments[content_id] = [read_assessment_line(row) for row in rows]
        return self._assessments[content_id]

    def record(self, changes: Sequence[Change], deltas: Mapping[int, Delta]) -> None:
        """Add what an export changed, while it is taken in."""
        rows = [change_row(change, deltas.get(change.student_id)) for change in changes]
        self._database.append("change", rows)
        self.changes = tuple(sorted((*self.changes, *changes), key=lambda change: change.at))[-LOG_LENGTH:]
        self.deltas = {**self.deltas, **deltas}

    def progress(self, campaign_key: str) -> dict[int, tuple[ProgressPoint, ...]]:
        """How far each student was, by id, at every export of an evaluation campaign, oldest first."""
        return progress_of(self._database.ask, self.exports.steps(campaign_key))

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile the student sent, newest first; from any thread."""
        counted = [export.export_id for export in self.exports.counted]
        rows = self._database.ask_aside("history", {"student_id": student_id, "exports": counted})
        return tuple(
            SentProfile(sent_at, pix, unpack(levels), Source(file, Campaign(key, code, name), at, stamp))
            for sent_at, pix, levels, file, key, code, name, at, stamp in rows
        )

    def close(self) -> None:
        self._database.close()
