"""A folder on which the system's calls fail, or do not come back: a drive that is away, or that hangs."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

_NAMES = (
    "stat", "lstat", "open", "scandir", "listdir", "rename", "replace", "link", "unlink", "remove", "rmdir",
    "mkdir", "chmod", "utime", "readlink", "access", "statvfs",
)  # fmt: skip
_ON_DESCRIPTORS = ("write", "fsync", "fstat")


class FailingFolder:
    """Asks `fault` before each call on something beneath a folder; what it raises, the call raises.

    `calls`: the names of the calls so far. Of a file that was opened there, to read and to write count too.
    """

    def __init__(self, folder: Path, patched: pytest.MonkeyPatch) -> None:
        self.calls: list[str] = []
        self.fault: Callable[[str], None] = lambda _name: None
        self._root = str(folder)
        self._descriptors: set[int] = set()
        for name in filter(partial(hasattr, os), _NAMES):  # Windows lacks some
            patched.setattr(os, name, self._on_path(name, getattr(os, name)))
        for name in _ON_DESCRIPTORS:
            patched.setattr(os, name, self._on_descriptor(name, getattr(os, name)))
        patched.setattr(os, "close", self._closed(os.close))
        patched.setattr(os, "fdopen", self._streamed(os.fdopen))
        patched.setattr(io, "open", self._opened(io.open))

    def fails_with(self, errno: int) -> None:
        """From now on every call fails so."""

        def fault(_name: str) -> None:
            raise OSError(errno, os.strerror(errno))

        self.fault = fault

    def fails_once(self, number: int, errno: int) -> None:
        """The call of this number from here on fails so, and no other one."""
        at = len(self.calls) + number

        def fault(_name: str) -> None:
            if len(self.calls) == at:
                raise OSError(errno, os.strerror(errno))

        self.fault = fault

    def hangs(self) -> threading.Event:
        """From now on no call comes back until the event is set."""
        released = threading.Event()

        def fault(_name: str) -> None:
            released.wait(60)

        self.fault = fault
        return released

    def works(self) -> None:
        self.fault = lambda _name: None

    def _asked(self, name: str) -> None:
        self.calls.append(name)
        self.fault(name)

    def _is_beneath(self, place: object) -> bool:
        if isinstance(place, int):
            return place in self._descriptors
        if isinstance(place, str):
            path = place
        elif isinstance(place, bytes | os.PathLike):
            path = os.fsdecode(place)
        else:
            return False
        return path == self._root or path.startswith(self._root + os.sep)

    def _on_path(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def asking(*given: Any, **named: Any) -> Any:
            beneath = any(map(self._is_beneath, given[:2]))
            if beneath:
                self._asked(name)
            found = call(*given, **named)
            if beneath and name == "open":
                self._descriptors.add(found)
            return _Listed(found, self._asked) if beneath and name == "scandir" else found

        return asking

    def _on_descriptor(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def asking(descriptor: int, *given: Any) -> Any:
            if descriptor in self._descriptors:
                self._asked(name)
            return call(descriptor, *given)

        return asking

    def _closed(self, call: Callable[[int], None]) -> Callable[[int], None]:
        def closing(descriptor: int) -> None:
            was_there = descriptor in self._descriptors
            self._descriptors.discard(descriptor)
            call(descriptor)
            if was_there:
                self._asked("close")  # what was written may be refused only now

        return closing

    def _streamed(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def opening(descriptor: int, *given: Any, **named: Any) -> Any:
            stream = call(descriptor, *given, **named)
            if descriptor not in self._descriptors:
                return stream
            self._descriptors.discard(descriptor)  # the stream closes it
            return _Stream(stream, self._asked)

        return opening

    def _opened(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def opening(file: Any, *given: Any, **named: Any) -> Any:
            if not self._is_beneath(file) or isinstance(file, int):
                return call(file, *given, **named)
            self._asked("open")
            return _Stream(call(file, *given, **named), self._asked)

        return opening


class _Stream:
    """A stream whose reads and writes are asked for."""

    def __init__(self, stream: Any, asked: Callable[[str], None]) -> None:
        self._stream, self._asked = stream, asked

    def __enter__(self) -> _Stream:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stream.close()

    def __getattr__(self, name: str) -> Any:
        if name in {"read", "write", "readinto", "readline"}:
            self._asked(name)
        return getattr(self._stream, name)


class _Listed:
    """What `os.scandir` gives, its entries asked for."""

    def __init__(self, listed: Any, asked: Callable[[str], None]) -> None:
        self._listed, self._asked = listed, asked

    def __enter__(self) -> _Listed:
        return self

    def __exit__(self, *_error: object) -> None:
        self._listed.close()

    def __iter__(self) -> Iterator[Any]:
        for entry in self._listed:
            yield _Entry(entry, self._asked)


class _Entry:
    """An entry of a listing: its type is known, all else is asked for."""

    def __init__(self, entry: Any, asked: Callable[[str], None]) -> None:
        self._entry, self._asked = entry, asked
        self.name, self.path = entry.name, entry.path

    def __fspath__(self) -> str:
        return str(self.path)

    def __getattr__(self, name: str) -> Any:
        if name == "stat":
            self._asked("stat")
        return getattr(self._entry, name)
