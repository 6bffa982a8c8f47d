"""Files of results found and read; a board beside them only where something is on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, FileEntry, FileStatus, Snapshot
from pixsession.domain.results.certification import ResultsFile
from pixsession.domain.results.review import ReviewedFile
from pixsession.engine.board.downloads import newest_downloads
from pixsession.engine.board.files import read_entry, refused_entry
from pixsession.engine.results.files import results_files
from pixsession.foundation.clock import Clock
from pixsession.foundation.placeholders import fetched_since
from pixsession.readers import Export, ExportKind, read_export
from pixsession.settings.config import BoardRequest
from pixsession.watching.listing import list_files


class Reading(NamedTuple):
    """The results that count, every file that was looked at, the students of the board if there is one."""

    files: tuple[ResultsFile, ...]
    entries: tuple[ReviewedFile, ...]
    rows: tuple[BoardRow, ...] = ()


def read_results(paths: Sequence[Path], request: BoardRequest, now: Clock) -> Reading:
    """Everything in these files and folders, read once; nothing is kept. Raises FolderUnusable.

    Collections and lists beside the results make a board, which says who is who.
    """
    exports: dict[Path, list[Export]] = defaultdict(list)  # by folder: a name says something in its own
    entries: list[FileEntry] = []
    for path in (file for one in paths for file in ((one,) if one.is_file() else list_files(one).ready)):
        try:
            export = read_export(path, dict(request.columns), None if path in paths else fetched_since(now()))
        except Exception as error:  # noqa: BLE001 - whatever a file makes a reader do ends that file alone
            entries.append(refused_entry(path, error))
            continue
        entries.append(read_entry(export))
        if export.contents.kind is ExportKind.RESULTS:
            exports[path.parent].append(export)
    others = any(_is_read(entry) and entry.kind != ExportKind.RESULTS for entry in entries)
    taken_back = _taken_back(request.decisions_from, now)
    counted = [
        export
        for folder in exports.values()
        for export in newest_downloads(one for one in folder if one.digest not in taken_back)
    ]
    rows = _board(paths, request, now) if others else ()
    return Reading(results_files(counted), reviewed(entries), rows)


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


def _taken_back(dossier: Path | None, now: Clock) -> frozenset[str]:
    """The digests of the files that people have decided not to count."""
    if dossier is None or not dossier.exists():
        return frozenset()
    # (r): most folders of results were never watched, and have no journal to read.
    from pixsession.engine.board.taken_back import TakenBack  # noqa: PLC0415
    from pixsession.engine.common.entry_log import EntryLog  # noqa: PLC0415

    return frozenset(one.digest for one in TakenBack(EntryLog(dossier, now, keeps=False)).files)


def _is_read(entry: FileEntry) -> bool:
    return entry.status is FileStatus.READ


def _board(paths: Sequence[Path], request: BoardRequest, now: Clock) -> tuple[BoardRow, ...]:
    from pixsession.engine.read_once import check_files  # noqa: PLC0415 - (r): 42 ms; results alone have no board

    return check_files(paths, request, now).rows
