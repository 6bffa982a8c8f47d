"""How the head says that the board shows the past."""

from __future__ import annotations

from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.board.wording import day_words
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import in_room, room_day


def past_road_words(snapshot: Snapshot, now: datetime) -> str:
    """`STATE AT 10:14 · 3 newer exports · End: live`; with the day where it is not today."""
    at = snapshot.as_of or now
    newer = sum(1 for time in snapshot.export_times if time > at)
    moment, today = in_room(at), room_day(now)
    state = _("STATE AT {time}") if moment.date() == today else _("STATE OF {day} AT {time}")
    words = ngettext(
        "{state} · {n} newer export · End: live", "{state} · {n} newer exports · End: live", newer
    )
    state = state.format(day=day_words(moment.date(), today), time=f"{moment:%H:%M}")
    return words.format(state=state, n=newer)
