"""The common clock of the posts of a session, and the order that it gives to what they do.

Each entry has the time of its own computer, the offset of that clock from the common one, and its order: a
hybrid logical clock (Kulkarni and others, 2014) in one ISO time, milliseconds of the common clock and three
digits of a counter. An order is later than every order that its program had read, so that all posts put all
entries into one order, whatever their clocks say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from pixsession.domain.board.entries import Entry, just_after
from pixsession.domain.share.place import Post
from pixsession.foundation.clock import Clock

# Less than this is not told apart from the second in which a share gives a file its time.
_LEAST_OFFSET_SECONDS = 1.5


class PostClock:
    """This post and its clock, `offset` seconds behind the common one; None: nothing to compare it with yet.

    One thread sets the offset, any thread reads it.
    """

    def __init__(
        self, post: Post, now: Clock, offset: float | None = None, begun: datetime | None = None
    ) -> None:
        """`now`: the time of this computer, with its fractions of a second; `begun`: when the session was."""
        self.post, self.begun = post, begun
        self.offset = offset
        self.others: Mapping[str, float] = {}  # by id of the post, offsets that they told in their heartbeats
        self.revision = 0  # grows with each change of either
        self.now = now

    def follow(self, offset: float) -> bool:
        """Take over what was measured; true where that is another offset than before."""
        before = self.offset
        if before is not None and abs(offset - before) < _LEAST_OFFSET_SECONDS:
            return False
        self.offset = 0.0 if abs(offset) < _LEAST_OFFSET_SECONDS else round(offset, 3)
        self.revision += self.offset != before
        return self.offset != before

    def hear(self, others: Mapping[str, float]) -> None:
        """Note what the other posts say of their clocks."""
        if others != self.others:
            self.others = others
            self.revision += 1

    def stamp(self, latest: str) -> str:
        """The order of what is done now, after all that was read, of which `latest` is the last."""
        common = self.now() + timedelta(seconds=self.offset or 0.0)
        physical = common.replace(microsecond=common.microsecond // 1000 * 1000)
        order = physical.isoformat(timespec="microseconds")
        return max(order, just_after(latest)) if latest else order


def in_own_time(entries: Iterable[Entry], clock: PostClock, offsets: Mapping[str, float]) -> list[Entry]:
    """The entries with their times as this computer's clock would have told them.

    So a clock that is wrong moves no end of a test on another post. `offsets`, by id of the post: for entries
    written before their post knew its own.
    """
    own = clock.offset or 0.0
    found = []
    for entry in entries:
        if entry.post is None:
            found.append(entry)
            continue
        theirs = entry.offset
        if theirs is None:
            theirs = own if entry.post.id == clock.post.id else offsets.get(entry.post.id, 0.0)
        moved = timedelta(seconds=round(theirs - own))
        found.append(
            entry._replace(at=(datetime.fromisoformat(entry.at) + moved).isoformat()) if moved else entry
        )
    return found


def known_offsets(entries: Iterable[Entry]) -> dict[str, float]:
    """By id of the post, the first offset that it knew."""
    found: dict[str, float] = {}
    for entry in entries:
        if entry.post is not None and entry.offset is not None:
            found.setdefault(entry.post.id, entry.offset)
    return found
