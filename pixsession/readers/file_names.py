"""What the name of a campaign export tells: `Resultats-{campaign}-{id}-{YYYY-MM-DD-HHmm}.csv`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from pixsession.domain.clock import in_paris

_STAMP = re.compile(r"-(\d{4})-(\d{2})-(\d{2})-(\d{2})(\d{2})(?!\d)")
_NUMBER = re.compile(r"-(\d+)-\d{4}-\d{2}-\d{2}-\d{4}(?!\d)")
# Until January 2023 the hour of the name was UTC on a 12-hour clock (pull request 5542 of Pix).
_TWELVE_HOUR_CLOCK_ENDS = datetime(2023, 2, 1)  # noqa: DTZ001 - Paris time without zone, as everywhere


def export_time(name: str, modified_at: datetime) -> datetime | None:
    """When Pix made the export, Paris time, from its file name; None where the name has no time.

    Before 2023 the name leaves two hours possible: the one nearer to the file's own time is taken, and
    the file's own time itself when neither is near, as in a copy made years later.
    """
    found = None
    for found in _STAMP.finditer(name):  # noqa: B007 - the last one: a campaign's name may hold a date
        pass
    if found is None:
        return None
    year, month, day, hour, minute = map(int, found.groups())
    try:
        stamp = datetime(year, month, day, hour, minute)  # noqa: DTZ001
    except ValueError:
        return None
    if stamp >= _TWELVE_HOUR_CLOCK_ENDS:
        return stamp
    morning = in_paris(stamp.replace(tzinfo=UTC) - timedelta(hours=12 if hour == 12 else 0))
    possible = (morning, morning + timedelta(hours=12))
    nearest = min(possible, key=lambda moment: abs(moment - modified_at))
    return nearest if abs(nearest - modified_at) < timedelta(hours=6) else stamp


def campaign_number(name: str) -> str | None:
    """The id of the campaign in a file name: the last group of digits before the date."""
    found = _NUMBER.findall(name)
    return found[-1] if found else None


def copy_number(name: str) -> int:
    """The number a browser adds to a second download of one name, "… (1).csv"; 0 without."""
    found = re.search(r"\((\d+)\)(?:\.\w+)?$", name)
    return int(found[1]) if found else 0
