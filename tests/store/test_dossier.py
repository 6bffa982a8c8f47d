"""The dossier: what was read stays, readable by its owner alone, and damage is mended from the folder."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import FileStatus
from pixsession.engine.board import file_bytes
from pixsession.foundation.clock import with_offset
from pixsession.foundation.paths import dossier_folder
from pixsession.readers import read_export
from pixsession.store.dossier import Dossier
from tests.factories.dossiers import (
    NOON,
    board_after,
    desk_on,
    from_dossier,
    people,
    read_all,
    saved,
    story,
    strangers,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folders private itself")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A downloads folder with the story in it."""
    saved(tmp_path / "downloads", *story())
    return tmp_path / "downloads"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """Where a dossier may be made: nothing of it is there yet."""
    return tmp_path / "state" / "dossiers" / "one"


def emptied(folder: Path) -> Path:
    """The same folder after its files were deleted."""
    for path in folder.iterdir():
        path.unlink()
    return folder


def contents(dossier: Path) -> list[Path]:
    """The bytes kept."""
    return sorted((dossier / "exports").glob("*.csv"))


def descriptions(dossier: Path) -> list[Path]:
    """What is said of them."""
    return sorted((dossier / "exports").glob("*.json"))


def test_the_board_is_there_after_the_files_were_deleted(folder: Path, dossier: Path) -> None:
    before = board_after(folder, dossier)
    after = from_dossier(emptied(folder), dossier)
    assert people(after) == people(before)
    assert after.changes == before.changes
    assert after.newest_export_at == before.newest_export_at
    assert len(before.rows) == 4
    assert before.changes


@posix
def test_files_are_readable_by_their_owner_alone_at_any_time(folder: Path, dossier: Path) -> None:
    before = os.umask(0o022)
    try:
        from_dossier(folder, dossier)
        with desk_on(folder, dossier) as desk:
            assert not (dossier / "board.duckdb.wal").exists()
            read_all(desk, folder)
            assert (dossier / "board.duckdb.wal").exists()
            assert strangers(dossier) == []
    finally:
        assert os.umask(before) == 0o022
    assert strangers(dossier.parent.parent) == []


@posix
def test_folders_above_that_were_there_keep_their_rights(folder: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    shared.chmod(0o755)
    board_after(folder, shared / "one")
    assert shared.stat().st_mode & 0o777 == 0o755


def test_contents_are_kept_under_their_digest_and_once(folder: Path, dossier: Path) -> None:
    first = min(folder.iterdir())
    again = first.name.replace("0845", "0850")
    (folder / again).write_bytes(first.read_bytes())
    board_after(folder, dossier)
    kept = {path.stem: path.read_bytes() for path in contents(dossier)}
    assert set(kept) == {read_export(path).digest for path in folder.iterdir()}
    assert first.read_bytes() in kept.values()
    assert len(kept) == 4
    assert len(descriptions(dossier)) == 5  # nothing had changed five minutes later: that is told too


@pytest.mark.parametrize(
    "rubbish", [b"", b"{", b"[]", b'{"digest": 3}', b"\xff\xfe\x00", b'{"digest": "../../x"}']
)
def test_a_damaged_description_spoils_nothing_else_and_is_mended(
    folder: Path, dossier: Path, rubbish: bytes
) -> None:
    before = board_after(folder, dossier)
    descriptions(dossier)[0].write_bytes(rubbish)
    assert people(from_dossier(folder, dossier)) == people(before)
    board_after(folder, dossier)
    for path in descriptions(dossier):
        assert json.loads(path.read_bytes())["digest"]


def test_bytes_without_a_description_are_read_again(folder: Path, dossier: Path) -> None:
    """A kill between the two writes, before the database knew anything."""
    paths = sorted(folder.iterdir())
    made = Dossier(dossier)
    made.create(NOON)
    made.keep(read_export(paths[0]))
    descriptions(dossier)[0].unlink()
    assert from_dossier(folder, dossier).rows == ()
    assert len(board_after(folder, dossier).rows) == 4
    assert len(descriptions(dossier)) == 4


@pytest.mark.parametrize("damage", ["gone", "cut", "changed"])
def test_bytes_that_are_gone_or_changed_never_reach_the_board_and_are_mended(
    folder: Path, dossier: Path, damage: str
) -> None:
    before = board_after(folder, dossier)
    for path in contents(dossier):
        whole = path.read_bytes()
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(whole[: len(whole) // 2] if damage == "cut" else whole.replace(b"Oui", b"Non"))
    (dossier / "board.duckdb").unlink()
    assert from_dossier(folder, dossier).rows == ()
    assert people(board_after(folder, dossier)) == people(before)
    assert {path.read_bytes() for path in contents(dossier)} == {
        path.read_bytes() for path in folder.iterdir()
    }


def test_damage_is_mended_while_the_database_still_knows_the_export(folder: Path, dossier: Path) -> None:
    before = board_after(folder, dossier)
    contents(dossier)[0].write_bytes(b"rubbish")
    board_after(folder, dossier)
    emptied(folder)
    (dossier / "board.duckdb").unlink()
    assert people(from_dossier(folder, dossier)) == people(before)


def test_what_a_kill_left_half_written_is_cleared_once_it_is_old(folder: Path, dossier: Path) -> None:
    board_after(folder, dossier)
    old, fresh = dossier / "exports" / ".a.csv.17", dossier / "exports" / ".b.csv.18"
    for path, age in ((old, timedelta(hours=2)), (fresh, timedelta(minutes=2))):
        path.write_bytes(b"half")
        os.utime(path, (with_offset(NOON - age).timestamp(),) * 2)
    board_after(folder, dossier)
    assert not old.exists()
    assert fresh.exists()


def test_nothing_half_written_stays_when_the_disk_refuses(
    folder: Path, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Dossier(dossier)
    made.create(NOON)
    export = read_export(min(folder.iterdir()))

    def full(_path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        made.keep(export)
        assert made.trouble == "the disk is full"
        made.flush()
        assert made.trouble == "the disk is full"
    assert list((dossier / "exports").iterdir()) == []
    made.flush()
    assert made.trouble == ""
    assert len(made.kept()) == 1


def test_the_disk_takes_each_file_once_and_soon(
    folder: Path, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: flushed.append(os.fstat(descriptor).st_ino))
    with desk_on(folder, dossier) as desk:
        read_all(desk, folder)
        assert flushed == []  # the board does not wait for it
        assert list(desk.catch_up()) == []
        assert list(desk.catch_up()) == []
        assert sorted(flushed) == sorted(path.stat().st_ino for path in (dossier / "exports").iterdir())
    assert len(flushed) == 8


def test_a_desk_that_closes_flushes_first(
    folder: Path, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    board_after(folder, dossier)
    assert len(flushed) == 8


def test_a_file_that_windows_holds_for_a_moment_is_replaced_all_the_same(
    folder: Path, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Dossier(dossier)
    made.create(NOON)
    refusals = iter([PermissionError(13, "held"), PermissionError(13, "held")])
    replace = Path.replace

    def held_twice(path: Path, target: Path) -> Path:
        for refusal in refusals:
            raise refusal
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", held_twice)
    made.keep(read_export(min(folder.iterdir())))
    assert len(made.kept()) == 1


def test_what_is_kept_is_recognised_by_its_bytes_and_not_parsed_again(
    folder: Path, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = board_after(folder, dossier)

    def never(path: Path, *_given: object) -> None:
        raise AssertionError(f"{path.name} was parsed")

    monkeypatch.setattr(file_bytes, "read_bytes", never)
    after = board_after(folder, dossier)
    assert after.files == before.files
    assert [entry.status for entry in after.files] == [FileStatus.READ] * 4


def test_a_dossier_belongs_to_one_folder_by_whatever_road(tmp_path: Path) -> None:
    (tmp_path / "Téléchargements" / "deep").mkdir(parents=True)
    one = dossier_folder(tmp_path, tmp_path / "Téléchargements")
    assert dossier_folder(tmp_path, tmp_path / "Téléchargements" / "deep" / "..") == one
    assert dossier_folder(tmp_path, tmp_path / "Téléchargements" / "deep") != one
    if sys.platform != "win32":
        (tmp_path / "link").symlink_to(tmp_path / "Téléchargements")
        assert dossier_folder(tmp_path, tmp_path / "link") == one
