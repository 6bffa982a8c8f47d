"""Which boards are open on a dossier: each holds a lock of its own, so that nothing is deleted under it."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pixsession.foundation.atomic import owner_only, write_whole
from pixsession.store.opening import take_lock

if TYPE_CHECKING:
    from filelock import BaseFileLock

_LOCKS = "open"
_WATCHED = "watched.json"


class Watched(NamedTuple):
    """What a dossier is about: the path of a folder, or of a session file."""

    path: str
    is_session: bool


class OpenBoard:
    """A board held open until `close`: its dossier says what it is about, and is not deleted meanwhile.

    Nothing is held where nothing is kept, nor where the disk takes nothing: the board says so itself.
    """

    def __init__(self, dossier: Path | None, watched: Watched) -> None:
        self._lock: BaseFileLock | None = None
        if dossier is not None:
            with suppress(OSError):
                _describe(dossier, watched)
                self._lock = take_lock(dossier / _LOCKS / f"{os.getpid()}-{secrets.token_hex(4)}.lock")

    def close(self) -> None:
        if self._lock is not None:
            with suppress(OSError):
                self._lock.release()
                Path(self._lock.lock_file).unlink()


def is_open(dossier: Path) -> bool:
    """Whether a board is open on a dossier, or owns its database; raises OSError."""
    names = [dossier / "owner.lock", *(dossier / _LOCKS).glob("*.lock")]
    return any(_is_held(path) for path in names if path.exists())


def watched_by(dossier: Path) -> Watched | None:
    """What a dossier is about; None where it does not say."""
    try:
        record = json.loads((dossier / _WATCHED).read_bytes())
        return Watched(str(record["path"]), bool(record["is_session"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _describe(dossier: Path, watched: Watched) -> None:
    with owner_only():  # the folders above it too
        (dossier / _LOCKS).mkdir(parents=True, exist_ok=True)
        if watched_by(dossier) != watched:
            write_whole(dossier / _WATCHED, json.dumps(watched._asdict()).encode())


def _is_held(path: Path) -> bool:
    lock = take_lock(path)
    if lock is None:
        return True
    lock.release()
    return False
