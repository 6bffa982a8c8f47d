"""Pipes, folders, links, odd names: what is never opened and what is handed out all the same."""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path

import pytest

from pixsession.watching.listing import Listing, list_files

from .watching import (
    ROWS,
    Open,
    await_listing,
    look_now,
    posix,
    ready,
    was_there,
)


@posix
def test_pipes_sockets_and_folders_named_like_exports_are_named_and_never_opened(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32":
        pytest.skip("of other systems")
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.csv")
    Path("folder.CSV").mkdir()
    Path("gone.csv").symlink_to("nowhere")
    Path("loop.csv").symlink_to("loop.csv")
    Path("folder").mkdir()
    os.mkfifo("pipe.csv.part")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.csv")  # by a short name: the system allows 100 characters
        expected = frozenset({"pipe.csv", "folder.CSV", "gone.csv", "loop.csv", "socket.csv"})
        watcher = opened(tmp_path)
        listing = look_now(watcher)
        assert (listing.ready, listing.present, listing.irregular) == ((), frozenset(), expected)
        os.mkfifo("later.csv")
        listing = await_listing(watcher, lambda listing: "later.csv" in listing.irregular)
        assert listing.ready == ()
        assert list_files(tmp_path) == Listing((), frozenset(), expected | {"later.csv"}, None)
    # Whoever opens a pipe to read lets a writer that does not wait open it too: nobody does.
    with pytest.raises(OSError, match=os.strerror(errno.ENXIO)):
        os.open("pipe.csv", os.O_WRONLY | os.O_NONBLOCK)


@posix
def test_links_to_files_count_and_follow_what_they_point_to(tmp_path: Path, opened: Open) -> None:
    folder, target = tmp_path / "folder", tmp_path / "target.csv"
    folder.mkdir()
    was_there(target)
    (folder / "x.csv").symlink_to(target)
    watcher = opened(folder, scan_seconds=0.2, quiet_seconds=0.1)
    assert look_now(watcher).present == {"x.csv"}
    target.write_text(ROWS * 2)  # no event says so: the scan sees it
    ready(watcher, "x.csv")


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS refuses names that are not UTF-8")
def test_names_that_are_not_text_do_not_crash(tmp_path: Path, opened: Open) -> None:
    watcher = opened(tmp_path, quiet_seconds=0.1)
    name = os.fsdecode(b"\xe9l\xe8ves.csv")
    (tmp_path / name).write_text(ROWS)
    ready(watcher, name)
    assert list_files(tmp_path).present == {name}


def test_a_file_whose_stamp_the_system_refuses_is_handed_out_for_its_reader_to_say_why(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.stat

    def refuse(path: str | os.PathLike[str], *, follow_symlinks: bool = True) -> os.stat_result:
        if str(path).endswith("refused.csv"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr("os.stat", refuse)
    watcher = opened(tmp_path, quiet_seconds=0.1)
    (tmp_path / "refused.csv").write_text(ROWS)
    ready(watcher, "refused.csv")
    assert list_files(tmp_path).ready == (tmp_path / "refused.csv",)


def test_an_entry_that_goes_between_listing_and_stamp_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.stat

    def vanish(path: str | os.PathLike[str], *, follow_symlinks: bool = True) -> os.stat_result:
        if str(path).endswith("x.csv"):
            raise FileNotFoundError(errno.ENOENT, "No such file")
        return real(path, follow_symlinks=follow_symlinks)

    for name in ("x.csv", "y.csv"):
        (tmp_path / name).write_text(ROWS)
    monkeypatch.setattr("os.stat", vanish)
    assert list_files(tmp_path) == Listing((tmp_path / "y.csv",), frozenset({"y.csv"}), frozenset(), None)


@posix
def test_a_file_that_may_not_be_read_is_handed_out_for_its_reader_to_say_why(
    tmp_path: Path, opened: Open
) -> None:
    was_there(tmp_path / "x.csv").chmod(0)
    watcher = opened(tmp_path, quiet_seconds=0.1)
    (tmp_path / "y.csv.part").write_text(ROWS)
    (tmp_path / "y.csv.part").chmod(0)
    (tmp_path / "y.csv.part").rename(tmp_path / "y.csv")
    ready(watcher, "y.csv")
    assert {path.name for path in list_files(tmp_path).ready} == {"x.csv", "y.csv"}
