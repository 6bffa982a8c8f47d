"""A session that several computers share: where its folder is, and which post this one is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pixsession.domain.people.students import name_key

if TYPE_CHECKING:
    from pixsession.domain.certification.session import Session


class Post(NamedTuple):
    """One computer as its colleagues see it; `id` stays the same from one start to the next."""

    id: str
    name: str
    room: str = ""


class SharePlace(NamedTuple):
    """The folder on the share that holds all of one session, and this post of it.

    `offset`: seconds to add to this computer's clock for the common one, as known at the start.
    """

    folder: Path
    session_id: str
    post: Post
    offset: float | None = None
    begun: datetime | None = None  # by the clock of the post that began the session
    is_first: bool = False  # the first time that this computer opens it


def room_of_post(session: Session, name: str) -> str:
    """The room where a post stands: that which names it in the session file, or is called as it is."""
    key = name_key(name)
    for room in session.rooms:
        if key in {name_key(one) for one in (room.name, *room.posts)}:
            return room.name
    return ""
