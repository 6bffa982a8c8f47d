"""A database: what waits is written once and whole, or waits on; other threads; another in its place."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pytest

from pixsession.store import database as database_module
from pixsession.store.database import Database, DatabaseError
from tests.factories.stored import at

Row = tuple[object, ...]


@pytest.fixture(scope="module", autouse=True)
def _one(one_engine: None) -> None:
    """Databases in memory share an engine."""


@pytest.fixture
def memory() -> Iterator[Database]:
    found = Database(None)
    yield found
    found.close()


def row_of(number: int) -> Row:
    """A row of the log of changes, about a student of this number."""
    return ("arrived", at("09:00"), number, "LEROY", "Ana", None, None, None, None, None, None)


def rows_of(numbers: Sequence[int]) -> list[Row]:
    return [row_of(number) for number in numbers]


def put(database: Database, *numbers: int) -> None:
    """One transaction with these rows."""
    with database.transaction():
        database.append("change", numbers, rows_of)


def numbers_in(database: Database) -> list[int]:
    """What was put in, in the order in which it came."""
    return [row[2] for row in database.ask("recent_changes", {"most": 99_999, "until": None})]


def numbers_aside(database: Database) -> list[int]:
    return [row[2] for row in database.ask_aside("recent_changes", {"most": 99_999, "until": None})]


def from_another_thread(database: Database) -> list[int]:
    """What another thread is answered."""
    found: list[int] = []
    asking = threading.Thread(target=lambda: found.extend(numbers_aside(database)), daemon=True)
    asking.start()
    asking.join(20)
    return found


def test_a_new_database_holds_nothing_and_says_so_until_something_is_put_in(memory: Database) -> None:
    assert (memory.is_new, memory.path, memory.waiting) == (True, None, [])
    assert numbers_aside(memory) == []  # nothing is opened yet
    assert (numbers_in(memory), memory.ask("exports")) == ([], [])
    assert memory.is_new
    put(memory, 1)
    assert not memory.is_new


def test_transactions_wait_until_somebody_asks_and_keep_their_order(memory: Database) -> None:
    put(memory, 1, 2)
    with memory.transaction():
        memory.insert("change", row_of(3))
    assert [write.rows for write in memory.waiting] == [2, 1]
    assert numbers_in(memory) == [1, 2, 3]
    assert memory.waiting == []
    put(memory)  # nothing at all
    with memory.transaction():
        pass
    assert memory.waiting == []
    memory.write_down()
    assert numbers_in(memory) == [1, 2, 3]


def test_a_transaction_that_fails_leaves_no_trace_be_it_asked_meanwhile_or_not(memory: Database) -> None:
    put(memory, 1)
    for asked in (False, True):
        with pytest.raises(ZeroDivisionError), memory.transaction():
            memory.append("change", [2], rows_of)
            assert not asked or numbers_in(memory) == [1, 2]
            raise ZeroDivisionError
        assert numbers_in(memory) == [1]
    with memory.transaction():
        memory.append("change", [3], rows_of)
        assert numbers_in(memory) == [1, 3]
        memory.append("change", [4], rows_of)  # at once, as the transaction has begun
        assert numbers_in(memory) == [1, 3, 4]
    assert (numbers_in(memory), memory.waiting) == ([1, 3, 4], [])
    assert numbers_aside(memory) == [1, 3, 4]  # another connection sees it
    with pytest.raises(ZeroDivisionError), memory.transaction():
        assert numbers_in(memory) == [1, 3, 4]  # asked before anything was put in
        memory.append("change", [5], rows_of)
        raise ZeroDivisionError
    assert numbers_in(memory) == [1, 3, 4]


def test_what_cannot_be_written_waits_on_whole_and_in_order(memory: Database) -> None:
    numbers_in(memory)
    put(memory, 1)
    with memory.transaction():
        memory.insert("change", ("too", "few"))
    put(memory, 2)
    for _time in range(2):
        with pytest.raises(DatabaseError):
            memory.write_down()
        assert len(memory.waiting) == 3
    del memory.waiting[1]
    assert numbers_in(memory) == [1, 2]


@pytest.mark.parametrize(("count", "waits"), [(5_000, 2), (5_001, 1)])
def test_of_many_rows_that_wait_the_next_transaction_has_the_disk_take_them(
    memory: Database, count: int, waits: int
) -> None:
    with memory.transaction():
        memory.append("change", [0] * 4_000, lambda _some: [])
        memory.append("change", [0] * (count - 4_000), lambda _some: [])
    assert len(memory.waiting) == 2
    put(memory, 1)
    assert len(memory.waiting) == (3 if waits == 2 else 1)


@pytest.mark.parametrize("count", [999, 1_000, 1_001, 2_500])
def test_many_rows_are_made_a_thousand_at_a_time_when_they_are_written(memory: Database, count: int) -> None:
    made: list[int] = []

    def some(numbers: Sequence[int]) -> list[Row]:
        made.append(len(numbers))
        return rows_of(numbers)

    with memory.transaction():
        memory.append("change", range(count), some)
    assert made == []
    assert numbers_in(memory) == list(range(count))
    assert (sum(made), max(made)) == (count, min(count, 1_000))


def test_rows_may_be_changed_by_a_query_in_a_transaction(memory: Database) -> None:
    put(memory, 1)
    with memory.transaction():
        memory.insert("student", (7, "a", "b", "c", "LEROY", "Ana"))
        memory.change("evaluations_dropped", {"campaign_key": "1"})
    assert [write.rows for write in memory.waiting] == [1, 1, 1]
    assert numbers_in(memory) == [1]


def test_whoever_writes_is_answered_at_once_and_another_thread_once_it_is_written(
    memory: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert numbers_in(memory) == []
    put(memory, 1)
    assert numbers_aside(memory) == [1]
    put(memory, 2)
    monkeypatch.setattr(database_module, "_LONGEST_WAIT", 0.01)
    assert from_another_thread(memory) == [1]  # a disk that takes nothing is not waited for without end
    monkeypatch.setattr(database_module, "_LONGEST_WAIT", 60.0)
    asking = threading.Thread(target=lambda: found.extend(numbers_aside(memory)), daemon=True)
    found: list[int] = []
    asking.start()
    memory.write_down()
    asking.join(20)
    assert found == [1, 2]


def test_an_odd_question_aside_is_refused_and_a_closed_database_answers_nothing() -> None:
    memory = Database(None)
    put(memory, 1)
    assert numbers_in(memory) == [1]
    with pytest.raises(DatabaseError):
        memory.ask_aside("recent_changes", {"most": "many", "until": None})
    memory.close()
    assert numbers_aside(memory) == []


def test_a_database_on_disk_is_one_file_after_its_end_and_opens_with_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "board.duckdb"
    first = Database(path)
    assert not path.exists()  # made when it is first needed
    put(first, 1)
    assert numbers_in(first) == [1]
    put(first, 2)
    first.close()
    assert [one.name for one in tmp_path.iterdir()] == ["board.duckdb"]
    again = Database(path)
    assert not again.is_new
    monkeypatch.setattr(database_module, "_LONGEST_WAIT", 60.0)
    assert from_another_thread(again) == [1, 2]  # nothing is to be waited for
    assert numbers_in(again) == [1, 2]
    again.close()


def test_a_new_database_to_which_nothing_came_is_never_made(tmp_path: Path) -> None:
    Database(tmp_path / "board.duckdb").close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_tables_gets_them_and_one_of_another_format_is_refused_and_left(
    tmp_path: Path,
) -> None:
    path = tmp_path / "board.duckdb"
    duckdb.connect(str(path)).close()
    bare = Database(path)
    assert bare.is_new
    assert numbers_in(bare) == []
    bare.close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE format SET version = version + 1")
    with pytest.raises(DatabaseError, match="another format"):
        Database(path)
    path.rename(tmp_path / "free.duckdb")  # it is not held


def test_all_that_was_written_and_waits_goes_on_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "l'école.duckdb"
    on_disk = Database(path)
    put(on_disk, 3, 1)
    on_disk.write_down()
    put(on_disk, 2)
    copy = on_disk.moved_to_memory()
    assert (copy.path, copy.is_new, copy.waiting) == (None, False, [])
    assert numbers_in(copy) == [3, 1, 2]
    put(copy, 4)
    assert numbers_in(copy) == [3, 1, 2, 4]
    copy.close()
    again = Database(path)  # it is free, and holds what it had taken
    assert numbers_in(again) == [3, 1]
    again.close()


def test_a_database_that_was_never_made_goes_on_in_memory_with_what_waits(tmp_path: Path) -> None:
    on_disk = Database(tmp_path / "board.duckdb")
    put(on_disk, 1)
    copy = on_disk.moved_to_memory()
    assert numbers_in(copy) == [1]
    copy.close()
    assert list(tmp_path.iterdir()) == []


def test_where_the_disk_is_gone_nothing_is_taken_for_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "board.duckdb"
    on_disk = Database(path)
    put(on_disk, 1)
    on_disk.write_down()
    on_disk._close()
    path.unlink()
    with pytest.raises(DatabaseError):
        on_disk.moved_to_memory()


def test_another_database_is_asked_in_its_place_until_it_is_let_go(tmp_path: Path) -> None:
    paths = [tmp_path / f"l'école {number}.duckdb" for number in (1, 2)]
    made = Database(paths[0])
    put(made, 1)
    made.close()
    shutil.copy(*paths)
    with duckdb.connect(str(paths[1])) as connection:
        connection.execute("UPDATE format SET version = version + 1")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(database_module, "_engine", lambda: duckdb)  # its own, not that of the others
        reader = Database(None)
        reader.detach()  # nothing is attached
        reader.attach(paths[0])
        assert numbers_in(reader) == [1]
        reader.detach()
        assert numbers_in(reader) == []
        with pytest.raises(DatabaseError, match="another format"):
            reader.attach(paths[1])
        reader.detach()
        reader.attach(paths[0])
        assert numbers_in(reader) == [1]
        reader.close()
