"""Where files become a board: each file is read, kept and stored, and the board is told what changed."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from pixsession.config import BoardRequest
from pixsession.domain.changes import Delta
from pixsession.domain.clock import Clock, from_timestamp
from pixsession.domain.snapshot import (
    Campaign,
    FileEntry,
    FileStatus,
    SentProfile,
    Snapshot,
    count_states,
)
from pixsession.errors import FileHeld, NotPix, UnreadableExport
from pixsession.i18n import _
from pixsession.readers import Export, ExportKind, FileDescription, export_of, read_export
from pixsession.readers.file_names import copy_number, export_time
from pixsession.store import (
    Board,
    DatabaseError,
    Dossier,
    StoredExport,
    board_of,
    changes_between,
    open_store,
    rows_in_need,
)


class Desk:
    """The board of one folder; used by one thread, save `history`.

    `is_damaged`: what the database holds cannot be read, and a Desk made with `rebuild` has to take over.
    """

    def __init__(self, request: BoardRequest, now: Clock, *, live: bool, rebuild: bool = False) -> None:
        """Open the store; `live`: each export is compared with the board before it, and the log is kept."""
        self._request = request
        self._now = now
        self._live = live
        self._dossier = Dossier(request.dossier) if request.dossier else None
        if self._dossier:
            self._dossier.create(now())
        self._open = open_store(self._dossier, rebuild=rebuild)
        self._store = self._open.store
        self._files = _FileList(patient=live)
        self._caught_up: set[str] = set()
        self._board = Board()  # every campaign, before any narrowing
        self._narrowed = Board()
        self._newest: Mapping[int, Delta] = {}
        self._campaigns = request.campaigns
        self._missing_since: datetime | None = None
        self._revision = 0
        self._is_stale = True
        self._told: tuple[str, ...] = ()
        self.is_damaged = False

    @property
    def has_news(self) -> bool:
        """Something to show has changed since the last Snapshot."""
        return self._is_stale or self._files.is_stale or self._notices() != self._told

    def _notices(self) -> tuple[str, ...]:
        notices = [self._open.notice] if self._open.notice else []
        if self._dossier and self._dossier.trouble:
            words = _("exports are shown but could not be kept ({cause})")
            notices.append(words.format(cause=self._dossier.trouble))
        return tuple(notices)

    # -- exports in ---------------------------------------------------------------------------------------

    def catch_up(self) -> Iterator[None]:
        """Take in what the dossier keeps and the database does not hold; a step after each export.

        So come the exports of another window, and all of them after the database was lost, whole or in part.
        """
        if self._dossier is None:
            return
        self._dossier.flush()
        for kept in self._dossier.kept(but=self._caught_up):
            self._caught_up.add(kept.stem)
            if self._store.known(kept.digest, kept.file.exported_at) is None and (content := kept.content()):
                self._take_in_again(content, kept.file)
                yield

    def _take_in_again(self, content: bytes, file: FileDescription) -> None:
        with suppress(NotPix, UnreadableExport), _collector_paused():  # another version could read it
            self._take_in(export_of(content, file))

    def take(self, path: Path) -> FileEntry:
        """Read one file and take it in; the entry says what became of it."""
        with _collector_paused():
            entry = self._entry_of_known(path) or self._read(path)
        self._files.note(entry)
        return entry

    def _entry_of_known(self, path: Path) -> FileEntry | None:
        """The entry of an export that was taken in before and is kept whole: it need not be parsed again."""
        if self._dossier is None:
            return None
        name = _text_of(path.name)
        try:
            modified_at = from_timestamp(path.stat().st_mtime)
            for export in self._store.known_at(export_time(name, modified_at) or modified_at):
                # Notes are in the language of the day they were made.
                if not export.notes and self._dossier.holds(export.digest, export.source.exported_at, path):
                    return _entry_of(export)._replace(name=name)
        except (OSError, ValueError, OverflowError):
            return None  # its reader will say why
        return None

    def _read(self, path: Path) -> FileEntry:
        refused = FileEntry(_text_of(path.name), FileStatus.REFUSED, ExportKind.PROFILES.value)
        try:
            export = read_export(path)
            self._take_in_file(export)
        except NotPix as error:
            return refused._replace(status=FileStatus.IGNORED, kind=None, message=error.message)
        except FileHeld as error:
            return refused._replace(kind=None, message=error.message)
        except UnreadableExport as error:
            words = error.message
            if error.line is not None:
                words = _("line {line}: {cause}").format(line=error.line, cause=error.message)
            return refused._replace(message=words)
        except DatabaseError:
            return refused._replace(message=_("read, but it could not be stored: is the disk full?"))
        return _read_entry(export)

    def _take_in_file(self, export: Export) -> None:
        known = self._store.known(export.digest, export.file.exported_at) is not None
        news = self._store.is_news(export.digest, export.file)
        if self._dossier and (known or news):
            self._dossier.keep(export)  # one that is known may be damaged there
        if news:
            self._take_in(export)

    def _take_in(self, export: Export) -> None:
        try:
            self._store_export(export)
        except DatabaseError:
            if self._store.in_memory:
                raise
            self.is_damaged = True  # until its disk was left
            self._open.go_on_in_memory()
            self.is_damaged = False
            self._store_export(export)
        self._is_stale = True

    def _store_export(self, export: Export) -> None:
        before = after = self._current_board() if self._live else self._board
        with self._store.taking_in(export):
            if self._live:
                after = self._current_board()
                if before.rows:
                    self._store.record(*changes_between(before, after, export.file.exported_at))
        self._board = after

    # -- the board out ------------------------------------------------------------------------------------

    def look(
        self, present: frozenset[str], irregular: frozenset[str], missing_since: datetime | None = None
    ) -> None:
        """Note which files are in the folder now, which names are no files, since when the folder is gone."""
        self._files.look(present, irregular)
        self._is_stale = self._is_stale or missing_since != self._missing_since
        self._missing_since = missing_since

    def choose_campaigns(self, campaigns: frozenset[str]) -> None:
        """Narrow the board to these campaigns, by code or key; none: all."""
        self._is_stale = self._is_stale or campaigns != self._campaigns
        self._campaigns = campaigns

    def mark_newest(self) -> None:
        """Mark what the newest export changed, on a board that is not live."""
        exports = self._store.current_exports()
        if exports:
            older = self._store.current_exports(without=exports[0].export_id)
            before = self._board = board_of(self._store, older, self._request.rule)
            self._board = self._current_board()
            _changes, self._newest = changes_between(before, self._board, exports[0].source.exported_at)

    def snapshot(self) -> Snapshot:
        """The board as it is now, in the order of need."""
        self._revision += 1
        self._is_stale, self._told = False, self._notices()
        everybody = board = self._board = self._current_board()
        chosen = [e for e in everybody.exports if _is_one_of(self._campaigns, e.source.campaign)]
        if len(chosen) < len(everybody.exports):
            board = self._narrowed = board_of(self._store, chosen, self._request.rule, self._narrowed)
        rows = rows_in_need(board, self._newest or self._store.deltas)
        return Snapshot(
            revision=self._revision,
            built_at=self._now(),
            folder=str(self._request.folder),
            rule=self._request.rule,
            rows=rows,
            files=self._files.listed(everybody.exports),
            campaigns=tuple(export.source.campaign for export in everybody.exports),
            newest_export_at=board.exports[0].source.exported_at if board.exports else None,
            changes=self._store.changes,
            notices=self._told,
            folder_missing_since=self._missing_since,
            counts=count_states(rows),
        )

    def _current_board(self) -> Board:
        return board_of(self._store, self._store.current_exports(), self._request.rule, self._board)

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile the student sent, newest first; from any thread."""
        try:
            return self._store.history(student_id)
        except DatabaseError:
            self.is_damaged = True
            return ()

    def close(self) -> None:
        """Close the store; the dossier may be owned by another program then."""
        if self._dossier:
            self._dossier.flush()
        self._open.close()


class _FileList:
    """What became of each file of the folder; `is_stale` until it is listed again."""

    def __init__(self, *, patient: bool) -> None:
        self._patient = patient
        self._held: set[str] = set()
        self._entries: dict[str, FileEntry] = {}
        self._there: set[str] = set()
        self.is_stale = False

    def note(self, entry: FileEntry) -> None:
        held = entry.status is FileStatus.REFUSED and entry.kind is None
        if held and self._patient and entry.name not in self._held:
            # Virus scanners hold every new file for a moment: it is told when it lasts.
            self._held.add(entry.name)
            return
        if not held:
            self._held.discard(entry.name)
        self._put(entry)

    def _put(self, entry: FileEntry) -> None:
        self.is_stale = self.is_stale or self._entries.get(entry.name) != entry
        self._entries[entry.name] = entry

    def look(self, present: Iterable[str], irregular: Iterable[str]) -> None:
        strange, there = set(map(_text_of, irregular)), set(map(_text_of, present))
        self._there = there
        for name in strange:
            self._put(FileEntry(name, FileStatus.IGNORED, message=_("not a file")))
        for name, entry in list(self._entries.items()):
            if name in strange:
                continue
            if name not in there and entry.status is not FileStatus.READ:
                del self._entries[name]
                self.is_stale = True
            elif entry.present != (name in there):
                self._put(entry._replace(present=name in there))

    def listed(self, current: Iterable[StoredExport]) -> tuple[FileEntry, ...]:
        """Every entry, and the exports the board rests on whose files went before this program came."""
        self.is_stale = False
        resting = (_entry_of(export) for export in current)
        entries = {entry.name: entry._replace(present=entry.name in self._there) for entry in resting}
        entries |= self._entries
        return tuple(entries[name] for name in sorted(entries))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A large export makes a million values that all stay: looking among them for cycles doubles its cost."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def in_order_of_export(paths: Sequence[Path]) -> list[Path]:
    """Files by the time of their export, as far as names and files' own times tell without reading them."""

    def when(path: Path) -> tuple[datetime, int, str]:
        try:
            modified_at = from_timestamp(path.stat().st_mtime)
        except (OSError, ValueError, OverflowError):
            return datetime(9999, 1, 1), 0, path.name  # noqa: DTZ001
        return export_time(path.name, modified_at) or modified_at, copy_number(path.name), path.name

    return sorted(paths, key=when)


def _is_one_of(campaigns: frozenset[str], campaign: Campaign) -> bool:
    return not campaigns or not campaigns.isdisjoint({campaign.key, campaign.code or ""})


def _text_of(name: str) -> str:
    """A name as text: one in the bytes of another system can be neither stored nor printed."""
    return os.fsencode(name).decode("utf-8", "replace")


def _read_entry(export: Export) -> FileEntry:
    found = export.contents.campaign
    return FileEntry(
        export.file.name,
        FileStatus.READ,
        export.contents.kind.value,
        export.contents.line_count,
        " · ".join(export.contents.notes) or None,
        Campaign(found.number, found.code, found.name) if found else None,
        export.file.exported_at,
    )


def _entry_of(export: StoredExport) -> FileEntry:
    """The same entry, of an export read some other day."""
    source, campaign = export.source, export.source.campaign
    return FileEntry(
        source.file,
        FileStatus.READ,
        ExportKind.PROFILES.value,
        export.line_count,
        " · ".join(export.notes) or None,
        campaign if campaign.key else None,
        source.exported_at,
    )
