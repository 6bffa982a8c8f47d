"""Files of results found and read; a board beside them only where something is on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, FileEntry, FileStatus, Snapshot
from pixsession.domain.results.certification import ResultsFile
from pixsession.domain.results.review import ReviewedFile
from pixsession.engine.board.files import read_entry, refused_entry
from pixsession.engine.board.lists import ListCache
from pixsession.engine.board.taken_back import TakenBack
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.results.files import results_files
from pixsession.foundation.clock import Clock
from pixsession.foundation.errors import FileHeld, NotPix, UnreadableExport
from pixsession.readers import ExportKind, read_export
from pixsession.settings.config import BoardRequest
from pixsession.watching.watcher import list_files


class Reading(NamedTuple):
    """The results that count, every file that was looked at, the students of the board if there is one."""

    files: tuple[ResultsFile, ...]
    entries: tuple[ReviewedFile, ...]
    rows: tuple[BoardRow, ...] = ()


def read_results(paths: Sequence[Path], request: BoardRequest, now: Clock) -> Reading:
    """Everything in these files and folders, read once; nothing is kept. Raises FolderUnusable.

    Collections and lists beside the results make a board, which says who is who.
    """
    lists, entries = ListCache(), []
    for path in (file for one in paths for file in (list_files(one).ready if one.is_dir() else (one,))):
        try:
            export = read_export(path, dict(request.columns))
        except (NotPix, UnreadableExport, FileHeld) as error:
            entries.append(refused_entry(path, error))
            continue
        entries.append(read_entry(export))
        if export.contents.kind is ExportKind.RESULTS:
            lists.put(export)
    others = any(_is_read(entry) and entry.kind != ExportKind.RESULTS for entry in entries)
    if request.decisions_from is not None and request.decisions_from.exists():
        log = EntryLog(request.decisions_from, now, keeps=False)
        lists.take_back(frozenset(one.digest for one in TakenBack(log).files))
    rows = _board(paths, request, now) if others else ()
    return Reading(results_files(lists.exports()), reviewed(entries), rows)


def reading_of(snapshot: Snapshot) -> Reading:
    """The same of a live board."""
    return Reading(snapshot.results, reviewed(snapshot.files), snapshot.rows)


def reviewed(entries: Iterable[FileEntry]) -> tuple[ReviewedFile, ...]:
    """Files of results, and those that could not be read, by name."""
    return tuple(
        ReviewedFile(entry.name, entry.status.value, entry.kind or "", entry.message or "", entry.notes)
        for entry in sorted(entries, key=lambda entry: entry.name)
        if entry.kind == ExportKind.RESULTS or not _is_read(entry)
    )


def _is_read(entry: FileEntry) -> bool:
    return entry.status is FileStatus.READ


def _board(paths: Sequence[Path], request: BoardRequest, now: Clock) -> tuple[BoardRow, ...]:
    from pixsession.engine.read_once import check_files  # noqa: PLC0415 - a folder of results alone has no board

    return check_files(paths, request, now).rows
