"""The folder of a shared session: what a listing says, and how files are read, written and appended to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from errno import EBADF, EINVAL, ELOOP, ENOENT, ESTALE, EXDEV
from pathlib import Path

import pytest

from pixsession.store.share import folder as folder_module
from pixsession.store.share.folder import Contents, Moved, SharedFile, SharedFolder, rights_of
from pixsession.store.share.names import SESSION, SharedKind

_POST, _COPY = "post-bbbbbbbb.json", "post-bbbbbbbb (1).json"
posix = pytest.mark.skipif(sys.platform == "win32", reason="links and rights of POSIX")


@pytest.fixture
def shared(tmp_path: Path) -> SharedFolder:
    path = tmp_path / "share" / ("0" * 16)
    path.mkdir(parents=True)
    (path / SESSION).write_text("{}")
    return SharedFolder(path)


def refused(ask: Callable[[], object]) -> int | None:
    """With what error a request fails."""
    try:
        ask()
    except OSError as error:
        return error.errno
    return None


def test_a_listing_tells_kind_size_and_time_of_what_is_ours(shared: SharedFolder) -> None:
    for name in (_POST, "notes.txt", ".hidden.json", f"{_POST}.tmp"):
        (shared.path / name).write_text("12345")
    os.utime(shared.path / _POST, ns=(7, 1_773_300_000_000_000_000))
    found = {file.found: file for file in shared.contents().files}
    assert set(found) == {SESSION, _POST}
    post = SharedFile(_POST, SharedKind.POST, _POST, 5, 1_773_300_000_000_000_000, is_elsewhere=False)
    assert found[_POST] == post
    assert post.stamp == (5, 1_773_300_000_000_000_000)
    assert found[SESSION].kind is SharedKind.SESSION


def test_what_a_synchroniser_keeps_elsewhere_is_known(
    shared: SharedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "is_placeholder", lambda status: status.st_size == 5)
    (shared.path / _POST).write_text("12345")
    assert {file.found for file in shared.contents().files if file.is_elsewhere} == {_POST}


def test_the_copies_of_a_file_stand_together_the_one_under_its_own_name_first() -> None:
    own, copy, first = (
        SharedFile(found, SharedKind.POST, _POST, 1, 1) for found in (_POST, _COPY, "POST-bbbbbbbb.json")
    )
    other = own._replace(found="post-cccccccc.json", name="post-cccccccc.json")
    session = SharedFile(SESSION, SharedKind.SESSION, SESSION, 1, 1)
    contents = Contents((copy, session, other, own, first), ())
    assert list(contents.of(SharedKind.POST)) == [copy, other, own, first]
    assert contents.by_name(SharedKind.POST) == {_POST: [own, first, copy], other.name: [other]}
    assert contents.by_name(SharedKind.EXPORT) == {}


def test_folders_that_are_called_as_files_of_ours_are_odd(shared: SharedFolder) -> None:
    (shared.path / _POST).mkdir()
    (shared.path / "notes").mkdir()
    contents = shared.contents()
    assert [file.found for file in contents.files] == [SESSION]
    assert contents.odd == (_POST,)


@posix
def test_no_link_is_followed(shared: SharedFolder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("private")
    (shared.path / _POST).symlink_to(tmp_path / "elsewhere")
    assert shared.contents().odd == (_POST,)
    assert refused(lambda: shared.read(_POST)) == ELOOP
    assert refused(lambda: shared.append(_POST, 7, b"more")) == ELOOP
    (tmp_path / "link").symlink_to(shared.path.parent)
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / ("0" * 16)).symlink_to(shared.path)
    for root in ("link", "real"):
        assert refused(SharedFolder(tmp_path / root / ("0" * 16)).contents) == EXDEV
    assert (tmp_path / "elsewhere").read_text() == "private"


def test_a_listing_without_what_is_always_there_is_a_share_that_is_away(shared: SharedFolder) -> None:
    (shared.path / SESSION).unlink()
    (shared.path / _POST).write_text("{}")
    assert refused(shared.contents) == ESTALE
    (shared.path / SESSION).mkdir()
    assert refused(shared.contents) == ESTALE
    assert refused(SharedFolder(shared.path.with_name("away")).contents) == ENOENT


def test_a_file_is_written_whole_and_never_where_the_folder_is_gone(shared: SharedFolder) -> None:
    for content in (b"first", b"then"):
        shared.write(_POST, content)
        assert shared.read(_POST) == content
    gone = SharedFolder(shared.path.with_name("gone"))
    assert refused(lambda: gone.write(_POST, b"")) == ENOENT
    assert not gone.path.exists()


@posix
@pytest.mark.parametrize(("rights", "written"), [(0o700, 0o600), (0o750, 0o640), (0o775, 0o664)])
def test_what_is_written_has_the_rights_of_the_folder(
    shared: SharedFolder, rights: int, written: int
) -> None:
    shared.path.chmod(rights)
    shared.write(_POST, b"")
    assert (shared.path / _POST).stat().st_mode & 0o777 == written
    assert rights_of(shared.path) == rights
    assert rights_of(shared.path / "away") == 0o700


def test_more_is_added_to_a_file_of_the_length_that_is_known_only(shared: SharedFolder) -> None:
    shared.write(_POST, b"12345")
    shared.append(_POST, 5, b"67")
    assert shared.read(_POST) == b"1234567"
    for length in (0, 6, 8):
        with pytest.raises(Moved):
            shared.append(_POST, length, b"more")
    assert shared.read(_POST) == b"1234567"
    assert refused(lambda: shared.append("post-cccccccc.json", 0, b"more")) == ENOENT
    assert not (shared.path / "post-cccccccc.json").exists()


def test_what_a_disk_takes_in_pieces_is_added_whole_and_the_file_closed(
    shared: SharedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.write(_POST, b"1")
    opened, write, open_file = list[int](), os.write, os.open

    def opens(path: Path, flags: int) -> int:
        opened.append(open_file(path, flags))
        return opened[-1]

    def refuses(_descriptor: int) -> None:
        raise OSError(EINVAL, "")

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", opens)
        patched.setattr(os, "write", lambda descriptor, more: write(descriptor, bytes(more[:2])))
        patched.setattr(os, "fsync", refuses)  # as some shares do
        shared.append(_POST, 1, b"23456")
    assert shared.read(_POST) == b"123456"
    assert len(opened) == 1
    assert refused(lambda: os.fstat(opened[0])) == EBADF


def test_a_file_has_the_time_that_the_share_gave_it_and_is_deleted_where_it_is_there(
    shared: SharedFolder,
) -> None:
    shared.write(_POST, b"")
    os.utime(shared.path / _POST, (7, 1_773_300_000))
    assert shared.modified(_POST) == 1_773_300_000
    for _again in range(2):
        shared.delete(_POST)
        assert not (shared.path / _POST).exists()


def test_what_the_share_is_asked_for_is_counted(shared: SharedFolder) -> None:
    asked = []
    for ask in (
        shared.contents,
        lambda: shared.write(_POST, b"1"),
        lambda: shared.append(_POST, 1, b"2"),
        lambda: shared.read(_POST),
        lambda: shared.modified(_POST),
        lambda: shared.delete(_POST),
    ):
        before = shared.requests
        ask()
        asked.append(shared.requests - before)
    assert asked == [1, 2, 1, 1, 1, 1]
