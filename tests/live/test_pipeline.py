"""The pipeline: from a file that lands to the board, without a word too many, until it is stopped."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pixsession.domain.board.snapshot import FileEntry, FileStatus, Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board import file_bytes, intake
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.read_once import check_folder
from pixsession.foundation.errors import FolderUnusable
from pixsession.readers import FileDescription
from pixsession.readers.files import read_bytes
from pixsession.settings.config import BoardRequest
from pixsession.store.database import Database, DatabaseError
from tests.factories.dossiers import NOON, board_after, crowded, noon, people, saved, story, without_marks
from tests.factories.exports import OTHER_CAMPAIGN, export, sent, student

from .boards import Board, board_on, download
from .watching import SLOWNESS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to be watched."""
    made = tmp_path / "downloads"
    made.mkdir()
    return made


def read(snapshot: Snapshot) -> int:
    """How many files were read."""
    return snapshot.files_with(FileStatus.READ)


def files_read(count: int) -> Callable[[Snapshot], bool]:
    """Wanted: a board that tells of so many files read."""
    return lambda snapshot: read(snapshot) == count


def shows(name: str) -> Callable[[Snapshot], bool]:
    """Wanted: a board made of this export."""
    return lambda snapshot: any(source.file == name for source in snapshot.sources.values())


def test_an_empty_folder_gives_an_empty_board_and_then_silence(folder: Path) -> None:
    with board_on(folder) as board:
        first = board.wait_for(lambda _snapshot: True)
        assert (first.rows, first.files, first.revision) == ((), (), 1)
        download(folder, story()[0])
        second = board.wait_for(read)
        assert second.revision == len(board.snapshots) == 2


def test_exports_are_followed_one_by_one(folder: Path, tmp_path: Path) -> None:
    saved(folder, story()[0])
    with board_on(folder, tmp_path / "dossier") as board:
        board.wait_for(read)
        for number, one in enumerate(story()[1:], 2):
            download(folder, one)
            last = board.wait_for(files_read(number))
    assert people(last) == people(board_after(folder, tmp_path / "other"))
    assert [entry.present for entry in last.files] == [True] * 4


def test_what_is_there_at_the_start_is_one_board(folder: Path) -> None:
    """In the order of the exports, whatever the order of the files: the log tells it as it happened."""
    for one in reversed(story()):
        saved(folder, one)
    with board_on(folder) as board:
        last = board.wait_for(files_read(4))
        assert len(board.snapshots) == 1
    assert people(last) == people(board_after(folder, None))


def test_fifty_exports_at_once(folder: Path, tmp_path: Path) -> None:
    with board_on(folder, tmp_path / "dossier") as board:
        board.wait_for(lambda _snapshot: True)
        for number in range(50):
            download(folder, crowded(number))
        last = board.wait_for(files_read(50))
        assert len(board.snapshots) < 25
        assert len(board.pipeline.history(last.rows[0].student_id)) > 10
    assert without_marks(last) == without_marks(board_after(folder, None))


def test_a_folder_that_is_missing_is_waited_for_and_its_board_kept(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    with board_on(folder) as board:
        assert board.wait_for(lambda _snapshot: True).folder_missing_since == NOON
        saved(folder, story()[0])
        before = board.wait_for(read)
        assert before.folder_missing_since is None
        folder.rename(tmp_path / "away")
        gone = board.wait_for(lambda snapshot: snapshot.folder_missing_since)
        assert people(gone) == people(before)
        assert [entry.present for entry in gone.files] == [True]
        (tmp_path / "away").rename(folder)
        back = board.wait_for(lambda snapshot: snapshot.folder_missing_since is None)
        assert people(back) == people(before)
        download(folder, story()[1])
        board.wait_for(files_read(2))


def test_a_file_deleted_leaves_its_students(folder: Path) -> None:
    paths = saved(folder, *story()[:2])
    with board_on(folder) as board:
        before = board.wait_for(files_read(2))
        paths[1].unlink()
        after = board.wait_for(lambda snapshot: not all(entry.present for entry in snapshot.files))
        assert people(after) == people(before)
        assert {entry.name: entry.present for entry in after.files} == {
            paths[0].name: True,
            paths[1].name: False,
        }


def test_an_export_replaced_under_its_name(folder: Path) -> None:
    first, second = (export(student("DURIEUX", "Zoé", sent("08:50", count)), at="09:00") for count in (3, 6))
    with board_on(folder) as board:
        download(folder, first)
        board.wait_for(lambda snapshot: snapshot.rows and snapshot.rows[0].verdict.eligible_competences == 3)
        os.utime(download(folder, second))
        last = board.wait_for(lambda snapshot: snapshot.rows[0].verdict.eligible_competences == 6)
        assert len(last.files) == 1
        assert last.rows[0].delta is not None
        assert [change.kind for change in last.changes] == ["became_eligible"]


def test_a_bad_newer_file_is_refused_the_board_stays_and_mending_is_enough(folder: Path) -> None:
    saved(folder, story()[0])
    with board_on(folder) as board:
        before = board.wait_for(read)
        bad = folder / story()[1].name
        bad.write_bytes(story()[1].content[:-11])
        after = board.wait_for(lambda snapshot: snapshot.files_with(FileStatus.REFUSED))
        assert people(after) == people(before)
        assert after.newest_export_at == before.newest_export_at
        bad.write_bytes(story()[1].content)
        last = board.wait_for(files_read(2))
        assert last.files_with(FileStatus.REFUSED) == 0
        assert last.newest_export_at == story()[1].exported_at


@pytest.mark.usefixtures("quick")
def test_a_file_that_stays_refused_is_tried_again_in_silence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = threading.Semaphore(0)
    real = read_bytes

    def counted(*given: Any) -> tuple[bytes, FileDescription]:
        tries.release()
        return real(*given)

    monkeypatch.setattr(file_bytes, "read_bytes", counted)
    cut = folder / story()[0].name
    cut.write_bytes(story()[0].content[:-11])
    with board_on(folder) as board:
        board.wait_for(lambda snapshot: snapshot.files_with(FileStatus.REFUSED))
        said = len(board.snapshots)
        for _try in range(3):  # at once, and twice after a pause
            assert tries.acquire(timeout=5 * SLOWNESS)
        # Something that shows is the next thing said.
        download(folder, story()[1])
        last = board.wait_for(read)
        assert last.revision == said + 1


def test_campaigns_are_chosen_while_it_runs(folder: Path) -> None:
    saved(folder, *story())
    with board_on(folder, campaigns=frozenset({"KRTPLM447"})) as board:
        narrow = board.wait_for(lambda snapshot: len(snapshot.campaigns) == 2)
        assert len(narrow.rows) == 1
        board.pipeline.choose_campaigns(frozenset())
        assert len(board.wait_for(lambda snapshot: len(snapshot.rows) > 1).rows) == 4
        for chosen in ("731958", "KRTPLM447", "NOBODY", "FDVRGZ586"):  # only the last wish counts
            board.pipeline.choose_campaigns(frozenset({chosen}))
        board.wait_for(lambda snapshot: len(snapshot.rows) == 4)
        board.pipeline.choose_campaigns(frozenset({"KRTPLM447"}))
        board.wait_for(lambda snapshot: len(snapshot.rows) == 1)
        # What comes of the others is in the list of files, and on their board.
        download(folder, export(student("NOUVEAU", "Lia", sent("10:00", 5)), at="10:15"))
        board.wait_for(lambda snapshot: read(snapshot) == 5 and len(snapshot.rows) == 1)
        board.pipeline.choose_campaigns(frozenset())
        board.wait_for(lambda snapshot: {row.last_name for row in snapshot.rows} == {"NOUVEAU", "DURIEUX"})


def test_several_campaigns_are_one_board_where_the_latest_profile_counts(folder: Path) -> None:
    zoe = student("DURIEUX", "Zoé", sent("08:50", 3))
    again = student("DURIEUX", "Zoé", sent("09:10", 6))
    with board_on(folder) as board:
        download(folder, export(zoe, at="09:00"))
        download(folder, export(again, at="09:15", campaign=OTHER_CAMPAIGN))
        last = board.wait_for(files_read(2))
    (row,) = last.rows
    assert (row.verdict.eligible_competences, row.submissions, len(row.campaigns)) == (6, 2, 2)
    source = last.source_of(row)
    assert source is not None
    assert source.campaign.code == "KRTPLM447"


def test_who_stops_before_the_start_is_obeyed(folder: Path) -> None:
    board = Board(folder)
    board.pipeline.stop()
    board.pipeline.start()
    board.stop()
    assert board.snapshots == []
    assert board.failures == []


def stops_at_the_third(patched: pytest.MonkeyPatch, board: Board, work: str) -> list[int]:
    """Have this board told to stop when its engine is at a third piece of work; gives all that it did."""
    real, done = getattr(BoardEngine, work), list[int]()

    def take(desk: BoardEngine, path: Path) -> FileEntry:
        count()
        found: FileEntry = real(desk, path)
        return found

    def catch_up(desk: BoardEngine) -> Iterator[None]:
        for _step in real(desk):
            count()
            yield

    def count() -> None:
        done.append(len(done) + 1)
        if len(done) == 3:
            board.pipeline.stop()

    patched.setattr(BoardEngine, work, {"take": take, "catch_up": catch_up}[work])
    return done


def test_it_stops_while_many_files_are_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(folder, *(crowded(number) for number in range(20)))
    stopped = Board(folder, tmp_path / "dossier")
    with monkeypatch.context() as patched:
        read_files = stops_at_the_third(patched, stopped, "take")
        stopped.runs_to_its_end()
    assert read_files == [1, 2, 3]
    with board_on(folder, tmp_path / "dossier") as board:
        last = board.wait_for(files_read(20))
    assert without_marks(last) == without_marks(board_after(folder, None))


def test_it_stops_while_it_catches_up_with_the_exports_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = tmp_path / "dossier"
    for path in saved(folder, *(crowded(number) for number in range(20))):
        last = path
    expected = board_after(folder, dossier)
    for path in folder.iterdir():
        path.unlink()
    (dossier / "board.duckdb").unlink()
    stopped = Board(folder, dossier)
    with monkeypatch.context() as patched:
        steps = stops_at_the_third(patched, stopped, "catch_up")
        stopped.runs_to_its_end()
    assert steps == [1, 2, 3]
    with board_on(folder, dossier) as board:
        again = board.wait_for(shows(last.name))
    assert people(again) == people(expected)


def test_what_nobody_expected_is_told_in_words_that_name_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_arguments: object) -> None:
        raise RuntimeError("DURIEUX Zoé")

    with board_on(folder) as board:
        board.wait_for(lambda _snapshot: True)
        monkeypatch.setattr(intake, "board_of", fall)
        download(folder, story()[0])
        error = board.wait_for_failure()
    assert error.message == "The board has stopped (RuntimeError). What was read is kept: start it again."
    assert board.pipeline.history(1) == ()


def test_a_fault_while_opening_is_told_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_arguments: object, **_options: object) -> None:
        raise MemoryError

    monkeypatch.setattr(intake, "open_store", fall)
    with board_on(folder) as board:
        assert "MemoryError" in board.wait_for_failure().message


def test_damage_met_on_the_way_is_mended_on_the_way(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(folder, *story()[:3])

    def damaged(*_arguments: object) -> None:
        raise DatabaseError("IO Error: Corrupt database file: computed checksum does not match")

    with board_on(folder, tmp_path / "dossier") as board:
        before = board.wait_for(files_read(3))
        with monkeypatch.context() as patched:
            patched.setattr(Database, "ask_aside", damaged)
            assert board.pipeline.history(1) == ()
        after = board.wait_for(lambda snapshot: snapshot.notices)
        assert "rebuilt" in after.notices[0]
        assert people(after) == people(before)
        download(folder, story()[3])
        assert board.wait_for(files_read(4)).notices == after.notices
        assert board.pipeline.history(1)


def test_a_disk_that_fails_for_good_ends_in_words(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_arguments: object, **_options: object) -> None:
        raise DatabaseError("IO Error: Corrupt database file")

    with board_on(folder, tmp_path / "dossier") as board:
        board.wait_for(lambda _snapshot: True)
        monkeypatch.setattr(Database, "transaction", damaged)
        monkeypatch.setattr(Database, "moved_to_memory", damaged)
        download(folder, story()[0])
        assert board.wait_for_failure().message.startswith("The board has stopped (")


def test_looking_once_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FolderUnusable):
        check_folder(BoardRequest(tmp_path / "missing", Rule()), noon)
