"""What became of each file of the folder, as the board lists it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from pixsession.domain.clock import from_timestamp
from pixsession.domain.snapshot import Campaign, FileEntry, FileStatus
from pixsession.i18n import _
from pixsession.readers import Export
from pixsession.readers.file_names import copy_number, export_time
from pixsession.store import StoredExport


class FileList:
    """What became of each file of the folder; `is_stale` until it is listed again."""

    def __init__(self, *, patient: bool) -> None:
        self._patient = patient
        self._held: set[str] = set()
        self._entries: dict[str, FileEntry] = {}
        self._there: set[str] = set()
        self.is_stale = False

    def note(self, entry: FileEntry) -> None:
        """What became of one file."""
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
        """Which files are there now, and which names are no files."""
        strange, there = set(map(text_of, irregular)), set(map(text_of, present))
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
        resting = (entry_of(export) for export in current)
        entries = {entry.name: entry._replace(present=entry.name in self._there) for entry in resting}
        entries |= self._entries
        return tuple(entries[name] for name in sorted(entries))


def in_order_of_export(paths: Sequence[Path]) -> list[Path]:
    """Files by the time of their export, as far as names and files' own times tell without reading them."""

    def when(path: Path) -> tuple[datetime, int, str]:
        try:
            modified_at = from_timestamp(path.stat().st_mtime)
        except (OSError, ValueError, OverflowError):
            return datetime(9999, 1, 1), 0, path.name  # noqa: DTZ001
        return export_time(path.name, modified_at) or modified_at, copy_number(path.name), path.name

    return sorted(paths, key=when)


def text_of(name: str) -> str:
    """A name as text: one in the bytes of another system can be neither stored nor printed."""
    return os.fsencode(name).decode("utf-8", "replace")


def read_entry(export: Export) -> FileEntry:
    """The entry of an export just read."""
    found = export.contents.campaign
    return FileEntry(
        export.file.name,
        FileStatus.READ,
        export.contents.kind.value,
        export.contents.line_count,
        " · ".join(export.contents.notes) or None,
        Campaign(found.number, found.code, found.name) if found else None,
        export.file.exported_at,
        notes=export.contents.notes,
        rejects=export.contents.rejects,
    )


def entry_of(export: StoredExport) -> FileEntry:
    """The same entry, of an export read some other day."""
    source, campaign = export.source, export.source.campaign
    return FileEntry(
        source.file,
        FileStatus.READ,
        export.kind.value,
        export.line_count,
        " · ".join(export.notes) or None,
        campaign if campaign.key else None,
        source.exported_at,
        notes=export.notes,
    )
