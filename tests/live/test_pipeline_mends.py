"""The pipeline mends itself: exports that come in pieces, files that change unseen, a database that fails."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.store.database import Database, DatabaseError
from pixsession.store.dossier import Dossier
from tests.factories.dossiers import board_after, crowded, people, saved, story
from tests.factories.exports import MORNING, export, sent, student
from tests.factories.samples import big_export
from tests.store.test_damage import REBUILT

from .boards import board_on, download
from .test_pipeline import files_read, folder, read
from .watching import linux

__all__ = ["folder"]


def lines_read(count: int) -> Callable[[Snapshot], bool]:
    """Wanted: a board on a file of so many lines."""
    return lambda snapshot: any(one.rows == count for one in snapshot.files)


def told(snapshot: Snapshot) -> set[tuple[object, ...]]:
    """The news of a board, whatever the ids of its students."""
    return {(one.kind, one.last_name, one.first_name, one.before, one.after) for one in snapshot.changes}


@linux
def test_an_export_replaced_under_its_name_size_and_time(folder: Path) -> None:
    first, second = (export(student("DURIEUX", "Zoé", sent("08:50", count)), at="09:00") for count in (3, 6))
    assert len(first.content) == len(second.content)
    with board_on(folder) as board:
        path = download(folder, first)
        board.wait_for(lambda snapshot: snapshot.rows and snapshot.rows[0].verdict.eligible_competences == 3)
        before = path.stat()
        with path.open("r+b") as stream:
            stream.write(second.content)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        last = board.wait_for(lambda snapshot: snapshot.rows[0].verdict.eligible_competences == 6)
        assert len(last.files) == 1


@pytest.mark.usefixtures("quick")
def test_an_export_written_in_closed_pieces_leaves_one_copy_and_no_news(folder: Path, tmp_path: Path) -> None:
    """Each piece ends at a line end, and is an export by itself until the next one comes."""
    saved(folder, big_export(30, 7, exported_at=MORNING))
    late = big_export(60, 7, exported_at=MORNING + timedelta(hours=1))
    lines = late.content.splitlines(keepends=True)
    pieces = [b"".join(lines[at : at + 20]) for at in range(0, len(lines), 20)]
    assert len(pieces) > 2
    dossier = tmp_path / "dossier"
    with board_on(folder, dossier) as board:
        board.wait_for(read)
        for number, piece in enumerate(pieces, 1):
            with (folder / late.name).open("ab") as stream:
                stream.write(piece)
            read_so_far = len(b"".join(pieces[:number]).splitlines()) - 1
            last = board.wait_for(lines_read(read_so_far))
    whole = tmp_path / "whole"
    whole.mkdir()
    saved(whole, big_export(30, 7, exported_at=MORNING), late)
    expected = board_after(whole, None)
    assert sorted(row[1:5] for row in people(last)) == sorted(row[1:5] for row in people(expected))
    assert told(last) == told(expected)
    assert len(Dossier(dossier).kept()) == 2
    assert len(list((dossier / "exports").glob("*.csv"))) == 2
    assert last.notices == ()


def test_a_database_that_fails_at_a_write_is_made_anew_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failing = Database.transaction, [True]

    @contextmanager
    def transaction(database: Database) -> Iterator[None]:
        with real(database):
            yield
            if database.path is not None and failing:
                failing.clear()
                raise DatabaseError("Corrupt database file: computed checksum does not match")

    dossier = tmp_path / "dossier"
    paths = saved(folder, *story())
    with board_on(folder, dossier) as board:
        board.wait_for(files_read(4))
    monkeypatch.setattr(Database, "transaction", transaction)
    with board_on(folder, dossier) as board:
        board.wait_for(files_read(4))
        download(folder, crowded(59))
        last = board.wait_for(files_read(5))
        assert not failing
        assert last.notices == (REBUILT,)
    monkeypatch.undo()
    assert (dossier / "damaged.duckdb").exists()
    with board_on(folder, dossier) as board:
        again = board.wait_for(files_read(5))
        assert again.notices == ()
        assert sorted(row[1:5] for row in people(again)) == sorted(row[1:5] for row in people(last))
    assert len(paths) == 4
