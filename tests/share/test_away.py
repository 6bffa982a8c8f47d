"""A board whose drive goes away or hangs: session file, list, folder and share are all on it."""

from __future__ import annotations

from collections.abc import Callable
from errno import EACCES, EIO, ENOTCONN, ESTALE, ETIMEDOUT, errorcode
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.engine.certification import session_source
from pixsession.engine.share import sync
from pixsession.watching import watcher
from tests.factories.dossiers import noon
from tests.factories.samples.demo_story import morning
from tests.live.test_session import day_of

from .failing import FailingFolder
from .homes import SESSION, drive_with, opened_at

pytestmark = pytest.mark.usefixtures("quick_exchange")


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    folder = drive_with(tmp_path / "drive", f"share = true\n{SESSION}", "LISTE;Seule;17/05/2011;3eA")
    morning()[0].write_to(folder / "dl")
    return folder


def acted(*kinds: ActionKind) -> Callable[[Snapshot], bool]:
    return lambda snapshot: [action.kind for action in day_of(snapshot).actions] == list(kinds)


def is_away(snapshot: Snapshot) -> bool:
    return snapshot.share is not None and snapshot.share.away_since is not None


def is_back(snapshot: Snapshot) -> bool:
    view = snapshot.share
    return view is not None and view.away_since is None and not view.waiting


def names(snapshot: Snapshot) -> list[str]:
    return sorted(row.last_name for row in snapshot.rows)


def away(drive: FailingFolder, how: int | None) -> Callable[[], None]:
    """Have the drive fail so, or hang; what ends it."""
    if how is not None:
        drive.fails_with(how)
        return drive.works
    released = drive.hangs()

    def ended() -> None:
        drive.works()
        released.set()

    return ended


FAULTS = (EIO, ENOTCONN, ESTALE, ETIMEDOUT, EACCES, None)


@pytest.mark.parametrize("how", FAULTS, ids=lambda how: errorcode[how] if how else "hangs")
def test_the_board_goes_on_says_so_and_brings_what_was_done(
    tmp_path: Path, drive: Path, monkeypatch: pytest.MonkeyPatch, how: int | None
) -> None:
    monkeypatch.setattr(sync, "STUCK_SECONDS", 0.5)
    monkeypatch.setattr(session_source, "SHARED_SECONDS", 0.0)
    monkeypatch.setattr("pixsession.cli.shared.paris_now", noon)
    monkeypatch.setattr(watcher, "on_network", lambda _folder: True)
    monkeypatch.setattr(watcher, "NETWORK_SCAN_SECONDS", 0.3)
    monkeypatch.setattr(watcher, "PATIENCE_SECONDS", 0.5)
    failing = FailingFolder(drive, monkeypatch)
    with opened_at(tmp_path / "CDI", drive, monkeypatch) as board:
        before = board.wait_for(
            lambda one: one.day and one.rows and is_back(one) and len(list(drive.glob("*/*/*-*.json"))) > 1
        )
        assert "LISTE" in names(before)
        student = before.rows[0].student_id
        ended = away(failing, how)
        board.pipeline.act(ActionRequest(ActionKind.PRESENT, (student,)))
        shown = board.wait_for(lambda one: is_away(one) and acted(ActionKind.PRESENT)(one))
        assert shown.share is not None
        assert shown.share.waiting == 1
        assert any("the board goes on" in notice for notice in shown.notices)
        assert names(shown) == names(before)
        board.pipeline.act(ActionRequest(ActionKind.ABSENT, (student,)))
        shown = board.wait_for(acted(ActionKind.PRESENT, ActionKind.ABSENT))
        assert names(shown) == names(before)
        ended()
        shown = board.wait_for(is_back)
        assert names(shown) == names(before)
        assert shown.session_trouble == ""
    with opened_at(tmp_path / "office", drive, monkeypatch) as board:
        shown = board.wait_for(acted(ActionKind.PRESENT, ActionKind.ABSENT))
        assert names(shown) == names(before)
