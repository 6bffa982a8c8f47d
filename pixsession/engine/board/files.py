"""What became of each file of the folder, as the board lists it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from pixsession.domain.board.snapshot import Campaign, FileEntry, FileRole, FileStatus
from pixsession.engine.common.revision import Revision
from pixsession.foundation.clock import Clock, from_timestamp
from pixsession.foundation.errors import FileHeld, NotPix, UnreadableExport
from pixsession.foundation.i18n import N_, _
from pixsession.readers import Export, ExportKind
from pixsession.readers.file_names import copy_number, export_time
from pixsession.store.database import DatabaseError
from pixsession.store.rows import StoredExport

_SOON = timedelta(minutes=10)


class FileList:
    """What became of each file of the folder."""

    def __init__(self, revision: Revision, now: Clock, *, patient: bool) -> None:
        """`patient`: a file that another program holds is told when it is still held the second time."""
        self._revision = revision
        self._now = now
        self._patient = patient
        self._came: dict[str, datetime] = {}
        self._deleted: dict[str, None] = {}
        self._held: set[str] = set()
        self._entries: dict[str, FileEntry] = {}
        self._there: set[str] = set()

    def note(self, entry: FileEntry) -> None:
        """Take in the entry of one file; one that another program holds waits for its second try."""
        held = entry.status is FileStatus.REFUSED and entry.kind is None
        if held and self._patient and entry.name not in self._held:
            # Virus scanners hold every new file for a moment: it is told when it lasts.
            self._held.add(entry.name)
            return
        if not held:
            self._held.discard(entry.name)
        self._came[entry.name] = self._now()
        self._put(entry)

    def _put(self, entry: FileEntry) -> None:
        if self._entries.get(entry.name) != entry:
            self._entries[entry.name] = entry
            self._revision.advance()

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
                self._revision.advance()
            elif entry.present != (name in there):
                self._put(entry._replace(present=name in there))
                self._note_deleted(entry, is_there=name in there)

    def _note_deleted(self, entry: FileEntry, *, is_there: bool) -> None:
        """Note an export deleted soon after it came: it still counts, and the user is asked about it."""
        came = self._came.get(entry.name)
        if is_there:
            self._deleted.pop(entry.name, None)
        elif entry.campaign is not None and came is not None and self._now() - came <= _SOON:
            self._deleted[entry.name] = None

    def digest_of(self, name: str) -> str | None:
        """The digest of the bytes read under this name; None where nothing was."""
        entry = self._entries.get(name)
        return entry.digest if entry and entry.digest else None

    def deleted_soon(self, roles: Mapping[str, FileRole]) -> tuple[str, ...]:
        """The exports that count and were deleted within minutes after they came."""
        return tuple(name for name in self._deleted if roles.get(name) is not FileRole.TAKEN_BACK)

    def listed(
        self, current: Iterable[StoredExport], roles: Mapping[str, FileRole], taken_back: Collection[str]
    ) -> tuple[FileEntry, ...]:
        """Every entry, and the exports the board rests on whose files went before this program came.

        `roles`: of exports, by the name of the file; `taken_back`: digests of files that do not count.
        """
        resting = (entry_of(export) for export in current)
        entries = {entry.name: entry._replace(present=entry.name in self._there) for entry in resting}
        entries |= self._entries
        return tuple(_with_role(entries[name], roles, taken_back) for name in sorted(entries))


_ROLE_WORDS = {
    FileRole.UNDATED: N_("no time of Pix in its name: the newest export counts, this file only adds doubts"),
    FileRole.PART: N_("part of another export: it is no list"),
    FileRole.EARLIER_YEAR: N_("campaign of an earlier school year: kept off the board"),
    FileRole.OTHER_ORGANISATION: N_("campaign of another organisation: kept off the board"),
    FileRole.TAKEN_BACK: N_("taken back: it does not count"),
}


def _with_role(entry: FileEntry, roles: Mapping[str, FileRole], taken_back: Collection[str]) -> FileEntry:
    """The entry with the role of its file, and a note where the role is not the usual one."""
    role = FileRole.TAKEN_BACK if entry.digest and entry.digest in taken_back else roles.get(entry.name)
    if role is None or entry.status is not FileStatus.READ:
        return entry
    said = [_(_ROLE_WORDS[role])] if role in _ROLE_WORDS else []
    if role is FileRole.LIST and not entry.has_stamp:
        said.append(_("no time of Pix in its name: the time is that of the file"))
    if not entry.present and entry.campaign is not None and role is not FileRole.TAKEN_BACK:
        said.append(_("deleted from the folder, and counted all the same"))
    message = " · ".join(filter(None, (entry.message, *said))) or None
    return entry._replace(role=role, message=message, notes=(*entry.notes, *said))


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
    """A file name with undecodable bytes, which can be neither stored nor printed, replaced."""
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
        digest=export.digest,
        has_stamp=export.file.time_from_name,
    )


def refused_entry(path: Path, error: Exception) -> FileEntry:
    """The entry of a file that was not taken in, with the cause; ignored where it is not of Pix."""
    refused = FileEntry(text_of(path.name), FileStatus.REFUSED, ExportKind.PROFILES.value)
    match error:
        case NotPix():
            return refused._replace(status=FileStatus.IGNORED, kind=None, message=error.message)
        case FileHeld():
            return refused._replace(kind=None, message=error.message)
        case UnreadableExport():
            words = error.message
            if error.line is not None:
                words = _("line {line}: {cause}").format(line=error.line, cause=error.message)
            return refused._replace(kind=error.kind or refused.kind, message=words)
        case DatabaseError():
            return refused._replace(message=_("read, but it could not be stored: is the disk full?"))
    words = _("this file cannot be read ({kind}): save it or download it again")
    return refused._replace(kind=ExportKind.UNKNOWN.value, message=words.format(kind=type(error).__name__))


def entry_of(export: StoredExport) -> FileEntry:
    """The entry of an export that was read on an earlier run."""
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
        digest=export.digest,
        has_stamp=source.has_stamp,
    )
