"""How the head says that the board shows the past."""

from __future__ import annotations

from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.board.wording import time_and_day
from pixsession.foundation.i18n import _, ngettext


def past_words(snapshot: Snapshot, now: datetime) -> str:
    """`STATE AT 10:14 · 3 newer exports · End: live`; with the day where it is not today."""
    at = snapshot.as_of or now
    newer = sum(1 for time in snapshot.export_times if time > at)
    time, day = time_and_day(at, now)
    state = _("STATE OF {day} AT {time}") if day else _("STATE AT {time}")
    words = ngettext(
        "{state} · {n} newer export · End: live", "{state} · {n} newer exports · End: live", newer
    )
    return words.format(state=state.format(day=day, time=time), n=newer)
