"""The values of single cells, as Pix writes them and as spreadsheets leave them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from pixsession.domain.clock import in_paris
from pixsession.domain.students import name_key
from pixsession.readers.headers import MISSING, NO, YES

_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_YEAR_FIRST = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC)?)?", re.IGNORECASE
)
_BARE_NUMBERS = re.compile(r"[0-9]{1,3}(?:;[0-9]{1,3})*")
_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")


def read_text(cell: str) -> str:
    """The text of a cell without the apostrophe that keeps spreadsheets from running it as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"-", "@", "=", "+"} else cell


def read_yes_no(cell: str) -> bool | None:
    """Yes or no in any language of Pix; None for anything else."""
    return {"Oui": True, "Non": False}.get(cell) if cell in {"Oui", "Non"} else _yes_no(cell)


@lru_cache(maxsize=256)
def _yes_no(cell: str) -> bool | None:
    key = name_key(cell)
    if key in YES:
        return True
    return False if key in NO else None


def read_number(cell: str) -> int | None:
    """A whole number, also as a spreadsheet shows it ("12,0"); None for anything else."""
    if cell.isascii() and cell.isdigit() and len(cell) < 10:
        return int(cell)
    match = _WHOLE.fullmatch(cell.strip().replace("\u202f", "").replace("\u00a0", ""))
    return int(match[1]) if match and match[1].isascii() and len(match[1]) < 10 else None


def packed_numbers(cells: Sequence[str]) -> tuple[str, list[str]]:
    """Numbers joined by ";", empty where there is none, and the cells that hold something else."""
    packed = ";".join(cells)
    if _BARE_NUMBERS.fullmatch(packed) and len(cells) == packed.count(";") + 1:
        return packed, []  # nearly every row: one test for all its numbers
    numbers = [read_number(cell) for cell in cells]
    unreadable = [
        cell
        for cell, number in zip(cells, numbers, strict=True)
        if number is None and cell.strip().casefold() not in MISSING
    ]
    return ";".join("" if number is None else str(number) for number in numbers), unreadable


@lru_cache(maxsize=16384)
def read_moment(cell: str) -> str | None:
    """A date or a date with a time as ISO 8601 in Paris time, as precise as the cell; None where unreadable.

    Since December 2024 the cell is Paris time to the minute, before a day counted in UTC, for a few days
    of December 2024 a UTC date and time.
    """
    text = cell.strip()
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first:
        day, month, year, hour, minute, second = day_first.groups()
        return _iso(year, month, day, hour, minute, second)
    year_first = _YEAR_FIRST.fullmatch(text)
    if year_first is None:
        return None
    *parts, zone = year_first.groups()
    moment = _iso(*parts)
    if moment is None or zone is None:
        return moment
    in_utc = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return in_paris(in_utc).isoformat(timespec="minutes")


def _iso(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None
) -> str | None:
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001
    except ValueError:
        return None
    if hour is None:
        return f"{moment:%Y-%m-%d}"
    return moment.isoformat(timespec="seconds" if second and int(second) else "minutes")
