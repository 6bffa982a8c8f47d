"""The file of the hand-over sheet: whole or not at all, for its owner alone, over no other one unasked."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pixsession.reports.sheet_csv import sheet_csv
from pixsession.reports.sheet_file import (
    SheetExists,
    SheetNotWritten,
    free_path,
    hand_over,
    sheet_name,
    write_sheet,
)
from pixsession.reports.sheet_text import sheet_text
from tests.factories.mornings import SHEET_AT, full_morning, session


def test_the_name_is_that_of_the_session_in_letters_every_system_takes() -> None:
    assert sheet_name(session(title="Certification 3e / « mars » été"), "html") == (
        "session-2026-03-12-certification-3e-mars-ete.html"
    )
    assert sheet_name(session(title="日本"), "csv") == "session-2026-03-12.csv"
    assert len(sheet_name(session(title="x" * 500), "text")) < 100


def test_a_folder_gets_the_sheet_under_its_own_name(tmp_path: Path) -> None:
    path = hand_over(full_morning(), "text", tmp_path, SHEET_AT)
    assert path == tmp_path / "session-2026-03-12-certification-3e-mars.txt"
    assert path.read_text(encoding="utf-8") == sheet_text(full_morning(), SHEET_AT)
    with pytest.raises(SheetExists):
        hand_over(full_morning(), "text", tmp_path, SHEET_AT)
    assert hand_over(full_morning(), "text", tmp_path, SHEET_AT, force=True) == path
    assert hand_over(full_morning(), "html", tmp_path / "other", SHEET_AT) == tmp_path / "other"


def test_a_sheet_is_written_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    text = sheet_csv(full_morning(), SHEET_AT)
    write_sheet(text, path)
    assert path.read_bytes() == text.encode()
    assert list(tmp_path.iterdir()) == [path]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_over_unasked(tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(SheetExists, match="--force"):
        write_sheet("yours", path)
    assert path.read_text(encoding="utf-8") == "mine"
    write_sheet("yours", path, force=True)
    assert path.read_text(encoding="utf-8") == "yours"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_system_without_links_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "sheet.html"
    write_sheet("one", path)
    with pytest.raises(SheetExists):
        write_sheet("two", path)
    assert path.read_text(encoding="utf-8") == "one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sheet.html"
    path.write_text("mine", encoding="utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(28, "the disk is full on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SheetNotWritten, match="the disk is full"):
        write_sheet("yours", path, force=True)
    assert path.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SheetNotWritten, match="could not be written"):
        write_sheet("text", tmp_path / "nowhere" / "sheet.html")


def test_a_name_that_is_taken_is_numbered(tmp_path: Path) -> None:
    first = free_path(tmp_path, session(), "html")
    first.touch()
    second = free_path(tmp_path, session(), "html")
    second.touch()
    assert [path.name for path in (first, second, free_path(tmp_path, session(), "html"))] == [
        f"session-2026-03-12-certification-3e-mars{end}.html" for end in ("", "-2", "-3")
    ]
