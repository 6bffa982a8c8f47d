"""The French school year, which begins on 1 August, and its terms."""

from __future__ import annotations

from datetime import date, timedelta


def school_year_start(day: date) -> date:
    """The first day of the school year of this day."""
    return date(day.year if day.month >= 8 else day.year - 1, 8, 1)


def school_year_name(day: str) -> str:
    """The school year of a day in ISO 8601: "2025-2026" of 2026-03-19."""
    start = school_year_start(date.fromisoformat(day)).year
    return f"{start}-{start + 1}"


# The first and the last month of each: the school decides the day; councils of class meet around these ends.
_MONTHS = {"T1": (8, 11), "T2": (12, 3), "T3": (4, 7), "S1": (8, 1), "S2": (2, 7)}
PERIODS = tuple(_MONTHS)


def period_of(period: str, day: date) -> tuple[date, date]:
    """The first and the last day of "T1" to "T3", "S1" or "S2" in the school year of a day."""
    start = school_year_start(day)
    first, last = (_month_of(start, month) for month in _MONTHS[period])
    return first, _month_of(start, last.month % 12 + 1, at_least=last) - timedelta(days=1)


def _month_of(start: date, month: int, at_least: date | None = None) -> date:
    """The first day of a month of this school year, or of the year after where it must be later."""
    found = date(start.year + (month < start.month), month, 1)
    return found if at_least is None or found > at_least else found.replace(year=found.year + 1)
