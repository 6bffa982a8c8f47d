"""The values of single cells, as Pix writes them and as spreadsheets leave them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from pixsession.domain.clock import in_paris
from pixsession.domain.students import name_key
from pixsession.readers.labels import MISSING, NO, YES

_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?", re.ASCII)
_YEAR_FIRST = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)
_PLAIN_NUMBERS = frozenset(map(str, range(100)))  # every level, and every pix of one competence
_WHOLE = re.compile(r"(\d{1,9})(?:[.,]0+)?", re.ASCII)
_DECIMAL = re.compile(r"(\d{1,3}(?:[.,]\d{1,17})?) ?(%?)", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 2016, 2100  # Pix opened in 2016: a damaged or foreign cell may say anything
_USUAL = {"Oui": True, "Non": False}


def read_text(cell: str) -> str:
    """The text of a cell without the apostrophe that keeps spreadsheets from running it as a formula."""
    if cell[:1] != "'":
        return cell
    return cell[1:] if cell[1:2] in {"-", "@", "=", "+"} else cell


def read_yes_no(cell: str) -> bool | None:
    """Yes or no in any language of Pix; None for anything else."""
    return _USUAL[cell] if cell in _USUAL else _yes_no(cell)


@lru_cache(maxsize=256)
def _yes_no(cell: str) -> bool | None:
    key = name_key(cell)
    if key in YES:
        return True
    return False if key in NO else None


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is nothing: "NA" in every language of Pix."""
    return cell.strip().casefold() in MISSING


def read_number(cell: str) -> int | None:
    """A whole number, also as a spreadsheet shows it ("12,0"); None for anything else."""
    if cell.isascii() and cell.isdigit() and len(cell) < 10:
        return int(cell)
    match = _WHOLE.fullmatch(cell.strip().replace("\u202f", "").replace("\u00a0", ""))
    return int(match[1]) if match else None


def read_fraction(cell: str) -> float | None:
    """A number that is not negative, with a decimal comma or dot, "67 %" being 0.67; None for anything else.

    Where the cell has no sign, what 100 would mean is for the caller to decide.
    """
    match = _DECIMAL.fullmatch(cell.strip().replace("\u202f", "").replace("\u00a0", ""))
    if match is None:
        return None
    number = float(match[1].replace(",", "."))
    return number / 100 if match[2] else number


def packed_numbers(cells: Sequence[str]) -> tuple[str, list[str]]:
    """Numbers joined by ";", empty where there is none, and the cells that hold something else."""
    if _PLAIN_NUMBERS.issuperset(cells):
        return ";".join(cells), []  # nearly every row: one test for all its numbers
    numbers = [read_number(cell) for cell in cells]
    unreadable = [
        cell for cell, number in zip(cells, numbers, strict=True) if number is None and not is_missing(cell)
    ]
    return ";".join("" if number is None else str(number) for number in numbers), unreadable


@lru_cache(maxsize=16384)
def read_moment(cell: str, *, utc: bool = False) -> str | None:
    """A date or a date with a time as ISO 8601 in Paris time, as precise as the cell; None where unreadable.

    Since December 2024 the cell is Paris time to the minute, before a day counted in UTC, for a few days of
    December 2024 a UTC date and time: `utc` when the label of the column says so, else the cell does.
    """
    text = cell.strip()
    zone: str | None
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year, *clock = match.groups()
        zone = None
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day, *clock, zone = match.groups()
    else:
        return None
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        hour, minute, second = (int(part or 0) for part in clock)
        moment = datetime(int(year), int(month), int(day), hour, minute, second)  # noqa: DTZ001
        if clock[0] is None:
            return moment.date().isoformat()
        if zone is not None or utc:
            moment = in_paris(moment.replace(tzinfo=_offset(zone or "Z")))
    except ValueError:
        return None
    # Every form of Pix is read to the minute, so that one send is the same in an export of each.
    return moment.isoformat(timespec="seconds" if zone is None and moment.second else "minutes")


def _offset(zone: str) -> timezone:
    """The offset of "Z", "UTC", "+01:00"; raises ValueError for one no place on earth has."""
    if zone[0] not in "+-":
        return UTC
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return timezone(ahead if zone[0] == "+" else -ahead)
