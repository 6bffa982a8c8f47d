"""A disk that is full, or refuses, is told in words; the board goes on, and what was kept is not harmed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import FileStatus
from pixsession.store import dossier as dossier_module
from pixsession.store.database import Database, DatabaseError
from pixsession.store.dossier import Dossier
from tests.factories.dossiers import (
    board_after,
    crowded,
    desk_on,
    from_dossier,
    people,
    saved,
    story,
    without_marks,
)
from tests.factories.samples import big_export

FULL = OSError(28, "No space left on device")
IN_MEMORY = "the database cannot be written any more: the board goes on in memory"
NOT_KEPT = "exports are shown but could not be kept (the disk is full)"
not_root = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere"
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")


@contextmanager
def refused(*operations: str) -> Iterator[None]:
    """Refuse exports ("keep"), transactions on disk ("commit") or anywhere ("any"), what waits ("write")."""
    with pytest.MonkeyPatch.context() as patched:
        if "keep" in operations:

            def full(*_arguments: object) -> None:
                raise FULL

            patched.setattr(dossier_module, "write_whole", full)
        if "commit" in operations or "any" in operations:
            real = Database.transaction

            @contextmanager
            def transaction(database: Database) -> Iterator[None]:
                with real(database):
                    yield
                    if database.path is not None or "any" in operations:
                        raise DatabaseError("Failed to commit: No space left on device")

            patched.setattr(Database, "transaction", transaction)
        if "write" in operations:
            write_down = Database.write_down

            def refused_on_disk(database: Database) -> None:
                if database.path is not None:
                    raise DatabaseError("Failed to commit: No space left on device")
                write_down(database)

            patched.setattr(Database, "write_down", refused_on_disk)
        yield


def test_exports_that_cannot_be_kept_are_shown_and_kept_once_there_is_room(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    paths = saved(folder, *story())
    with desk_on(folder, dossier) as desk:
        desk.take(paths[0])
        with refused("keep"):
            assert [desk.take(path).status for path in paths[1:]] == [FileStatus.READ] * 3
            shown = desk.snapshot()
            assert shown.notices == (NOT_KEPT,)
            assert list(desk.catch_up()) == []
            assert not desk.has_news
            assert len(Dossier(dossier).kept()) == 1
        assert list(desk.catch_up()) == []
        assert desk.has_news
        assert desk.snapshot().notices == ()
        assert len(Dossier(dossier).kept()) == 4
    shutil.rmtree(folder)
    (dossier / "board.duckdb").unlink()
    assert people(from_dossier(folder, dossier)) == people(shown)


def test_a_database_that_cannot_be_written_any_more_is_left_for_memory(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    paths = saved(folder, *story())
    expected = board_after(folder, tmp_path / "elsewhere")
    with desk_on(folder, dossier) as desk:
        for path in paths[:2]:
            desk.take(path)
        with refused("commit"):
            assert desk.take(paths[2]).status is FileStatus.READ
            assert desk.snapshot().notices == (IN_MEMORY,)
        assert desk.take(paths[3]).status is FileStatus.READ
        shown = desk.snapshot()
        assert shown.notices == (IN_MEMORY,)
        assert people(shown) == people(expected)
        assert shown.changes == expected.changes
        zoe = next(row for row in shown.rows if row.last_name == "DURIEUX")
        assert len(desk.history(zoe.student_id)) == 4
    # The next start finds on disk what was committed, and the rest in the exports kept.
    again = from_dossier(tmp_path / "nowhere", dossier)
    assert people(again) == people(expected)
    assert again.changes == expected.changes
    assert again.notices == ()


@pytest.mark.parametrize("is_new", [True, False])
def test_what_the_disk_does_not_take_after_the_board_was_shown_is_lost_nowhere(
    tmp_path: Path, is_new: bool
) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    paths = saved(folder, *(crowded(number) for number in range(4)))
    expected = board_after(folder, tmp_path / "elsewhere")
    with desk_on(folder, dossier) as desk:
        if not is_new:
            desk.take(paths[0])
            desk.intake.write_down()
        with refused("write"):
            for path in paths[:2]:
                desk.take(path)
            assert desk.snapshot().notices == ()
            desk.intake.write_down()
            assert desk.has_news
            assert desk.snapshot().notices == (IN_MEMORY,)
        for path in paths[2:]:
            desk.take(path)
        shown = desk.snapshot()
        assert (people(shown), shown.changes) == (people(expected), expected.changes)
        zoe = next(row for row in shown.rows if row.last_name == "DURIEUX")
        assert len(desk.history(zoe.student_id)) == 5
    again = from_dossier(tmp_path / "nowhere", dossier)
    assert (people(again), again.changes, again.notices) == (people(expected), expected.changes, ())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows copies no database that is open")
def test_an_end_between_the_board_and_the_disk_loses_nothing(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    paths = saved(folder, *story())
    with desk_on(folder, dossier) as desk:
        for path in paths[:2]:
            desk.take(path)
        desk.intake.write_down()
        for path in paths[2:]:
            desk.take(path)
        shown = desk.snapshot()
        killed = shutil.copytree(dossier, tmp_path / "killed")
    shutil.rmtree(folder)
    again = from_dossier(folder, killed)
    assert (people(again), again.changes, again.notices) == (people(shown), shown.changes, ())


def test_an_export_that_nothing_can_store_is_refused_in_words_and_taken_in_later(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    paths = saved(folder, *story())
    expected = board_after(folder, None)
    with desk_on(folder, dossier) as desk:
        desk.take(paths[0])
        before = desk.snapshot()
        with refused("any"):
            entry = desk.take(paths[1])
            assert entry.status is FileStatus.REFUSED
            assert entry.message == "read, but it could not be stored: is the disk full?"
            assert people(desk.snapshot()) == people(before)
        assert [desk.take(path).status for path in paths[1:]] == [FileStatus.READ] * 3
        assert people(desk.snapshot()) == people(expected)


def test_a_refused_export_loses_nothing_when_the_program_ends(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    paths = saved(folder, *story())
    expected = board_after(folder, None)
    with desk_on(folder, dossier) as desk, refused("any"):
        for path in paths:
            assert desk.take(path).status is FileStatus.REFUSED
    shutil.rmtree(folder)
    assert people(from_dossier(folder, dossier)) == people(expected)


def test_a_state_folder_that_cannot_be_made_does_not_keep_the_board_away(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    saved(folder, *story())
    (tmp_path / "state").write_text("a file where the folder should be")
    snapshot = board_after(folder, tmp_path / "state" / "dossiers" / "one")
    assert len(snapshot.rows) == 4
    database, exports = snapshot.notices
    assert database == "the database cannot be written: everything is read again at each start"
    assert exports.startswith("exports are shown but could not be kept (")


@posix
@not_root
def test_a_dossier_that_may_only_be_read_serves_what_it_holds(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    saved(folder, *story()[:3])
    board_after(folder, dossier)
    saved(folder, story()[3])
    expected = board_after(folder, None)
    for path in (dossier, *dossier.iterdir(), *(dossier / "exports").iterdir()):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        assert without_marks(board_after(folder, dossier)) == without_marks(expected)
    finally:
        for path in (dossier, dossier / "exports"):
            path.chmod(0o700)


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "tiny"
    disk.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root of a Linux system may mount a small disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "pixsession-test", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this system does not let its root mount a disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_a_disk_that_is_really_full_harms_nothing(tiny: Path, tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tiny / "dossier"
    first, *others = (
        replace(one, name=one.name.replace("0945", f"094{seed}"))
        for seed, one in ((seed, big_export(300, seed)) for seed in range(1, 4))
    )
    last = crowded(1)
    with desk_on(folder, dossier) as desk:
        desk.take(saved(folder, first)[0])
        committed = people(desk.snapshot())
        ballast = tiny / "ballast"
        with ballast.open("wb", buffering=0) as stream:
            while shutil.disk_usage(tiny).free:
                stream.write(bytes(min(65536, shutil.disk_usage(tiny).free)))
        for one in (*others, last):
            assert desk.take(saved(folder, one)[0]).status is FileStatus.READ
        shown = desk.snapshot()
        assert set(shown.notices) == {NOT_KEPT, IN_MEMORY}
        assert people(shown) != committed
    # Still full: what was committed is there, and the folder is read again.
    assert people(from_dossier(tmp_path / "nowhere", dossier)) == committed
    assert without_marks(board_after(folder, dossier)) == without_marks(shown)
    ballast.unlink()
    assert without_marks(board_after(folder, dossier)) == without_marks(shown)
    assert without_marks(from_dossier(tmp_path / "nowhere", dossier)) == without_marks(shown)
