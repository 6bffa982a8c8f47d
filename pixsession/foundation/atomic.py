"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

_PAUSES = (0.02, 0.1, 0.5)  # seconds; Windows refuses to replace a file that somebody reads
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL  # never through a link that waits under the name
_OWNER_ONLY = 0o600


def write_whole(path: Path, content: bytes, *, replace: bool = True, synced: bool = False) -> None:
    """Write a file that is there whole or not at all, readable by its owner alone.

    Raises FileExistsError where something is there and `replace` is False. `synced`: the content is on the
    disk before the name is, at the price of some milliseconds.
    """
    aside = path.with_name(f".pixsession-{os.urandom(4).hex()}.part")
    try:
        with os.fdopen(_opened(aside), "wb") as stream:
            stream.write(content)
            if synced:
                stream.flush()
                os.fsync(stream.fileno())
        (_put_in_place if replace else _take_name)(aside, path)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _opened(path: Path) -> int:
    return os.open(path, _NEW | getattr(os, "O_BINARY", 0), _OWNER_ONLY)


def _take_name(aside: Path, path: Path) -> None:
    """Give the file a name that must be free."""
    try:
        path.hardlink_to(aside)  # refuses a name that is taken, in one step; a rename would not
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a stick or a share without links
        os.close(_opened(path))
        _put_in_place(aside, path)


def _put_in_place(aside: Path, path: Path) -> None:
    for pause in _PAUSES:
        try:
            aside.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    aside.replace(path)
