"""The dossier of a watched folder: every accepted export as it came, from which all can be rebuilt."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pixsession.errors import PixSessionError
from pixsession.i18n import _
from pixsession.readers import Export, FileDescription

_OWNER_ONLY = 0o700


def dossier_folder(state_folder: Path, folder: Path) -> Path:
    """Where what was read from this folder is kept: one dossier for each watched folder."""
    real = os.path.realpath(folder)
    slug = re.sub(r"[^a-z0-9]+", "-", Path(real).name.casefold()).strip("-")[:24] or "folder"
    return state_folder / "dossiers" / f"{slug}-{hashlib.sha256(os.fsencode(real)).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class KeptExport:
    """An export of the dossier: where its bytes are, and what its first file was called and dated."""

    path: Path
    digest: str
    stem: str
    file: FileDescription


class Dossier:
    """The folder of one dossier; created on first use, readable by its owner alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._exports = folder / "exports"

    @property
    def database(self) -> Path:
        """The DuckDB file, which can always be rebuilt."""
        return self.folder / "board.duckdb"

    @property
    def lock(self) -> Path:
        """The file whose lock says which program owns the database."""
        return self.folder / "owner.lock"

    def create(self) -> None:
        """Make the folders; raises PixSessionError in words when they cannot be made."""
        try:
            self._exports.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
            for folder in (self.folder.parent.parent, self.folder.parent, self.folder, self._exports):
                folder.chmod(_OWNER_ONLY)
        except OSError as error:
            raise PixSessionError(
                _(
                    "What is read cannot be kept in {folder} ({cause}). With --ephemeral nothing is kept."
                ).format(folder=self.folder, cause=error.strerror)
            ) from None

    def keep(self, export: Export) -> None:
        """Keep the bytes and the description of an export; raises OSError when the disk refuses.

        The description comes last and whole (written aside, then renamed): an export without it was cut
        short by a kill and is read again from the watched folder.
        """
        description = {
            "file_name": export.file.name,
            "exported_at": export.file.exported_at.isoformat(),
            "modified_at": export.file.modified_at.isoformat(),
            "time_from_name": export.file.time_from_name,
        }
        stem = self._stem(export)
        content = self._exports / f"{export.digest}.csv"
        if not content.exists():
            _write_whole(content, export.content)
        _write_whole(self._exports / f"{stem}.json", json.dumps(description).encode())

    def kept(self, but: frozenset[str] = frozenset()) -> Iterator[KeptExport]:
        """Every export of the dossier whose bytes are still those that were kept, oldest first."""
        found = []
        for path in self._exports.glob("*.json"):
            if path.stem in but:
                continue
            kept = _described(path)
            if kept is not None:
                found.append(kept)
        yield from sorted(found, key=lambda kept: (kept.file.exported_at, kept.file.modified_at))

    def names(self) -> frozenset[str]:
        """The stems of every description: what `kept(but=…)` already gave."""
        return frozenset(path.stem for path in self._exports.glob("*.json"))

    @staticmethod
    def _stem(export: Export) -> str:
        # The same bytes exported again a quarter of an hour later are news: nothing has changed since.
        return f"{export.digest[:32]}-{export.file.exported_at:%Y%m%d%H%M%S}"


def _described(path: Path) -> KeptExport | None:
    """What a description says; None when it or its bytes are damaged, which spoils nothing else."""
    try:
        said = json.loads(path.read_bytes())
        content = next(path.parent.glob(f"{path.stem[:32]}*.csv"), None)
        if content is None:
            return None
        file = FileDescription(
            str(said["file_name"]),
            datetime.fromisoformat(said["exported_at"]),
            bool(said["time_from_name"]),
            datetime.fromisoformat(said["modified_at"]),
        )
        return KeptExport(content, content.stem, path.stem, file)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, readable by its owner alone."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
