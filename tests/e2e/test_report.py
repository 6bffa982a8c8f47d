"""The command that hands a session over: what it prints, what it writes and where, and what it refuses."""

from __future__ import annotations

import json
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from pixsession.cli.start import NOTHING_CHECKED
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.engine.board.engine import BoardEngine
from pixsession.foundation.clock import paris_now
from pixsession.foundation.paths import dossier_folder, state_folder
from pixsession.settings.config import BoardRequest, Settings
from pixsession.settings.session_file import load_session
from tests.e2e.runs import Run, folder_with, piped, reaching
from tests.factories.samples import Generation, Layout, profiles_export

NAME = "session-2026-03-12-certification-3e"
SESSION = """
kind = "certification"
title = "Certification 3e"
date = 2026-03-12
start = "08:30"
room = "Salle 12"
folders = ["exports"]

[expected]
names = ["BARBIER Lou", "MARTIN Zoé"]

[remediation]
code = "SOSPIX123"

[checklist]
items = ["Finaliser"]
"""


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A session file beside the folder with its one export: two were called, one of them is not eligible."""
    (tmp_path / "exports").mkdir()
    folder_with(tmp_path / "exports", reaching("BARBIER", reached=2), reaching("MARTIN", "Zoé"))
    file = tmp_path / "session.toml"
    file.write_text(SESSION, encoding="utf-8")
    return file


def redirect(file: Path, last_name: str) -> None:
    """What a supervisor does on the board, as it is kept."""
    session = load_session(file, Settings())
    dossier = dossier_folder(state_folder(), file)
    request = BoardRequest(session.folders[0], session.rule, dossier=dossier, session=session)
    desk = BoardEngine(request, paris_now, live=True)
    try:
        for export in session.folders[0].iterdir():
            desk.take(export)
        wanted = next(row for row in desk.snapshot().rows if row.last_name == last_name)
        desk.supervision.act(ActionRequest(ActionKind.REDIRECT, (wanted.student_id,)))
    finally:
        desk.close()


def test_text_is_printed_with_what_was_done_and_read(run: Run, session: Path) -> None:
    redirect(session, "BARBIER")
    found = run("report", session, "--format", "text")
    assert found.status == 0, found.err
    lines = found.out.splitlines()
    assert lines[0] == "Certification sheet — Certification 3e"
    assert "2 called, 1 came, 1 redirected" in lines
    assert "- BARBIER Lou, 3eC; present" in lines
    assert "Redirected to SOS élève non certifiable (SOSPIX123):" in lines
    assert next(line for line in lines if line.endswith("BARBIER Lou, 3eC: not eligible to this day"))
    assert "- [ ] Finaliser" in lines
    assert next(line for line in lines if "profile collection" in line)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of Windows is no variable")
@pytest.mark.parametrize(
    ("zone", "made", "offset"),
    [
        ("Indian/Reunion", "12:45", "UTC+04:00"),
        ("Pacific/Noumea", "19:45", "UTC+11:00"),
        ("America/Guadeloupe", "04:45", "UTC-04:00"),
        ("Asia/Tokyo", "17:45", "UTC+09:00"),
        ("Asia/Kolkata", "14:15", "UTC+05:30"),
        ("America/New_York", "04:45", "UTC-04:00"),
    ],
)
def test_the_sheet_is_in_the_time_of_the_room(
    run: Run, session: Path, zone: str, made: str, offset: str
) -> None:
    """The export is of 09:45 in Paris; the start is what the file says, wherever that is."""
    sheet = piped("report", session, "--format", "text", "--lang", "en", TZ=zone).stdout.decode()
    assert "Start: 08:30" in sheet
    assert f"Time zone: {offset}\n" in sheet
    assert f" {made}" in next(line for line in sheet.splitlines() if "profile collection" in line)
    text = session.read_text(encoding="utf-8")
    session.write_text(f'timezone = "{zone}"\n{text}', encoding="utf-8")
    named = run("report", session, "--format", "text").out  # in the time of Paris, as every test
    assert f"Time zone: {zone} ({offset})\n" in named
    assert f" {made}" in next(line for line in named.splitlines() if "profile collection" in line)


def test_a_slow_clock_is_said_on_the_sheet_and_on_the_board(run: Run, session: Path) -> None:
    """An export of three hours from now: this computer is three hours behind."""
    folder = session.parent / "exports"
    at = paris_now() + timedelta(hours=3)
    profiles_export([reaching("PETIT")], Generation.PARIS_MINUTES, Layout(), at).write_to(folder)
    os.utime(max(folder.iterdir(), key=lambda path: path.name))  # saved now
    sheet = run("report", session, "--format", "text").out
    assert "this computer's clock is 3 h slow" in sheet
    board = run("check", folder).out
    assert "this computer's clock is 3 h slow" in board
    assert ", just now\n" in board or ", 1 min ago\n" in board


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of Windows is no variable")
def test_a_board_elsewhere_shows_its_own_hours_and_writes_those_of_paris(session: Path) -> None:
    folder = session.parent / "exports"
    text = piped("check", folder, "--lang", "en", TZ="Pacific/Noumea").stdout.decode()
    assert "export of 12 Mar at 19:45" in text
    told = json.loads(piped("check", folder, "--format", "json", TZ="Pacific/Noumea").stdout)
    assert "2026-03-12T09:45" in json.dumps(told)
    assert told["generated_at"][-6:] in {"+01:00", "+02:00"}


@pytest.mark.parametrize(("form", "suffix"), [("html", ".html"), ("csv", ".csv"), ("text", ".txt")])
def test_a_folder_gets_the_sheet_and_the_run_says_where(
    run: Run, session: Path, tmp_path: Path, form: str, suffix: str
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    found = run("report", session, "--format", form, "--output", kept)
    path = kept / f"{NAME}{suffix}"
    assert found.status == 0, found.err
    assert str(path) in found.out
    assert "BARBIER" in path.read_text(encoding="utf-8")


def test_a_page_goes_to_the_folder_one_is_in(
    run: Run, session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert run("report", session).status == 0
    assert [path.name for path in here.iterdir()] == [f"{NAME}.html"]


def test_nothing_is_kept_of_a_session_that_was_never_watched(run: Run, session: Path) -> None:
    assert run("report", session, "--format", "text").status == 0
    assert not state_folder().exists()


def test_a_sheet_is_replaced_only_when_asked(run: Run, session: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    path.write_text("mine", encoding="utf-8")
    found = run("report", session, "--output", path)
    assert found.status == NOTHING_CHECKED
    assert "--force" in found.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("report", session, "--output", path, "--force").status == 0
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_sheet_saved_among_the_exports_changes_nothing(run: Run, session: Path) -> None:
    before = run("report", session, "--format", "text").out
    assert run("report", session, "--format", "csv", "--output", session.parent / "exports").status == 0
    after = run("report", session, "--format", "text").out
    assert after.splitlines()[:-1] == before.splitlines()[:-1]  # the last one says when it was made


def test_a_format_that_does_not_exist_is_said(run: Run) -> None:
    found = run("report", "session.toml", "--format", "pdf")
    assert found.status == NOTHING_CHECKED
    assert "html, csv, text" in found.err


def test_a_session_file_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    found = run("report", tmp_path / "nowhere.toml")
    assert found.status == NOTHING_CHECKED
    assert "nowhere.toml" in found.err
    assert not list(tmp_path.iterdir())
