"""The French school year, which begins on 1 August."""

from __future__ import annotations

from datetime import date


def school_year_start(day: date) -> date:
    """The first day of the school year of this day."""
    return date(day.year if day.month >= 8 else day.year - 1, 8, 1)


def school_year_name(day: str) -> str:
    """The school year of a day in ISO 8601: "2025-2026" of 2026-03-19."""
    start = school_year_start(date.fromisoformat(day)).year
    return f"{start}-{start + 1}"
