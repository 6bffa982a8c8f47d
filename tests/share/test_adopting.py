"""A session that is in progress, and shared from now on: what was done before is on every post, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pixsession.cli.sessions import supervised
from pixsession.cli.start import dossier_of
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind, DayState
from pixsession.domain.people.identities import identity_key, shared_key, use_short_marks
from pixsession.foundation.errors import PixSessionError
from pixsession.settings.config import BoardRequest, Settings
from pixsession.store.journal import Journal
from pixsession.store.open_boards import OpenBoard, Watched
from pixsession.store.share.adopting import adopt_private
from tests.factories.dossiers import noon
from tests.factories.samples.demo_story import morning
from tests.live.boards import Board
from tests.live.test_session import day_of

from .homes import SESSION, drive_with, opened_at


@pytest.fixture
def drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr("pixsession.cli.shared.paris_now", noon)
    yield drive_with(tmp_path / "drive", SESSION, "ABEL;Lou;17/05/2011;3eA", "BRUN;Ana;02/02/2011;3eA")
    use_short_marks(shared=False)


def share(drive: Path) -> None:
    (drive / "session.toml").write_text(f"share = true\n{SESSION}", encoding="utf-8")


def states(board: Board, actions: int) -> dict[str, DayState]:
    shown = board.wait_for(lambda one: one.day and len(day_of(one).actions) == actions and len(one.rows) == 2)
    return {row.last_name: day_of(shown).states[row.student_id] for row in shown.rows}


def test_gestures_of_before_are_on_every_post_once(
    tmp_path: Path, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = morning()[0].write_to(drive / "dl")
    with opened_at(tmp_path / "office", drive, monkeypatch) as board:
        shown = board.wait_for(lambda one: len(one.rows) == 2 and one.newest_export_at)
        first, second = (row.student_id for row in shown.rows)
        board.pipeline.act(ActionRequest(ActionKind.ABSENT, (first,)))
        board.pipeline.act(ActionRequest(ActionKind.ABSENT, (second,)))
        board.pipeline.undo_action()
        before = states(board, 1)
        assert sorted(before.values(), key=str) == [DayState.ABSENT, DayState.NOT_IN_EXPORT]
    private = dossier_of(drive / "session.toml")
    assert list(private.glob("journal/*.jsonl"))
    kept.unlink()
    share(drive)
    for _start in range(2):
        for home in ("office", "room"):
            with opened_at(tmp_path / home, drive, monkeypatch) as board:
                assert states(board, 1) == before
                assert board.wait_for(lambda one: one.newest_export_at)
                assert board.snapshots[-1].notices == ()
    assert not private.exists()
    on_share = b"".join(path.read_bytes() for path in drive.rglob("*.jsonl"))
    assert on_share.count(b"act.absent") == 2
    for nature, name, first_name, birth_date in (("list", "ABEL", "Lou", "2011-05-17"),):
        use_short_marks(shared=False)
        key = identity_key(nature, name, first_name, place="3eA", birth_date=birth_date)
        assert key.encode() not in on_share
        assert shared_key(key).encode() in on_share


def test_the_order_of_what_was_done_stays_though_a_clock_was_put_back(tmp_path: Path) -> None:
    private, shared_one = tmp_path / "private", tmp_path / "shared"
    times = iter(noon() - timedelta(hours=number) for number in range(9))
    journal = Journal(private / "journal", lambda: next(times))
    for text in ("first", "then", "last"):
        journal.append("act.note", {"text": text})
    before = Journal(private / "journal", noon).read_new()
    adopt_private(private, shared_one, "aaaaaaaa")
    after = Journal(shared_one / "journal", noon).read_new()
    told = [[(one.at, one.order or one.at, one.facts["text"]) for one in found] for found in (before, after)]
    assert told[0] == told[1]
    assert [one.facts["text"] for one in sorted(after, key=lambda one: one.rank)] == ["first", "then", "last"]
    assert before[1].at < before[0].at


def test_a_board_that_was_opened_before_has_to_be_closed_first(
    tmp_path: Path, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIXSESSION_STATE", str(tmp_path / "office"))
    private = dossier_of(drive / "session.toml")
    private.mkdir(parents=True)
    share(drive)
    asked = BoardRequest(drive / "dl", Settings().rule, dossier=private)
    opened = OpenBoard(private, Watched("x", is_session=True))
    try:
        with pytest.raises(PixSessionError, match="close it first"):
            supervised(drive / "session.toml", Settings(), asked, named=False)
    finally:
        opened.close()
    assert supervised(drive / "session.toml", Settings(), asked, named=False).share is not None


def test_a_key_of_a_shared_session_is_the_one_it_makes_itself() -> None:
    told = {"place": "3eA", "birth_date": "2011-05-17", "number": "123"}
    for nature, shared_told in (
        ("list", told),
        ("result", told),
        ("evaluation", {"place": "3eA"}),
        ("profiles", {"place": "3eA"}),
    ):
        use_short_marks(shared=False)
        key = identity_key(nature, "ABEL", "Lou", **told)
        use_short_marks(shared=True)
        assert shared_key(key) == identity_key(nature, "ABEL", "Lou", **shared_told) != key
        assert shared_key(shared_key(key)) == shared_key(key)
        use_short_marks(shared=False)
    assert shared_key("ABEL Lou") == "ABEL Lou"
