"""The folder of a shared session: listed, read and written, never through a link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from errno import ENOENT, ESTALE, EXDEV
from pathlib import Path
from typing import NamedTuple

from pixsession.foundation.atomic import read_regular, write_whole
from pixsession.foundation.placeholders import is_placeholder
from pixsession.store.share.names import SharedKind, SharedName, name_on_share

_APPEND = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class SharedFile(NamedTuple):
    """One file as a listing shows it; `found` is its name there, `name` the one it was written under."""

    found: str
    kind: SharedKind
    name: str
    size: int
    modified_ns: int
    is_elsewhere: bool = False  # a synchroniser has its content, and brings it where it is read

    @property
    def stamp(self) -> tuple[int, int]:
        """What differs once it has changed."""
        return self.size, self.modified_ns


class Contents(NamedTuple):
    """What is in the folder: ours by kind, and `odd` names of links, folders and devices."""

    files: tuple[SharedFile, ...]
    odd: tuple[str, ...]

    def of(self, kind: SharedKind) -> Iterator[SharedFile]:
        return (file for file in self.files if file.kind is kind)

    def by_name(self, kind: SharedKind) -> Mapping[str, list[SharedFile]]:
        """The copies there are of each file, the one under its own name first."""
        found: dict[str, list[SharedFile]] = {}
        for file in sorted(self.of(kind), key=lambda file: (file.found != file.name, file.found)):
            found.setdefault(file.name, []).append(file)
        return found


class Moved(Exception):
    """A file of this post is no longer what this post has written."""


class SharedFolder:
    """The folder of one session. Every method raises OSError while the share is away.

    Each of them is counted: see `requests`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.requests = 0

    def contents(self) -> Contents:
        """Everything in it; raises OSError also where the listing lacks what is always there.

        A share that stalls may answer with an empty listing, and a place where nothing is mounted is empty.
        """
        self.requests += 1
        _refuse_link(self.path.parent)
        _refuse_link(self.path)
        files, odd = [], []
        with os.scandir(self.path) as listed:
            for entry in listed:
                known = name_on_share(entry.name)
                if known is None:
                    continue
                if entry.is_file(follow_symlinks=False):
                    with suppress(FileNotFoundError):  # renamed meanwhile
                        files.append(_file_of(entry, known))
                else:
                    odd.append(entry.name)
        if not any(file.kind is SharedKind.SESSION for file in files):
            raise OSError(ESTALE, os.strerror(ESTALE), str(self.path))
        return Contents(tuple(files), tuple(odd))

    def read(self, name: str) -> bytes:
        """The bytes of a file, by its name in the listing."""
        self.requests += 1
        return read_regular(self.path / name)

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all, with the rights of the folder."""
        self.requests += 2
        if not self.path.is_dir():  # never made again: it was deleted, or is not mounted
            raise OSError(ENOENT, os.strerror(ENOENT), str(self.path))
        write_whole(self.path / name, content, mode=rights_of(self.path) & 0o666)

    def append(self, name: str, length: int, more: bytes) -> None:
        """Add to a file of this post that has this length; raises Moved where it has another one.

        Opened and closed each time: on many mounts others see what was written only then.
        """
        self.requests += 1
        descriptor = os.open(self.path / name, _APPEND)
        try:
            if os.fstat(descriptor).st_size != length:
                raise Moved(name)
            left = memoryview(more)
            while left:
                left = left[os.write(descriptor, left) :]
            with suppress(OSError):  # some shares refuse it
                os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def modified(self, name: str) -> float:
        """When the share says that a file was written, in seconds of its own clock."""
        self.requests += 1
        return os.lstat(self.path / name).st_mtime

    def delete(self, name: str) -> None:
        self.requests += 1
        (self.path / name).unlink(missing_ok=True)


def rights_of(folder: Path) -> int:
    """The rights of a folder, which those of all in it follow: whoever may open the folder is in."""
    try:
        return stat.S_IMODE(folder.stat().st_mode)
    except OSError:
        return 0o700


def _file_of(entry: os.DirEntry[str], known: SharedName) -> SharedFile:
    status = entry.stat(follow_symlinks=False)
    size, modified = status.st_size, status.st_mtime_ns
    return SharedFile(entry.name, known.kind, known.name, size, modified, is_placeholder(status))


def _refuse_link(path: Path) -> None:
    if stat.S_ISLNK(path.lstat().st_mode):
        raise OSError(EXDEV, os.strerror(EXDEV), str(path))
