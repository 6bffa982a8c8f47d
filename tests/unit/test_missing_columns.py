"""Columns that an export lacks, and a file without its last line end: a doubt, never a calm verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixsession.domain.board.reasons import ReasonCode
from pixsession.domain.pix.eligibility import Eligibility
from tests.factories.exports import (
    CERTIFIABLE,
    COMPETENCE_PIX,
    COUNT,
    LEVEL,
    SENT,
    SENT_AT,
    TOTAL,
    Sheet,
    board_of,
    reason_codes,
    row_of,
    sent,
    sheet,
    student,
)

pytestmark = pytest.mark.usefixtures("one_engine")

FIVE_AND_SIX = sheet(student(), student("LEROY", "Ana", sent("09:20", 6)))


@pytest.mark.parametrize("missing", [(LEVEL,), (COMPETENCE_PIX,), (LEVEL, COMPETENCE_PIX)])
def test_one_competence_of_sixteen_without_its_column_is_a_doubt(
    tmp_path: Path, missing: tuple[str, ...]
) -> None:
    snapshot = board_of(tmp_path, FIVE_AND_SIX.without(*missing).content())
    for row in (row_of(snapshot, "DURIEUX"), row_of(snapshot, "LEROY")):
        assert row.eligibility is Eligibility.TO_CHECK
        assert [reason.values for reason in row.verdict.reasons] == [("2.1",)]
    levels = row_of(snapshot, "DURIEUX").profile
    assert levels is not None
    assert [level for place, level in enumerate(levels.levels) if place != 3] == [1] * 4 + [0] * 11


def without_dates(found: Sheet) -> Sheet:
    """The sheet without its dates, a level in their place, right after the column that says who sent."""
    order = [place for place, label in enumerate(found.header) if label not in {SENT_AT, LEVEL}]
    order.insert(order.index(found.header.index(SENT)) + 1, found.header.index(LEVEL))
    return found.in_order(order)


@pytest.mark.parametrize(
    "content",
    [
        without_dates(FIVE_AND_SIX).content(),
        FIVE_AND_SIX.without(SENT_AT, TOTAL, CERTIFIABLE, COUNT).content(),
    ],
    ids=["a level right after the sent column", "no total either"],
)
def test_without_a_column_of_dates_every_level_is_read_and_the_date_is_a_doubt(
    tmp_path: Path, content: bytes
) -> None:
    snapshot = board_of(tmp_path, content)
    for name, reached in (("DURIEUX", 5), ("LEROY", 6)):
        row = row_of(snapshot, name)
        assert row.profile is not None
        assert row.profile.levels == (1,) * reached + (0,) * (16 - reached)
        assert row.eligibility is Eligibility.TO_CHECK
        assert reason_codes(row) == [ReasonCode.SEND_DATE_UNKNOWN]


def test_an_unreadable_level_in_a_file_without_its_last_line_end_is_told_with_its_line(
    tmp_path: Path,
) -> None:
    content = sheet(student()).with_cell(LEVEL, "un").content().rstrip(b"\n")
    row = row_of(board_of(tmp_path, content))
    assert row.eligibility is Eligibility.TO_CHECK
    assert "line 2: “un” cannot be read" in [reason.sentence() for reason in row.verdict.reasons]


def test_a_last_line_without_its_end_is_whole_where_no_level_says_otherwise(tmp_path: Path) -> None:
    last_level = [label for label in FIVE_AND_SIX.header if label.startswith("Niveau pour la compétence")][-1]
    content = FIVE_AND_SIX.without(last_level).content().rstrip(b"\n")
    snapshot = board_of(tmp_path, content)
    assert [row.last_name for row in snapshot.rows] == ["DURIEUX", "LEROY"]
