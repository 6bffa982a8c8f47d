"""A short run of each kind of fault; long ones are asked for by `python -m tests.faults`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pixsession.domain.pix.eligibility import Eligibility

from ..factories.exports import export, sent, student
from .__main__ import KINDS, tried
from .fuzz import board_of
from .oracle import sabotaged, wrongly_eligible

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="kills, links and shells of POSIX"),
]
SEED = 20260312
_SHORT = {"fuzz": 1.5, "damage": 0.5}  # seconds; the others make one round


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"soak", "slow"}])
def test_a_short_run_finds_nothing(kind: str, tmp_path: Path) -> None:
    tally = tried(kind, tmp_path / "trial", SEED, _SHORT.get(kind, 0.0))
    assert tally.tried or tally.facts
    assert tally.failures == [], tally.line()


def test_the_oracle_reads_on_where_a_line_ends_inside_quotes(tmp_path: Path) -> None:
    content = export(student(), student("MARTIN", "Lou", sent("09:31", 2))).content
    broken = content.replace(b'"3eA"', b'"3eA\n"', 1)
    assert broken != content
    snapshot = board_of(tmp_path, ".csv", broken)
    assert [row.verdict.eligibility for row in snapshot.rows].count(Eligibility.ELIGIBLE) == 1
    assert wrongly_eligible(snapshot, broken) == []
    assert wrongly_eligible(sabotaged(snapshot), broken) == ["MARTIN Lou"]


def test_the_oracle_comes_to_an_end_with_a_name_of_letters_that_it_cannot_tell(tmp_path: Path) -> None:
    """It shared a line out among them in every way: a long run of faults stood still."""
    unclear = export(student("é" * 60 + "q", "Lou", sent("09:31", 2))).content
    others = export(student("X" * 400, "Zoé")).content
    found = wrongly_eligible(sabotaged(board_of(tmp_path, ".csv", unclear)), others)
    assert found == ["é" * 60 + "q Lou"]


def test_the_oracle_takes_no_cell_between_two_separators_for_a_level(tmp_path: Path) -> None:
    content = export(student()).content
    snapshot = board_of(tmp_path, ".csv", content)
    assert [row.verdict.eligibility for row in snapshot.rows] == [Eligibility.ELIGIBLE]
    doubled = content.replace(b";0;3", b";0;0").replace(b";", b";;")
    assert wrongly_eligible(snapshot, b";NA;".join(doubled.rsplit(b";;", 1))) == []
