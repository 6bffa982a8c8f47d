"""What stands in the way of deleting a shared session, and what goes with it; without any board."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from errno import EIO
from pathlib import Path

import pytest

from pixsession.domain.share.place import Post, SharePlace
from pixsession.foundation.errors import PixSessionError
from pixsession.store.open_boards import OpenBoard, Watched
from pixsession.store.share.folder import SharedFolder
from pixsession.store.share.heartbeat import Heartbeat
from pixsession.store.share.joining import save_offset
from pixsession.store.share.names import SESSION
from pixsession.store.share.purging import clear_purged, purge_shared

OFFICE, CDI, HALL = Post("aaaaaaaa", "Bureau"), Post("bbbbbbbb", "CDI"), Post("cccccccc", "Hall")
FIRST, SECOND = "0" * 15 + "1", "0" * 15 + "2"
_NOW = 1_773_300_000.0  # 12 March 2026
_LONG = 3600.0


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SharePlace:
    """A session on a share whose clock and whose time is told by the test."""
    monkeypatch.setattr(time, "time", lambda: _NOW)
    modified = SharedFolder.modified
    monkeypatch.setattr(
        SharedFolder, "modified", lambda *asked: _NOW if modified(*asked) else pytest.fail("not written")
    )
    return SharePlace(begun(tmp_path / "share", FIRST), FIRST, OFFICE)


def begun(root: Path, session_id: str) -> Path:
    (root / session_id).mkdir(parents=True)
    (root / session_id / SESSION).write_text("{}")
    return root / session_id


def beats(place: SharePlace, told: Heartbeat, by_share: float) -> None:
    """The heartbeat that a post wrote, so many seconds ago by the time of the share."""
    path = place.folder / f"post-{told.post.id}.json"
    path.write_bytes(told.written())
    os.utime(path, (_NOW - by_share, _NOW - by_share))


def refusal(place: SharePlace, dossier: Path) -> str:
    """Why it was not deleted; empty where it was."""
    try:
        purge_shared(place, dossier)
    except PixSessionError as error:
        assert place.folder.exists()
        return str(error)
    assert not place.folder.exists()
    return ""


@pytest.mark.parametrize(
    ("by_share", "by_itself", "is_there"),
    [
        (119.9, _LONG, True),
        (120.0, _LONG, False),
        (_LONG, 119.9, True),
        (_LONG, 120.0, False),
        (_LONG, -119.9, True),  # its clock is ahead
        (_LONG, -120.0, False),
    ],
)
def test_a_post_is_there_where_the_share_or_its_own_clock_says_that_it_was_two_minutes_ago(
    tmp_path: Path, place: SharePlace, by_share: float, by_itself: float, is_there: bool
) -> None:
    beats(place, Heartbeat(CDI, _NOW - by_itself), by_share)
    assert bool(refusal(place, tmp_path / "dossier")) == is_there


@pytest.mark.parametrize(
    ("own", "theirs", "is_there"),
    [(0.0, 900.0, True), (-900.0, 0.0, True), (900.0, 0.0, False), (0.0, -900.0, False), (None, None, False)],
)
def test_what_the_clocks_are_known_to_be_off_is_counted(
    tmp_path: Path, place: SharePlace, own: float | None, theirs: float | None, is_there: bool
) -> None:
    dossier = tmp_path / "dossier"
    dossier.mkdir()
    if own is not None:
        save_offset(dossier, own)
    beats(place, Heartbeat(CDI, _NOW - 1000, offset=theirs), _LONG)
    assert bool(refusal(place, dossier)) == is_there
    assert dossier.exists() == is_there


def test_who_has_left_who_says_nothing_and_this_post_are_in_nobodys_way(
    tmp_path: Path, place: SharePlace
) -> None:
    beats(place, Heartbeat(OFFICE, _NOW), 0)
    beats(place, Heartbeat(CDI, _NOW, has_left=True), 0)
    (place.folder / f"post-{HALL.id}.json").write_text("half of")
    assert refusal(place, tmp_path / "dossier") == ""


def test_who_is_there_is_named(tmp_path: Path, place: SharePlace) -> None:
    beats(place, Heartbeat(OFFICE, _NOW), 0)
    beats(place, Heartbeat(HALL, _NOW, has_left=True), 0)
    beats(place, Heartbeat(CDI, _NOW), 0)
    words = refusal(place, tmp_path / "dossier")
    assert words == "another post is open on this session: CDI. Close its board first."
    beats(place, Heartbeat(HALL, _NOW), 0)
    words = refusal(place, tmp_path / "dossier")
    assert re.fullmatch("other posts are open on this session: (CDI, Hall|Hall, CDI)[.] .*", words)
    assert sorted(path.name for path in place.folder.iterdir()) == [
        "post-aaaaaaaa.json",
        "post-bbbbbbbb.json",
        "post-cccccccc.json",
        SESSION,
    ], "nothing is left of what asked for the time of the share"


def test_a_board_of_this_computer_stands_in_the_way(tmp_path: Path, place: SharePlace) -> None:
    opened = OpenBoard(tmp_path / "dossier", Watched("x", is_session=True))
    assert "close it first" in refusal(place, tmp_path / "dossier")
    opened.close()
    assert refusal(place, tmp_path / "dossier") == ""
    assert not (tmp_path / "dossier").exists()


def test_every_session_of_the_share_goes_and_leaves_a_mark(tmp_path: Path, place: SharePlace) -> None:
    root = place.folder.parent
    begun(root, SECOND)
    root.chmod(0o755)
    assert refusal(place, tmp_path / "dossier") == ""
    assert sorted(path.name for path in root.iterdir()) == [f"{FIRST}.purged", f"{SECOND}.purged"]
    for one in (FIRST, SECOND):
        mark = root / f"{one}.purged"
        assert json.loads(mark.read_bytes()) == {"v": 1, "id": one, "by": "Bureau", "wall": _NOW}
        assert sys.platform == "win32" or mark.stat().st_mode & 0o777 == 0o644


def test_what_the_share_refuses_is_told_and_the_dossier_stays(
    tmp_path: Path, place: SharePlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dossier").mkdir()

    def away(_folder: SharedFolder, _name: str) -> float:
        raise OSError(EIO, "")

    monkeypatch.setattr(SharedFolder, "modified", away)
    assert "not everything could be deleted" in refusal(place, tmp_path / "dossier")
    assert (tmp_path / "dossier").exists()
    assert [path.name for path in place.folder.iterdir()] == [SESSION]


def test_what_is_left_of_purged_sessions_goes_from_the_share_and_from_this_computer(tmp_path: Path) -> None:
    root, dossiers = tmp_path / "share", tmp_path / "state" / "dossiers"
    for one in (FIRST, SECOND):
        begun(root, one)
        for slug in ("a", "b"):
            (dossiers / f"{slug}-shared-{one}").mkdir(parents=True)
    (root / f"{FIRST}.purged").write_text("{}")
    (root / f"{'3' * 16}.purged").write_text("{}")  # nothing of it is here
    opened = OpenBoard(dossiers / f"a-shared-{FIRST}", Watched("x", is_session=True))
    clear_purged(root, tmp_path / "state")
    assert not (root / FIRST).exists()
    left = {f"a-shared-{FIRST}", f"a-shared-{SECOND}", f"b-shared-{SECOND}"}
    assert {path.name for path in dossiers.iterdir()} == left, "a board that is open ends by itself"
    opened.close()
    clear_purged(root, tmp_path / "state")
    assert {path.name for path in dossiers.iterdir()} == {f"a-shared-{SECOND}", f"b-shared-{SECOND}"}
    assert (root / SECOND / SESSION).exists()
    clear_purged(tmp_path / "away", tmp_path / "state")
