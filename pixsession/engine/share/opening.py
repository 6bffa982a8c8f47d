"""The share of a board, loaded where its session is shared: most are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pixsession.foundation.clock import Clock
from pixsession.settings.config import BoardRequest

if TYPE_CHECKING:
    from pixsession.domain.share.clock import PostClock
    from pixsession.engine.share.sync import ShareSync


def sync_of(request: BoardRequest, now: Clock) -> ShareSync | None:
    """The share of a board; None where nothing is shared, or nothing is kept."""
    if request.share is None or request.dossier is None:
        return None
    from pixsession.engine.share.sync import ShareSync  # noqa: PLC0415 - (c), (d): 20 modules of sharing

    return ShareSync(request.share, request.dossier, now)


def pulled_once(request: BoardRequest, now: Clock) -> ShareSync | None:
    """The share of a command that follows nothing, what there is on it taken over."""
    if (sync := sync_of(request, now)) is not None:
        sync.look(pulls_only=True)
    return sync


def clock_of(request: BoardRequest) -> PostClock | None:
    """The clock of a post that only reads; None where nothing is shared."""
    if request.share is None:
        return None
    from pixsession.engine.share.sync import reading_clock  # noqa: PLC0415 - likewise

    return reading_clock(request.share)
