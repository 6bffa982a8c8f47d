"""Things in the folder that will not be read: no files, out of reach, changing, or far too large."""

from __future__ import annotations

import io
import os
import socket
import stat
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pixsession.domain.board.snapshot import FileStatus, Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.board.files import in_order_of_export
from pixsession.engine.read_once import check_folder
from pixsession.foundation.errors import FileHeld, NotPix
from pixsession.readers import FileDescription, read_export
from pixsession.readers.files import read_bytes
from pixsession.readers.recognise import PEEK_BYTES, recognise
from pixsession.reports.inspection.file import inspected
from pixsession.settings.config import BoardRequest
from tests.factories.exports import MORNING, NAME, board, entry, export, put, student
from tests.factories.samples import big_export
from tests.store.test_bad_input import GOOD, assert_good_board_stays

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")


def look(folder: Path) -> Snapshot:
    return check_folder(BoardRequest(folder, Rule()), lambda: MORNING)


def test_a_directory_behind_a_name_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    snapshot = board(tmp_path, GOOD)
    assert (entry(snapshot, "x.csv").status, entry(snapshot, "x.csv").message) == (
        FileStatus.IGNORED,
        "not a file",
    )
    assert_good_board_stays(snapshot)
    with pytest.raises(NotPix, match="not a file"):
        read_export(tmp_path / "x.csv")


@posix_only
def test_a_named_pipe_is_never_opened(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("of other systems")
    os.mkfifo(tmp_path / "x.csv")
    snapshot = board(tmp_path, GOOD)
    assert entry(snapshot, "x.csv").status is FileStatus.IGNORED
    assert_good_board_stays(snapshot)
    with pytest.raises(NotPix, match="not a file"):
        read_export(tmp_path / "x.csv")


@posix_only
def test_a_pipe_put_in_place_of_the_file_does_not_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32":
        pytest.skip("of other systems")
    path = put(tmp_path, NAME, GOOD.content)
    status = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(Path, "stat", lambda self, **_more: status)
    with pytest.raises(NotPix, match="not a file"):
        read_export(path)


@posix_only
@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/tty"])
def test_a_device_is_never_opened(tmp_path: Path, device: str) -> None:
    (tmp_path / "x.csv").symlink_to(device)
    snapshot = board(tmp_path, GOOD)
    assert entry(snapshot, "x.csv").status is FileStatus.IGNORED
    assert_good_board_stays(snapshot)
    with pytest.raises(NotPix, match="not a file"):
        read_export(tmp_path / "x.csv")


@posix_only
def test_a_socket_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "win32":
        pytest.skip("of other systems")
    monkeypatch.chdir(tmp_path)  # its path may not be long
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("x.csv")
        assert entry(look(tmp_path), "x.csv").status is FileStatus.IGNORED


@posix_only
def test_links_that_lead_nowhere_or_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    (tmp_path / "c.csv").symlink_to(tmp_path / "nowhere.csv")
    snapshot = board(tmp_path, GOOD)
    assert_good_board_stays(snapshot)
    assert [found.name for found in snapshot.files if found.status is FileStatus.READ] == [GOOD.name]
    for name in ("a.csv", "c.csv"):
        with pytest.raises(FileHeld):
            read_export(tmp_path / name)


@posix_only
def test_a_link_to_a_good_export_is_read(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / GOOD.name).symlink_to(GOOD.write_to(elsewhere))
    assert_good_board_stays(look(folder))


def taken(folder: Path, path: Path) -> tuple[FileStatus, str | None]:
    """What becomes of a file, on a board that is not live."""
    desk = BoardEngine(BoardRequest(folder, Rule()), lambda: MORNING, live=False)
    try:
        found = desk.take(path)
    finally:
        desk.close()
    return found.status, found.message


def test_a_file_that_has_vanished(tmp_path: Path) -> None:
    assert taken(tmp_path, tmp_path / NAME) == (FileStatus.REFUSED, "the file has vanished")


def test_a_file_that_vanishes_between_two_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, NAME, GOOD.content)

    def gone(*_arguments: object, **_more: object) -> int:
        path.unlink(missing_ok=True)
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(os, "open", gone)
    with pytest.raises(FileHeld, match="the file has vanished"):
        read_export(path)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, NAME, GOOD.content)

    def forbidden(*_arguments: object, **_more: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    status, message = taken(tmp_path, path)
    assert status is FileStatus.REFUSED
    assert message == "the file may not be read: close it in the other program, or check its rights"


@posix_only
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it(tmp_path: Path) -> None:
    path = put(tmp_path, NAME, GOOD.content)
    path.chmod(0)
    assert taken(tmp_path, path)[0] is FileStatus.REFUSED


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, NAME, GOOD.content)

    def broken(*_arguments: object, **_more: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "open", broken)
    assert taken(tmp_path, path) == (
        FileStatus.REFUSED,
        "the file cannot be read (the disk does not answer as it should: is it damaged, or unplugged?)",
    )


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, NAME, GOOD.content)

    def slowly(content: bytes, *columns: None, whole: bool = True) -> object:
        with path.open("ab") as stream:
            stream.write(b"more")
        return recognise(content)

    monkeypatch.setattr("pixsession.readers.files.recognise", slowly)
    with pytest.raises(FileHeld, match="still being written"):
        read_export(path)


def test_two_gigabytes_of_nothing_cost_no_more_than_their_beginning(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    with path.open("wb") as stream:
        stream.truncate(2 * 1024**3)
    started = time.process_time()
    snapshot = board(tmp_path, GOOD)
    assert time.process_time() - started < 2
    assert entry(snapshot, "x.csv").status is FileStatus.IGNORED
    assert_good_board_stays(snapshot)


def test_two_gigabytes_behind_a_header_of_pix_are_refused_unread(tmp_path: Path) -> None:
    path = put(tmp_path, "Resultats-Collecte-731958-2026-03-12-1000.csv", GOOD.content)
    with path.open("ab") as stream:
        stream.truncate(2 * 1024**3)
    started = time.process_time()
    snapshot = board(tmp_path, GOOD)
    assert time.process_time() - started < 2
    found = entry(snapshot, path.name)
    assert found.status is FileStatus.REFUSED
    assert found.message is not None
    assert found.message.startswith("far too large for an export of Pix (2147 MB)")
    assert_good_board_stays(snapshot)


def test_thousands_of_other_downloads_cost_next_to_nothing() -> None:
    noise = bytes(range(1, 256)) * 200 + b"\n" * 5
    started = time.process_time()
    for number in range(200):
        with pytest.raises(NotPix):
            recognise(noise[number:])
    assert time.process_time() - started < 1


def test_an_export_larger_than_what_is_looked_at_first(tmp_path: Path) -> None:
    file = big_export(800, 3)
    assert len(file.content) > 2 * PEEK_BYTES
    snapshot = board(tmp_path, file)
    assert snapshot.counts == file.counts()


@posix_only
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/Resultats-\xff-731958-2026-03-12-0945.csv"))
    try:
        path.write_bytes(GOOD.content)
    except OSError:
        pytest.skip("this file system has no such names")
    snapshot = look(tmp_path)
    assert_good_board_stays(snapshot)
    (found,) = snapshot.files
    assert found.name == "Resultats-\ufffd-731958-2026-03-12-0945.csv"
    assert found.present


def test_times_that_no_calendar_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "export.csv", GOOD.content)
    real = os.fstat

    def absurd(descriptor: int) -> os.stat_result:
        found = list(real(descriptor))
        if stat.S_ISREG(int(found[0])):
            found[8] = 10**15
        return os.stat_result(found)

    monkeypatch.setattr(os, "fstat", absurd)
    assert read_export(path).file.exported_at.year == 1970


def test_a_folder_full_of_everything(tmp_path: Path) -> None:
    for number, size in enumerate(range(0, len(GOOD.content), 97)):
        put(tmp_path, f"cut {number}.csv", GOOD.content[:size])
    paths = in_order_of_export(list(tmp_path.iterdir()))
    assert len(paths) == len(list(tmp_path.iterdir()))
    snapshot = board(tmp_path, GOOD)
    assert_good_board_stays(snapshot)
    assert snapshot.files_with(FileStatus.REFUSED) > 10


def test_whatever_a_file_makes_a_reader_do_ends_that_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that fails in a way nobody thought of: the file is named, the board and the others stay."""
    odd = put(tmp_path, "odd.csv", b"anything")
    good = export(student()).write_to(tmp_path)

    def failing(path: Path, *given: Any) -> tuple[bytes, FileDescription]:
        if path == odd:
            raise IndexError("of a damaged archive")
        return read_bytes(path, *given)

    monkeypatch.setattr("pixsession.engine.board.file_bytes.read_bytes", failing)
    snapshot = board(tmp_path)
    assert len(snapshot.rows) == 1
    assert {entry.name: entry.status for entry in snapshot.files} == {
        odd.name: FileStatus.REFUSED,
        good.name: FileStatus.READ,
    }
    (message,) = [entry.message for entry in snapshot.files if entry.name == odd.name]
    assert message is not None
    assert "IndexError" in message


@pytest.mark.parametrize("prefix", [b"PK\x05\x06", b"PK\x03\x04"])
def test_an_archive_whose_entry_has_no_name_is_passed_over(tmp_path: Path, prefix: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a", b"x")
    content = stream.getvalue().replace(b"\x01\x00\x00\x00a", b"\x00\x00\x00\x00")
    put(tmp_path, "photos.zip", prefix + content[4:])
    assert_good_board_stays(board(tmp_path, GOOD))


def test_what_a_reader_never_raises_refuses_its_file_in_inspect_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_asked: object) -> None:
        raise RecursionError

    monkeypatch.setattr("pixsession.readers.files.read_here", failing)
    found = inspected(export(student()).write_to(tmp_path))
    assert found.contents is None
    assert "RecursionError" in found.cause
