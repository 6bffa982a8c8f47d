"""Posts whose clocks differ: each learns from the share, or from what the others write, by how much."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pixsession.domain.share.clock import PostClock
from pixsession.domain.share.place import Post
from pixsession.store.share.heartbeat import heartbeat_of
from pixsession.store.share.posts import BEAT_SECONDS, Posts
from tests.factories.dossiers import noon

from .simulated import Replica

_BEGIN = 1_773_300_000.0  # 12 March 2026
_ON_THE_WAY = 2.0  # seconds from one post to the other


class Share:
    """A share with posts by id, of which each clock is so many seconds ahead; and the true time."""

    def __init__(self, ahead: Mapping[str, float], *, has_clock: bool, founder: str) -> None:
        self.seconds = _BEGIN
        self.ahead, self._has_clock = dict(ahead), has_clock
        self.folder = Replica()
        self.clocks = {one: PostClock(Post(one, one), noon) for one in ahead}
        self.posts = {one: self._post(one, founder) for one in ahead}
        self.folder.modified = self._modified  # type: ignore[method-assign]

    def _post(self, one: str, founder: str) -> Posts:
        def wall() -> float:
            return self.seconds + self.ahead[one]

        return Posts(self.clocks[one], founder, "1", lambda: self.seconds, wall)

    def _modified(self, name: str) -> float:
        return self.seconds + (0 if self._has_clock else self.ahead[name[5:13]])

    def beat(self, times: int) -> list[float | None]:
        """What each post knows of its clock after so many heartbeats of all."""
        for _beat in range(times):
            for post in self.posts.values():
                post.write(self.folder, 0)
            self.seconds += _ON_THE_WAY
            for post in self.posts.values():
                post.look(self.folder.contents(), self.folder)
            self.seconds += BEAT_SECONDS - _ON_THE_WAY
        return [clock.offset for clock in self.clocks.values()]


@pytest.mark.parametrize("founder", ["aaaaaaaa", "bbbbbbbb", "gone"])
def test_where_the_share_has_no_clock_that_of_the_founder_counts(founder: str) -> None:
    share = Share({"aaaaaaaa": 0.0, "bbbbbbbb": 600.0, "cccccccc": 3.0}, has_clock=False, founder=founder)
    assert share.beat(1) == [None] * 3, "one way tells a delay or a clock: nobody knows which"
    expected = [600.0, 0.0, 597.0] if founder == "bbbbbbbb" else [0.0, -600.0, 0.0]
    assert share.beat(6) == expected, "what the way may have taken is no difference"


def test_the_clock_of_the_share_counts_for_each_post_at_once() -> None:
    share = Share({"aaaaaaaa": 100.0, "bbbbbbbb": -50.0}, has_clock=True, founder="aaaaaaaa")
    assert share.beat(1) == [-100.0, 50.0]
    assert share.beat(6) == [-100.0, 50.0]


@pytest.mark.parametrize("seconds", [600.0, -600.0])
@pytest.mark.parametrize("whose", ["aaaaaaaa", "bbbbbbbb", "cccccccc"])
def test_a_clock_that_is_set_while_its_post_runs_is_known_two_minutes_later(
    whose: str, seconds: float
) -> None:
    share = Share({"aaaaaaaa": 0.0, "bbbbbbbb": 0.0, "cccccccc": 0.0}, has_clock=False, founder="aaaaaaaa")
    assert share.beat(12) == [0.0, 0.0, 0.0], "as many heartbeats as are remembered, and more"
    for ahead in (seconds, 0.0):
        share.ahead[whose] = ahead
        offsets = [share.ahead["aaaaaaaa"] - share.ahead[one] for one in share.posts]
        assert share.beat(4) == offsets


@pytest.mark.parametrize("set_to", [0.0, 1.0, 40.0])
def test_a_clock_that_was_off_from_that_of_the_share_and_is_put_right_is_known_at_once(set_to: float) -> None:
    share = Share({"aaaaaaaa": 100.0}, has_clock=True, founder="aaaaaaaa")
    assert share.beat(2) == [-100.0]
    share.ahead["aaaaaaaa"] = set_to
    assert share.beat(1) == [0.0 if set_to < 1.5 else -set_to]


@pytest.mark.parametrize("odd", ["true", '"600"', "[600]", "1e300", "NaN", "Infinity", "null"])
def test_what_is_no_time_is_none(odd: str) -> None:
    told = f'{{"wall": {_BEGIN}, "offset": {odd}, "waiting": {odd}, "heard": {{"bbbbbbbb": {odd}}}}}'
    found = heartbeat_of(told.encode(), "aaaaaaaa")
    assert found is not None
    assert (found.offset, found.waiting, found.heard) == (None, 0, {})
    assert heartbeat_of(told.replace(str(_BEGIN), odd).encode(), "aaaaaaaa") is None
