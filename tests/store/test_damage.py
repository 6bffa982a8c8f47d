"""A database that is lost, damaged or of another version costs nothing: the exports kept rebuild it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import _duckdb
import duckdb
import pytest
from filelock import FileLock

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.readers.documents import Reading, reading_of
from pixsession.settings.config import BoardRequest
from pixsession.store.database import Database, DatabaseError
from pixsession.store.dossier import Dossier
from pixsession.store.opening import open_store
from tests.factories.dossiers import board_after, crowded, desk_on, from_dossier, noon, people, saved, story

REBUILT = "the database was damaged or of another version: it was rebuilt from the exports kept"
not_root = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere"
)


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, Snapshot]:
    """A dossier whose exports are gone from the folder, and what the board said of them."""
    dossier, folder = tmp_path / "dossier", tmp_path / "downloads"
    saved(folder, *story())
    before = board_after(folder, dossier)
    shutil.rmtree(folder)
    return dossier, before


def database(dossier: Path) -> Path:
    """The database of a dossier."""
    return Dossier(dossier).database


def log(dossier: Path) -> Path:
    """The log that DuckDB keeps beside it."""
    return Dossier(dossier).database.with_name("board.duckdb.wal")


def truncated(dossier: Path) -> None:
    path = database(dossier)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def emptied(dossier: Path) -> None:
    database(dossier).write_bytes(b"")


def garbage(dossier: Path) -> None:
    database(dossier).write_bytes(b"This is no database.\n" * 5000)


def other_program(dossier: Path) -> None:
    database(dossier).write_bytes(b"SQLite format 3\x00" + bytes(8192))


def flipped(dossier: Path) -> None:
    """A bit of every block but the headers, so that whatever is read is damaged."""
    content = bytearray(database(dossier).read_bytes())
    for at in range(3 * 4096 + 2048, len(content), 4096):
        content[at] ^= 0x40
    database(dossier).write_bytes(content)


def older_format(dossier: Path) -> None:
    statements(dossier, "UPDATE format SET version = 0")


def newer_format(dossier: Path) -> None:
    statements(dossier, "UPDATE format SET version = 999")


def no_format(dossier: Path) -> None:
    statements(dossier, "DELETE FROM format")


def table_missing(dossier: Path) -> None:
    statements(dossier, "DROP TABLE student")


def column_missing(dossier: Path) -> None:
    statements(dossier, "ALTER TABLE change DROP COLUMN delta_pix")


def words_not_understood(dossier: Path) -> None:
    statements(dossier, "UPDATE change SET kind = 'promoted'")


def students_lost(dossier: Path) -> None:
    statements(dossier, "DELETE FROM student")


def statements(dossier: Path, sql: str) -> None:
    with duckdb.connect(str(database(dossier))) as connection:
        connection.execute(sql)


def a_pipe(path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("of other systems")
    os.mkfifo(path)


def a_link(path: Path) -> None:
    path.symlink_to(path.with_name("elsewhere"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")
@pytest.mark.parametrize("put", [a_pipe, a_link, Path.mkdir])
def test_something_odd_in_the_place_of_the_database_holds_nothing_up(
    kept: tuple[Path, Snapshot], put: Callable[[Path], None], tmp_path: Path
) -> None:
    dossier, before = kept
    database(dossier).unlink()
    put(database(dossier))
    after = from_dossier(tmp_path, dossier)
    assert people(after) == people(before)
    assert after.notices == (REBUILT,)
    assert from_dossier(tmp_path, dossier).notices == ()
    assert not (dossier / "elsewhere").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")
@pytest.mark.parametrize("put", [a_pipe, a_link, Path.mkdir])
def test_something_odd_in_the_place_of_a_copy_holds_nothing_up(
    kept: tuple[Path, Snapshot], put: Callable[[Path], None], tmp_path: Path
) -> None:
    dossier, _before = kept
    first = min(Dossier(dossier).kept(), key=lambda one: one.file.exported_at)
    first.path.unlink()
    put(first.path)
    database(dossier).unlink()
    (notice,) = from_dossier(tmp_path, dossier).notices
    assert notice.startswith(f"{first.file.name}, an export kept, cannot be read again (its copy is damaged")
    saved(tmp_path / "again", story()[0])
    with desk_on(tmp_path / "again", dossier) as desk:
        desk.take(tmp_path / "again" / first.file.name)
        assert bool(desk.snapshot().notices) is first.path.is_dir()  # no copy can be put in a folder's place


@pytest.mark.parametrize(
    "damage",
    [
        truncated,
        emptied,
        garbage,
        other_program,
        flipped,
        older_format,
        newer_format,
        no_format,
        table_missing,
        column_missing,
        words_not_understood,
        students_lost,
    ],
)
@pytest.mark.slow
def test_a_damaged_database_is_rebuilt_and_the_user_told(
    kept: tuple[Path, Snapshot], damage: Callable[[Path], None], tmp_path: Path
) -> None:
    dossier, before = kept
    damage(dossier)
    damaged = database(dossier).read_bytes()
    after = from_dossier(tmp_path, dossier)
    assert people(after) == people(before)
    assert after.changes == before.changes
    assert after.notices == (REBUILT,)
    if damage is not emptied:
        assert (dossier / "damaged.duckdb").read_bytes()[:4096] == damaged[:4096]
    # Mended for good, and nothing more to say.
    again = from_dossier(tmp_path, dossier)
    assert people(again) == people(before)
    assert again.notices == ()


def test_a_database_that_was_deleted_is_rebuilt_without_a_word(
    kept: tuple[Path, Snapshot], tmp_path: Path
) -> None:
    dossier, before = kept
    database(dossier).unlink()
    after = from_dossier(tmp_path, dossier)
    assert people(after) == people(before)
    assert after.notices == ()


def test_only_the_last_damaged_database_is_kept(kept: tuple[Path, Snapshot], tmp_path: Path) -> None:
    dossier, before = kept
    for _time in range(3):
        garbage(dossier)
        log(dossier).write_bytes(b"rubbish")
        assert people(from_dossier(tmp_path, dossier)) == people(before)
    assert sorted(path.name for path in dossier.glob("*damaged*")) == ["damaged.duckdb", "damaged.duckdb.wal"]


def unfinished(dossier: Path, folder: Path, *, exports: int = 6) -> Snapshot:
    """A dossier as a kill leaves it: the last exports are in the log beside the database."""
    paths = saved(folder, *(crowded(number) for number in range(exports)))
    with desk_on(folder, dossier) as desk:
        desk.take(paths[0])
    with desk_on(folder, dossier) as desk:
        for path in paths[1:]:
            desk.take(path)
        snapshot = desk.snapshot()
        desk.intake.write_down()
        copy = dossier.with_name("killed")
        shutil.copytree(dossier, copy)
    shutil.rmtree(dossier)
    copy.rename(dossier)
    assert log(dossier).stat().st_size > 1000
    shutil.rmtree(folder)
    return snapshot


def log_gone(path: Path) -> None:
    path.unlink()


def log_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])


def log_garbage(path: Path) -> None:
    path.write_bytes(b"rubbish" * 1000)


def log_damaged_at_its_start(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[:64] = bytes(64)
    path.write_bytes(content)


def log_damaged_inside(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)


def log_whole(_path: Path) -> None:
    pass


@pytest.mark.skipif(sys.platform == "win32", reason="DuckDB lets nobody copy a file that it has open")
@pytest.mark.parametrize(
    "damage", [log_whole, log_gone, log_cut, log_garbage, log_damaged_at_its_start, log_damaged_inside]
)
@pytest.mark.slow
def test_what_the_log_lost_comes_back_from_the_exports_kept(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """DuckDB drops a log that it cannot read, without a word in some cases."""
    dossier = tmp_path / "dossier"
    before = unfinished(dossier, tmp_path / "downloads")
    damage(log(dossier))
    after = from_dossier(tmp_path, dossier)
    assert people(after) == people(before)
    assert after.changes == before.changes
    assert len(after.changes) == 5
    with desk_on(tmp_path, dossier) as desk:
        assert len(desk.history(1)) == len(expected_history(tmp_path))


def expected_history(tmp_path: Path) -> set[tuple[object, ...]]:
    """The profiles that the six exports show, from a desk that saw them all."""
    folder = tmp_path / "again"
    saved(folder, *(crowded(number) for number in range(6)))
    with desk_on(folder, None) as desk:
        for path in sorted(folder.iterdir()):
            desk.take(path)
        return {(sent.sent_at, sent.pix, sent.levels) for sent in desk.history(1)}


_HOLD = "import sys, duckdb; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program has this database open."""
    command = [sys.executable, "-c", _HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        yield
        holder.communicate()


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(None, id="its own"),
        pytest.param(
            duckdb.IOException("IO Error: Le processus ne peut pas accéder au fichier, car il est utilisé"),
            id="French",
        ),
        pytest.param(UnicodeDecodeError("utf-8", b"acc\xe9der", 3, 4, "invalid"), id="not even text"),
    ],
)
def test_a_database_held_by_another_program_is_left_alone_whatever_it_says(
    kept: tuple[Path, Snapshot], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: Exception | None
) -> None:
    dossier, before = kept
    whole = database(dossier).read_bytes()
    connect = duckdb.connect

    def refused(path: str, **options: Any) -> Any:
        try:
            return connect(path, **options)
        except duckdb.Error:
            raise words or AssertionError from None

    with held(database(dossier)), monkeypatch.context() as patched:
        if words is not None:
            patched.setattr(_duckdb, "connect", refused)
        after = from_dossier(tmp_path, dossier)
    assert people(after) == people(before)
    assert after.notices == ("the database cannot be written: everything is read again at each start",)
    assert database(dossier).read_bytes() == whole
    assert from_dossier(tmp_path, dossier).notices == ()


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
@not_root
def test_a_database_that_may_not_be_written_is_left_alone(
    kept: tuple[Path, Snapshot], tmp_path: Path
) -> None:
    dossier, before = kept
    database(dossier).chmod(0o400)
    after = from_dossier(tmp_path, dossier)
    assert people(after) == people(before)
    assert after.notices == ("the database cannot be written: everything is read again at each start",)


def test_a_disk_without_locks_is_no_other_window(
    kept: tuple[Path, Snapshot], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, before = kept

    def unsupported(*_arguments: object, **_options: object) -> None:
        raise NotImplementedError("FileSystem does not appear to support flock")

    monkeypatch.setattr(FileLock, "acquire", unsupported)
    after = from_dossier(tmp_path, dossier)
    assert people(after) == people(before)
    assert after.notices == ("the database cannot be written: everything is read again at each start",)


def test_the_lock_file_of_a_killed_program_holds_nobody_back(
    kept: tuple[Path, Snapshot], tmp_path: Path
) -> None:
    dossier, before = kept
    Dossier(dossier).lock.write_text("4194303\n")
    after = from_dossier(tmp_path, dossier)
    assert people(after) == people(before)
    assert after.notices == ()


def test_who_closes_leaves_no_lock(kept: tuple[Path, Snapshot]) -> None:
    dossier = Dossier(kept[0])
    for _time in range(2):
        opened = open_store(dossier)
        assert opened.lock is not None
        second = open_store(dossier)
        assert second.lock is None
        assert second.notice == "another window follows this folder too"
        second.close()
        opened.close()


def test_damage_found_while_reading_asks_for_a_desk_that_rebuilds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks that the board does not need are only met when somebody looks at a student's history."""
    dossier, folder = tmp_path / "dossier", tmp_path / "downloads"
    saved(folder, *story())
    before = board_after(folder, dossier)

    def damaged(*_arguments: object) -> None:
        raise DatabaseError("IO Error: Corrupt database file: computed checksum does not match")

    with desk_on(folder, dossier) as desk:
        assert desk.history(1)
        assert not desk.is_damaged
        with monkeypatch.context() as patched:
            patched.setattr(Database, "ask_aside", damaged)
            assert desk.history(1) == ()
        assert desk.is_damaged
    desk = BoardEngine(BoardRequest(folder, Rule(), dossier=dossier), noon, live=True, rebuild=True)
    try:
        assert len(list(desk.catch_up())) == 4
        assert desk.snapshot().notices == (REBUILT,)
        assert people(desk.snapshot()) == people(before)
        assert desk.history(1)
    finally:
        desk.close()


def test_an_export_kept_that_no_reader_can_read_again_is_named_and_the_others_stay(
    kept: tuple[Path, Snapshot], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader of this version fails in a way nobody thought of, on the first of the exports kept."""
    dossier, before = kept
    database(dossier).unlink()
    first = min(Dossier(dossier).kept(), key=lambda one: one.file.exported_at)
    content = first.content()

    def failing(asked: bytes, *rest: object) -> Reading:
        if asked == content:
            raise IndexError
        return reading_of(asked, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("pixsession.readers.files.read_here", failing)
    after = from_dossier(tmp_path, dossier)
    # Ids were given anew.
    assert {row[1:5] for row in people(after)} == {row[1:5] for row in people(before)}
    (notice,) = after.notices
    assert first.file.name in notice
    assert "(this file cannot be read (IndexError)" in notice
