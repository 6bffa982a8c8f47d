"""How long dossiers have been kept, and which hold more than they need; loads no database, as this is asked
before a board opens."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pixsession.foundation.clock import from_timestamp
from pixsession.foundation.room_time import is_zone, room_day


def dossiers_unchanged_for(days: int, state_folder: Path, now: datetime) -> Iterator[Path]:
    """The dossiers in which nothing was written for more than so many days."""
    with suppress(OSError):
        for dossier in sorted((state_folder / "dossiers").iterdir()):
            if dossier.is_dir() and newest_change(dossier) < now - timedelta(days=days):
                yield dossier


def sessions_over(state_folder: Path, now: datetime) -> Iterator[Path]:
    """The dossiers of sessions whose day is over in their room, and whose exports still name others."""
    with suppress(OSError):
        for notes in sorted((state_folder / "dossiers").glob("*/session.json")):
            with suppress(OSError, ValueError, LookupError, TypeError):
                record = json.loads(notes.read_bytes())
                if _is_over(record, now) and "-shared-" not in notes.parent.name:
                    yield notes.parent


def _is_over(record: dict[str, Any], now: datetime) -> bool:
    """Whether what is noted of a session says so; where a day called everybody, nobody is another one."""
    zone = record["lessons"][-1].get("timezone")
    return (
        not record.get("is_narrowed")
        and all(day["called"] for day in record["lessons"])
        and date.fromisoformat(record["date"]) < room_day(now, zone if is_zone(zone) else None)
    )


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
