"""The head of the board where this computer's clock is wrong, or in another zone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.i18n import use_language
from pixsession.foundation.room_time import use_room_zone
from pixsession.ui.common.freshness import FeedStatus, Freshness, freshness_of

SLOW = timedelta(hours=3)
EXPORT = datetime.fromisoformat("2026-03-12T10:14")


def freshness(after: timedelta, behind: timedelta = SLOW, *, frozen: bool = False) -> Freshness:
    """So long after the export, on a computer that is `behind`."""
    snapshot = Snapshot(1, EXPORT, "", Rule(), newest_export_at=EXPORT, clock_behind=behind)
    now = EXPORT + after - behind
    return freshness_of(snapshot, now, stale_minutes=20, shown=snapshot, frozen=frozen)


def test_a_slow_clock_is_said_and_the_age_is_that_of_the_export() -> None:
    found = freshness(timedelta(minutes=3))
    assert found == Freshness(FeedStatus.CLOCK, "⚠ clock 3 h slow · export of 10:14, 3 min ago")
    assert not found.is_live
    use_language("fr")
    assert len(freshness(timedelta(minutes=3)).words) <= 62  # of the 80 cells of a narrow head


def test_the_alarm_rings_though_the_clock_is_slow() -> None:
    found = freshness(timedelta(minutes=25))
    assert found == Freshness(
        FeedStatus.STALE,
        "⚠ clock 3 h slow · out of date since 10:14: no export for 25 min",
        "⚠ clock 3 h slow · out of date since 10:14",
    )


def test_a_right_clock_is_not_spoken_of() -> None:
    assert freshness(timedelta(minutes=3), timedelta()) == Freshness(
        FeedStatus.LIVE, "export of 10:14, 3 min ago ●"
    )


def test_a_slow_clock_does_not_hide_that_the_board_is_held() -> None:
    assert freshness(timedelta(minutes=3), frozen=True).state is FeedStatus.FROZEN


@pytest.mark.parametrize(
    ("zone", "words"), [("Indian/Reunion", "13:14"), ("Pacific/Noumea", "20:14"), ("Asia/Kolkata", "14:44")]
)
def test_the_head_has_the_hours_of_the_room(zone: str, words: str) -> None:
    use_room_zone(zone)
    assert freshness(timedelta(minutes=3), timedelta()).words == f"export of {words}, 3 min ago ●"
