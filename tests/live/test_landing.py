"""Files as browsers, copies and people land them: each is handed out once, when it is whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pixsession.watching.listing import Listing, list_files
from pixsession.watching.watcher import Watcher

from .watching import (
    ROWS,
    Open,
    await_listing,
    linux,
    look_now,
    nothing_ready,
    ready,
    was_there,
)


def test_files_that_were_there_are_ready_at_the_first_look(tmp_path: Path) -> None:
    for number, name in enumerate(["b.csv", "a.csv", "notes.pdf"]):
        was_there(tmp_path / name, second=number)
    started = time.monotonic()
    listing = Watcher(tmp_path).wait()
    assert time.monotonic() - started < 0.3
    assert listing == Listing(
        tuple(tmp_path / name for name in ["b.csv", "a.csv", "notes.pdf"]),
        frozenset({"b.csv", "a.csv", "notes.pdf"}),
        frozenset(),
        None,
    )


def test_an_empty_folder_is_a_listing_too(tmp_path: Path, opened: Open) -> None:
    assert look_now(opened(tmp_path)) == Listing((), frozenset(), frozenset(), None)


def test_temporary_hidden_and_system_files_do_not_count(tmp_path: Path, opened: Open) -> None:
    watcher = opened(tmp_path)
    for name in ["y.csv.crdownload", "y.part", "z.TMP", ".x.csv", "~$x.csv", "desktop.ini", "Thumbs.db"]:
        (tmp_path / name).write_text(ROWS)
    (tmp_path / "x.csv").write_text(ROWS)
    ready(watcher, "x.csv")
    assert look_now(watcher).present == {"x.csv"}
    assert list_files(tmp_path).present == {"x.csv"}


def test_written_in_place_in_pieces(tmp_path: Path, opened: Open) -> None:
    watcher = opened(tmp_path, quiet_seconds=0.3)
    with (tmp_path / "x.csv").open("w", encoding="utf-8") as export:
        for _ in range(4):
            export.write(ROWS)
            export.flush()
            nothing_ready(watcher, 0.15)
        assert look_now(watcher).present == {"x.csv"}
    ready(watcher, "x.csv")


@linux
def test_a_stall_at_a_line_end_with_the_writer_open_is_waited_out(tmp_path: Path, opened: Open) -> None:
    watcher = opened(tmp_path, quiet_seconds=0.1)
    with (tmp_path / "x.csv").open("w", encoding="utf-8") as export:
        export.write(ROWS)
        export.flush()
        nothing_ready(watcher, 0.6)
    ready(watcher, "x.csv")


@linux
def test_a_writer_in_another_program_is_waited_out(tmp_path: Path, opened: Open) -> None:
    watcher = opened(tmp_path, quiet_seconds=0.1)
    writing = "import sys; f = open(sys.argv[1], 'w'); f.write('a;b\\n'); f.flush(); input()"
    command = [sys.executable, "-c", writing, str(tmp_path / "x.csv")]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as writer:
        await_listing(watcher, lambda listing: listing.present == {"x.csv"})
        nothing_ready(watcher, 0.4)
        writer.communicate(b"\n")
    ready(watcher, "x.csv")


def test_chrome_renames_its_download(tmp_path: Path, opened: Open) -> None:
    watcher = opened(tmp_path)
    hidden = tmp_path / ".com.google.Chrome.k3Xz"
    hidden.write_text("")
    growing = hidden.rename(tmp_path / "x.csv.crdownload")
    for _ in range(3):
        with growing.open("a", encoding="utf-8") as export:
            export.write(ROWS)
        nothing_ready(watcher, 0.05)
    assert look_now(watcher).present == frozenset()
    growing.rename(tmp_path / "x.csv")
    ready(watcher, "x.csv")


def test_firefox_puts_an_empty_file_first(tmp_path: Path, opened: Open) -> None:
    watcher = opened(tmp_path, quiet_seconds=0.1)
    (tmp_path / "x.csv").touch()
    growing = tmp_path / "kQ3xZ.csv.part"
    for _ in range(3):
        with growing.open("a", encoding="utf-8") as export:
            export.write(ROWS)
        nothing_ready(watcher, 0.15)
    growing.replace(tmp_path / "x.csv")
    ready(watcher, "x.csv")


def test_an_atomic_replacement_is_new_and_what_it_replaced_is_not_handed_out_again(
    tmp_path: Path, opened: Open
) -> None:
    was_there(tmp_path / "x.csv")
    watcher = opened(tmp_path)
    (tmp_path / ".x.tmp").write_text(ROWS)  # of the same size
    (tmp_path / ".x.tmp").replace(tmp_path / "x.csv")
    ready(watcher, "x.csv")
    nothing_ready(watcher, 0.2)


def test_copied_over_an_existing_file(tmp_path: Path, opened: Open) -> None:
    source, folder = tmp_path / "source.csv", tmp_path / "folder"
    folder.mkdir()
    source.write_text(ROWS * 2)
    was_there(folder / "x.csv")
    watcher = opened(folder)
    shutil.copyfile(source, folder / "x.csv")
    ready(watcher, "x.csv")


def test_moved_in_from_elsewhere_on_the_same_disk(tmp_path: Path, opened: Open) -> None:
    """The system says "created" only, and the file keeps its old time."""
    folder = tmp_path / "folder"
    folder.mkdir()
    source = tmp_path / "source.csv"
    was_there(source)
    watcher = opened(folder)
    source.rename(folder / "x.csv")
    ready(watcher, "x.csv")


def test_renamed_in_the_folder_is_a_new_name(tmp_path: Path, opened: Open) -> None:
    was_there(tmp_path / "x.csv")
    watcher = opened(tmp_path)
    (tmp_path / "x.csv").rename(tmp_path / "y.csv")
    ready(watcher, "y.csv")
    assert look_now(watcher).present == {"y.csv"}


def test_touched_is_handed_out_again(tmp_path: Path, opened: Open) -> None:
    """Its time changed, so it may have: the digest of its bytes, taken by who reads it, makes it a no-op."""
    was_there(tmp_path / "x.csv")
    watcher = opened(tmp_path, scan_seconds=0.2, quiet_seconds=0.1)
    nothing_ready(watcher, 0.3)
    os.utime(tmp_path / "x.csv")
    ready(watcher, "x.csv")
    nothing_ready(watcher, 0.3)


def test_deleted_is_a_change_and_hands_nothing_out(tmp_path: Path, opened: Open) -> None:
    for name in ("x.csv", "y.csv"):
        was_there(tmp_path / name)
    watcher = opened(tmp_path)
    (tmp_path / "x.csv").unlink()
    assert await_listing(watcher, lambda listing: listing.present == {"y.csv"}).ready == ()


def test_an_empty_file_is_handed_out_in_the_end(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pixsession.watching.settle.EMPTY_SECONDS", 0.5)
    watcher = opened(tmp_path, quiet_seconds=0.1)
    (tmp_path / "x.csv").touch()
    nothing_ready(watcher, 0.3)
    ready(watcher, "x.csv")
    assert list_files(tmp_path).ready == (tmp_path / "x.csv",)


def test_a_thousand_files_at_once(tmp_path: Path, opened: Open) -> None:
    watcher = opened(tmp_path)
    names = [f"{number}.csv" for number in range(1000)]
    for name in names:
        (tmp_path / name).write_text(ROWS)
    ready(watcher, *names)
    assert len(look_now(watcher).present) == 1000


def test_a_retry_comes_after_a_second_and_at_once_when_the_file_changes(tmp_path: Path, opened: Open) -> None:
    path = was_there(tmp_path / "x.csv")
    watcher = opened(tmp_path, quiet_seconds=0.1)
    asked = time.monotonic()
    watcher.retry(path)
    ready(watcher, "x.csv")
    assert 0.99 <= time.monotonic() - asked < 1.6
    watcher.retry(path)  # in two seconds
    path.write_text(ROWS * 2)
    changed = time.monotonic()
    ready(watcher, "x.csv")
    assert time.monotonic() - changed < 1
