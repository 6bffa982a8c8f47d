"""How the head says that the board shows the past."""

from __future__ import annotations

from datetime import datetime

from pixsession.domain.snapshot import Snapshot
from pixsession.domain.wording import full_moment_words
from pixsession.i18n import ngettext


def past_road_words(snapshot: Snapshot, now: datetime) -> str:
    """`STATE OF 10:14 · 3 newer exports · End: live`; with the day where it is not today."""
    at = snapshot.as_of or now
    moment = full_moment_words(at, now)
    newer = sum(1 for time in snapshot.export_times if time > at)
    words = ngettext(
        "STATE OF {time} · {n} newer export · end: live",
        "STATE OF {time} · {n} newer exports · end: live",
        newer,
    )
    return words.format(time=moment, n=newer)
