"""The command that hands a session over: what it prints, what it writes and where, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pixsession import commands
from pixsession.commands import NOTHING_CHECKED
from pixsession.domain.snapshot import Snapshot
from tests.mornings import full_morning
from tests.e2e.runs import Run

NAME = "session-2026-03-12-certification-3e-mars"
Report = Callable[..., object]


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session to hand over, whatever file is named."""

    def whole(*_arguments: object) -> Snapshot:
        return full_morning()

    monkeypatch.setattr(commands, "_session_snapshot", whole)


@pytest.mark.usefixtures("morning")
def test_text_is_printed(run: Run) -> None:
    found = run("report", "session.toml", "--format", "text")
    assert found.status == 0
    assert found.out.startswith("Certification sheet — Certification 3e, mars\n")
    assert "- 08:52 BARBIER Tom, 3eB: not eligible to this day\n" in found.out


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(("form", "suffix"), [("html", ".html"), ("csv", ".csv"), ("text", ".txt")])
def test_a_folder_gets_the_sheet_and_the_run_says_where(
    run: Run, tmp_path: Path, form: str, suffix: str
) -> None:
    found = run("report", "session.toml", "--format", form, "--output", tmp_path)
    path = tmp_path / f"{NAME}{suffix}"
    assert found.status == 0
    assert str(path) in found.out
    assert "BARBIER" in path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("morning")
def test_a_page_goes_to_the_folder_one_is_in(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("report", "session.toml").status == 0
    assert [path.name for path in tmp_path.iterdir()] == [f"{NAME}.html"]


@pytest.mark.usefixtures("morning")
def test_a_sheet_is_replaced_only_when_asked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    path.write_text("mine", encoding="utf-8")
    found = run("report", "session.toml", "--output", path)
    assert found.status == NOTHING_CHECKED
    assert "--force" in found.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("report", "session.toml", "--output", path, "--force").status == 0
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_format_that_does_not_exist_is_said(run: Run) -> None:
    found = run("report", "session.toml", "--format", "pdf")
    assert found.status == NOTHING_CHECKED
    assert "html, csv, text" in found.err


def test_a_session_file_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    found = run("report", tmp_path / "nowhere.toml")
    assert found.status == NOTHING_CHECKED
    assert "nowhere.toml" in found.err
    assert not list(tmp_path.iterdir())
