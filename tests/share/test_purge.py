"""A shared session is deleted from one post, for all of them; nobody writes it back."""

from __future__ import annotations

import json
import os
import shutil
import time
from errno import EIO
from pathlib import Path

import pytest

from pixsession.cli.shared import is_shared
from pixsession.foundation.errors import PixSessionError
from pixsession.settings.config import BoardRequest
from pixsession.store.share.joining import sessions_in, share_root
from pixsession.store.share.purging import clear_purged, purge_shared
from tests.factories.samples.demo_story import morning
from tests.live.test_session import everybody_read

from .homes import post_at, request_at


def purge_from(request: BoardRequest) -> None:
    assert request.share is not None
    assert request.dossier is not None
    purge_shared(request.share, request.dossier)


def beat(request: BoardRequest, *, seconds_ago: float, left: bool = False) -> None:
    """The heartbeat of a post, written so long ago by whatever clock one asks."""
    assert request.share is not None
    path = request.share.folder / f"post-{request.share.post.id}.json"
    at = time.time() - seconds_ago
    path.write_text(json.dumps({"name": request.share.post.name, "wall": at, "offset": 0.0, "left": left}))
    os.utime(path, (at, at))


@pytest.mark.parametrize("seconds_ago", [0, 110])
def test_a_session_is_not_deleted_under_a_post_that_was_just_seen(
    tmp_path: Path, session_file: Path, seconds_ago: float
) -> None:
    office, room = (request_at(tmp_path / name, session_file) for name in ("office", "room"))
    beat(room, seconds_ago=seconds_ago)
    with pytest.raises(PixSessionError, match="room"):
        purge_from(office)
    assert sessions_in(share_root(session_file)) != ()


@pytest.mark.parametrize(("seconds_ago", "left"), [(130, False), (1, True)])
def test_it_is_deleted_once_the_others_are_gone(
    tmp_path: Path, session_file: Path, seconds_ago: float, left: bool
) -> None:
    office, room = (request_at(tmp_path / name, session_file) for name in ("office", "room"))
    beat(room, seconds_ago=seconds_ago, left=left)
    purge_from(office)
    assert sessions_in(share_root(session_file)) == ()
    assert [path.suffix for path in share_root(session_file).iterdir()] == [".purged"]


def test_a_share_that_does_not_answer_is_not_taken_for_one_without_a_session(
    tmp_path: Path, session_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_at(tmp_path / "office", session_file)
    assert is_shared(session_file)
    assert not is_shared(tmp_path / "another.toml")
    root, listed = share_root(session_file), os.listdir

    def fails(path: Path) -> list[str]:
        if Path(path) == root:
            raise OSError(EIO, os.strerror(EIO))
        return listed(path)

    monkeypatch.setattr(os, "listdir", fails)
    with pytest.raises(PixSessionError, match="nothing was deleted, try again"):
        is_shared(session_file)


def test_a_board_that_is_open_ends_and_keeps_nothing(tmp_path: Path, session_file: Path) -> None:
    room = request_at(tmp_path / "room", session_file)
    assert room.share is not None
    assert room.dossier is not None
    with post_at(tmp_path / "room", session_file) as board:
        board.wait_for(lambda snapshot: snapshot.share)
        beat(room, seconds_ago=1000)  # away for long, as far as the office knows
        purge_from(request_at(tmp_path / "office", session_file))
        assert "deleted from another post" in board.wait_for_failure().message
    assert not room.dossier.exists()
    assert not room.share.folder.exists()


def test_who_comes_back_with_a_copy_brings_nothing_back(tmp_path: Path, session_file: Path) -> None:
    with post_at(tmp_path / "room", session_file) as board:
        morning()[0].write_to(tmp_path / "room" / "downloads")
        board.wait_for(everybody_read)
    room = request_at(tmp_path / "room", session_file)
    assert room.share is not None
    shutil.copytree(room.share.folder, tmp_path / "synchronised")
    purge_from(request_at(tmp_path / "office", session_file))
    (tmp_path / "synchronised").rename(room.share.folder)  # a synchroniser that was off meanwhile
    clear_purged(share_root(session_file), tmp_path / "room" / "state")
    assert room.dossier is not None
    assert not room.dossier.exists()
    assert sessions_in(share_root(session_file)) == ()
    with post_at(tmp_path / "room", session_file) as board:
        assert board.wait_for(lambda snapshot: snapshot.share).day is not None
    assert request_at(tmp_path / "room", session_file).dossier != room.dossier
