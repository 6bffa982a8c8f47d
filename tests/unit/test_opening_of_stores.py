"""Who owns the database of a dossier, and what becomes of one that cannot be opened; no engine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from pixsession.store import opening
from pixsession.store.database import Database, DatabaseError
from pixsession.store.dossier import Dossier
from pixsession.store.opening import OpenStore, open_store, take_lock
from pixsession.store.store import Store
from tests.factories.dossiers import NOON

REBUILT = "the database was damaged or of another version: it was rebuilt from the exports kept"
NO_DISK = "the database cannot be written: everything is read again at each start"


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    found = Dossier(tmp_path / "dossier")
    found.create(NOON)
    return found


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Has the database fail so, the first times that it is opened."""
    store_of = opening._store_of

    def with_errors(*errors: Exception) -> None:
        left = list(errors)

        def failing(path: Path) -> Store:
            if left:
                raise left.pop(0)
            return store_of(path)

        monkeypatch.setattr(opening, "_store_of", failing)

    return with_errors


def is_free(dossier: Dossier) -> bool:
    """Whether another program could own the dossier now."""
    lock = take_lock(dossier.lock)
    if lock is not None:
        lock.release()
    return lock is not None


def contents(dossier: Dossier) -> dict[str, str]:
    """Of the databases in the dossier, and their logs."""
    return {path.name: path.read_text() for path in dossier.folder.glob("*.duckdb*")}


@contextmanager
def opened(dossier: Dossier | None, **more: Any) -> Iterator[OpenStore]:
    found = open_store(dossier, **more)
    try:
        yield found
    finally:
        found.close()


def test_the_first_window_owns_the_database_and_the_second_goes_on_in_memory(dossier: Dossier) -> None:
    with opened(dossier) as first:
        assert (first.store.path, first.notice) == (dossier.database, "")
        assert not is_free(dossier)
        with opened(dossier) as second:
            assert (second.store.path, second.lock) == (None, None)
            assert second.notice == "another window follows this folder too"
        assert not is_free(dossier)
    assert is_free(dossier)


def test_without_a_dossier_all_is_in_memory_and_nothing_is_said() -> None:
    with opened(None) as found:
        assert (found.store.path, found.notice, found.lock) == (None, "", None)


def test_a_disk_without_locks_is_said_and_owns_nothing(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(_lock: FileLock) -> None:
        raise NotImplementedError("flock")

    monkeypatch.setattr(FileLock, "acquire", unsupported)
    with pytest.raises(OSError, match="ocks"):
        take_lock(dossier.lock)
    with opened(dossier) as found:
        assert (found.store.path, found.lock, found.notice) == (None, None, NO_DISK)


def test_a_database_that_is_not_trusted_is_set_aside_with_its_log_and_made_anew(dossier: Dossier) -> None:
    for name in ("board.duckdb", "board.duckdb.wal", "damaged.duckdb", "damaged.duckdb.wal"):
        (dossier.folder / name).write_text(name)
    with opened(dossier, rebuild=True) as found:
        assert (found.store.path, found.notice) == (dossier.database, REBUILT)
        assert found.lock is not None
    # The last one only, and no log of another database beside the new one.
    assert contents(dossier) == {"damaged.duckdb": "board.duckdb", "damaged.duckdb.wal": "board.duckdb.wal"}
    dossier.database.write_text("another, without a log")
    open_store(dossier, rebuild=True).close()
    assert contents(dossier) == {"damaged.duckdb": "another, without a log"}


@pytest.mark.parametrize("error", [DatabaseError("no such table"), ValueError(), TypeError(), KeyError()])
def test_a_damaged_database_is_made_anew_once(
    dossier: Dossier, fails: Callable[..., None], error: Exception
) -> None:
    dossier.database.write_text("damaged")
    fails(error)
    with opened(dossier) as found:
        assert (found.store.path, found.notice) == (dossier.database, REBUILT)
        assert not is_free(dossier)
    assert contents(dossier) == {"damaged.duckdb": "damaged"}


def test_a_database_that_is_gone_meanwhile_is_made_anew_too(
    dossier: Dossier, fails: Callable[..., None]
) -> None:
    with opened(dossier, rebuild=True) as found:
        assert found.notice == REBUILT
    fails(DatabaseError("no such table"))
    with opened(dossier) as found:
        assert (found.store.path, found.notice) == (dossier.database, REBUILT)


@pytest.mark.skipif(os.name == "nt", reason="a link needs rights there")
def test_a_link_in_the_place_of_the_database_is_not_followed(dossier: Dossier) -> None:
    dossier.database.symlink_to(dossier.folder / "elsewhere")
    with opened(dossier) as found:
        assert (found.store.path, found.notice) == (dossier.database, REBUILT)
    assert not dossier.database.is_symlink()


@pytest.mark.parametrize(
    "words", ["Permission denied", "Read-only file system", "No space left on device", "Too many open files"]
)
def test_a_database_that_the_system_refuses_is_left_alone(
    dossier: Dossier, fails: Callable[..., None], words: str
) -> None:
    dossier.database.write_text("sound")
    fails(DatabaseError(f'IO Error: Cannot open file "board.duckdb": {words}'))
    with opened(dossier) as found:
        assert (found.store.path, found.lock, found.notice) == (None, None, NO_DISK)
        assert is_free(dossier)
    assert contents(dossier) == {"board.duckdb": "sound"}


def test_where_the_disk_takes_no_file_the_database_is_left_alone(
    dossier: Dossier, fails: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier.database.write_text("sound")
    fails(DatabaseError("Fehler"))
    monkeypatch.setattr(opening, "_takes_files", lambda folder: folder != dossier.folder)
    with opened(dossier) as found:
        assert found.notice == NO_DISK
    assert contents(dossier) == {"board.duckdb": "sound"}


def test_a_database_that_cannot_be_opened_to_be_written_is_left_alone(
    dossier: Dossier, fails: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier.database.write_text("sound")
    fails(DatabaseError("Fehler"))

    def held(_path: Path, *_mode: object) -> None:
        raise PermissionError(13, "Zugriff verweigert")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", held)
        with opened(dossier) as found:
            assert found.notice == NO_DISK
    assert contents(dossier) == {"board.duckdb": "sound"}


@pytest.mark.parametrize("again", [DatabaseError("full"), OSError(28, "full"), UnicodeError()])
def test_where_no_new_database_can_be_made_the_board_goes_on_in_memory(
    dossier: Dossier, fails: Callable[..., None], again: Exception
) -> None:
    fails(DatabaseError("no such table"), again)
    with opened(dossier) as found:
        assert (found.store.path, found.lock, found.notice) == (None, None, NO_DISK)
        assert is_free(dossier)


@pytest.mark.parametrize(("forget", "left"), [(False, {"board.duckdb", "board.duckdb.wal"}), (True, set())])
def test_a_database_is_forgotten_with_its_log_where_that_is_asked(
    dossier: Dossier, *, forget: bool, left: set[str]
) -> None:
    found = open_store(dossier)
    for name in ("board.duckdb", "board.duckdb.wal"):
        (dossier.folder / name).write_text("")
    found.close(forget=forget)
    assert set(contents(dossier)) == left
    assert is_free(dossier)


def test_a_database_that_was_never_made_is_forgotten_too(dossier: Dossier) -> None:
    open_store(dossier).close(forget=True)
    assert contents(dossier) == {}
    assert is_free(dossier)


def test_a_window_that_owns_no_database_forgets_none(dossier: Dossier) -> None:
    with opened(dossier):
        second = open_store(dossier)
        dossier.database.write_text("of the first")
        second.close(forget=True)
    assert contents(dossier) == {"board.duckdb": "of the first"}
    open_store(None).close(forget=True)
    other = dossier.database.with_name("other")
    without_lock = OpenStore(Store(Database(other)))
    other.write_text("")
    without_lock.close(forget=True)
    assert other.exists()
    lock = take_lock(dossier.lock)
    OpenStore(Store(Database(None)), "", lock).close(forget=True)  # it went on in memory
    assert contents(dossier) == {"board.duckdb": "of the first"}
    assert is_free(dossier)


def test_the_dossier_is_free_though_its_store_could_not_be_closed(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_store: Store) -> None:
        raise DatabaseError("gone")

    found = open_store(dossier)
    monkeypatch.setattr(Store, "close", fail)
    with pytest.raises(DatabaseError):
        found.close()
    assert is_free(dossier)


def test_a_failure_is_of_the_database_only_where_the_disk_is_well(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, damaged = DatabaseError("write: No space left on device"), DatabaseError("checksum does not match")
    with opened(dossier) as found, opened(None) as in_memory:
        assert [found.is_damaged_by(error) for error in (damaged, full)] == [True, False]
        assert not in_memory.is_damaged_by(damaged)
        monkeypatch.setattr(opening, "_takes_files", lambda folder: folder != dossier.folder)
        assert not found.is_damaged_by(damaged)


def test_a_disk_takes_files_where_one_can_be_written(tmp_path: Path) -> None:
    assert opening._takes_files(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert not opening._takes_files(tmp_path / "gone")
