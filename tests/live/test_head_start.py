"""A pipeline with a head start says nothing before it is heard, and then all of it, in order."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.head_start import HeadStart
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.settings.config import BoardRequest


class Ears:
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.snapshots: list[Snapshot] = []
        self.failures: list[PixSessionError] = []
        self.heard = threading.Event()

    def publish(self, snapshot: Snapshot) -> None:
        self.snapshots.append(snapshot)
        self.heard.set()

    def failed(self, error: PixSessionError) -> None:
        self.failures.append(error)
        self.heard.set()


def test_the_first_snapshot_waits_until_it_is_heard(tmp_path: Path) -> None:
    request, ears = BoardRequest(tmp_path, Rule()), Ears()
    head = HeadStart(request, paris_now)
    try:
        pipeline = head.make(request, publish=ears.publish, failed=ears.failed, now=paris_now)
        assert not ears.snapshots, "nothing is heard before start"
        pipeline.start()
        assert ears.heard.wait(10)
        assert ears.snapshots[0].folder == str(tmp_path)
        assert not ears.failures
    finally:
        head.stop()
        head.join(10)


def test_a_failure_is_heard_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_arguments: object, **_named: object) -> None:
        raise PixSessionError("no road")

    monkeypatch.setattr("pixsession.engine.pipeline.Desk", damaged)
    request, ears = BoardRequest(tmp_path, Rule()), Ears()
    head = HeadStart(request, paris_now)
    head.make(request, publish=ears.publish, failed=ears.failed, now=paris_now).start()
    assert ears.heard.wait(10)
    assert [error.message for error in ears.failures] == ["no road"]
    assert not ears.snapshots
    head.stop()
    head.join(10)


def test_stopped_before_anybody_listened(tmp_path: Path) -> None:
    head = HeadStart(BoardRequest(tmp_path, Rule()), paris_now)
    head.stop()
    head.join(10)
    assert not [thread for thread in threading.enumerate() if thread.name == "pixsession-pipeline"]


def test_what_stops_the_engine_from_loading_is_raised_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise PixSessionError("no engine here")

    monkeypatch.setattr("pixsession.engine.pipeline.Pipeline", broken)
    request, ears = BoardRequest(tmp_path, Rule()), Ears()
    head = HeadStart(request, paris_now)
    with pytest.raises(PixSessionError, match="no engine here"):
        head.make(request, publish=ears.publish, failed=ears.failed, now=paris_now)
    head.stop()
    head.join(1)


def test_the_first_snapshot_is_given_before_anything_is_heard_and_told_no_more(tmp_path: Path) -> None:
    request, ears = BoardRequest(tmp_path, Rule()), Ears()
    head = HeadStart(request, paris_now)
    try:
        snapshot = head.first(10)
        assert snapshot is not None
        assert snapshot.folder == str(tmp_path)
        pipeline = head.make(request, publish=ears.publish, failed=ears.failed, now=paris_now)
        pipeline.start()
        assert snapshot not in ears.snapshots
        (tmp_path / "new.csv").write_text("one;two\n1;2\n", encoding="utf-8")
        assert ears.heard.wait(10), "what comes later is told"
    finally:
        head.stop()
        head.join(10)


def test_a_failure_is_no_first_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_arguments: object, **_named: object) -> None:
        raise PixSessionError("no road")

    monkeypatch.setattr("pixsession.engine.pipeline.Desk", damaged)
    request, ears = BoardRequest(tmp_path, Rule()), Ears()
    head = HeadStart(request, paris_now)
    assert head.first(10) is None
    head.make(request, publish=ears.publish, failed=ears.failed, now=paris_now).start()
    assert [error.message for error in ears.failures] == ["no road"], "it is still told"
    head.stop()
    head.join(10)


def test_nobody_waits_longer_than_agreed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def slow(*_arguments: object, **_named: object) -> None:
        release.wait(10)
        raise PixSessionError("too late")

    monkeypatch.setattr("pixsession.engine.pipeline.Desk", slow)
    head = HeadStart(BoardRequest(tmp_path, Rule()), paris_now)
    assert head.first(0.01) is None
    release.set()
    head.stop()
    head.join(10)
