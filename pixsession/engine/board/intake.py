"""Exports and lists in: each file is read once, kept where it may be, stored, and compared with the board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.snapshot import BoardRow, FileEntry, FileRole, FileStatus
from pixsession.engine.board.file_bytes import FileBytes
from pixsession.engine.board.files import FileList, entry_of, read_entry, refused_entry, text_of
from pixsession.engine.board.kept_exports import KeptExports
from pixsession.engine.board.lists import ListCache
from pixsession.engine.board.scope import Scope
from pixsession.engine.board.taken_back import TakenBack
from pixsession.engine.common.collector import collector_paused
from pixsession.engine.common.revision import Revision
from pixsession.foundation.clock import Clock
from pixsession.foundation.placeholders import fetched_since
from pixsession.readers import Export
from pixsession.readers.campaign.line_memory import LineMemory
from pixsession.settings.config import BoardRequest
from pixsession.store.board import Board, board_of
from pixsession.store.board_changes import changes_between
from pixsession.store.database import DatabaseError
from pixsession.store.dossier import Dossier
from pixsession.store.history import ExportName
from pixsession.store.opening import open_store
from pixsession.store.rows import StoredExport
from pixsession.store.store import KEPT_KINDS

if TYPE_CHECKING:
    from pixsession.engine.lesson.belonging import Belonging


class Intake:
    """What takes files in; `board` is that of every profile collection.

    `is_damaged`: what the database holds cannot be read. `starts_anew`: it holds a piece of a file that has
    grown since, and is to be made again from the exports kept.
    """

    def __init__(
        self,
        request: BoardRequest,
        taken_back: TakenBack,
        revision: Revision,
        now: Clock,
        *,
        live: bool,
        rebuild: bool,
    ) -> None:
        """Open the store; `live`: each export is compared with the board before it, and the log is kept."""
        self.taken_back = taken_back
        self._revision, self._now = revision, now
        self._rule = request.rule
        self._columns = dict(request.columns)
        self._live, self._is_shared = live, request.share is not None
        self._kept = KeptExports(request.dossier, now)
        self._open = open_store(self._kept.dossier, rebuild=rebuild)
        self.store = self._open.store
        self.scope = Scope(self.store, now, request.session.date if request.session else None)
        self.scope.asked, self.scope.shows_all = request.campaigns, request.shows_all
        self.files = FileList(revision, now, patient=live)
        self.lists = ListCache()
        self._reader = LineMemory()
        self._bytes = FileBytes(self._columns, request.folders if live else ())
        self.board = Board()
        self.belonging: Belonging | None = None  # of a lesson: what else comes into the folder is left alone
        self.is_damaged = self.starts_anew = False
        self._is_rebuilt = rebuild

    def notices(self) -> tuple[str, ...]:
        """What the user should know of how exports are kept."""
        opened = (self._open.notice,) if self._open.notice else ()
        return (*opened, *self._kept.notices())

    def look(self, present: Iterable[str], irregular: Iterable[str]) -> None:
        """Note which files are there now, and which names are no files."""
        names = {text_of(name) for name in present}
        self.files.look(names, irregular)
        if self.lists.keep_only(names):
            self._revision.advance()

    def listed(
        self, evaluations: Iterable[StoredExport], roles: Mapping[str, FileRole]
    ) -> tuple[FileEntry, ...]:
        """Every file of the folder, and those the board rests on; `roles` by the name of the file."""
        taken_back = {one.digest for one in self.taken_back.files}
        return self.files.listed((*self.board.exports, *evaluations), roles, taken_back)

    def look_for_decisions(self) -> None:
        """Count every file but those that people have taken back."""
        files = self.taken_back.files
        late = self.belonging.late(self.store.exports.all) if self.belonging else frozenset()
        self.store.exports.forget(late.union((one.digest, one.exported_at) for one in files))
        self.lists.take_back(frozenset(one.digest for one in files))

    def take_back_file(self, name: str, *, counts: bool = False) -> None:
        """Have a file count no more, or again. Any thread; raises JournalError."""
        known = self.files.digest_of(name), self.store.exports.all, self.lists.read()
        for digest, exported_at in _names_of(name, *known):
            if counts:
                self.taken_back.count_again(digest)
            else:
                self.taken_back.take_back(digest, exported_at, name)

    def current_board(self) -> Board:
        """The board of every profile collection as it is now."""
        exports, evidence = self.scope.listings().profiles, self.store.exports.evidence()
        self.board = board_of(self.store, exports, self._rule, self.board, evidence)
        return self.board

    def changes_of_newest(self) -> Mapping[int, Delta]:
        """What the newest export changed for each student, on a board that is not live."""
        self.look_for_decisions()
        exports = self.scope.listings().profiles
        if not exports:
            return {}
        newest = exports[0].export_id
        older = self.scope.listings(without=newest).profiles
        evidence = self.store.exports.evidence(without=newest)
        before = board_of(self.store, older, self._rule, evidence=evidence)
        _changes, deltas = changes_between(before, self.current_board(), exports[0].source.exported_at)
        return deltas

    def catch_up(self, copies: Dossier | None = None) -> Iterator[None]:
        """Take in what the dossier keeps and the database does not hold; a step after each export.

        `copies`: a dossier that is only read, of a board that has none.
        """
        return self._kept.catch_up(self.store, self._take_in, self._reader.export_of, copies)

    def take(self, path: Path) -> FileEntry:
        """Read one file and take it in; the entry says what became of it."""
        with collector_paused():
            entry = self._entry_of_known(path) or self._read(path)
        entry = self.belonging.told_late(entry, self.store.exports.all) if self.belonging else entry
        self.files.note(entry)
        return entry

    def _entry_of_known(self, path: Path) -> FileEntry | None:
        """The entry of an export that was taken in before and is kept whole: it need not be parsed again."""
        try:
            export = self._kept.export_at(path, self.store)
        except (OSError, ValueError, OverflowError):
            return None  # its reader will say why
        return entry_of(export)._replace(name=text_of(path.name)) if export else None

    def _read(self, path: Path) -> FileEntry:
        try:
            content, file = self._bytes.of(path, fetched_since(self._now()))
            content = _without_numbers(content) if self._is_shared else content
            export = self._reader.export_of(content, file, self._columns)
            why = self.belonging.refusal(export, self.store.exports.all) if self.belonging else None
            if why is not None:
                return read_entry(export)._replace(status=FileStatus.IGNORED, message=why)
            self._take_in_file(export)
        except Exception as error:  # noqa: BLE001 - whatever a file makes a reader do ends that file alone
            return refused_entry(path, error)
        return read_entry(export)

    def take_held(self, rows: Iterable[BoardRow]) -> bool:
        """Take in what names a student of the lesson after all; whether there was anything."""
        held = self.belonging.now_named(rows, self.store.exports.all) if self.belonging else ()
        for export in held:
            self._take_in_file(export)
            self.files.note(read_entry(export))
        return bool(held)

    def _take_in_file(self, export: Export) -> None:
        if export.contents.kind not in KEPT_KINDS:
            self.lists.put(export)
            self._revision.advance()
            return
        if self._kept.replaces_piece(export, self.store):
            self.starts_anew = True
            self._kept.keep(export)
            return
        known = self.store.known(export.digest, export.file.exported_at) is not None
        news = self.store.is_news(export.digest, export.file)
        if known or news:
            self._kept.keep(export)  # a known export is written again: its copy may be damaged
        if news:
            self._take_in(export)

    def _take_in(self, export: Export) -> None:
        try:
            self._store_export(export)
        except DatabaseError as error:
            self._leave_disk(error)
            self._store_export(export)
        self._revision.advance()

    def write_down(self) -> None:
        """Have the disk take what was taken in; raises DatabaseError where the database must be made anew."""
        try:
            self.store.write_down()
        except DatabaseError as error:
            self._leave_disk(error)
            self._revision.advance()

    def _leave_disk(self, error: DatabaseError) -> None:
        """Go on in memory; raises the error where the database is at fault, and can be made anew."""
        if self.store.in_memory:
            raise error
        was_damaged, self.is_damaged = self._is_rebuilt or self.is_damaged, True
        if self._open.is_damaged_by(error) and self._kept.is_whole and not was_damaged:
            raise error
        # reset once the store has moved to memory
        self._open.go_on_in_memory()
        self.is_damaged = False

    def _store_export(self, export: Export) -> None:
        before = after = self.current_board() if self._live else self.board
        with self.store.taking_in(export):
            if self._live:
                after = self.current_board()
                before = self._in_scope(before)
                if before.rows:
                    self.store.record(*changes_between(before, after, export.file.exported_at))
        self.board = after

    def _in_scope(self, before: Board) -> Board:
        """The board without the campaigns hidden now: hiding one is not students leaving."""
        hidden = {one.key for hidden in self.scope.listings().hidden for one in hidden.campaigns}
        exports = tuple(one for one in before.exports if one.source.campaign.key not in hidden)
        if len(exports) == len(before.exports):
            return before
        return board_of(self.store, exports, self._rule, before, self.store.exports.evidence())

    def close(self) -> None:
        """Close the store; the dossier may be owned by another program then."""
        self._kept.flush()
        self._open.close(forget=self.starts_anew)


def _names_of(
    name: str, digest: str | None, exports: Iterable[StoredExport], lists: Iterable[Export]
) -> Iterator[ExportName]:
    """Digest and time of the exports and lists that a file of this name and digest was read as."""
    for export in exports:
        if export.source.file == name or export.digest == digest:
            yield export.digest, export.source.exported_at
    for one in lists:
        if one.file.name == name:
            yield one.digest, one.file.exported_at


def _without_numbers(content: bytes) -> bytes:
    from pixsession.readers.campaign.private_columns import without_numbers  # noqa: PLC0415 - (c), (d): as all of sharing

    return without_numbers(content)
