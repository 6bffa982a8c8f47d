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
        self.folder = Replica()
        self.clocks = {one: PostClock(Post(one, one), noon) for one in ahead}
        self.posts = {one: self._post(one, founder, seconds) for one, seconds in ahead.items()}
        self._ahead, self._has_clock = ahead, has_clock
        self.folder.modified = self._modified  # type: ignore[method-assign]

    def _post(self, one: str, founder: str, ahead: float) -> Posts:
        return Posts(self.clocks[one], founder, "1", lambda: self.seconds, lambda: self.seconds + ahead)

    def _modified(self, name: str) -> float:
        return self.seconds + (0 if self._has_clock else self._ahead[name[5:13]])

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


@pytest.mark.parametrize("odd", ["true", '"600"', "[600]", "1e300", "NaN", "Infinity", "null"])
def test_what_is_no_time_is_none(odd: str) -> None:
    told = f'{{"wall": {_BEGIN}, "offset": {odd}, "waiting": {odd}, "heard": {{"bbbbbbbb": {odd}}}}}'
    found = heartbeat_of(told.encode(), "aaaaaaaa")
    assert found is not None
    assert (found.offset, found.waiting, found.heard) == (None, 0, {})
    assert heartbeat_of(told.replace(str(_BEGIN), odd).encode(), "aaaaaaaa") is None
