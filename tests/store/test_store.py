"""The store: the same students and the same board whether the program was restarted, or failed, or not."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pixsession.domain.board.need_order import NeedOrder
from pixsession.domain.board.snapshot import Snapshot, Source
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.readers import read_export
from pixsession.store.board import board_of
from pixsession.store.database import Database, DatabaseError
from pixsession.store.store import Store
from tests.factories.dossiers import (
    NOON,
    board_after,
    crowded,
    desk_on,
    people,
    read_all,
    saved,
    story,
    without_marks,
)
from tests.factories.exports import CAMPAIGN, OTHER_CAMPAIGN, export, pending, put, sent, student
from tests.factories.samples import ExportFile, Student


def test_students_keep_their_numbers_when_the_program_is_restarted_after_every_export(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    saved(whole, *story())
    never_stopped = board_after(whole, tmp_path / "one")
    for one in story():
        saved(cut, one)
        restarted = board_after(cut, tmp_path / "two")
    assert people(restarted) == people(never_stopped)
    assert restarted.changes == never_stopped.changes
    zoe = next(row for row in restarted.rows if row.last_name == "DURIEUX")
    assert len(zoe.campaigns) == 2  # through the campaign without classes too
    assert zoe.delta is not None


def test_a_student_whom_another_campaign_shows_without_class_is_still_known_after_a_restart(
    tmp_path: Path,
) -> None:
    """Two of one name: only what was seen last in each campaign tells which of them has no class there."""
    zoe, twin = (student("DURIEUX", "Zoé", sent("07:50", 5), place=place) for place in ("3eA", "3eB"))
    bare = replace(zoe, division="")
    exports = (
        export(zoe, at="08:00"),
        export(bare, at="08:10", campaign=OTHER_CAMPAIGN),
        export(zoe, twin, at="08:20"),
        export(
            replace(bare, participations=(sent("08:25", 7),)),
            at="08:30",
            campaign=OTHER_CAMPAIGN,
        ),
    )
    folder = tmp_path / "downloads"
    for one in exports:
        saved(folder, one)
        after = board_after(folder, tmp_path / "dossier")
    assert sorted((row.student_id, len(row.campaigns)) for row in after.rows) == [(1, 2), (2, 1)]


def test_an_older_export_that_lands_late_does_not_move_students_back_after_a_restart(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    zoe = student("DURIEUX", "Zoé", sent("07:50", 5), place="3eB")
    saved(folder, export(replace(zoe, division="3eA"), at="08:00"), export(zoe, at="10:00"))
    board_after(folder, dossier)
    saved(folder, export(replace(zoe, division="3eC"), at="09:00"))
    board_after(folder, dossier)
    saved(folder, export(zoe, student("DURIEUX", "Zoé", sent("10:50", 3), place="3eC"), at="11:00"))
    after = board_after(folder, dossier)
    assert {row.place: row.student_id for row in after.rows} == {"3eB": 1, "3eC": 2}


@pytest.mark.parametrize("seed", range(4))
def test_the_order_in_which_files_come_does_not_change_the_board(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "downloads"
    paths = saved(folder, *story())
    expected = without_marks(board_after(folder, None))
    random.Random(seed).shuffle(paths)
    with desk_on(folder, None) as desk:
        for path in paths:
            desk.take(path)
        assert without_marks(desk.snapshot()) == expected


def mixed(number: int, chance: random.Random) -> ExportFile:
    """An export in which anything may have changed since the one before."""

    def one(place: int) -> Student:
        lines = [sent(f"08:{chance.choice((10, 11)):02}", chance.choice((3, 4, 5, 6)))]
        if chance.random() < 0.3:
            lines.append(sent("08:40", chance.choice((4, 5))))
        if chance.random() < 0.2:
            lines.append(pending("08:50"))
        return student(
            "BERGER" if place < 4 else f"NOM{'ABCDEFGHIJ'[place]}", "Camille", *lines, place=f"3e{place}"
        )

    there = [one(place) for place in range(10) if chance.random() < 0.9]
    return export(
        *there,
        at=f"{9 + number // 60:02}:{number % 60:02}",
        campaign=chance.choice((CAMPAIGN, OTHER_CAMPAIGN)),
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_board_carried_from_export_to_export_is_the_board_made_anew(tmp_path: Path, seed: int) -> None:
    chance, kept, told = random.Random(seed), NeedOrder(), NeedOrder()
    with store_in_memory() as store:
        board = board_of(store, (), Rule())
        for number in range(40):
            taken(store, tmp_path, mixed(number, chance))
            carried = board_of(store, store.exports.listings(), Rule(), board)
            anew = board_of(store, store.exports.listings(), Rule())
            assert carried._replace(renewed=anew.renewed) == anew
            assert kept.of(carried.rows, {}, NOON) == NeedOrder().of(anew.rows, {}, NOON)
            if number % 3:  # the next one is then told of by a board that it has not seen
                assert told.of(carried.rows, {}, NOON, carried.renewed) == tuple(
                    kept.of(carried.rows, {}, NOON)
                )
            board = carried


def test_lines_of_two_campaigns_are_not_taken_for_two_lines_of_one(tmp_path: Path) -> None:
    """Two lines that wait for a profile are two students in one export, and one student in two."""
    waiting, someone = student("DURIEUX", "Zoé", pending()), student("MARTIN", "Lucas", sent("08:30", 5))
    twice = replace(waiting, participations=(pending("08:05"), pending("08:06")))
    with store_in_memory() as store:
        taken(store, tmp_path, export(waiting, someone, at="09:00"))
        taken(store, tmp_path, export(waiting, at="09:05", campaign=OTHER_CAMPAIGN))
        before = board_of(store, store.exports.listings(), Rule())
        taken(store, tmp_path, export(someone, at="09:10", campaign=OTHER_CAMPAIGN))
        taken(store, tmp_path, export(twice, someone, at="09:15"))
        after = board_of(store, store.exports.listings(), Rule(), before)
    assert [board.rows[1].eligibility for board in (before, after)] == ["not_sent", "to_check"]


def test_a_board_is_not_made_again_when_nothing_came(tmp_path: Path) -> None:
    with store_in_memory() as store:
        taken(store, tmp_path, *story())
        board = board_of(store, store.exports.listings(), Rule())
        assert board_of(store, store.exports.listings(), Rule(), board) is board


@contextmanager
def store_in_memory() -> Iterator[Store]:
    """A store that nothing outlives."""
    store = Store(Database(None))
    try:
        yield store
    finally:
        store.close()


def taken(store: Store, folder: Path, *exports: ExportFile) -> None:
    """Take these in, one by one."""
    for path in saved(folder, *exports):
        with store.taking_in(read_export(path)):
            pass


@pytest.mark.parametrize("moment", ["append", "insert", "commit"])
def test_an_export_that_could_not_be_stored_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Neither in the database nor in the roll: taken in later, its students are as if nothing had failed."""
    first, second, third, fourth = story()
    with store_in_memory() as plain:
        taken(plain, tmp_path, first, second, third, fourth)
        expected = board_of(plain, plain.exports.listings(), Rule())
    with store_in_memory() as store:
        taken(store, tmp_path, first)
        before = board_of(store, store.exports.listings(), Rule())
        with monkeypatch.context() as patched:
            refuse(patched, moment)
            for one in (second, fourth):
                with pytest.raises(DatabaseError):
                    taken(store, tmp_path, one)
        assert board_of(store, store.exports.listings(), Rule()) == before
        assert store.changes == ()
        taken(store, tmp_path, second, third, fourth)
        assert board_of(store, store.exports.listings(), Rule()) == expected


def refuse(patched: pytest.MonkeyPatch, moment: str) -> None:
    """Have the engine fail at this moment of a transaction, as on a full disk."""
    if moment == "commit":
        real = Database.transaction

        @contextmanager
        def transaction(database: Database) -> Iterator[None]:
            with real(database):
                yield
                raise DatabaseError("Failed to commit: No space left on device")

        patched.setattr(Database, "transaction", transaction)
        return

    def fail(*_arguments: object) -> None:
        raise DatabaseError("IO Error: No space left on device")

    patched.setattr(Database, moment, fail)


def sources(snapshot: Snapshot) -> list[Source]:
    """The export of each row."""
    return [source for row in snapshot.rows if (source := snapshot.source_of(row))]


def test_the_same_bytes_with_another_time_are_news_and_a_copy_is_none(tmp_path: Path) -> None:
    original = export(student("DURIEUX", "Zoé", sent("08:50", 5)), at="09:15")
    folder = tmp_path / "downloads"
    saved(folder, original)
    later = put(folder, original.name.replace("0915", "0930"), original.content)
    copy = put(folder, "copie.csv", original.content, NOON)
    with desk_on(folder, tmp_path / "dossier") as desk:
        snapshot = read_all(desk, folder)
        assert snapshot.newest_export_at is not None
        assert f"{snapshot.newest_export_at:%H:%M}" == "09:30"
        assert [source.file for source in sources(snapshot)] == [later.name]
        assert desk.take(copy).status == "read"
        assert len(desk.history(1)) == 1
    assert len(list((tmp_path / "dossier" / "exports").glob("*.json"))) == 2


def test_a_copy_that_came_first_gives_way_to_its_original(tmp_path: Path) -> None:
    """The copy has a later time on the disk, and none of Pix; a dossier read again says the same."""
    original = export(student("DURIEUX", "Zoé", sent("08:50", 5)), at="09:15")
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    folder.mkdir()
    put(folder, "copie.csv", original.content, NOON)
    before = board_after(folder, dossier)
    saved(folder, original)
    after = board_after(folder, dossier)
    files = [[source.file for source in sources(one)] for one in (before, after)]
    assert files == [["copie.csv"], [original.name]]
    (dossier / "board.duckdb").unlink()
    assert sources(board_after(folder, dossier)) == sources(after)


def test_a_history_names_the_newest_export_that_shows_each_profile(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    saved(folder, *story())
    with desk_on(folder, None) as desk:
        snapshot = read_all(desk, folder)
        zoe = next(row for row in snapshot.rows if row.last_name == "DURIEUX")
        history = desk.history(zoe.student_id)
    assert [sent.sent_at for sent in history] == [
        "2026-03-12T09:41",
        "2026-03-12T09:20",
        "2026-03-12T09:12",
        "2026-03-12T08:10",
    ]
    assert [f"{sent.source.exported_at:%H:%M}" for sent in history] == ["09:45", "09:25", "09:45", "09:45"]
    assert [sent.count_at(1) for sent in history] == [8, 3, 5, 4]
    assert [sent.source.campaign.name for sent in history] == [
        "Collecte",
        "Remédiation",
        "Collecte",
        "Collecte",
    ]


def test_an_empty_export_of_a_campaign_does_not_empty_the_board(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    saved(folder, export(student("DURIEUX", "Zoé", sent("08:50", 5)), at="09:00"), export(at="09:30"))
    assert len(board_after(folder, None).rows) == 1


def test_a_whole_school_that_changes_class_costs_one_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = [student(f"NOM{number}", "Lou", sent("08:50", 5)) for number in range(50)]
    asked: list[str] = []
    ask = Database.ask

    def counted(
        database: Database, query: str, values: dict[str, object] | None = None
    ) -> list[tuple[object, ...]]:
        asked.append(query)
        return ask(database, query, values)

    with store_in_memory() as store:
        taken(store, tmp_path, export(*school, at="09:00"))
        monkeypatch.setattr(Database, "ask", counted)
        taken(store, tmp_path, export(*(replace(one, division="2nde 1") for one in school), at="09:15"))
        board = board_of(store, store.exports.listings(), Rule())
    assert asked == ["participations_known"]
    assert sorted(board.rows) == list(range(1, 51))


@pytest.mark.slow
def test_histories_are_read_while_exports_come_in_and_after_the_close(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    paths = saved(folder, *(crowded(number) for number in range(30)))
    faults: list[object] = []
    expected: list[int] = []
    seen_whole, over = threading.Event(), threading.Event()

    def look(desk: BoardEngine) -> None:
        try:
            while not over.is_set():
                moments = [str(sent.sent_at) for sent in desk.history(1)]
                assert moments == sorted(moments, reverse=True)
                if len(moments) in expected:
                    seen_whole.set()
        except Exception as fault:
            faults.append(fault)
            raise

    with desk_on(folder, dossier) as desk:
        desk.take(paths[0])
        threads = [threading.Thread(target=look, args=(desk,), daemon=True) for _number in range(2)]
        for thread in threads:
            thread.start()
        for path in paths[1:]:
            assert desk.take(path).status == "read"
        expected.append(len(desk.history(1)))
        assert seen_whole.wait(30) or faults
    assert desk.history(1) == ()  # it is closed: whoever still asks is answered
    over.set()
    for thread in threads:
        thread.join(5)
    assert faults == []
    assert not desk.is_damaged
    with desk_on(folder, dossier) as desk:  # nothing holds the database or its lock any more
        assert desk.snapshot().notices == ()
        assert len(desk.history(1)) == expected[0]
