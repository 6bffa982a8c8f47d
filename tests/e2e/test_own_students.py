"""A certification that is over keeps its own students alone, and says of them what it said before."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pixsession.cli.start import dossier_of
from pixsession.domain.board.entries import FileEntryKind
from pixsession.domain.certification.actions import facts_of
from pixsession.domain.certification.day import Action, ActionKind, Who
from pixsession.domain.certification.session import ExpectedFrom
from pixsession.engine.read_once import session_snapshot
from pixsession.foundation.clock import Clock
from pixsession.foundation.paths import state_folder
from pixsession.store.journal import Journal
from pixsession.store.kept import kept_dossiers
from pixsession.store.open_boards import OpenBoard, Watched
from tests.e2e.runs import Run, files_with, folder_with, reaching
from tests.factories.certification_lists import CANDIDATES, DAY_OF_THE_DEMO, LIST, held
from tests.factories.samples.demo_story import morning
from tests.factories.samples.lists import candidate_list
from tests.factories.sessions import certification

DAY = datetime.fromisoformat("2026-03-12T11:40")
EVENING = datetime.fromisoformat("2026-03-12T23:59:59")
NEXT_DAY = DAY + timedelta(days=1)
SESSION = f'{DAY_OF_THE_DEMO}timezone = "Europe/Paris"\n'
OWN = {one.last_name for one in CANDIDATES}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], Clock]:
    """Sets what the clock says to the commands."""

    def at(moment: datetime) -> Clock:
        for command in ("watch", "check", "report", "purge"):
            monkeypatch.setattr(f"pixsession.cli.commands.{command}.paris_now", lambda: moment)
        return lambda: moment

    return at


@pytest.fixture
def morning_kept(tmp_path: Path, clock: Callable[[datetime], Clock]) -> Path:
    """The session file, after a board that saw the whole morning; the exports are deleted meanwhile."""
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / LIST).write_bytes(candidate_list(held("2026-03-12T08:30"), CANDIDATES))
    for export in morning():
        export.write_to(folder)
    file = tmp_path / "session.toml"
    file.write_text(SESSION, encoding="utf-8")
    opened(file, clock(DAY))
    for path in folder.glob("*.csv"):
        path.unlink()
    return file


def opened(file: Path, now: Clock) -> None:
    """A board of the session is open on all that is in its folders, and closed again."""
    request = certification(file.parent / "exports", dossier_of(file))
    assert request.session is not None
    board = OpenBoard(request.dossier, Watched(str(file), is_session=True))
    session_snapshot(request._replace(session=request.session._replace(path=file)), now)
    board.close()


def a_board_starts(run: Run, monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[str]:
    """Any board is opened and closed; what it says at its start."""
    said: list[str] = []
    monkeypatch.setattr("pixsession.cli.commands.watch.has_terminal", lambda _environ: True)
    monkeypatch.setattr("pixsession.cli.commands.watch.show", lambda *_, started, **__: started(said.append))
    assert run("watch", folder).status == 0
    return said


def told(run: Run, file: Path) -> list[dict[str, Any]]:
    document = json.loads(run("check", "--session", file, "--format", "json").out)
    students: list[dict[str, Any]] = document["students"]
    return students


def names_kept() -> set[str]:
    return {last for kept in kept_dossiers(state_folder()) for last, _first in kept.students}


def test_after_its_day_the_names_of_all_others_are_gone_and_every_verdict_stays(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    morning_kept: Path,
    clock: Callable[[datetime], Clock],
    elsewhere: Path,
) -> None:
    others = names_kept() - OWN
    before, sheet = told(run, morning_kept), run("report", morning_kept, "--format", "text").out
    assert len(others) > 50
    assert {one["last_name"] for one in before} == OWN
    clock(NEXT_DAY)
    said = a_board_starts(run, monkeypatch, morning_kept.parent)
    assert ["session is over" in words for words in said] == [True]
    assert [name for name in sorted(others) if files_with(elsewhere, name)] == []
    assert names_kept() == OWN - {"DELACROIX"}  # she is in no export
    clock(DAY)
    assert told(run, morning_kept) == before
    assert run("report", morning_kept, "--format", "text").out == sheet
    assert [name for name in sorted(others) if files_with(elsewhere, name)] == []


def test_until_midnight_in_the_room_everybody_stays(
    run: Run, monkeypatch: pytest.MonkeyPatch, morning_kept: Path, clock: Callable[[datetime], Clock]
) -> None:
    everybody = names_kept()
    clock(EVENING)
    assert a_board_starts(run, monkeypatch, morning_kept.parent) == []
    assert names_kept() == everybody
    notes = dossier_of(morning_kept) / "session.json"
    record = json.loads(notes.read_text())
    record["lessons"][0]["timezone"] = "America/Martinique"
    notes.write_text(json.dumps(record))
    clock(EVENING + timedelta(hours=4))
    a_board_starts(run, monkeypatch, morning_kept.parent)
    assert names_kept() == everybody
    clock(EVENING + timedelta(hours=6))
    a_board_starts(run, monkeypatch, morning_kept.parent)
    assert len(names_kept()) < len(everybody)


def test_nothing_is_taken_from_an_open_board(
    run: Run, monkeypatch: pytest.MonkeyPatch, morning_kept: Path, clock: Callable[[datetime], Clock]
) -> None:
    everybody = names_kept()
    clock(NEXT_DAY)
    board = OpenBoard(dossier_of(morning_kept), Watched(str(morning_kept), is_session=True))
    assert a_board_starts(run, monkeypatch, morning_kept.parent) == []
    assert names_kept() == everybody
    board.close()
    a_board_starts(run, monkeypatch, morning_kept.parent)
    assert len(names_kept()) < len(everybody)


def test_a_board_that_opens_again_reads_the_folder_whole_and_is_narrowed_again(
    run: Run, monkeypatch: pytest.MonkeyPatch, morning_kept: Path, clock: Callable[[datetime], Clock]
) -> None:
    before, everybody = told(run, morning_kept), names_kept()
    clock(NEXT_DAY)
    a_board_starts(run, monkeypatch, morning_kept.parent)
    narrowed = sorted(path.name for path in (dossier_of(morning_kept) / "exports").iterdir())
    folder = morning_kept.parent / "exports"
    for export in morning():
        export.write_to(folder)
    originals = {path.name: path.read_bytes() for path in folder.iterdir()}
    opened(morning_kept, clock(DAY))
    assert names_kept() == everybody
    assert told(run, morning_kept) == before
    clock(NEXT_DAY)
    a_board_starts(run, monkeypatch, morning_kept.parent)
    assert sorted(path.name for path in (dossier_of(morning_kept) / "exports").iterdir()) == narrowed
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == originals


def test_somebody_added_on_the_day_is_one_of_its_own(
    run: Run, monkeypatch: pytest.MonkeyPatch, morning_kept: Path, clock: Callable[[datetime], Clock]
) -> None:
    added = sorted(names_kept() - OWN)[7]
    row = next(
        (last, first)
        for kept in kept_dossiers(state_folder())
        for last, first in sorted(kept.students)
        if last == added
    )
    action = Action("", DAY, ActionKind.CALL, (Who((), *row, None),), room="Salle 12")
    Journal(dossier_of(morning_kept) / "journal", lambda: DAY).append(*facts_of(action))
    clock(NEXT_DAY)
    a_board_starts(run, monkeypatch, morning_kept.parent)
    assert added in names_kept()
    assert names_kept() < OWN | {added}


def test_a_file_taken_back_counts_no_more_afterwards(
    run: Run, monkeypatch: pytest.MonkeyPatch, morning_kept: Path, clock: Callable[[datetime], Clock]
) -> None:
    exports = dossier_of(morning_kept) / "exports"
    newest = max(
        (json.loads(path.read_text()) for path in exports.glob("*.json")), key=lambda one: one["exported_at"]
    )
    facts = {"digest": newest["digest"], "exported_at": newest["exported_at"], "name": newest["file_name"]}
    Journal(dossier_of(morning_kept) / "journal", lambda: DAY).append(FileEntryKind.TAKE_BACK, facts)
    before = told(run, morning_kept)
    clock(NEXT_DAY)
    a_board_starts(run, monkeypatch, morning_kept.parent)
    clock(DAY)
    assert told(run, morning_kept) == before


def test_whoever_may_be_one_of_those_called_stays_and_the_doubt_with_them(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[datetime], Clock]
) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    folder = folder_with(
        exports,
        reaching("MARTIN", "Léa"),
        reaching("ZYGOMALAS"),
        reaching("QUATREBARBES", "Ana"),
    )
    file = tmp_path / "session.toml"
    names = 'names = ["MARTIN Léo (3eC)", "ZYGOMALAS Lou (3eC)"]'
    file.write_text(f"{SESSION}[expected]\n{names}\n", encoding="utf-8")
    asked = ExpectedFrom(names=("MARTIN Léo (3eC)", "ZYGOMALAS Lou (3eC)"))
    request = certification(folder, dossier_of(file), expected=asked)
    OpenBoard(request.dossier, Watched(str(file), is_session=True)).close()
    assert session_snapshot(request, clock(DAY)).doubts
    next(folder.glob("*.csv")).unlink()
    clock(NEXT_DAY)
    a_board_starts(run, monkeypatch, tmp_path)
    assert names_kept() == {"MARTIN", "ZYGOMALAS"}
    assert session_snapshot(request, clock(DAY)).doubts


def test_where_everybody_is_called_nobody_is_another(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[datetime], Clock]
) -> None:
    folder = folder_with(tmp_path, reaching("MARTIN", "Léa"), reaching("ZYGOMALAS"))
    dossier = dossier_of(tmp_path / "session.toml")
    dossier.mkdir(parents=True)
    session_snapshot(certification(folder, dossier), clock(DAY))
    clock(NEXT_DAY)
    assert a_board_starts(run, monkeypatch, tmp_path) == []
    assert names_kept() == {"MARTIN", "ZYGOMALAS"}


def test_a_board_of_a_later_day_says_that_the_exports_of_the_earlier_one_are_no_whole_ones(
    run: Run, monkeypatch: pytest.MonkeyPatch, morning_kept: Path, clock: Callable[[datetime], Clock]
) -> None:
    clock(NEXT_DAY)
    a_board_starts(run, monkeypatch, morning_kept.parent)
    request = certification(morning_kept.parent / "exports", dossier_of(morning_kept))
    assert request.session is not None
    for day, said in ((DAY, False), (NEXT_DAY, True)):
        session = request.session._replace(date=day.date())
        notices = session_snapshot(request._replace(session=session), clock(day)).notices
        assert any("kept from earlier days" in words for words in notices) is said
