"""Where files become a board: each file is read, kept and stored, and the board is told what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pixsession.domain.changes import Change, Delta
from pixsession.domain.clock import Clock, from_timestamp
from pixsession.domain.comparison import compare, delta
from pixsession.domain.eligibility import Rule
from pixsession.domain.snapshot import (
    BoardRow,
    Campaign,
    FileEntry,
    FileStatus,
    SentProfile,
    Snapshot,
    count_states,
    need,
)
from pixsession.errors import FileHeld, NotPix, UnreadableExport
from pixsession.i18n import _
from pixsession.readers import Export, export_of, read_export
from pixsession.readers.file_names import copy_number, export_time
from pixsession.store import DatabaseError, Dossier, OpenStore, StoredExport, board_rows, open_store

_LOG_LENGTH = 500


@dataclass(frozen=True, slots=True)
class BoardRequest:
    """What a board is made of."""

    folder: Path
    rule: Rule
    campaigns: frozenset[str] = frozenset()  # codes or keys; empty: all
    dossier: Path | None = None  # None: nothing is kept
    scan_seconds: float = 2.0


class Desk:
    """The board of one folder; used by one thread, save `history`."""

    def __init__(self, request: BoardRequest, now: Clock, *, log_changes: bool) -> None:
        """Open the store; with `log_changes` every export taken in is compared with the board before it."""
        self._request = request
        self._now = now
        self._log_changes = log_changes
        self._dossier = Dossier(request.dossier) if request.dossier else None
        if self._dossier:
            self._dossier.create()
        self._open: OpenStore = open_store(self._dossier, now())
        self._store = self._open.store
        self._caught_up: frozenset[str] = frozenset()
        self._entries: dict[str, FileEntry] = {}
        self._trouble: dict[str, str] = {}
        self._changes: list[Change] = list(self._store.recent_changes(_LOG_LENGTH)) if log_changes else []
        self._deltas: dict[int, Delta] = {}
        self._rows: dict[int, BoardRow] | None = None  # every campaign, before any narrowing
        self._revision = 0
        self.campaigns = request.campaigns

    def catch_up(self) -> bool:
        """Take in what the dossier keeps and the database does not hold; true when the board may differ."""
        if self._dossier is None:
            return False
        news = False
        for kept in self._dossier.kept(but=self._caught_up):
            if not self._store.knows(kept.digest, kept.file.exported_at):
                try:
                    export = export_of(kept.path.read_bytes(), kept.file)
                except (OSError, NotPix, UnreadableExport):
                    continue
                if export.digest == kept.digest:
                    news = self._take_in(export) or news
                    self._entries.setdefault(kept.file.name, replace(_read_entry(export), present=False))
        self._caught_up = self._dossier.names()
        return news

    def take(self, path: Path) -> FileEntry:
        """Read one file and take it in; the entry says what became of it."""
        entry = self._read(path)
        self._entries[path.name] = entry
        return entry

    def _read(self, path: Path) -> FileEntry:
        try:
            export = read_export(path)
        except NotPix as error:
            return FileEntry(path.name, FileStatus.IGNORED, message=error.message)
        except UnreadableExport as error:
            message = error.message
            if error.line is not None:
                message = _("line {line}: {cause}").format(line=error.line, cause=error.message)
            return FileEntry(path.name, FileStatus.REFUSED, "profiles", message=message)
        except FileHeld as error:
            return FileEntry(path.name, FileStatus.REFUSED, message=error.message)
        try:
            self._keep(export)
            self._take_in(export)
        except DatabaseError:
            message = _("read, but it could not be stored: is the disk full?")
            return FileEntry(path.name, FileStatus.REFUSED, "profiles", message=message)
        return _read_entry(export)

    def _keep(self, export: Export) -> None:
        if self._dossier is None or self._store.knows(export.digest, export.file.exported_at):
            return
        try:
            self._dossier.keep(export)
            self._trouble.pop("keep", None)
        except OSError as error:
            notice = _("exports are shown but could not be kept ({cause})")
            self._trouble["keep"] = notice.format(cause=error.strerror)

    def _take_in(self, export: Export) -> bool:
        before = self._board() if self._log_changes else None
        if not self._store.ingest(export):
            return False
        self._rows = None
        if before:
            self._note_changes(before, self._board(), export.file.exported_at)
        return True

    def _note_changes(self, before: dict[int, BoardRow], after: dict[int, BoardRow], at: datetime) -> None:
        self._deltas.update(_deltas(before, after, at))
        changes = compare(before, after, at)
        self._changes = [*self._changes, *changes][-_LOG_LENGTH:]
        self._store.record(changes)

    def _board(self) -> dict[int, BoardRow]:
        if self._rows is None:
            exports = self._store.current_exports()
            self._rows = board_rows(self._store, exports, self._request.rule)
        return self._rows

    def compare_with_before(self) -> None:
        """Mark what the newest export changed, for a board that was not there when it came."""
        exports = self._store.current_exports()
        if exports:
            before = self._store.current_exports(without=exports[0].export_id)
            rows = board_rows(self._store, before, self._request.rule)
            self._deltas = _deltas(rows, self._board(), exports[0].source.exported_at)

    def look(self, present: frozenset[str], irregular: Iterable[str]) -> None:
        """Note which files are in the folder now, and what looks like one by its name but is none."""
        for name in irregular:
            self._entries[name] = FileEntry(name, FileStatus.IGNORED, message=_("not a file"))
        for name, entry in list(self._entries.items()):
            if name not in present and entry.status is not FileStatus.READ and name not in irregular:
                del self._entries[name]
            elif entry.present != (name in present) and name not in irregular:
                self._entries[name] = replace(entry, present=name in present)

    def snapshot(self, folder_missing_since: datetime | None = None) -> Snapshot:
        """The board as it is now, in the order of need."""
        self._revision += 1
        exports = self._store.current_exports()
        chosen = [export for export in exports if self._is_chosen(export.source.campaign)]
        narrowed = len(chosen) < len(exports)
        board = board_rows(self._store, chosen, self._request.rule) if narrowed else self._board()
        rows = tuple(sorted(map(self._marked, board.values()), key=need))
        return Snapshot(
            revision=self._revision,
            built_at=self._now(),
            folder=str(self._request.folder),
            rule=self._request.rule,
            rows=rows,
            files=tuple(self._entries[name] for name in sorted(self._entries)),
            campaigns=tuple(export.source.campaign for export in exports),
            newest_export_at=_newest(chosen),
            changes=tuple(self._changes),
            notices=(*self._open.notices, *self._trouble.values()),
            folder_missing_since=folder_missing_since,
            counts=count_states(rows),
        )

    def _is_chosen(self, campaign: Campaign) -> bool:
        return not self.campaigns or not self.campaigns.isdisjoint({campaign.key, campaign.code or ""})

    def _marked(self, row: BoardRow) -> BoardRow:
        change = self._deltas.get(row.student_id)
        return replace(row, delta=change) if change else row

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile the student sent, newest first; from any thread."""
        return self._store.history(student_id)

    def close(self) -> None:
        """Close the store; the dossier may be owned by another program then."""
        self._open.close()


def in_order_of_export(paths: Sequence[Path]) -> list[Path]:
    """Files by the time of their export, as far as names and files' own times tell without reading them."""

    def when(path: Path) -> tuple[datetime, int, str]:
        try:
            modified_at = from_timestamp(path.stat().st_mtime)
        except (OSError, ValueError, OverflowError):
            return datetime(9999, 1, 1), 0, path.name  # noqa: DTZ001
        return export_time(path.name, modified_at) or modified_at, copy_number(path.name), path.name

    return sorted(paths, key=when)


def _read_entry(export: Export) -> FileEntry:
    found = export.campaign
    return FileEntry(
        export.file.name,
        FileStatus.READ,
        export.kind.value,
        len(export.participations),
        " · ".join(export.notes) or None,
        Campaign(found.number, found.code, found.name) if found else None,
        export.file.exported_at,
    )


def _deltas(before: dict[int, BoardRow], after: dict[int, BoardRow], at: datetime) -> dict[int, Delta]:
    pairs = ((student_id, before.get(student_id), row) for student_id, row in after.items())
    found = ((student_id, delta(old, row, at)) for student_id, old, row in pairs if old is not None)
    return {student_id: change for student_id, change in found if change is not None}


def _newest(exports: Sequence[StoredExport]) -> datetime | None:
    return max((export.source.exported_at for export in exports), default=None)


Publish = Callable[[Snapshot], None]
