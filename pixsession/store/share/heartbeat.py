"""What a post says of itself in its file on the share; whoever may write there may write anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from pixsession.domain.share.place import Post

VERSION = 1
# Of a clock of a school: none stands before 2000, and none is ten years off.
_FIRST, _LAST = 946_684_800.0, 32_503_680_000.0
MOST_OFFSET = 10 * 365 * 86_400.0
_MOST_BYTES = 100_000


class Heartbeat(NamedTuple):
    """One file of a post. `wall`: its clock at writing, seconds since 1970; `offset`: how far it knew that to
    be behind the common one; `heard`: by id, how long by its clock the files of others took to it; `started`:
    when its program was, by what its clock says now, so that it moves when that clock is set.
    """

    post: Post
    wall: float
    version: str = ""
    offset: float | None = None
    waiting: int = 0
    has_left: bool = False
    heard: Mapping[str, float] = {}
    started: float | None = None

    def written(self) -> bytes:
        record = {
            "v": VERSION,
            "id": self.post.id,
            "name": self.post.name,
            "room": self.post.room,
            "version": self.version,
            "wall": self.wall,
            "offset": self.offset,
            "waiting": self.waiting,
            "left": self.has_left,
            "heard": self.heard,
            "started": self.started,
        }
        return json.dumps(record).encode()


def heartbeat_of(content: bytes, post_id: str) -> Heartbeat | None:
    """What this post wrote; None where it is half of it, or nothing that the program writes."""
    try:
        record = json.loads(content) if len(content) <= _MOST_BYTES else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or (wall := _number(record.get("wall"), _FIRST, _LAST)) is None:
        return None
    heard = record.get("heard")
    delays = heard if isinstance(heard, dict) else {}
    told = ((one, _number(delay, -MOST_OFFSET, MOST_OFFSET)) for one, delay in delays.items())
    return Heartbeat(
        Post(post_id, _text(record.get("name")) or post_id, _text(record.get("room"))),
        wall,
        _text(record.get("version")),
        _number(record.get("offset"), -MOST_OFFSET, MOST_OFFSET),
        int(_number(record.get("waiting"), 0, 1e9) or 0),
        record.get("left") is True,
        {one: delay for one, delay in told if delay is not None},
        _number(record.get("started"), _FIRST, _LAST),
    )


def believable(wall: float) -> float:
    """The nearest time that a clock of a school may show, in seconds since 1970."""
    return min(max(wall, _FIRST), _LAST)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object, low: float, high: float) -> float | None:
    """A number within bounds, None for anything else; NaN is within none."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if low <= value <= high else None
