"""What a pipeline says before anybody listens is told then, all of it and in order."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.outbox import Outbox
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.settings.config import BoardRequest
from tests.factories.snapshots import snapshot


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


def pipeline_on(folder: Path) -> Pipeline:
    pipeline = Pipeline(BoardRequest(folder, Rule()), paris_now)
    pipeline.start()
    return pipeline


def end(pipeline: Pipeline) -> None:
    pipeline.stop()
    pipeline.join(10)
    assert not pipeline.is_alive()


def test_what_was_said_before_is_told_in_order() -> None:
    outbox, ears, said = Outbox(), Ears(), [snapshot(()), snapshot(())]
    for one in said:
        outbox.say(one)
    outbox.listen(ears.publish, ears.failed)
    assert [id(one) for one in ears.snapshots] == [id(one) for one in said]
    outbox.say(PixSessionError("the end"))
    assert [error.message for error in ears.failures] == ["the end"]


def test_the_first_snapshot_waits_until_it_is_heard(tmp_path: Path) -> None:
    ears, pipeline = Ears(), pipeline_on(tmp_path)
    try:
        pipeline.listen(ears.publish, ears.failed)
        assert ears.heard.wait(10)
        assert ears.snapshots[0].folder == str(tmp_path)
        assert not ears.failures
    finally:
        end(pipeline)


@pytest.mark.parametrize(
    ("error", "told"),
    [(PixSessionError("no road"), "no road"), (ImportError("no engine"), "ImportError")],
)
def test_a_failure_is_heard_too(
    error: Exception, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr("pixsession.engine.live_engine.BoardEngine", broken)
    ears, pipeline = Ears(), pipeline_on(tmp_path)
    assert pipeline.first(10) is None, "a failure is no first Snapshot"
    pipeline.listen(ears.publish, ears.failed)
    assert ears.heard.wait(10), "it is still told"
    assert told in ears.failures[0].message
    assert not ears.snapshots
    end(pipeline)


def test_stopped_before_anybody_listened(tmp_path: Path) -> None:
    end(pipeline_on(tmp_path))


def test_the_first_snapshot_is_given_before_anything_is_heard_and_told_no_more(tmp_path: Path) -> None:
    ears, pipeline = Ears(), pipeline_on(tmp_path)
    try:
        there = pipeline.first(10)
        assert there is not None
        assert there.folder == str(tmp_path)
        pipeline.listen(ears.publish, ears.failed)
        assert there not in ears.snapshots
        (tmp_path / "new.csv").write_text("one;two\n1;2\n", encoding="utf-8")
        assert ears.heard.wait(10), "what comes later is told"
    finally:
        end(pipeline)


def test_nobody_waits_longer_than_agreed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def slow(*_arguments: object, **_named: object) -> None:
        release.wait(10)
        raise PixSessionError("too late")

    monkeypatch.setattr("pixsession.engine.live_engine.BoardEngine", slow)
    pipeline = pipeline_on(tmp_path)
    assert pipeline.first(0.01) is None
    release.set()
    end(pipeline)


def test_what_waits_for_the_first_board_to_be_heard_goes_on_then_or_at_the_end() -> None:
    for release in (
        lambda outbox: outbox.listen(lambda _snapshot: None, lambda _error: None),
        lambda outbox: outbox.first(0),
        Outbox.let_go,
    ):
        outbox = Outbox()
        outbox.say(snapshot(()))
        waiting = threading.Thread(target=outbox.wait_until_heard, args=(30,))
        waiting.start()
        assert waiting.is_alive()
        release(outbox)
        waiting.join(10)
        assert not waiting.is_alive()
