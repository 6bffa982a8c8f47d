"""The heartbeat files of the posts: each writes its own, reads those of the others, and compares clocks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf

from pixsession.domain.share.clock import PostClock
from pixsession.domain.share.place import Post
from pixsession.domain.share.posts import PostSeen
from pixsession.foundation.clock import from_timestamp
from pixsession.store.share.folder import Contents, SharedFile, SharedFolder
from pixsession.store.share.heartbeat import MOST_OFFSET, Heartbeat, believable, heartbeat_of
from pixsession.store.share.held import Held
from pixsession.store.share.names import SharedKind

BEAT_SECONDS = 30.0
_READ_SECONDS = 55.0  # so often at most is one heartbeat read: a listing tells that it goes on
_USUAL_SECONDS = 20.0
_SAMPLES = 8
_LEAST_DIFFERENCE = 1.5  # seconds
_SURE_DIFFERENCE = 5.0  # more than a file system that counts in steps of two seconds makes of one time


@dataclass(slots=True)
class _Heard:
    """What is known of one other post."""

    stamp: tuple[int, int] = (0, 0)
    changed_at: float = -_READ_SECONDS
    read_at: float = -_READ_SECONDS
    seen_at: datetime | None = None
    told: Heartbeat | None = None
    delays: list[float] = field(default_factory=list)  # own time at arrival less theirs at writing, seconds


class Posts:
    """The posts of one session; used by one thread."""

    def __init__(
        self,
        clock: PostClock,
        founder: str,
        version: str,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """`founder`: the id of the post that began the session; its clock counts where the share has none."""
        self._clock, self.founder, self._version = clock, founder, version
        self._monotonic, self._wall = monotonic, wall
        self._began, self._started = monotonic(), wall()
        self._heard: dict[str, _Heard] = {}
        self.held = Held(monotonic)
        self._beat_at: float | None = None
        self._share_has_clock = False

    @property
    def is_due(self) -> bool:
        """Whether it is time to write."""
        return self._beat_at is None or self._monotonic() - self._beat_at >= BEAT_SECONDS

    def write(self, shared: SharedFolder, waiting: int, *, left: bool = False) -> None:
        """Write this post's file, and learn from the time that the share gives it; `left`: the last one."""
        post = self._clock.post
        name = f"post-{post.id}.json"
        self._mind_own_clock()
        before = self._wall()
        delays = {one: round(min(heard.delays), 3) for one, heard in self._heard.items() if heard.delays}
        offset = self._clock.offset
        told = Heartbeat(post, before, self._version, offset, waiting, left, delays, self._started)
        shared.write(name, told.written())
        after = self._wall()
        offset = shared.modified(name) - (before + after) / 2
        self._beat_at = self._monotonic()
        self._learn(offset, _LEAST_DIFFERENCE + abs(after - before))

    def _learn(self, offset: float, unsure: float) -> None:
        """Take the clock of the share, which gave a file a time so much later than this one did.

        A share on this computer, or one that keeps the writer's own time, knows no more than its clock: that
        both agree says something only where they once did not.
        """
        self._share_has_clock |= abs(offset) >= _SURE_DIFFERENCE + unsure
        known = (self._clock.offset or 0.0) if self._share_has_clock else offset
        if abs(offset) >= unsure or abs(offset - known) >= unsure:
            self._follow(offset)

    def look(self, contents: Contents, shared: SharedFolder) -> None:
        """Note who goes on, and read what they say from time to time."""
        self._mind_own_clock()
        for name, copies in contents.by_name(SharedKind.POST).items():
            who = name[5:13]
            if who != self._clock.post.id:
                newest = max(copies, key=lambda file: file.modified_ns)
                with self.held.reading(newest):
                    self._look_at(self._heard.setdefault(who, _Heard()), newest, shared)
        self._compare()

    def _look_at(self, heard: _Heard, file: SharedFile, shared: SharedFolder) -> None:
        if file.stamp == heard.stamp:
            return
        now, is_first = self._monotonic(), heard.stamp == (0, 0)
        is_usual = now - heard.changed_at >= _USUAL_SECONDS  # who comes, leaves or learns beats out of turn
        heard.stamp, heard.changed_at = file.stamp, now
        if not is_first:
            heard.seen_at = from_timestamp(self._wall())
        if is_usual and now - heard.read_at < _READ_SECONDS:
            return
        heard.read_at = now
        told = heartbeat_of(shared.read(file.found), file.name[5:13])
        if told is None:
            return  # half of it, or of another version
        if heard.told is not None and _was_set(heard.told.started, told.started):
            heard.delays = []
        if not heard.delays:
            self._beat_at = None  # it wants to know how long its heartbeat took
        heard.told = told
        heard.delays = [*heard.delays, self._wall() - told.wall][-_SAMPLES:]

    def _mind_own_clock(self) -> None:
        """Forget the delays that were measured before this clock was set, or the computer slept."""
        started = self._wall() - (self._monotonic() - self._began)
        if not _was_set(self._started, started):
            return
        self._started, self._beat_at = started, None
        for heard in self._heard.values():
            heard.delays, heard.read_at = [], -inf

    def _compare(self) -> None:
        """Take the clock of the others where the two ways of their heartbeats say that ours is off.

        As in NTP: the way there and the way back take as long, and of several the shortest tells most.
        """
        mine = self._clock.post.id
        known = {
            one: heard
            for one, heard in self._heard.items()
            if heard.delays and _told(heard, mine) is not None
        }
        if not known:
            return
        everybody = {mine, *known}
        chosen = self.founder if self.founder in everybody else min(everybody)
        if chosen == mine:
            if self._clock.offset is None:
                self._follow(0.0)
            return
        heard, mine_so_far = known[chosen], self._clock.offset
        here, there = min(heard.delays), _told(heard, mine) or 0.0
        ahead, unsure = (here - there) / 2, _LEAST_DIFFERENCE + abs(here + there) / 2
        if heard.told is None or heard.told.offset is None:
            return  # it does not know yet
        offset = heard.told.offset - ahead
        if mine_so_far is None or abs(offset - mine_so_far) > unsure:
            self._follow(offset if abs(offset) > unsure else 0.0)

    def _follow(self, offset: float) -> None:
        if abs(offset) < MOST_OFFSET and self._clock.follow(offset):
            self._beat_at = None  # the others are to know at once

    def seen(self, now: datetime, waiting: int) -> tuple[PostSeen, ...]:
        """Every post, this one first."""
        own = PostSeen(self._clock.post, now, self._version, None, waiting, self._clock.offset, is_own=True)
        others = (self._seen(who, heard) for who, heard in sorted(self._heard.items()))
        return (own, *others)

    def _seen(self, who: str, heard: _Heard) -> PostSeen:
        told = heard.told or Heartbeat(Post(who, who), believable(heard.stamp[1] / 1e9))
        seen_at = heard.seen_at
        if seen_at is None:
            moved = timedelta(seconds=(told.offset or 0.0) - (self._clock.offset or 0.0))
            seen_at = from_timestamp(told.wall) + moved
        return PostSeen(
            told.post, seen_at, told.version, None, told.waiting, told.offset, has_left=told.has_left
        )


def _was_set(before: float | None, after: float | None) -> bool:
    """Whether a clock was set since it gave that time for the start of its program; None: it gave none."""
    return before is not None and after is not None and abs(after - before) >= _LEAST_DIFFERENCE


def _told(heard: _Heard, post_id: str) -> float | None:
    """How long, by its own clock, what this post wrote took to the other one; None where it has not said."""
    return heard.told.heard.get(post_id) if heard.told else None
