"""Two boards on one folder: both live, neither in the other's way, whoever leaves first."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.dossiers import board_after, from_dossier, people, saved, story

from .boards import Viewer, board_on, download

FOLLOWING = "another window follows this folder too"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one export in it."""
    saved(tmp_path / "downloads", story()[0])
    return tmp_path / "downloads"


@pytest.fixture
def viewers(folder: Path, tmp_path: Path) -> Iterator[tuple[Viewer, Viewer]]:
    """The owner of the dossier, and one who came later."""
    owner = Viewer(folder, tmp_path / "dossier", forked=True)
    owner.wait_for(lambda said: said["read"])
    follower = Viewer(folder, tmp_path / "dossier", forked=True)
    follower.wait_for(lambda said: said["read"])
    yield owner, follower
    for viewer in (owner, follower):
        if viewer.process.returncode is None:
            viewer.kill()


def test_both_follow_and_the_one_who_stays_goes_on(
    folder: Path, tmp_path: Path, viewers: tuple[Viewer, Viewer]
) -> None:
    owner, follower = viewers
    assert owner.said[-1]["notices"] == []
    assert follower.said[-1]["notices"] == [FOLLOWING]
    second, third, fourth = (one.name for one in story()[1:])
    download(folder, story()[1])
    for viewer in viewers:
        viewer.wait_for(lambda said: second in said["read"])
    owner.quit()
    download(folder, story()[2])
    follower.wait_for(lambda said: third in said["read"])
    # A newcomer owns the dossier now, though the one who followed is still there, in memory.
    newcomer = Viewer(folder, tmp_path / "dossier", forked=True)
    try:
        assert newcomer.wait_for(lambda said: len(said["read"]) == 3)["notices"] == []
        download(folder, story()[3])
        said = [viewer.wait_for(lambda said: fourth in said["read"]) for viewer in (newcomer, follower)]
        assert said[0]["students"] == said[1]["students"]
        newcomer.quit()
    finally:
        newcomer.process.kill()
    follower.quit()
    assert people(board_after(folder, tmp_path / "dossier")) == people(
        board_after(folder, tmp_path / "other")
    )


def test_the_follower_shows_in_two_seconds_what_only_the_owner_saw(folder: Path, tmp_path: Path) -> None:
    """The file was there and gone between two looks of the follower, who looks seldom."""
    with board_on(folder, tmp_path / "dossier") as owner:
        owner.wait_for(lambda snapshot: snapshot.rows)
        elsewhere = tmp_path / "its own view of the folder"
        elsewhere.mkdir()
        follower = Viewer(elsewhere, tmp_path / "dossier", scan_seconds=1.0)
        try:
            follower.wait_for(lambda said: said["students"])
            assert follower.said[-1]["notices"] == [FOLLOWING]
            landed = download(folder, story()[1])
            owner.wait_for(lambda snapshot: snapshot.newest_export_at == story()[1].exported_at)
            landed.unlink()
            began = time.monotonic()
            follower.wait_for(lambda said: said["newest"] == str(story()[1].exported_at))
            assert time.monotonic() - began < 2.5
            follower.quit()
        finally:
            follower.process.kill()


def test_an_owner_that_was_killed_leaves_the_dossier_to_the_next(
    folder: Path, tmp_path: Path, viewers: tuple[Viewer, Viewer]
) -> None:
    owner, follower = viewers
    owner.kill()
    with board_on(folder, tmp_path / "dossier") as board:
        snapshot = board.wait_for(lambda snapshot: snapshot.rows)
        assert snapshot.notices == ()
        download(folder, story()[1])
        board.wait_for(lambda snapshot: len(snapshot.files) == 2)
        follower.wait_for(lambda said: len(said["read"]) == 2)
    follower.quit()


def test_what_the_follower_alone_saw_is_kept_too(
    folder: Path, tmp_path: Path, viewers: tuple[Viewer, Viewer]
) -> None:
    """The owner goes at the very moment when an export lands."""
    owner, follower = viewers
    owner.kill()
    landed = download(folder, story()[1])
    follower.wait_for(lambda said: landed.name in said["read"])
    expected = board_after(folder, None)
    follower.kill()
    for path in folder.iterdir():
        path.unlink()
    assert people(from_dossier(folder, tmp_path / "dossier")) == people(expected)
