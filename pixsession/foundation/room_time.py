"""The time of the room, in which a session is held and times are shown; all else keeps that of Paris."""

from __future__ import annotations

import time
import unicodedata
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from pixsession.foundation.clock import paris
from pixsession.foundation.spelling import nearest_spelling

# The zone names of a computer without a chosen zone (a container, a bare server); no school is in UTC.
_NO_ZONE_CHOSEN = ("UTC", "Coordinated Universal", "Temps universel")

_room: ZoneInfo | None = None


@cache
def _named(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def use_room_zone(name: str | None) -> None:
    """Show times in this zone (see `is_zone`) from now on; None: the computer's.

    A computer whose zone is UTC has had none chosen: it counts as being in Paris.
    """
    global _room  # noqa: PLW0603 - one process shows the times of one room
    _room = _named(name) if name else None


def is_zone(name: str) -> bool:
    """Whether a zone of the IANA list has this name, such as "Indian/Reunion"."""
    try:
        return bool(name) and _named(name) is not None
    except (KeyError, OSError, ValueError):
        return False


def nearest_zone(text: str) -> str | None:
    """The zone whose name, or whose city, is spelt most like this; None where none is near."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    spellings = {_plain(name.rpartition("/")[2]): name for name in reversed(names)}
    spellings |= {_plain(name): name for name in names}
    wanted = _plain(text)
    near = nearest_spelling(wanted, spellings) or nearest_spelling(wanted.rpartition("/")[2], spellings)
    return spellings[near] if near else None


def _plain(text: str) -> str:
    spaced = text.strip().replace(" ", "_").replace("-", "_")
    letters = unicodedata.normalize("NFKD", spaced.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def in_room(moment: datetime) -> datetime:
    """A moment of Paris without zone as the clock on the wall shows it; as it is where no calendar has it."""
    return _on_wall(moment, _room)


def _on_wall(moment: datetime, zone: ZoneInfo | None) -> datetime:
    """`zone` None: the computer's own, as for `astimezone`."""
    if zone is None and not _computer_has_zone():
        return moment
    try:
        return moment.replace(tzinfo=paris()).astimezone(zone).replace(tzinfo=None)
    except (OverflowError, OSError, ValueError):
        return moment


def from_room(moment: datetime, timezone: str | None = None) -> datetime:
    """A moment on the wall of a room, in Paris; `timezone`: the room's, else the one in use.

    An hour that comes twice is the first one, an hour that is skipped goes on from before.
    """
    zone = _named(timezone) if timezone else _room
    if zone is None and not _computer_has_zone():
        return moment
    try:
        return moment.replace(tzinfo=zone).astimezone(paris()).replace(tzinfo=None)
    except (OverflowError, OSError, ValueError):
        return moment


def room_day(moment: datetime, timezone: str | None = None) -> date:
    """The day in the room at a moment of Paris."""
    return _on_wall(moment, _named(timezone) if timezone else _room).date()


def hour_words(moment: datetime) -> str:
    """The hour on the wall of the room, "08:30"."""
    return f"{in_room(moment):%H:%M}"


def zone_words(day: date, timezone: str | None = None) -> str:
    """The zone of the room, "Indian/Reunion (UTC+04:00)"; empty where its clocks are those of Paris."""
    noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - of the room
    there = from_room(noon, timezone)
    if there == noon:
        return ""
    offset = noon - (there - (paris().utcoffset(there) or timedelta()))
    minutes = round(offset / timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    words = f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
    name = timezone or (_room.key if _room is not None else None)
    return f"{name} ({words})" if name else words


def _computer_has_zone() -> bool:
    return not time.tzname[0].startswith(_NO_ZONE_CHOSEN)
