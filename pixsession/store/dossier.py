"""The dossier of a watched folder: every accepted export as it came, from which all can be rebuilt."""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import re
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.lesson.tally import ClassTally
from pixsession.foundation.atomic import owner_only, read_regular, write_whole
from pixsession.foundation.clock import from_timestamp
from pixsession.foundation.system_errors import cause_words
from pixsession.readers import Export, FileDescription
from pixsession.readers.file_names import copy_number

_OWNER_ONLY = 0o700
_ABANDONED = timedelta(hours=1)  # writing an export never takes so long


class KeptExport(NamedTuple):
    """An export of the dossier: where its bytes are, and what its first file was called and dated."""

    path: Path
    digest: str
    stem: str
    file: FileDescription
    is_narrowed: bool = False  # it holds the students of its session alone, not all that Pix wrote
    classes: tuple[ClassTally, ...] = ()  # of one narrowed: how they stood before

    def content(self) -> bytes | None:
        """Its bytes; None when they are gone or no longer those that were kept."""
        content = _bytes_of(self.path)
        return content if content is not None and hashlib.sha256(content).hexdigest() == self.digest else None


class Dossier:
    """The folder of one dossier, readable by its owner alone.

    `trouble`: why something could not be kept, in words; empty when all is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trouble = ""
        self._exports = folder / "exports"
        self._unkept: list[Export] = []
        self._unflushed: list[Path] = []

    @property
    def database(self) -> Path:
        """The DuckDB file, which can always be rebuilt."""
        return self.folder / "board.duckdb"

    @property
    def lock(self) -> Path:
        """The file whose lock says which program owns the database."""
        return self.folder / "owner.lock"

    def create(self, now: datetime) -> None:
        """Make what is missing, and clear what a kill left half written."""
        try:
            with owner_only():  # the folders above it too
                self._exports.mkdir(parents=True, exist_ok=True)
            for folder in (self.folder, self._exports):
                folder.chmod(_OWNER_ONLY)
            for path in self._exports.glob(".*"):
                if from_timestamp(path.stat().st_mtime) < now - _ABANDONED:
                    path.unlink()
        except OSError as error:
            self.trouble = cause_words(error)

    def keep(self, export: Export) -> None:
        """Write bytes and description of an export where missing or damaged; retried after a disk error."""
        self._unkept.append(export)
        self._keep_waiting()

    def _keep_waiting(self) -> None:
        waiting, self._unkept, self.trouble = self._unkept, [], ""
        for export in waiting:
            try:
                self._write_export(export)
            except OSError as error:
                self._unkept.append(export)
                self.trouble = cause_words(error)

    def _write_export(self, export: Export) -> None:
        """The description comes last and whole (written aside, then renamed).

        An export without it was cut short by a kill, and is read again from the watched folder.
        """
        described = self._exports / f"{_stem(export.digest, export.file.exported_at)}.json"
        content = self._exports / f"{export.digest}.csv"
        if _bytes_of(content) != export.content:
            self._write(content, export.content)
        if _described(described) is None:
            self._write(described, description_of(export.digest, export.file)[1])

    def _write(self, path: Path, content: bytes) -> None:
        write_whole(path, content)
        self._unflushed.append(path)

    def described(self, digest: str, exported_at: datetime) -> KeptExport | None:
        """The export of this content and time, where it is kept."""
        return _described(self._exports / f"{_stem(digest, exported_at)}.json")

    def drop(self, kept: KeptExport) -> None:
        """Keep an export no more."""
        with suppress(OSError):
            (self._exports / f"{kept.stem}.json").unlink()
            if not any(stem.startswith(kept.digest[:32]) for stem in self._stems()):
                kept.path.unlink()

    def flush(self) -> None:
        """Keep what had to wait, and have the disk take the rest, so that a power cut loses nothing.

        Not at once: the board would wait for the disk, three times for each export.
        """
        self._keep_waiting()
        try:
            while self._unflushed:
                _flush(self._unflushed[-1])
                self._unflushed.pop()
        except OSError as error:
            self.trouble = cause_words(error)

    def holds(self, digest: str, exported_at: datetime, path: Path) -> bool:
        """Whether an export is kept whole, and is what this file holds too; raises OSError."""
        kept = self.described(digest, exported_at)
        return kept is not None and filecmp.cmp(kept.path, path, shallow=False)

    def count(self) -> int:
        """How many exports are described; fewer may still be whole."""
        return len(self._stems())

    def kept(self, but: Collection[str] = frozenset()) -> list[KeptExport]:
        """Every export described, save those of these stems, oldest first; damaged ones are left out."""
        found = [_described(self._exports / f"{stem}.json") for stem in self._stems() if stem not in but]
        return sorted((kept for kept in found if kept is not None), key=_age_order)

    def _stems(self) -> list[str]:
        try:
            names = os.listdir(self._exports)  # noqa: PTH208 - every two seconds, over many files
        except OSError:
            return []
        return [name[:-5] for name in names if name.endswith(".json") and name[0] != "."]


def description_of(
    digest: str, file: FileDescription, *, is_narrowed: bool = False, classes: tuple[ClassTally, ...] = ()
) -> tuple[str, bytes]:
    """The description that stands beside an export: its file's name, and its content."""
    description = {
        "digest": digest,
        "file_name": file.name,
        "exported_at": file.exported_at.isoformat(),
        "modified_at": file.modified_at.isoformat(),
        "time_from_name": file.time_from_name,
        **({"is_narrowed": True} if is_narrowed else {}),
        **({"classes": classes} if classes else {}),
    }
    return f"{_stem(digest, file.exported_at)}.json", json.dumps(description).encode()


def _age_order(kept: KeptExport) -> tuple[datetime, datetime, int, str]:
    return kept.file.exported_at, kept.file.modified_at, copy_number(kept.file.name), kept.stem


def _stem(digest: str, exported_at: datetime) -> str:
    # The same bytes exported again a quarter of an hour later are news: nothing has changed since.
    return f"{digest[:32]}-{exported_at:%Y%m%d%H%M%S}"


def _bytes_of(path: Path) -> bytes | None:
    try:
        return read_regular(path)
    except OSError:
        return None


def _described(path: Path) -> KeptExport | None:
    """The export that a description names; None when the description is damaged."""
    try:
        return described(path, read_regular(path))
    except OSError:
        return None


def described(path: Path, description: bytes) -> KeptExport | None:
    """The export that a description of this name tells of; None where it says nothing, or of another one."""
    try:
        record = json.loads(description)
        file = FileDescription(
            str(record["file_name"]),
            datetime.fromisoformat(record["exported_at"]),
            bool(record["time_from_name"]),
            datetime.fromisoformat(record["modified_at"]),
        )
        digest = str(record["digest"])
        if path.stem != _stem(digest, file.exported_at) or not re.fullmatch("[0-9a-f]{64}", digest):
            return None
        content = path.with_name(f"{digest}.csv")
        classes = tuple(ClassTally(*one) for one in record.get("classes", ()))
        return KeptExport(content, digest, path.stem, file, record.get("is_narrowed") is True, classes)
    except (ValueError, KeyError, TypeError):
        return None


def _flush(path: Path) -> None:
    with suppress(FileNotFoundError):
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
