"""The time of Pix: its files, and all that the program counts and keeps, are in the time of Paris."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _

# Paris time without zone: what the program compares and stores; `room_time` turns it where it is shown.
Clock = Callable[[], datetime]


@cache
def paris() -> ZoneInfo:
    """The zone of Pix's files; raises PixSessionError on a computer that knows no zones."""
    try:
        return ZoneInfo("Europe/Paris")
    except (KeyError, OSError, ValueError):
        words = _(
            "this computer has no list of time zones, and Pix speaks Paris time. Install pixsession again."
        )
        raise PixSessionError(words) from None


def in_paris(moment: datetime) -> datetime:
    """An aware moment as Paris time without zone."""
    return moment.astimezone(paris()).replace(tzinfo=None)


def paris_now() -> datetime:
    """Now, in Paris, without zone, to the second."""
    return in_paris(datetime.now(UTC)).replace(microsecond=0)


def with_offset(moment: datetime) -> datetime:
    """Paris time without zone, with its offset put back for programs that read the JSON."""
    return moment.replace(tzinfo=paris())


def from_timestamp(seconds: float) -> datetime:
    """A file's own time as Paris time without zone, to the second."""
    return in_paris(datetime.fromtimestamp(seconds, UTC)).replace(microsecond=0)
