"""What the engine asks of the store: take an export in, which exports count, their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pixsession.domain.board.changes import Change, ChangeKind, Delta
from pixsession.domain.board.snapshot import Campaign, SentProfile, Source
from pixsession.domain.pix.participation import unpack
from pixsession.readers import Export, ExportKind, FileDescription
from pixsession.store.archive import Assessments, LineArchive, Lines
from pixsession.store.database import Database, DatabaseError
from pixsession.store.history import ExportHistory
from pixsession.store.progress import progress_of
from pixsession.store.roll import StudentRoll
from pixsession.store.rows import (
    Row,
    StoredExport,
    change_row,
    export_row,
    stored_export,
)

if TYPE_CHECKING:
    from pixsession.domain.lesson.view import ProgressPoint
    from pixsession.store.questions import Questions

LOG_LENGTH = 500
# Exports of campaigns are kept and have a history; lists of people are read where they are, never copied.
KEPT_KINDS = (ExportKind.PROFILES, ExportKind.ASSESSMENT)


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
        rows = self._ask("exports")
        exports = [stored_export(row) for _place, *row in rows]
        places = [place for place, *_row in rows]
        self._archive = LineArchive(self._database, zip(places, exports, strict=True))
        self.exports = ExportHistory(exports, self._archive, self._database.ask)
        self._known = {(export.digest, export.source.exported_at): export for export in exports}
        self._contents: dict[str, int] = {}
        for export in exports:
            self._contents.setdefault(export.digest, export.content_id)
        rows = self._ask("students")
        self._roll = StudentRoll(rows, self.exports, self._archive, self._database)

    def log_until(self, until: datetime | None) -> tuple[tuple[Change, ...], dict[int, Delta]]:
        """`changes` and `deltas` as they were after the exports of this time; None: as they are."""
        recent = self._ask("recent_changes", {"most": LOG_LENGTH, "until": until})
        changes = tuple(Change(ChangeKind(kind), *rest) for kind, *rest in recent)
        lost_and_won = self._ask("deltas", {"until": until})
        return changes, {student_id: Delta(*rest) for student_id, *rest in lost_and_won}

    def _ask(self, query: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        return [] if self._database.is_new else self._database.ask(query, values)

    def questions(self, tables: Mapping[str, list[Row]]) -> Questions:
        """What anybody may ask of a store in memory, which takes nothing in from now on; see `Questions`."""
        from pixsession.store.questions import Questions  # noqa: PLC0415 - (c), (d): 6 ms, and only `sql` asks

        return Questions(self._database, tables)

    @property
    def path(self) -> Path | None:
        """The database on disk; None in memory."""
        return self._database.path

    @property
    def in_memory(self) -> bool:
        """Whether nothing is kept on disk."""
        return self._database.path is None

    @property
    def waits_to_be_written(self) -> bool:
        """Whether anything was taken in that the database does not hold yet."""
        return bool(self._database.waiting)

    def write_down(self) -> None:
        """Have the database take what waits to be written; raises DatabaseError."""
        self._database.write_down()

    def go_on_in_memory(self) -> None:
        """Go on with a copy in memory of all that was taken in; raises DatabaseError."""
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
                self._put(stored, export, row)
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
        held = {export.content_id for kind in KEPT_KINDS for export in self.exports.listings(kind)}
        self._archive.let_go(held | set(but))

    def _put(self, stored: StoredExport, export: Export, row: Row) -> None:
        runs = None
        if stored.content_id == stored.export_id:
            entries, runs = self._roll.entries_of(export)
        else:
            entries = self.lines(stored.content_id)
        self._archive.expect(stored.export_id, entries)
        self.exports.add(stored)
        place, gone = self._archive.put(stored, entries, self.exports.chain_of(stored), runs)
        self.exports.note_gone(stored, gone)
        self._database.insert("export", (*row, place))

    def lines(self, content_id: int) -> Lines:
        """Each line of a content with the student it belongs to, in the order of the file."""
        return self._archive.lines(content_id)

    def assessments(self, content_id: int) -> Assessments:
        """Each line of an evaluation with the student it belongs to, in the order of the file."""
        return self._archive.assessments(content_id)

    def record(self, changes: Sequence[Change], deltas: Mapping[int, Delta]) -> None:
        """Add what an export changed, while it is taken in."""
        rows = [change_row(change, deltas.get(change.student_id)) for change in changes]
        self._database.append("change", rows, list)
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
