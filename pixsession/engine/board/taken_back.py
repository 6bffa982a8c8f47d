"""Files that people took back: as decided in the journal, until that is undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.board.entries import Entry, FileEntryKind, Json
from pixsession.engine.common.entry_log import EntryLog
from pixsession.foundation.clock import Clock
from pixsession.readers import read_export
from pixsession.store.dossier import Dossier


class TakenBackFile(NamedTuple):
    """One file that does not count; `exported_at` tells two exports of the same bytes apart."""

    digest: str
    exported_at: datetime
    name: str
    entry_id: str


class TakenBack:
    """The files taken back, among the entries of a log."""

    def __init__(self, log: EntryLog) -> None:
        self._log = log
        self._read: tuple[Entry, ...] = ()
        self._files: tuple[TakenBackFile, ...] = ()

    @property
    def files(self) -> tuple[TakenBackFile, ...]:
        """Those that do not count now, the last one taken back last."""
        entries = self._log.entries
        if self._read is not entries:
            undone = {entry.facts.get("entry") for entry in entries if entry.kind == FileEntryKind.COUNT}
            found = (
                _taken_back(entry.id, entry.facts)
                for entry in entries
                if entry.kind == FileEntryKind.TAKE_BACK and entry.id not in undone
            )
            self._files = tuple(one for one in found if one is not None)
            self._read = entries
        return self._files

    def take_back(self, digest: str, exported_at: datetime, name: str) -> None:
        """Write down that a file does not count; raises JournalError, and then nothing has changed."""
        facts: dict[str, Json] = {"digest": digest, "exported_at": exported_at.isoformat(), "name": name}
        self._log.append(FileEntryKind.TAKE_BACK, facts)

    def count_again(self, digest: str) -> None:
        """Write down that the files of these bytes count again; as `take_back`."""
        for one in self.files:
            if one.digest == digest:
                self._log.append(FileEntryKind.COUNT, {"entry": one.entry_id})

    def undo(self) -> str:
        """Have the file taken back last count again; its name, empty without one. Raises JournalError."""
        if not self.files:
            return ""
        last = self.files[-1]
        self._log.append(FileEntryKind.COUNT, {"entry": last.entry_id})
        return last.name


def _taken_back(entry_id: str, facts: Mapping[str, Json]) -> TakenBackFile | None:
    """What an entry says; None where it was edited by hand and does not say it."""
    digest, at, name = facts.get("digest"), facts.get("exported_at"), facts.get("name")
    if not (isinstance(digest, str) and isinstance(at, str) and digest):
        return None
    try:
        exported_at = datetime.fromisoformat(at)
    except ValueError:
        return None
    return TakenBackFile(digest, exported_at, name if isinstance(name, str) else "", entry_id)


def take_back_once(
    dossier: Path, path: Path, columns: Mapping[str, str], now: Clock, *, counts: bool
) -> bool:
    """Have a file count no more, or again, without a board; false where there is nothing to take back.

    The file is read where it is, else looked for by its name among the exports of the dossier. Raises
    JournalError, and UnreadableExport where it is there and cannot be read.
    """
    known = TakenBack(EntryLog(dossier, now))
    if counts:
        mine = [one.digest for one in known.files if one.name == path.name]
        for digest in mine:
            known.count_again(digest)
        return bool(mine)
    found = [
        (kept.digest, kept.file.exported_at)
        for kept in Dossier(dossier).kept()
        if kept.file.name == path.name
    ]
    if path.exists():
        export = read_export(path, columns)
        found.append((export.digest, export.file.exported_at))
    for digest, exported_at in dict.fromkeys(found):
        known.take_back(digest, exported_at, path.name)
    return bool(found)
