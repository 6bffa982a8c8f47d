"""The file of the hand-over sheet: whole or not at all, for its owner alone, over no other one unasked."""

from __future__ import annotations

import os
import sys
from errno import EACCES, EIO, ENOTCONN, ESTALE, errorcode
from pathlib import Path

import pytest

from pixsession.reports.common.facts import session_name
from pixsession.reports.document import Document, Spreadsheet
from pixsession.reports.files import own_page, put_page, save
from pixsession.reports.put import AlreadyThere, NotWritten
from pixsession.reports.sheets import session_sheet
from tests.factories.mornings import SHEET_AT, full_morning, session
from tests.factories.sheet_forms import sheet_as
from tests.share.failing import FailingFolder


def short(title: str) -> Document:
    """A document whose text is its title."""
    return Document("sheet", title, Spreadsheet((), ()))


def test_the_name_is_that_of_the_session_in_letters_every_system_takes() -> None:
    assert session_name(session(title="Certification 3e / « mars » été")) == (
        "session-2026-03-12-certification-3e-mars-ete"
    )
    assert session_name(session(title="日本")) == "session-2026-03-12"
    assert len(session_name(session(title="x" * 500))) < 100


def test_a_folder_gets_the_sheet_under_its_own_name(tmp_path: Path) -> None:
    sheet = session_sheet(full_morning(), SHEET_AT)
    path = save(sheet, "text", tmp_path)
    assert path == tmp_path / "session-2026-03-12-certification-3e-mars.txt"
    assert path.read_text(encoding="utf-8") == sheet_as("text", full_morning())
    with pytest.raises(AlreadyThere):
        save(sheet, "text", tmp_path)
    assert save(sheet, "text", tmp_path, force=True) == path
    assert save(sheet, "html", tmp_path / "other") == tmp_path / "other"


def test_a_sheet_is_written_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    save(session_sheet(full_morning(), SHEET_AT), "csv", path)
    assert path.read_bytes() == sheet_as("csv", full_morning()).encode()
    assert list(tmp_path.iterdir()) == [path]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_over_unasked(tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(AlreadyThere, match="--force"):
        save(short("yours"), "text", path)
    assert path.read_text(encoding="utf-8") == "mine"
    save(short("yours"), "text", path, force=True)
    assert path.read_text(encoding="utf-8") == "yours\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_system_without_links_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "sheet.html"
    save(short("one"), "text", path)
    with pytest.raises(AlreadyThere):
        save(short("two"), "text", path)
    assert path.read_text(encoding="utf-8") == "one\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sheet.html"
    path.write_text("mine", encoding="utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(28, "the disk is full on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritten, match="the disk is full"):
        save(short("yours"), "text", path, force=True)
    assert path.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="could not be written"):
        save(short("text"), "text", tmp_path / "nowhere" / "sheet.html")


def test_a_page_of_ours_is_written_anew_and_one_of_somebody_else_is_not(tmp_path: Path) -> None:
    document = short("one")
    first = own_page(tmp_path, document)
    save(document, "html", first)
    assert own_page(tmp_path, document) == first
    first.write_text("<!DOCTYPE html><p>notes de la principale</p>", encoding="utf-8")
    second = own_page(tmp_path, document)
    assert second.name == "sheet-2.html"
    save(document, "html", second)
    assert own_page(tmp_path, document) == second
    second.write_text("", encoding="utf-8")
    assert own_page(tmp_path, document).name == "sheet-3.html"


def test_a_page_that_another_program_has_open_stays_and_says_what_to_close(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = save(short("one"), "html", tmp_path)
    before = page.read_bytes()

    def held(_self: Path, _target: Path) -> None:  # as Windows refuses it
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(
        NotWritten, match=r"sheet\.html could not be replaced .*: close the program that shows it"
    ):
        save(short("two"), "html", page, force=True)
    assert page.read_bytes() == before
    assert list(tmp_path.iterdir()) == [page]


@pytest.mark.parametrize("errno", [EIO, ENOTCONN, ESTALE, EACCES], ids=errorcode.__getitem__)
def test_a_folder_on_a_drive_that_is_away_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, errno: int
) -> None:
    drive = FailingFolder(tmp_path, monkeypatch)
    drive.fails_with(errno)
    for write in (put_page, lambda folder, document: save(document, "html", folder)):
        with pytest.raises(NotWritten, match="could not be written"):
            write(tmp_path, short("text"))
    drive.works()
    assert put_page(tmp_path, short("text")) == tmp_path / "sheet.html"
