"""What is kept is found, and forgotten: afterwards no name is left anywhere."""

from __future__ import annotations

import csv
import json
import os
import shutil
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from pixsession.domain.board.entries import FileEntryKind
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.live_engine import LiveEngine
from pixsession.engine.wanted import Wanted
from pixsession.foundation.paths import dossier_folder, state_folder
from pixsession.settings.config import BoardRequest
from pixsession.store.journal import Journal, JournalError
from pixsession.store.open_boards import OpenBoard, Watched
from tests.e2e.runs import Run, files_with, folder_with, reaching

LOU, NOA = "QUATREBARBES", "ZYGOMALAS"


def noon() -> datetime:
    return datetime.fromisoformat("2026-03-12T12:00")


def board_kept(folder: Path, *names: str) -> Path:
    """The dossier of a folder with an export of these students, after a board that was open on it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder_with(folder, *(reaching(name, "Lou") for name in names))
    dossier = dossier_folder(state_folder(), folder)
    opened = OpenBoard(dossier, Watched(str(folder), is_session=False))
    engine = BoardEngine(BoardRequest(folder, Rule(), dossier=dossier), noon, live=True)
    for path in folder.glob("*.csv"):
        engine.take(path)
    engine.snapshot()
    engine.close()
    opened.close()
    journal = Journal(dossier / "journal", noon)
    for name in names:
        journal.append("act.note", {"who": {"last": name, "first": "Lou"}, "text": "clavier"})
    lessons = [{"date": "2026-03-12", "called": [[[], name, "Lou", "3eC"] for name in names]}]
    (dossier / "session.json").write_text(json.dumps({"kind": "half-group", "lessons": lessons}))
    return dossier


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return board_kept(tmp_path / "3eC", LOU, NOA)


def test_what_is_kept_is_listed_with_its_folder_and_students(run: Run, tmp_path: Path, kept: Path) -> None:
    found = run("kept")
    assert found.status == 0
    assert str(tmp_path / "3eC") in found.out
    assert "1 export · 2 students" in found.out
    assert kept.name in found.out


def test_nothing_kept_is_said(run: Run) -> None:
    assert run("kept").out.startswith("Nothing is kept")
    assert run("purge", "--all", "--yes").out == "There is nothing to delete.\n"


def test_what_is_kept_about_a_student_is_listed(run: Run, kept: Path) -> None:
    found = run("kept", "--student", f"lou {LOU.title()}")
    assert found.status == 0
    assert f"{LOU} Lou" in found.out
    assert NOA not in found.out
    assert "1 gesture noted" in found.out
    assert "called to 1 lesson" in found.out


def test_one_word_alone_is_no_student(run: Run, kept: Path) -> None:
    for command in ("kept", "purge"):
        assert run(command, "--student", LOU).status == 2
    assert files_with(state_folder(), LOU)


def forgotten_by(form: str, base: Path) -> tuple[list[str | Path], list[Path]]:
    """The words behind `purge` that must leave nothing of LOU, and the dossiers that they are about."""
    session = base / "session.toml"
    if form == "FOLDER":
        return [base / "a"], [board_kept(base / "a", LOU)]
    if form == "SESSION":
        return [session], [board_kept(session, LOU)]
    if form == "--others":
        dossier = board_kept(session, LOU, NOA)
        shutil.rmtree(dossier / "journal")  # whoever is spoken of in a gesture is no other
        lessons = [{"date": "2026-03-12", "called": [[[], NOA, "Lou", "3eC"]]}]
        (dossier / "session.json").write_text(json.dumps({"kind": "certification", "lessons": lessons}))
        return ["--others", session], [dossier]
    words: dict[str, list[str | Path]] = {
        "--all": ["--all"],
        "--older-than": ["--older-than", "0d"],
        "--student": ["--student", f"{LOU} Lou"],
    }
    return words[form], [board_kept(base / place, LOU, NOA) for place in ("a", "b", "session.toml")]


@pytest.mark.parametrize("form", ["FOLDER", "SESSION", "--all", "--older-than", "--student", "--others"])
def test_after_any_purge_a_search_of_the_home_finds_no_name(
    run: Run, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    for home in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(home, str(elsewhere))
    asked, dossiers = forgotten_by(form, tmp_path)
    for dossier in dossiers:
        for path in (dossier, *dossier.rglob("*")):
            os.utime(path, (0, 0))
    assert len(files_with(elsewhere, LOU)) >= len(dossiers)
    assert run("purge", *asked, "--yes").status == 0
    assert files_with(elsewhere, LOU) == []
    kept = {path.name for path in (state_folder() / "dossiers").iterdir()}
    assert kept == ({one.name for one in dossiers} if form in {"--student", "--others"} else set())
    assert bool(files_with(elsewhere, NOA)) is (form in {"--student", "--others"})


def test_only_what_is_old_is_deleted(run: Run, tmp_path: Path) -> None:
    old, new = board_kept(tmp_path / "a", LOU), board_kept(tmp_path / "b", LOU)
    for path in (old, *old.rglob("*")):
        os.utime(path, (0, 0))
    assert run("purge", "--older-than", "30d", "--yes").status == 0
    assert not old.exists()
    assert new.exists()


def test_a_student_is_erased_and_the_others_stay(run: Run, tmp_path: Path, elsewhere: Path) -> None:
    dossiers = [board_kept(tmp_path / place, LOU, NOA) for place in ("a", "b")]
    found = run("purge", "--student", f"{LOU} Lou", "--yes")
    assert found.status == 0
    assert files_with(elsewhere, LOU) == []
    assert run("kept", "--student", f"{LOU} Lou").out.startswith("Nothing is kept about")
    for dossier in dossiers:
        assert [line for path in (dossier / "journal").glob("*") for line in path.read_text().splitlines()]
        assert NOA in (dossier / "session.json").read_text()
    about = run("kept", "--student", f"{NOA} Lou").out
    assert about.count(f"{NOA} Lou") == 2
    assert about.count("1 gesture noted") == 2


def test_a_session_keeps_whom_it_called_and_whom_it_speaks_of(
    run: Run, tmp_path: Path, elsewhere: Path
) -> None:
    other = "XANTHOPOULOS"
    dossier = board_kept(tmp_path / "session.toml", LOU, NOA, other)
    shutil.rmtree(dossier / "journal")
    Journal(dossier / "journal", noon).append("act.note", {"who": {"last": NOA, "first": "Lou"}, "text": "x"})
    lessons = [{"date": "2026-03-12", "called": [[[], LOU, "Lou", "3eC"]]}]
    (dossier / "session.json").write_text(json.dumps({"kind": "certification", "lessons": lessons}))
    assert files_with(elsewhere, other)
    found = run("purge", "--others", tmp_path / "session.toml", "--yes")
    assert (found.status, found.err) == (0, "")
    assert files_with(elsewhere, other) == []
    content = next((dossier / "exports").glob("*.csv")).read_text(encoding="utf-8-sig")
    assert (LOU in content, NOA in content) == (True, True)
    board = BoardEngine(BoardRequest(tmp_path, Rule(), dossier=dossier), noon, live=True)
    assert all(True for _step in board.catch_up())
    assert {row.last_name for row in board.snapshot().rows} == {LOU, NOA}
    board.close()


def test_of_a_session_that_calls_everybody_nobody_is_another(run: Run, tmp_path: Path) -> None:
    dossier = board_kept(tmp_path / "session.toml", LOU)
    lessons = [
        {"date": "2026-03-12", "called": None},
        {"date": "2026-03-13", "called": [[[], NOA, "Lou", "3eC"]]},
    ]
    (dossier / "session.json").write_text(json.dumps({"kind": "half-group", "lessons": lessons}))
    found = run("purge", "--others", tmp_path / "session.toml", "--yes")
    assert found.status == 2
    assert "nobody is noted as called" in found.err
    assert files_with(dossier, LOU)


def test_a_file_taken_back_stays_so_when_a_student_is_erased(run: Run, tmp_path: Path) -> None:
    dossier = board_kept(tmp_path / "a", LOU, NOA)
    described = json.loads(next((dossier / "exports").glob("*.json")).read_text())
    facts = {"digest": described["digest"], "exported_at": described["exported_at"], "name": "x.csv"}
    Journal(dossier / "journal", noon).append(FileEntryKind.TAKE_BACK, facts)
    assert run("purge", "--student", f"{LOU} Lou", "--yes").status == 0
    now = json.loads(next((dossier / "exports").glob("*.json")).read_text())["digest"]
    assert now != described["digest"]
    journal = Journal(dossier / "journal", noon)
    taken_back = [one for one in journal.read_new() if one.kind == FileEntryKind.TAKE_BACK]
    assert [one.facts["digest"] for one in taken_back] == [now]


def test_a_student_called_like_the_school_takes_nobody_else_along(run: Run, tmp_path: Path) -> None:
    export = next(folder_with(tmp_path, reaching(NOA, "Lou")).glob("*.csv"))
    school = next(csv.DictReader(export.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    namesake = school["Nom de l'organisation"].rsplit(maxsplit=1)[-1]
    dossier = board_kept(tmp_path / "a", namesake, NOA)
    assert run("purge", "--student", namesake, "--yes").status == 0
    (left,) = (dossier / "exports").glob("*.csv")
    rows = csv.DictReader(left.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    assert [row["Nom du Participant"] for row in rows] == [NOA]


def test_what_nobody_can_read_is_erased_with_a_student(run: Run, tmp_path: Path, elsewhere: Path) -> None:
    dossier = board_kept(tmp_path / "a", LOU, NOA)
    next((dossier / "exports").glob("*.csv")).write_text(f"{LOU};Lou;damaged")
    (dossier / "exports" / "f.csv").write_text(f"{LOU};Lou;without description")
    (dossier / "damaged.duckdb").write_text(LOU)
    (dossier / "session.json").write_text(f"{LOU}: no JSON")
    (dossier / "journal" / "20260312T120000-1-0.jsonl").write_text(f'{{"{LOU} Lou')
    assert run("purge", "--student", f"{LOU} Lou", "--yes").status == 0
    assert files_with(elsewhere, LOU) == []


@pytest.fixture
def two_boards(tmp_path: Path, kept: Path) -> Iterator[tuple[LiveEngine, LiveEngine]]:
    """Two boards on one folder: the first owns the database."""
    request = BoardRequest(tmp_path / "3eC", Rule(), dossier=kept)
    first, second = (LiveEngine(request, noon, Wanted(frozenset(), False)) for _board in range(2))
    yield first, second
    close(second)


def close(board: LiveEngine) -> None:
    ended = threading.Event()
    ended.set()
    board.follow(lambda _snapshot: None, ended)


@pytest.mark.parametrize(
    "asked", [("--all",), ("--older-than", "0"), ("--student", f"{LOU} Lou"), ()], ids=str
)
def test_nothing_is_deleted_under_the_second_of_two_boards(
    run: Run, tmp_path: Path, kept: Path, two_boards: tuple[LiveEngine, LiveEngine], asked: tuple[str, ...]
) -> None:
    for path in (kept, *kept.rglob("*")):
        os.utime(path, (0, 0))
    close(two_boards[0])
    arguments = asked or (tmp_path / "3eC",)
    found = run("purge", *arguments, "--yes")
    assert found.status == 2
    assert "close it first" in found.err
    assert files_with(kept, LOU)
    assert "a board is open on it" in run("kept").out


def test_a_board_whose_dossier_was_deleted_by_hand_writes_nothing(kept: Path, elsewhere: Path) -> None:
    journal = Journal(kept / "journal", noon)
    shutil.rmtree(kept)
    with pytest.raises(JournalError, match="deleted"):
        journal.append("act.note", {"who": LOU})
    assert files_with(elsewhere, LOU) == []


def test_two_selections_at_once_are_refused(run: Run, kept: Path) -> None:
    assert run("purge", "--all", "--older-than", "3d", "--yes").status == 2
    assert run("purge", "--older-than", "soon", "--yes").status == 2
    assert kept.exists()


@pytest.mark.parametrize(("days", "said"), [("30", True), ("0", False)])
def test_what_is_kept_for_long_is_spoken_of_when_a_board_opens(
    run: Run, tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, days: str, said: bool
) -> None:
    for path in (kept, *kept.rglob("*")):
        os.utime(path, (0, 0))
    heard: list[str] = []
    monkeypatch.setattr("pixsession.cli.commands.watch.has_terminal", lambda _environ: True)
    monkeypatch.setattr("pixsession.cli.commands.watch.show", lambda *_, started, **__: started(heard.append))
    monkeypatch.setenv("PIXSESSION_KEEP_DAYS", days)
    assert run("watch", tmp_path / "3eC").status == 0
    assert ["pixsession purge --older-than 30d" in words for words in heard] == [True] * said
