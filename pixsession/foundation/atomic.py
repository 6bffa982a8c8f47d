"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

_PAUSES = (0.02, 0.1, 0.5)  # seconds; Windows refuses to replace a file that somebody reads
_OWNER_ONLY = 0o600
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_whole(path: Path, content: bytes, *, replace: bool = True, flush: bool = False) -> None:
    """Write a file that is there whole or not at all, readable by its owner alone.

    Without `replace`, raises FileExistsError where something has this name. `flush`: it is on the disk when
    this returns. Raises OSError, and then nothing is left behind.
    """
    aside = path.with_name(f".pixsession-{secrets.token_hex(6)}.tmp")
    try:
        with os.fdopen(os.open(aside, _NEW, _OWNER_ONLY), "wb") as stream:
            stream.write(content)
            if flush:
                stream.flush()
                os.fsync(stream.fileno())
        if replace:
            _replace(aside, path)
        else:
            _put_where_nothing_is(aside, path)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _replace(aside: Path, path: Path) -> None:
    for pause in _PAUSES:
        try:
            aside.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    aside.replace(path)


def _put_where_nothing_is(aside: Path, path: Path) -> None:
    try:
        path.hardlink_to(aside)  # unlike a rename, it never takes the place of a file
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a stick or a share that knows no second name
        os.close(os.open(path, _NEW, _OWNER_ONLY))
        try:
            aside.replace(path)
        except OSError:
            path.unlink(missing_ok=True)
            raise
