"""How long dossiers have been kept; loads no database, as this is asked before a board opens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from pixsession.foundation.clock import from_timestamp


def dossiers_unchanged_for(days: int, state_folder: Path, now: datetime) -> Iterator[Path]:
    """The dossiers in which nothing was written for more than so many days."""
    with suppress(OSError):
        for dossier in sorted((state_folder / "dossiers").iterdir()):
            if dossier.is_dir() and newest_change(dossier) < now - timedelta(days=days):
                yield dossier


def newest_change(dossier: Path) -> datetime:
    """When something was last written into a dossier; raises OSError where it is gone."""
    times = [status.st_mtime for status in files_of(dossier)]
    return from_timestamp(max(times, default=dossier.stat().st_mtime))


def files_of(dossier: Path) -> Iterator[os.stat_result]:
    """What the disk says of every file of a dossier, save its locks."""
    for path in dossier.rglob("*"):
        with suppress(OSError):  # a board that is open makes and deletes files
            if path.suffix != ".lock" and path.is_file():
                yield path.stat()
