"""A short run of each kind of fault; long ones are asked for by `python -m tests.faults`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .__main__ import KINDS, tried

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills, links and shells of POSIX"),
]
SEED = 20260312
_SHORT = {"fuzz": 3.0, "damage": 1.0}  # seconds; the others make one round


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"soak", "slow"}])
def test_a_short_run_finds_nothing(kind: str, tmp_path: Path) -> None:
    tally = tried(kind, tmp_path / "trial", SEED, _SHORT.get(kind, 0.0))
    assert tally.tried or tally.facts
    assert tally.failures == [], tally.line()
