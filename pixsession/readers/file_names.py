"""The parts of the name of a campaign export: `Resultats-{campaign}-{id}-{YYYY-MM-DD-HHmm}.csv`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from pixsession.foundation.clock import in_paris

# What browsers call a download that is on its way, after the name it will have.
UNFINISHED = (".crdownload", ".part", ".partial", ".tmp", ".download", ".opdownload")
_STAMP = re.compile(r"-(\d{4})-(\d{2})-(\d{2})-(\d{2})(\d{2})(?!\d)", re.ASCII)
_NUMBER = re.compile(r"-(\d+)-\d{4}-\d{2}-\d{2}-\d{4}(?!\d)", re.ASCII)
_COPY = re.compile(r"\((\d{1,4})\)(?:\.\w+)?$", re.ASCII)
# Until January 2023 the hour of the name was UTC on a 12-hour clock (pull request 5542 of Pix).
_TWELVE_HOUR_CLOCK_ENDS = datetime(2023, 2, 1)  # noqa: DTZ001 - Paris time without zone, as everywhere
_NEAR = timedelta(hours=6)
# Clocks are set wrong by years where a battery is empty, but no further.
_FURTHEST_AHEAD = timedelta(days=30 * 366)
_MIDDAY_MINUTES = 13 * 60  # the middle of a day of school


def export_time(name: str, modified_at: datetime) -> datetime | None:
    """When Pix made the export, Paris time, from its file name; None where the name has no time.

    Until 2023 the name leaves two hours possible, twelve apart: the one near the file's own time is taken;
    where that time tells nothing, as in a copy made years later, the one in the hours of school.
    """
    found = _STAMP.findall(name)
    if not found:
        return None
    year, month, day, hour, minute = map(int, found[-1])  # the last one: a campaign's name may hold a date
    try:
        stamp = datetime(year, month, day, hour, minute)  # noqa: DTZ001
        if stamp >= _TWELVE_HOUR_CLOCK_ENDS or not 1 <= hour <= 12:
            return stamp
        morning = stamp.replace(hour=hour % 12, tzinfo=UTC)
        possible = (in_paris(morning), in_paris(morning + timedelta(hours=12)))
    except (ValueError, OverflowError):
        return None
    nearest = min(possible, key=lambda moment: abs(moment - modified_at))
    if abs(nearest - modified_at) <= _NEAR:
        return nearest
    return min(possible, key=lambda moment: abs(60 * moment.hour + moment.minute - _MIDDAY_MINUTES))


def believed_time(name: str, modified_at: datetime) -> datetime | None:
    """As `export_time`; None too where that is so far ahead of the file's own time that it is a slip.

    It would stand before every export to come.
    """
    found = export_time(name, modified_at)
    return None if found is None or found - modified_at > _FURTHEST_AHEAD else found


def campaign_number(name: str) -> str | None:
    """The id of the campaign in a file name: the last group of digits before the date."""
    found = _NUMBER.findall(name)
    return found[-1] if found else None


def copy_number(name: str) -> int:
    """The number a browser adds to a second download of one name, "… (1).csv"; 0 without."""
    found = _COPY.search(name)
    return int(found[1]) if found else 0
