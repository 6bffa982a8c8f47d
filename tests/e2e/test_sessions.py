"""`sessions`: those that were held on this computer, listed, opened, and copied to another day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pixsession.domain.certification.actions import facts_of
from pixsession.domain.certification.day import Action, ActionKind, Who
from pixsession.foundation.clock import paris_now
from pixsession.foundation.paths import dossier_folder, state_folder
from pixsession.settings.config import Settings
from pixsession.settings.session_file import load_session
from pixsession.store.journal import Journal
from pixsession.store.session_notes import note_session
from tests.e2e.runs import Run, folder_with, reaching

TEXT = """\
# Jeudi matin
title = "Certification 3e"
date = 2026-03-19   # le bon jour
start = "9h"
folders = ["dl"]

[remediation]
code = "SOSPIX123"
"""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A certification that was held, and an older lesson whose file is gone."""
    (tmp_path / "dl").mkdir()
    folder_with(tmp_path / "dl", reaching("MARTIN"))
    path = tmp_path / "jeudi.toml"
    path.write_text(TEXT, encoding="utf-8")
    gone = tmp_path / "lundi.toml"
    gone.write_text('kind = "half-group"\ntitle = "Lundi"\ndate = 2026-03-16\n', encoding="utf-8")
    for file in (path, gone):
        dossier = dossier_folder(state_folder(), file)
        dossier.mkdir(parents=True)
        note_session(dossier, load_session(file, Settings()))
    gone.unlink()
    return path


def test_they_are_listed_newest_first(run: Run, kept: Path) -> None:
    found = run("sessions")
    assert (found.status, found.err) == (0, "")
    first, second = found.out.splitlines()
    assert first == f"  1  19/03/2026 · Certification 3e · certification · {kept}"
    assert second.startswith("  2  16/03/2026 · Lundi · half-group · ")
    assert second.endswith("(the file is gone)")


def test_there_is_none_yet(run: Run, tmp_path: Path) -> None:
    assert "pixsession init" in run("sessions").out


def test_one_is_opened(run: Run, kept: Path) -> None:
    found = run("sessions", "1")
    assert (found.status, found.err) == (0, "")
    assert "MARTIN Lou" in found.out


def test_one_is_copied_to_another_day_to_the_letter(run: Run, kept: Path) -> None:
    found = run("sessions", "1", "--copy", "26/03/2026")
    assert (found.status, found.err) == (0, "")
    copy = kept.with_name("jeudi-2026-03-26.toml")
    assert copy.read_text(encoding="utf-8") == TEXT.replace("2026-03-19", "2026-03-26")
    assert load_session(copy, Settings()).date == date(2026, 3, 26)
    assert kept.read_text(encoding="utf-8") == TEXT
    again = run("sessions", "1", "--copy", "2026-03-26")
    assert (again.status, again.out) == (2, "")
    assert "--force" in again.err
    assert run("sessions", "1", "--copy", "2026-03-26", "--force").status == 0


def test_a_file_without_a_date_gets_one(run: Run, kept: Path) -> None:
    kept.write_text('title = "X"\n[limits]\nlatest_start = "10h"\n', encoding="utf-8")
    assert run("sessions", "1", "--copy", "2026-04-02").status == 0
    assert load_session(kept.with_name("jeudi-2026-04-02.toml"), Settings()).date == date(2026, 4, 2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("3",), "there is no session 3"),
        (("0",), "there is no session 0"),
        (("--copy", "2026-03-26"), "--copy needs the number"),
        (("1", "--copy", "31/02/2026"), "a day of the calendar"),
        (("2", "--copy", "2026-03-26"), "lundi.toml"),
    ],
)
def test_what_cannot_be_is_said(run: Run, kept: Path, arguments: tuple[str, ...], said: str) -> None:
    found = run("sessions", *arguments)
    assert (found.status, found.out) == (2, "")
    assert said in found.err


def test_the_one_open_last_is_copied_to_next_week_and_never_into_the_past(run: Run, kept: Path) -> None:
    found = run("sessions", "--next-week")
    assert (found.status, found.err) == (0, "")
    (copy,) = kept.parent.glob("jeudi-*.toml")
    session, today = load_session(copy, Settings()), paris_now().date()
    assert session.date.weekday() == date(2026, 3, 19).weekday()
    assert today <= session.date <= max(date(2026, 3, 26), today + timedelta(days=6))
    assert session.start == load_session(kept, Settings()).start
    assert run("sessions", "3", "--next-week").status == 2


def test_without_any_session_next_week_says_so(run: Run, tmp_path: Path) -> None:
    assert "there is no session 1" in run("sessions", "--next-week").err


@pytest.mark.parametrize(
    ("lesson", "wanted"),
    [
        ("", '\n[lesson]\ndelegates = ["MARTIN Lou (3eA)"]\n'),
        (
            "[lesson]\nstuck_minutes = 12\n",
            '[lesson]\ndelegates = ["MARTIN Lou (3eA)"]\nstuck_minutes = 12\n',
        ),
        (
            '[lesson]\ndelegates = [\n  "ROY Ana",\n  "PETIT Noa (3eB)",  # lundi\n]\nstuck_minutes = 12\n',
            '[lesson]\ndelegates = ["ROY Ana", "MARTIN Lou (3eA)"]\nstuck_minutes = 12\n',
        ),
    ],
)
def test_the_helpers_of_the_class_go_on_in_the_copy(
    run: Run, tmp_path: Path, lesson: str, wanted: str
) -> None:
    """MARTIN was named on the board, PETIT was by the file and is no more."""
    path = tmp_path / "lundi.toml"
    head = 'kind = "half-group"\ntitle = "Lundi"\ndate = 2026-03-16\n'
    path.write_text(head + lesson, encoding="utf-8")
    dossier = dossier_folder(state_folder(), path)
    dossier.mkdir(parents=True)
    note_session(dossier, load_session(path, Settings()))
    at = datetime.fromisoformat("2026-03-16T10:15")
    journal = Journal(dossier / "journal", lambda: at)
    for kind, last, first, place in (
        (ActionKind.DELEGATE, "MARTIN", "Lou", "3eA"),
        (ActionKind.UNDELEGATE, "PETIT", "Noa", "3eB"),
    ):
        journal.append(*facts_of(Action("", at, kind, (Who((), last, first, place),))))
    assert run("sessions", "1", "--copy", "2026-03-23").status == 0
    copy = path.with_name("lundi-2026-03-23.toml")
    assert copy.read_text(encoding="utf-8") == head.replace("16\n", "23\n") + wanted
    helpers = load_session(copy, Settings()).lesson.delegates
    assert helpers == (("ROY Ana",) if "ROY" in lesson else ()) + ("MARTIN Lou (3eA)",)
