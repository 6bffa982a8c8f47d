"""What the start of a live board does beside its screen."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from pixsession.cli import live, screen
from pixsession.cli.start import Start
from pixsession.foundation.clock import paris_now
from pixsession.settings.config import Settings
from tests.factories.screens import REQUEST, FakePipeline


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """As it was, whatever a start does with it."""
    yield
    gc.enable()


@pytest.mark.parametrize("is_painted", [True, False])
def test_garbage_is_looked_for_once_the_board_is_painted(
    monkeypatch: pytest.MonkeyPatch, *, is_painted: bool
) -> None:
    looked_for: list[bool] = []
    said: list[str] = []

    def run(*_start: object) -> None:
        options: Mapping[str, Any] = _start[-1]  # type: ignore[assignment]
        looked_for.append(gc.isenabled())
        if is_painted:
            options["started"](said.append)
            looked_for.append(gc.isenabled())

    monkeypatch.setattr(screen, "run", run)
    monkeypatch.setattr(live, "Pipeline", lambda _request, _now: FakePipeline(None))
    monkeypatch.setattr(FakePipeline, "start", lambda _pipeline: None)
    start = Start({}, Settings(), None)
    live.show(start, Settings(), REQUEST, paris_now, started=lambda say: say("painted"))
    assert looked_for == ([False, True] if is_painted else [False])
    assert said == (["painted"] if is_painted else [])
    assert gc.isenabled()
