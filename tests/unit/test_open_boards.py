"""Which boards are open on a dossier, and what a dossier says that it is about."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pixsession.store import open_boards
from pixsession.store.open_boards import OpenBoard, Watched, is_open, watched_by
from pixsession.store.opening import take_lock

WATCHED = Watched("/home/me/3eA", is_session=False)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """Where a dossier may be made: nothing of it is there yet."""
    return tmp_path / "state" / "dossiers" / "one"


def test_a_dossier_is_open_until_the_last_of_its_boards_is_closed(dossier: Path) -> None:
    assert not is_open(dossier)
    assert not dossier.exists()  # who asks makes nothing
    first, second = OpenBoard(dossier, WATCHED), OpenBoard(dossier, WATCHED)
    assert is_open(dossier)
    first.close()
    assert is_open(dossier)
    assert len(list((dossier / "open").iterdir())) == 1
    second.close()
    second.close()
    assert not is_open(dossier)
    assert list((dossier / "open").iterdir()) == []


def test_a_lock_that_a_killed_board_left_is_held_by_nobody(dossier: Path) -> None:
    OpenBoard(dossier, WATCHED).close()
    for path in (dossier / "open" / "4194303-0.lock", dossier / "owner.lock"):
        path.write_text("4194303")
    assert not is_open(dossier)
    for path in (*(dossier / "open").iterdir(), dossier / "owner.lock"):
        lock = take_lock(path)  # whoever looked holds nothing afterwards
        assert lock is not None
        lock.release()


def test_a_program_that_owns_the_database_has_the_dossier_open(dossier: Path) -> None:
    dossier.mkdir(parents=True)
    lock = take_lock(dossier / "owner.lock")
    assert lock is not None
    assert is_open(dossier)
    lock.release()
    assert not is_open(dossier)


def test_a_dossier_says_what_it_is_about_as_the_last_board_had_it(dossier: Path) -> None:
    assert watched_by(dossier) is None
    OpenBoard(dossier, WATCHED).close()
    assert watched_by(dossier) == WATCHED
    note = dossier / "watched.json"
    os.utime(note, (1, 1))
    OpenBoard(dossier, WATCHED).close()
    assert note.stat().st_mtime == 1  # nothing else to say
    for other in (WATCHED._replace(is_session=True), Watched("/elsewhere", is_session=True)):
        OpenBoard(dossier, other).close()
        assert watched_by(dossier) == other


@pytest.mark.parametrize("noted", ["", "[]", "3", "{}", '{"path": "/a"}', '{"is_session": true}'])
def test_a_damaged_note_says_nothing_and_is_written_anew(dossier: Path, noted: str) -> None:
    OpenBoard(dossier, WATCHED).close()
    (dossier / "watched.json").write_text(noted)
    assert watched_by(dossier) is None
    OpenBoard(dossier, WATCHED).close()
    assert json.loads((dossier / "watched.json").read_bytes()) == WATCHED._asdict()


def test_a_board_that_keeps_nothing_holds_nothing(tmp_path: Path) -> None:
    OpenBoard(None, WATCHED).close()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_nothing_keeps_no_board_away(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(open_boards, "write_whole", full)
        OpenBoard(dossier, WATCHED).close()
        patched.setattr(open_boards, "take_lock", full)
        (dossier / "owner.lock").write_text("")
        with pytest.raises(OSError, match="No space"):  # it is not known, and so nothing is deleted
            is_open(dossier)
    assert not is_open(dossier)
