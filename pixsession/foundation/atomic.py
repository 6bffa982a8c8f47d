"""Files of our own: written whole or not at all, and read only where they are files."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EINVAL
from pathlib import Path

_PAUSES = (0.02, 0.1, 0.5)  # seconds; Windows refuses to replace a file that somebody reads
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL  # never through a link that waits under the name
_OWNER_ONLY = 0o600


def write_whole(
    path: Path, content: bytes, *, replace: bool = True, synced: bool = False, mode: int = _OWNER_ONLY
) -> None:
    """Write a file that is there whole or not at all, readable by its owner alone unless `mode` says more.

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
        if mode != _OWNER_ONLY:
            with suppress(OSError):  # a share that has rights of its own
                aside.chmod(mode)
        (_put_in_place if replace else _take_name)(aside, path)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


@contextmanager
def owner_only() -> Iterator[None]:
    """Files and folders made inside are their owner's alone (Windows keeps a user's folders private)."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def read_regular(path: Path) -> bytes:
    """The bytes of a file of ours; raises OSError, also where something else stands in its place.

    A pipe would be waited for, a link followed to wherever it leads.
    """
    flags = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"))
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(EINVAL, os.strerror(EINVAL))
        return stream.read()


def is_odd(path: Path) -> bool:
    """Whether a link, a folder, a pipe or a device stands where a file of ours should."""
    try:
        return not stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


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
