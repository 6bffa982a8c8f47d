"""The desk: what is news, what is told of files, and that nothing is kept where nothing may be."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import FileEntry, FileStatus
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board import file_bytes
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.board.files import FileList, in_order_of_export
from pixsession.engine.common.revision import Revision
from pixsession.engine.read_once import check_folder
from pixsession.foundation.errors import FileHeld
from pixsession.readers import read_export
from pixsession.settings.config import BoardRequest
from pixsession.store.database import Database, DatabaseError
from pixsession.store.dossier import Dossier
from tests.factories.dossiers import NOON, board_after, desk_on, noon, people, read_all, saved, story
from tests.factories.exports import export, put, sent, student


def test_only_what_shows_is_news(tmp_path: Path) -> None:
    paths = saved(tmp_path, *story())
    names = frozenset(path.name for path in paths)
    with desk_on(tmp_path, None) as desk:
        assert desk.has_news  # a first board, be it empty
        desk.snapshot()
        for path in paths:
            desk.take(path)
            assert desk.has_news
            desk.snapshot()
        desk.look(names, frozenset())
        desk.take(paths[0])
        desk.choose_campaigns(frozenset())
        assert list(desk.catch_up()) == []
        assert not desk.has_news
        desk.look(names, frozenset({"pipe.csv"}))
        assert desk.has_news
        desk.snapshot()
        desk.look(names - {paths[0].name}, frozenset({"pipe.csv"}))
        assert desk.has_news
        desk.snapshot()
        desk.look(names - {paths[0].name}, frozenset({"pipe.csv"}), NOON)
        assert desk.has_news
        assert desk.snapshot().folder_missing_since == NOON
        desk.choose_campaigns(frozenset({"731958"}))
        assert desk.has_news
        desk.snapshot()
        assert not desk.has_news


def test_a_file_that_stays_refused_for_the_same_cause_is_no_news(tmp_path: Path) -> None:
    whole = export(student(), at="09:45").content
    cut = put(tmp_path, "Resultats-x-731958-2026-03-12-0945.csv", whole[:-20])
    with desk_on(tmp_path, None) as desk:
        assert desk.take(cut).status is FileStatus.REFUSED
        desk.snapshot()
        desk.take(cut)
        assert not desk.has_news
        cut.write_bytes(whole)
        assert desk.take(cut).status is FileStatus.READ
        assert desk.has_news


def test_a_file_held_for_a_moment_is_not_told_and_one_held_for_long_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = saved(tmp_path, story()[0])

    def held(*_given: object) -> None:
        raise FileHeld("held by a virus scanner")

    with desk_on(tmp_path, None) as desk:
        desk.snapshot()
        with monkeypatch.context() as patched:
            patched.setattr(file_bytes, "read_bytes", held)
            assert desk.take(path).status is FileStatus.REFUSED  # so that it is tried again
            assert not desk.has_news
        assert desk.take(path).status is FileStatus.READ
        monkeypatch.setattr(file_bytes, "read_bytes", held)
        desk.take(path)
        assert desk.snapshot().files[0].status is FileStatus.READ
        desk.take(path)
        assert desk.snapshot().files[0].message == "held by a virus scanner"
    # Who looks once is told at once.
    assert check_folder(BoardRequest(tmp_path, Rule()), noon).files[0].status is FileStatus.REFUSED


def test_the_files_a_board_rests_on_are_listed_when_they_are_gone(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    paths = saved(folder, *story())
    board_after(folder, dossier)
    for path in (*paths[:2], paths[3]):
        path.unlink()
    after = board_after(folder, dossier)
    listed = {entry.name: (entry.status, entry.present, entry.rows, entry.kind) for entry in after.files}
    assert listed == {
        paths[2].name: (FileStatus.READ, True, 1, "profiles"),
        paths[3].name: (FileStatus.READ, False, 6, "profiles"),
    }
    assert {entry.campaign for entry in after.files} == set(after.campaigns)


def test_a_bad_newer_file_leaves_the_last_good_board(tmp_path: Path) -> None:
    (path,) = saved(tmp_path, story()[0])
    with desk_on(tmp_path, None) as desk:
        before = read_all(desk, tmp_path)
        path.write_bytes(story()[1].content[:-7])
        after = read_all(desk, tmp_path)
    assert people(after) == people(before)
    assert [entry.status for entry in after.files] == [FileStatus.REFUSED]


def test_campaigns_are_chosen_by_code_or_key(tmp_path: Path) -> None:
    saved(tmp_path, *story())
    with desk_on(tmp_path, None) as desk:
        everybody = read_all(desk, tmp_path)
        one, two = everybody.campaigns
        assert (one.code, two.code) == ("FDVRGZ586", "KRTPLM447")
        for chosen, rows in (({one.key}, 4), ({"KRTPLM447"}, 1), ({one.key, two.key}, 4), ({"NOBODY123"}, 0)):
            desk.choose_campaigns(frozenset(chosen))
            narrowed = desk.snapshot()
            assert len(narrowed.rows) == rows
            assert sum(narrowed.counts.values()) == rows
            assert narrowed.campaigns == everybody.campaigns
        assert narrowed.newest_export_at is None
        desk.choose_campaigns(frozenset({"KRTPLM447"}))
        assert desk.snapshot().newest_export_at == story()[2].exported_at
        desk.choose_campaigns(frozenset())
        assert people(desk.snapshot()) == people(everybody)


def test_gains_are_shown_for_a_day_and_outlive_a_restart(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    saved(folder, *story())
    after = board_after(folder, dossier)
    again = board_after(folder, dossier)
    assert [row.delta for row in again.rows] == [row.delta for row in after.rows]
    (gain,) = [row.delta for row in after.rows if row.delta]
    assert (gain.competences, gain.at) == (5, story()[3].exported_at)
    zoe = student("DURIEUX", "Zoé", sent("09:41", 8))
    saved(folder, export(zoe, at="2026-03-13T10:00"))
    assert all(row.delta is None for row in board_after(folder, dossier).rows)


def test_check_marks_what_the_newest_export_changed(tmp_path: Path) -> None:
    saved(tmp_path, *story())
    snapshot = check_folder(BoardRequest(tmp_path, Rule()), noon)
    assert [row.last_name for row in snapshot.rows if row.delta] == ["DURIEUX"]
    assert snapshot.changes == ()


def everything(*folders: Path) -> set[Path]:
    """All that is in these folders, at any depth."""
    return {path for folder in folders for path in (folder, *folder.rglob("*"))}


@pytest.mark.parametrize("kept_by", ["check", "ephemeral"])
def test_where_nothing_may_be_kept_nothing_is_written_anywhere(
    tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, kept_by: str
) -> None:
    folder, temporary, here = tmp_path / "downloads", tmp_path / "tmp", tmp_path / "here"
    saved(folder, *story())
    for made in (temporary, here):
        made.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(here)
    before = everything(tmp_path, elsewhere)
    if kept_by == "check":
        assert check_folder(BoardRequest(folder, Rule(), dossier=elsewhere / "state" / "x"), noon).rows
    else:
        assert board_after(folder, None).rows
    assert everything(tmp_path, elsewhere) == before


@pytest.mark.parametrize("name", [None, "board.duckdb"])
def test_a_memory_that_does_not_suffice_is_not_continued_on_a_disk(tmp_path: Path, name: str | None) -> None:
    """DuckDB would otherwise write what it holds of students beside the database, or wherever one stands."""
    database = Database(tmp_path / name if name else None)
    try:
        assert database._rows("SELECT current_setting('temp_directory')") == [("",)]
    finally:
        database.close()


def test_no_name_of_a_student_is_ever_logged_or_put_in_an_exception(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    name = "XYLOPHONE"
    students = [student(name, name, sent("08:00", count), place=name) for count in (3, 4)]
    folder = tmp_path / "downloads"
    saved(folder, export(*students, at="09:00"), export(*students[:1], at="09:10"))
    put(folder, "cut.csv", export(*students).content[:-9])
    told: list[str] = []

    def fail(_database: Database, _table: str, items: object, rows_of: Callable[[object], object]) -> None:
        told.append(str(rows_of(items)))
        raise DatabaseError("Could not convert string 'XYLOPHONE' to INT32")

    caplog.set_level(logging.DEBUG)
    with desk_on(folder, tmp_path / "dossier") as desk:
        read_all(desk, folder)
        monkeypatch.setattr(Database, "append", fail)
        (late,) = saved(folder, export(*students, at="09:20"))
        late.write_bytes(late.read_bytes().replace(b"XYLOPHONE", b"XYLOPHONE-2"))
        entry = desk.take(late)
    assert name in told[0]
    assert entry.status is FileStatus.REFUSED
    said = [entry.message or "", *(entry.message or "" for entry in desk.snapshot().files)]
    assert name not in "".join(said)
    assert name not in caplog.text


def test_files_are_read_in_the_order_of_their_exports(tmp_path: Path) -> None:
    content = b"x"
    late = put(tmp_path, "Resultats-a-1-2026-03-12-0945.csv", content, NOON)
    early = put(tmp_path, "Resultats-z-1-2026-03-12-0815.csv", content, NOON + timedelta(hours=2))
    copy = put(tmp_path, "Resultats-a-1-2026-03-12-0945 (1).csv", content, NOON - timedelta(hours=2))
    by_itself = put(tmp_path, "notes.csv", content, NOON.replace(hour=9, minute=0))
    gone = tmp_path / "gone.csv"
    assert in_order_of_export([gone, late, copy, by_itself, early]) == [early, by_itself, late, copy, gone]


def test_a_name_that_is_no_text_is_listed_and_stored(tmp_path: Path) -> None:
    try:
        name = os.fsdecode(b"Resultats-caf\xe9-731958-2026-03-12-0945.csv")
        put(tmp_path, name, export(student()).content)
    except (OSError, UnicodeDecodeError):
        pytest.skip("this disk only takes names that are text")
    snapshot = board_after(tmp_path, None)
    (entry,) = snapshot.files
    assert (entry.status, entry.present) == (FileStatus.READ, True)
    assert entry.name.encode()
    assert len(snapshot.rows) == 1


def test_the_log_is_in_order_of_time_whatever_the_order_of_arrival(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    first, second, other, _last = story()
    earlier = replace(other, name=other.name.replace("0925", "0900"))
    with desk_on(folder, dossier) as desk:
        for one in (first, second, earlier):
            desk.take(saved(folder, one)[0])
        changes = desk.snapshot().changes
    assert len({change.at for change in changes}) == 2
    assert [change.at for change in changes] == sorted(change.at for change in changes)
    with desk_on(folder, dossier) as desk:
        assert desk.snapshot().changes == changes


def test_what_another_window_keeps_while_one_catches_up_is_not_missed(tmp_path: Path) -> None:
    first, second, third, _fourth = (read_export(path) for path in saved(tmp_path / "downloads", *story()))
    dossier = tmp_path / "dossier"
    other = Dossier(dossier)
    other.create(NOON)
    for one in (first, third):
        other.keep(one)
    desk = BoardEngine(BoardRequest(tmp_path, Rule(), dossier=dossier), noon, live=True)
    try:
        steps = desk.catch_up()
        next(steps)
        other.keep(second)
        assert len(list(steps)) == 1
        assert len(list(desk.catch_up())) == 1
        assert list(desk.catch_up()) == []
    finally:
        desk.close()


def test_a_refused_file_is_listed_while_it_is_there_and_one_that_was_read_stays() -> None:
    files = FileList(Revision(), noon, patient=False)
    for name, status in (("bad.csv", FileStatus.REFUSED), ("good.csv", FileStatus.READ)):
        files.note(FileEntry(name, status, kind="profiles"))
    files.look(["bad.csv", "good.csv"], [])
    assert [(one.name, one.present) for one in files.listed((), {}, ())] == [
        ("bad.csv", True),
        ("good.csv", True),
    ]
    files.look([], [])
    assert [(one.name, one.present) for one in files.listed((), {}, ())] == [("good.csv", False)]
