"""Open the store of a dossier: own it, follow another program's, or rebuild it from the exports kept."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from errno import EACCES, EDQUOT, EFBIG, EMFILE, ENOLCK, ENOSPC, EPERM, EROFS
from pathlib import Path
from typing import TYPE_CHECKING

if sys.platform != "win32":
    import fcntl

from pixsession.domain.board.wording import SECOND_WINDOW
from pixsession.foundation.atomic import is_odd
from pixsession.foundation.i18n import _
from pixsession.store.database import Database, DatabaseError
from pixsession.store.dossier import Dossier
from pixsession.store.store import Store

if TYPE_CHECKING:
    from filelock import BaseFileLock

# What DuckDB repeats of the system where it refuses a database that may be sound.
_REFUSALS = tuple(map(os.strerror, (EACCES, EPERM, EROFS, ENOSPC, EDQUOT, EFBIG, EMFILE, ENOLCK)))
_PROBE_BYTES = 64 * 1024


@dataclass(slots=True)
class OpenStore:
    """A store and how it was opened; `notice` is for the user, `lock` is held by the owner alone."""

    store: Store
    notice: str = ""
    lock: BaseFileLock | None = None

    def is_damaged_by(self, error: DatabaseError) -> bool:
        """Whether this failure is the fault of the database, rather than of a disk that is full or gone."""
        database = self.store.path
        # No other program holds what this one has open; to open it once more would fail on Windows.
        return database is not None and not _repeats_a_refusal(error) and _takes_files(database.parent)

    def go_on_in_memory(self) -> None:
        """Leave a disk that is full, or gone, so that the board goes on; raises DatabaseError."""
        self.store.go_on_in_memory()
        self.notice = _("the database cannot be written any more: the board goes on in memory")

    def close(self, *, forget: bool = False) -> None:
        """Close the store and let another program own the dossier; `forget` the database, if it is ours."""
        database = self.store.path
        try:
            self.store.close()
            if forget and database is not None and self.lock is not None:
                for path in (database, _log_of(database)):
                    path.unlink(missing_ok=True)
        finally:
            if self.lock is not None:
                self.lock.release()


def open_store(dossier: Dossier | None, *, rebuild: bool = False) -> OpenStore:
    """The store of a dossier; in memory without one, or while another program owns it.

    DuckDB lets one process write a file and refuses every other: the second viewer builds its own database
    in memory from the same dossier. With `rebuild` the database is not trusted, whatever it looks like.
    """
    if dossier is None:
        return OpenStore(Store(Database(None)))
    try:
        lock = take_lock(dossier.lock)
    except OSError:
        return _without_disk()
    if lock is None:
        return OpenStore(Store(Database(None)), _(SECOND_WINDOW))
    try:
        # A pipe in its place would be waited for, a link followed to wherever it leads.
        if not rebuild and not is_odd(dossier.database):
            return OpenStore(_store_of(dossier.database), "", lock)
    except (DatabaseError, ValueError, TypeError, LookupError) as error:
        if _is_refused(dossier.database, error):
            lock.release()
            return _without_disk()
    return _rebuilt(dossier.database, lock)


def _repeats_a_refusal(error: Exception) -> bool:
    return any(words in str(error) for words in _REFUSALS)


def _is_refused(database: Path, error: Exception) -> bool:
    """Whether it is the disk or another program that refuses this database, which may be sound.

    The system itself is asked too: Windows has words of its own for it, in the language of the user.
    """
    return _repeats_a_refusal(error) or not (_takes_files(database.parent) and _may_be_owned(database))


def _may_be_owned(database: Path) -> bool:
    """Whether this file can be opened to be written, and no other program has locked it; closes it again."""
    try:
        with database.open("r+b") as stream:
            if sys.platform != "win32":
                fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _takes_files(folder: Path) -> bool:
    """Whether this disk takes a file now."""
    from tempfile import TemporaryFile  # noqa: PLC0415 - (c), (d): 5 ms, and hardly any database is in doubt

    try:
        with TemporaryFile(dir=folder) as stream:
            stream.write(bytes(_PROBE_BYTES))
            stream.flush()
    except OSError:
        return False
    return True


def _rebuilt(database: Path, lock: BaseFileLock) -> OpenStore:
    """A new database in the place of a damaged one, which is kept out of the way."""
    try:
        _set_aside(database)
        notice = _("the database was damaged or of another version: it was rebuilt from the exports kept")
        return OpenStore(_store_of(database), notice, lock)
    except (DatabaseError, OSError, UnicodeError):  # of a path that is no text
        lock.release()
        return _without_disk()


def _without_disk() -> OpenStore:
    notice = _("the database cannot be written: everything is read again at each start")
    return OpenStore(Store(Database(None)), notice)


def _store_of(path: Path) -> Store:
    database = Database(path)
    try:
        return Store(database)
    except (DatabaseError, ValueError, TypeError, LookupError):
        database.close()
        raise


def take_lock(path: Path) -> BaseFileLock | None:
    """The lock of a dossier, None while another program holds it; raises OSError where there are no locks."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - (c): 40 ms, and `check` owns no dossier

    lock = FileLock(path, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        return None
    except NotImplementedError as error:
        raise OSError(ENOLCK, os.strerror(ENOLCK)) from error
    return lock


def _set_aside(database: Path) -> None:
    """Keep the last damaged database out of the way, with its log; raises OSError."""
    for path in (database, _log_of(database)):
        aside = database.with_name(path.name.replace("board", "damaged", 1))
        with suppress(FileNotFoundError):
            aside.unlink()
        with suppress(FileNotFoundError):
            path.replace(aside)


def _log_of(database: Path) -> Path:
    return database.with_name(database.name + ".wal")
