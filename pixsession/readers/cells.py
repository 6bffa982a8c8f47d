"""The values of single cells, as Pix writes them and as spreadsheets leave them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pixsession.domain.people.students import name_key
from pixsession.readers.campaign.labels import MISSING, NO, YES

_PLAIN_NUMBERS = frozenset(map(str, range(100)))  # every level, and every pix of one competence
_WHOLE = re.compile(r"(\d{1,9})(?:[.,]0+)?", re.ASCII)
_DECIMAL = re.compile(r"(\d{1,3}(?:[.,]\d{1,17})?) ?(%?)", re.ASCII)
# A text that must stay one: SIECLE and other programs write it as a formula.
_WRAPPED = re.compile(r'\s*="((?:[^"]|"")*)"\s*', re.DOTALL)
_MARKS = frozenset("'= ")
_USUAL = {"Oui": True, "Non": False}


def bare_text(cell: str) -> str:
    """The text of a cell without what other programs put around one that must stay a text: `="3B"` is 3B."""
    found = _WRAPPED.fullmatch(cell) if '="' in cell else None
    return cell if found is None else found[1].replace('""', '"')


def read_text(cell: str) -> str:
    """The text of a cell without the apostrophe that keeps spreadsheets from running it as a formula."""
    if cell[:1] not in _MARKS or len(cell) < 2:
        return cell
    return bare_text(cell[1:] if cell[0] == "'" and cell[1] in "-@=+" else cell)


def read_saved_text(cell: str) -> str:
    """The text of a cell of a file that another program has saved, where an apostrophe marks texts: '601.

    A name may begin with one ("'t Hooft"): it only goes where a digit follows.
    """
    text = read_text(cell)
    return text[1:] if text[:1] == "'" and text[1:2].isdigit() else text


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
    """Whether a cell means "no value": "NA" in every language of Pix."""
    text = cell.strip()
    return (bare_text(text) if text[:1] in _MARKS else text).casefold() in MISSING


def read_number(cell: str) -> int | None:
    """A whole number, also as a spreadsheet shows it ("12,0"); None for anything else."""
    if cell.isascii() and cell.isdigit() and len(cell) < 10:
        return int(cell)
    match = _WHOLE.fullmatch(read_saved_text(cell).strip().replace("\u202f", "").replace("\u00a0", ""))
    return int(match[1]) if match else None


def read_fraction(cell: str) -> float | None:
    """A number that is not negative, with a decimal comma or dot, "67 %" being 0.67; None for anything else.

    Where the cell has no sign, what 100 would mean is for the caller to decide.
    """
    match = _DECIMAL.fullmatch(read_saved_text(cell).strip().replace("\u202f", "").replace("\u00a0", ""))
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
