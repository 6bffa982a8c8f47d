"""Files that only OneDrive or iCloud has: none is downloaded unasked, but a new one that may be an export."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pixsession.domain.board.snapshot import FileStatus
from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.foundation.placeholders import is_placeholder
from pixsession.readers import read_export
from tests.factories.dossiers import NOON, board_after, saved
from tests.factories.exports import export, student
from tests.live.watching import Open, look_now, ready, was_there

LONG_AGO = NOON - timedelta(days=200)


class Cloud:
    """What has which name is a placeholder; whatever is opened of it is noted, and then it is one no more."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.opened: list[str] = []
        self._inodes: dict[int, str] = {}

    def takes(self, path: Path, modified_at: datetime = LONG_AGO) -> Path:
        """Have only the cloud hold this file."""
        os.utime(path, (modified_at.timestamp(),) * 2)
        self.names.add(path.name)
        self._inodes[path.stat().st_ino] = path.name
        return path

    def holds(self, status: os.stat_result) -> bool:
        return self._inodes.get(status.st_ino) in self.names

    def fetch(self, path: Any, *_flags: Any) -> None:
        name = Path(path).name
        if name in self.names:
            self.opened.append(name)
            self.names.remove(name)


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Cloud:
    made = Cloud()
    for module in ("readers.files", "watching.listing", "engine.board.kept_exports"):
        monkeypatch.setattr(f"pixsession.{module}.is_placeholder", made.holds)
    opens = os.open

    def noted(path: Any, flags: int, *more: Any, **named: Any) -> int:
        made.fetch(path)
        return opens(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", noted)
    monkeypatch.setattr("filecmp.cmp", lambda _kept, path, **_how: made.fetch(path))
    return made


@pytest.mark.parametrize(
    ("status", "elsewhere"),
    [
        ({"st_file_attributes": 0x501620}, True),  # as OneDrive leaves a file whose space was freed
        ({"st_file_attributes": 0x401000}, True),
        ({"st_file_attributes": 0x1000}, True),  # an archive on tape, or another cloud
        ({"st_file_attributes": 0x80020}, False),  # always kept on this device
        ({"st_file_attributes": 0x20}, False),
        ({"st_flags": 0x40000020}, True),  # SF_DATALESS of macOS
        ({"st_flags": 0x20}, False),
        ({}, False),  # Linux has neither
    ],
)
def test_where_the_contents_are_is_told_by_the_attributes(status: dict[str, int], elsewhere: bool) -> None:
    assert is_placeholder(cast(os.stat_result, SimpleNamespace(**status))) is elsewhere


def test_years_of_downloads_stay_where_they_are(cloud: Cloud, tmp_path: Path) -> None:
    since = NOON - timedelta(days=7)
    old = cloud.takes(was_there(tmp_path / "releve.csv"))
    with pytest.raises(NotPix, match="not downloaded yet"):
        read_export(old, fetch_since=since)
    film = cloud.takes(was_there(tmp_path / "film.mp4"), NOON)
    with pytest.raises(NotPix, match="not an export of Pix"):
        read_export(film, fetch_since=since)
    (exported,) = saved(tmp_path, export(student()))
    with pytest.raises(UnreadableExport, match="not downloaded yet"):
        read_export(cloud.takes(exported), fetch_since=since)
    assert cloud.opened == []


def test_what_is_new_or_asked_for_by_name_is_downloaded(cloud: Cloud, tmp_path: Path) -> None:
    (exported,) = saved(tmp_path, export(student()))
    assert read_export(cloud.takes(exported, NOON), fetch_since=NOON - timedelta(days=7))
    assert read_export(cloud.takes(exported))
    assert cloud.opened == [exported.name] * 2


def test_a_board_says_that_an_old_export_is_not_there_and_rests_on_it_where_it_was_read_before(
    cloud: Cloud, tmp_path: Path
) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    (path,) = saved(folder, export(student()))
    modified_at = datetime.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ006 - it comes back as it is
    cloud.takes(path)
    (entry,) = board_after(folder, None).files
    assert (entry.status, entry.present) == (FileStatus.REFUSED, True)
    assert entry.message is not None
    assert entry.message.startswith("not downloaded yet")
    cloud.names.clear()
    os.utime(path, (modified_at.timestamp(),) * 2)
    assert board_after(folder, dossier).files[0].status is FileStatus.READ
    cloud.takes(path, modified_at)
    again = board_after(folder, dossier)
    assert (again.files[0].status, len(again.rows)) == (FileStatus.READ, 1)
    assert cloud.opened == []


def test_a_file_is_read_once_it_was_downloaded(cloud: Cloud, opened: Open, tmp_path: Path) -> None:
    name = cloud.takes(was_there(tmp_path / "releve.csv")).name
    watcher = opened(tmp_path)
    assert look_now(watcher).ready == ()
    cloud.names.clear()
    watcher.wake()
    ready(watcher, name)
