"""The folder itself deleted, replaced, locked, linked or not there yet."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pixsession.foundation.errors import FolderUnusable
from pixsession.foundation.i18n import use_language
from pixsession.watching.listing import Listing, list_files

from .watching import (
    NOON,
    QUIET,
    ROWS,
    Open,
    await_listing,
    heard,
    look_now,
    not_root,
    nothing_ready,
    posix,
    ready,
    was_there,
)

stays_until_closed = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows deletes a folder when nobody watches it any more"
)


@stays_until_closed
def test_a_folder_deleted_and_made_again_is_followed_again(tmp_path: Path, opened: Open) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    was_there(folder / "x.csv")
    watcher = opened(folder, scan_seconds=0.2)
    shutil.rmtree(folder)
    gone = await_listing(watcher, lambda listing: listing.missing_since is not None)
    assert gone.missing_since == NOON
    assert gone.present <= {"x.csv"}  # empty when a look fell between the two deletions
    assert watcher.polling
    folder.mkdir()
    await_listing(watcher, lambda listing: listing.missing_since is None)
    assert not watcher.polling
    (folder / "y.csv").write_text(ROWS)
    ready(watcher, "y.csv")


@stays_until_closed
def test_a_folder_made_again_in_a_blink_is_heard_again(tmp_path: Path, opened: Open) -> None:
    """Disks give the new folder the number of the old one, so only the deaf watch tells them apart."""
    folder = tmp_path / "folder"
    folder.mkdir()
    watcher = opened(folder, scan_seconds=0.2, quiet_seconds=QUIET)
    folder.rmdir()
    folder.mkdir()
    heard(watcher)


@posix
def test_a_folder_renamed_away_with_a_new_one_in_its_place(tmp_path: Path, opened: Open) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    was_there(folder / "x.csv")
    watcher = opened(folder, scan_seconds=0.2, quiet_seconds=QUIET)
    folder.rename(tmp_path / "old")
    folder.mkdir()
    await_listing(watcher, lambda listing: not listing.present)
    heard(watcher)


@posix
def test_a_folder_behind_a_link_is_heard_and_so_is_another_one_the_link_turns_to(
    tmp_path: Path, opened: Open
) -> None:
    for name in ("monday", "tuesday"):
        (tmp_path / name).mkdir()
    link = tmp_path / "today"
    link.symlink_to("monday")
    watcher = opened(link, scan_seconds=0.2, quiet_seconds=QUIET)
    heard(watcher)
    (tmp_path / "next").symlink_to("tuesday")
    (tmp_path / "next").rename(link)
    await_listing(watcher, lambda listing: not listing.present)
    heard(watcher)


def test_a_folder_that_is_not_there_yet(tmp_path: Path, opened: Open) -> None:
    folder = tmp_path / "later"
    watcher = opened(folder, scan_seconds=0.1)
    assert look_now(watcher) == Listing((), frozenset(), frozenset(), NOON)
    folder.mkdir()
    (folder / "x.csv").write_text(ROWS)
    ready(watcher, "x.csv")
    assert look_now(watcher).missing_since is None


def test_a_folder_replaced_by_a_file_keeps_what_was_last_known(tmp_path: Path, opened: Open) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    was_there(folder / "x.csv")
    watcher = opened(folder, scan_seconds=0.1)
    folder.rename(tmp_path / "old")
    folder.write_text("no folder")
    listing = await_listing(watcher, lambda listing: listing.missing_since is not None)
    assert listing == Listing((), frozenset({"x.csv"}), frozenset(), NOON)
    folder.unlink()
    (tmp_path / "old").rename(folder)
    listing = await_listing(watcher, lambda listing: listing.missing_since is None)
    assert listing.present == {"x.csv"}
    nothing_ready(watcher, 0.8)  # it is the very file handed out before


def test_a_folder_that_may_not_be_read_for_a_while(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    was_there(tmp_path / "x.csv")
    watcher = opened(tmp_path, scan_seconds=0.1)

    def refuse(folder: object) -> object:
        raise PermissionError(errno.EACCES, "Permission denied", folder)

    with monkeypatch.context() as locked:
        locked.setattr("os.scandir", refuse)
        listing = await_listing(watcher, lambda listing: listing.missing_since is not None)
        assert listing.present == {"x.csv"}
        with pytest.raises(FolderUnusable, match=r"may not read|does not let"):
            list_files(tmp_path)
    await_listing(watcher, lambda listing: listing.missing_since is None)
    look_now(watcher)
    assert not watcher.polling


@posix
@not_root
def test_a_folder_really_locked_away(tmp_path: Path, opened: Open) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    was_there(folder / "x.csv")
    watcher = opened(folder, scan_seconds=0.1)
    folder.chmod(0)
    try:
        await_listing(watcher, lambda listing: listing.missing_since is not None)
    finally:
        folder.chmod(0o700)
    await_listing(watcher, lambda listing: listing.missing_since is None)


@pytest.mark.parametrize(
    ("name", "words"),
    [("nowhere", "does not exist"), ("file", "is not a folder"), ("\x1b[31m", "does not exist")],
)
def test_a_folder_that_cannot_be_listed_is_refused_in_words(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderUnusable, match=words) as refusal:
        list_files(tmp_path / name)
    assert "\x1b" not in refusal.value.message


def test_a_share_that_goes_and_leaves_its_empty_mount_point_is_a_folder_that_is_gone(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    was_there(tmp_path / "x.csv")
    monkeypatch.setattr("pixsession.watching.watcher._device_above", lambda _folder: -1)
    watcher = opened(tmp_path)
    assert look_now(watcher).present == {"x.csv"}
    monkeypatch.undo()
    (tmp_path / "x.csv").unlink()
    gone = look_now(watcher)
    assert gone.present == {"x.csv"}
    assert gone.missing_since is not None
    was_there(tmp_path / "own.csv")  # saved under the share: a folder like any other
    assert look_now(watcher).missing_since is None
    (tmp_path / "own.csv").unlink()
    assert look_now(watcher) == Listing((), frozenset(), frozenset(), None)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root of Linux may mount")
def test_a_mounted_folder_that_goes_and_comes_back(tmp_path: Path, opened: Open) -> None:
    if subprocess.run(["mount", "-t", "tmpfs", "none", str(tmp_path)], check=False).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        was_there(tmp_path / "x.csv")
        watcher = opened(tmp_path)
        assert look_now(watcher).present == {"x.csv"}
    finally:
        subprocess.run(["umount", "-l", str(tmp_path)], check=True)
    gone = look_now(watcher)
    assert gone.present == {"x.csv"}
    assert gone.missing_since is not None


def test_where_macos_refuses_its_settings_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.scandir", refused)
    monkeypatch.setattr("sys.platform", "darwin")
    use_language("fr")
    with pytest.raises(FolderUnusable, match="Confidentialité et sécurité › Fichiers et dossiers"):
        list_files(tmp_path)
