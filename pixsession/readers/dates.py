"""Dates and times of single cells, as Pix writes them and as spreadsheets of other countries leave them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

from pixsession.domain.people.students import name_key
from pixsession.foundation.clock import in_paris
from pixsession.readers.cells import read_saved_text

_CLOCK = r"(?:,?[ T]+(\d{1,2})[:hH](\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([AaPp])\.? ?[Mm]\.?)?)?"
_ZONE = r"\s*(Z|UTC|[+-]\d{2}:?\d{2})?"
_NUMBERS = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})" + _CLOCK, re.ASCII)
# Text that `re` compiles when it is first asked: Pix writes the two others.
_DOTTED = r"(?a:(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})" + _CLOCK + ")"  # never with the month first
_YEAR_FIRST = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:" + _CLOCK + _ZONE + ")?", re.ASCII | re.IGNORECASE
)
_WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,? )?"
_NAMED = _WEEKDAY + r"(\d{1,2})(?:er)?[ -]([^\W\d_]{3,10})\.?,?[ -](\d{4}|\d{2})" + _CLOCK
_NAMED_FIRST = _WEEKDAY + r"([^\W\d_]{3,10})\.? (\d{1,2}),? (\d{4}|\d{2})" + _CLOCK
_FIRST_YEAR, _LAST_YEAR = 2016, 2100  # Pix opened in 2016: a damaged or foreign cell may say anything
_DAY_ALONE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]00:00(?::00)?)?", re.ASCII)
_ISO_ALONE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?", re.ASCII)
_FIRST_BIRTH = 1900
_DAY = len("2026-03-12")
# French and English names, and how spreadsheets shorten them.
_MONTHS = (
    ("janvier", "janv", "january", "jan"),
    ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "sept", "september", "sep"),
    ("octobre", "oct", "october"),
    ("novembre", "nov", "november"),
    ("decembre", "dec", "december"),
)
_MONTH_OF = {name: str(number) for number, names in enumerate(_MONTHS, 1) for name in names}

# Hour, minute and second, "a" or "p" where the day has two halves.
_Clock = tuple[str | None, str | None, str | None, str | None]


class Readings(NamedTuple):
    """A cell read day first and month first, each as by `read_moment`; None: no date.

    `is_open`: the cell is written in an order that only the country tells. Else both are the same.
    """

    day_first: str | None
    month_first: str | None
    is_open: bool = False

    def either(self) -> set[str]:
        """Each moment that the cell may be."""
        return {moment for moment in (self.day_first, self.month_first) if moment is not None}


_NO_DATE = Readings(None, None)


def read_moment(cell: str, *, utc: bool = False) -> str | None:
    """A date or a date with a time as ISO 8601 in Paris time, as precise as the cell; None where unreadable.

    The day comes before the month, as Pix writes it. Since December 2024 the cell is Paris time to the
    minute, before a day counted in UTC, for a few days of December 2024 a UTC date and time: `utc` when the
    label of the column says so, else the cell does.
    """
    return readings_of(cell, utc=utc).day_first


@lru_cache(maxsize=4096)
def readings_of(cell: str, *, utc: bool = False) -> Readings:
    """Both readings of a cell."""
    text = " ".join(read_saved_text(cell).split())
    if match := _NUMBERS.fullmatch(text):
        first, _separator, second, year, *clock = match.groups()
        return Readings(
            _moment(year, second, first, _clock(clock), None, utc=utc),
            _moment(year, first, second, _clock(clock), None, utc=utc),
            is_open=True,
        )
    if match := _YEAR_FIRST.fullmatch(text):
        year, _separator, month, day, *clock, zone = match.groups()
        return _sure(_moment(year, month, day, _clock(clock), zone, utc=utc))
    if match := re.fullmatch(_DOTTED, text):
        day, month, year, *clock = match.groups()
    elif match := re.fullmatch(_NAMED, text):
        day, name, year, *clock = match.groups()
        month = _MONTH_OF.get(name_key(name), "")  # a month that no calendar has
    elif match := re.fullmatch(_NAMED_FIRST, text):
        name, day, year, *clock = match.groups()
        month = _MONTH_OF.get(name_key(name), "")
    else:
        return _NO_DATE
    return _sure(_moment(year, month, day, _clock(clock), None, utc=utc))


def turned(moment: str) -> str | None:
    """The same moment with day and month exchanged; None where no calendar has it."""
    try:
        datetime(int(moment[:4]), int(moment[8:10]), int(moment[5:7]))  # noqa: DTZ001 - only tried
    except ValueError:
        return None
    return f"{moment[:4]}-{moment[8:10]}-{moment[5:7]}{moment[_DAY:]}"


def has_halves(cell: str) -> bool:
    """Whether a cell counts its hours twice a day, as English does ("9:40 AM")."""
    return cell.replace(".", "").rstrip()[-2:].casefold() in {"am", "pm"}


def _sure(moment: str | None) -> Readings:
    return Readings(moment, moment)


def _clock(parts: list[str | None]) -> _Clock:
    hour, minute, second, half = parts
    return hour, minute, second, half


def _moment(year: str, month: str, day: str, clock: _Clock, zone: str | None, *, utc: bool) -> str | None:
    """ISO 8601 in Paris time of the parts of a cell; None for what no calendar or clock has."""
    full_year = int(year) if len(year) > 2 else 2000 + int(year)
    if not _FIRST_YEAR <= full_year <= _LAST_YEAR:
        return None
    hour, minute, second, half = clock
    try:
        moment = datetime(  # noqa: DTZ001 - Paris time without zone, as everywhere
            full_year, int(month), int(day), _hour(hour, half), int(minute or 0), int(second or 0)
        )
        if hour is None:
            return moment.date().isoformat()
        if zone is not None or utc:
            moment = in_paris(moment.replace(tzinfo=_offset(zone or "Z")))
    except ValueError:
        return None
    # Every form of Pix is read to the minute, so that one submission is the same in every form.
    return moment.isoformat(timespec="seconds" if zone is None and moment.second else "minutes")


def _hour(hour: str | None, half: str | None) -> int:
    """The hour of the day; raises ValueError for one that half a day has not."""
    number = int(hour or 0)
    if half is None:
        return number
    if not 1 <= number <= 12:
        raise ValueError
    return number % 12 + (12 if half in "Pp" else 0)


def _offset(zone: str) -> timezone:
    """The offset of "Z", "UTC", "+01:00"; raises ValueError for one no place on earth has."""
    if zone[0] not in "+-":
        return UTC
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return timezone(ahead if zone[0] == "+" else -ahead)


@lru_cache(maxsize=4096)  # (r): the day of the test is that of the line before, two files tell one birth
def read_day(cell: str) -> str | None:
    """A day as ISO 8601, from `DD/MM/YYYY` or ISO; None for anything else, a year of two digits included."""
    text = cell.strip()
    if match := _DAY_ALONE.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := _ISO_ALONE.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        return None
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if _FIRST_BIRTH <= year <= _LAST_YEAR else None
