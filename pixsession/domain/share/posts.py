"""The posts of a shared session, as one of them sees the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median_low
from typing import NamedTuple

from pixsession.domain.share.place import Post

SILENT_AFTER = timedelta(minutes=2)
_TOLD_FROM_SECONDS = 60.0


class PostSeen(NamedTuple):
    """One post: when it was last heard of, what it last did, and what it has not brought yet.

    Times are those of this computer. `offset`: seconds that its clock is behind the common one.
    """

    post: Post
    seen_at: datetime
    version: str = ""
    gesture_at: datetime | None = None
    waiting: int = 0
    offset: float | None = None
    is_own: bool = False
    has_left: bool = False  # its board was closed

    def is_silent(self, now: datetime) -> bool:
        """Whether it should be heard, and is not."""
        return not (self.is_own or self.has_left) and now - self.seen_at >= SILENT_AFTER

    def is_there(self, now: datetime) -> bool:
        return not (self.has_left or self.is_silent(now))


class ShareView(NamedTuple):
    """What the board says of its share. `away_since`: None while it is there; `waiting`: entries and exports
    of this post that are not there yet. `purged`: the session was deleted, from whichever post. `fault`: what
    of this program has failed while it exchanged, and where; empty: nothing.
    """

    posts: tuple[PostSeen, ...] = ()
    away_since: datetime | None = None
    waiting: int = 0
    notices: tuple[str, ...] = ()
    purged: bool = False
    fault: str = ""


def clock_off_by(posts: Sequence[PostSeen]) -> timedelta | None:
    """How far the clock of this post is behind the others (negative: ahead); None: a minute at most.

    Of two posts that differ nobody knows which is right: both are told. Of more, who is not as most are.
    """
    own = next((one.offset for one in posts if one.is_own), None)
    others = [one.offset for one in posts if one.offset is not None and not one.is_own]
    if own is None:
        return None
    offsets = sorted((own, *others))
    usual = median_low(offsets) if len(offsets) > 2 else others[0] if others else 0.0
    if len(offsets) == 2 and abs(own - usual) <= _TOLD_FROM_SECONDS:
        usual = 0.0  # both are alike, and only the clock of the share may say otherwise
    return timedelta(seconds=round(own - usual)) if abs(own - usual) > _TOLD_FROM_SECONDS else None
