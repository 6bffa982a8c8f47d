"""Open the store of a dossier: own it, follow another program's, or rebuild it from the exports kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from pixsession.i18n import _
from pixsession.store.database import Database, DatabaseError
from pixsession.store.dossier import Dossier
from pixsession.store.store import Store


@dataclass(slots=True)
class OpenStore:
    """A store and how it was opened; `notices` are for the user, `lock` is held by the owner alone."""

    store: Store
    notices: tuple[str, ...] = ()
    lock: BaseFileLock | None = None

    def close(self) -> None:
        """Close the store and let another program own the dossier."""
        self.store.close()
        if self.lock is not None:
            self.lock.release()


def open_store(dossier: Dossier | None, now: datetime) -> OpenStore:
    """The store of a dossier; in memory without one, or while another program owns it.

    DuckDB lets one process write a file and refuses every other: the second viewer builds its own database
    in memory from the same dossier.
    """
    if dossier is None:
        return OpenStore(Store(Database(None)))
    lock = _take(dossier.lock)
    if lock is None:
        return OpenStore(Store(Database(None)), (_("another window follows this folder too"),))
    try:
        return OpenStore(Store(Database(dossier.database)), (), lock)
    except DatabaseError:
        _set_aside(dossier.database, now)
    try:
        notice = _("the database was damaged or of another version: it was rebuilt from the exports kept")
        return OpenStore(Store(Database(dossier.database)), (notice,), lock)
    except DatabaseError:
        lock.release()
        notice = _("the database cannot be written: everything is read again at each start")
        return OpenStore(Store(Database(None)), (notice,))


def _take(path: Path) -> BaseFileLock | None:
    """The lock of a dossier, None while another program holds it or where the disk has no locks."""
    lock = FileLock(path, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except (Timeout, OSError):
        return None
    return lock


def _set_aside(database: Path, now: datetime) -> None:
    """Keep a damaged database out of the way, with its log."""
    for path in (database, database.with_name(database.name + ".wal")):
        if path.exists():
            path.replace(path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}"))
