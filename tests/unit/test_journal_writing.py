"""How a line of a journal comes to the disk: whole, flushed with its name, and over nobody else's."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from datetime import datetime
from pathlib import Path

import pytest

from pixsession.store.journal import Journal, JournalError

needs_folders = pytest.mark.skipif(not hasattr(os, "O_DIRECTORY"), reason="no folder can be flushed there")


def noon() -> datetime:
    return datetime.fromisoformat("2026-03-12T12:00:00")


class Disk:
    """Notes what is flushed and what stays open; `refuses_folders`, as some network shares do."""

    def __init__(self, patched: pytest.MonkeyPatch, *, refuses_folders: bool = False) -> None:
        self.flushed: list[tuple[str, int]] = []  # what it is, and its size then
        self.left_open: set[int] = set()
        self._open, self._close = os.open, os.close
        self._refuses_folders = refuses_folders
        patched.setattr(os, "open", self.open)
        patched.setattr(os, "close", self.close)
        patched.setattr(os, "fsync", self.flush)

    def open(self, path: Path, *how: int) -> int:
        descriptor = self._open(path, *how)
        self.left_open.add(descriptor)
        return descriptor

    def close(self, descriptor: int) -> None:
        self.left_open.discard(descriptor)
        self._close(descriptor)

    def flush(self, descriptor: int) -> None:
        status = os.fstat(descriptor)
        if not stat.S_ISDIR(status.st_mode):
            self.flushed.append(("file", status.st_size))
        elif self._refuses_folders:
            raise OSError(errno.EINVAL, "a folder")
        else:
            self.flushed.append(("folder", 0))


@needs_folders
def test_a_line_is_on_the_disk_before_it_counts_and_the_name_of_a_new_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    journal = Journal(tmp_path, noon)
    sizes = []
    for _time in range(2):
        entry = journal.append("note", {"text": "x"})
        sizes.append((tmp_path / entry.origin).stat().st_size)
    assert disk.flushed == [("folder", 0), *(("file", size) for size in sizes)]
    assert disk.left_open == set()


@needs_folders
def test_a_share_that_flushes_no_folder_keeps_the_lines_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch, refuses_folders=True)
    entry = Journal(tmp_path, noon).append("note", {})
    assert Journal(tmp_path, noon).read_new() == (entry,)
    assert [what for what, _size in disk.flushed] == ["file"]
    assert disk.left_open == set()


def test_a_system_that_can_flush_no_folder_is_not_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_DIRECTORY", raising=False)
    entry = Journal(tmp_path, noon).append("note", {})
    assert Journal(tmp_path, noon).read_new() == (entry,)


def test_a_refused_line_leaves_nothing_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch)
    journal = Journal(tmp_path, noon)
    journal.append("note", {})

    def full(_descriptor: int, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(JournalError):
        journal.append("note", {})
    assert disk.left_open == set()


def test_a_name_that_another_program_has_taken_is_refused_and_its_lines_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "token_hex", lambda _size: "00")
    entry = Journal(tmp_path, noon).append("note", {"text": "mine"})
    with pytest.raises(JournalError):
        Journal(tmp_path, noon).append("note", {"text": "of another program"})
    again = Journal(tmp_path, noon)
    assert again.read_new() == (entry,)
    assert again.troubles == ()


def test_a_line_that_the_system_takes_in_pieces_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:7]))
    journal = Journal(tmp_path, noon)
    entries = journal.append("note", {"text": "é" * 50}), journal.append("note", {})
    assert Journal(tmp_path, noon).read_new() == entries
