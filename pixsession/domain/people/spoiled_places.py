"""Classes that a spreadsheet took for numbers or dates: "3e1" saved as "3,00E+01" or 30, "3-1" as "03-janv".

Nothing of such a cell tells the class for sure: it is read so only where another place of the folder has it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from pixsession.domain.people.identities import class_key
from pixsession.domain.people.students import name_key

_Pair = tuple[int, int]  # of "3e1" and "3-1" alike: 3 and 1


class SpoiledPlaces(NamedTuple):
    """What each spoiled cell means, as the folder writes it elsewhere, and which of them each file holds."""

    meant: Mapping[str, str] = MappingProxyType({})
    files: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def of(self, place: str | None) -> str | None:
        """The class that was meant, the same one where it was not spoiled."""
        return self.meant.get(place, place) if place else place


class _Meaning(NamedTuple):
    """What a cell may have been; `is_number`: a plain number, which a class may be called too."""

    pairs: tuple[_Pair, ...]
    is_number: bool = False


def spoiled_places(files: Iterable[tuple[str, Iterable[str | None]]]) -> SpoiledPlaces:
    """Which classes and groups of these files (name, what stands there) were spoiled, and what they were."""
    held: dict[str, set[str]] = defaultdict(set)
    for file, places in files:
        held[file] |= {place for place in places if place}
    doubtful = {place: found for places in held.values() for place in places if (found := _meaning(place))}
    if not doubtful:
        return SpoiledPlaces()
    known = _Known(places - doubtful.keys() for places in held.values())
    meant = {place: as_written for place, found in doubtful.items() if (as_written := known.written(found))}
    for places in held.values():
        for place in places & meant.keys():
            if doubtful[place].is_number and _counts_its_classes(places, meant[place]):
                del meant[place]
    found_in = {file: tuple(sorted(places & meant.keys())) for file, places in held.items()}
    return SpoiledPlaces(meant, {file: spoiled for file, spoiled in found_in.items() if spoiled})


def _counts_its_classes(places: Iterable[str], meant: str) -> bool:
    """Whether a file calls classes by numbers, or has the very class beside the number: none is spoiled."""
    return any(
        class_key(place) == class_key(meant) or (place.isdigit() and _meaning(place) is None)
        for place in places
    )


class _Known:
    """The classes that were not spoiled, by what they would have become."""

    def __init__(self, held: Iterable[Iterable[str]]) -> None:
        written: dict[_Pair, Counter[str]] = defaultdict(Counter)
        for places in held:
            for place in places:
                if (pair := _pair_of(place)) is not None:
                    written[pair][place.strip()] += 1
        # The way most files write it, else the first in the alphabet.
        self._written = {pair: _usual(ways) for pair, ways in written.items()}
        self._exponents = {pair for pair, ways in written.items() if any(map(_has_exponent, ways))}

    def written(self, found: _Meaning) -> str | None:
        """How the folder writes what a cell was; None where it has no such class, or several."""
        there = [
            pair
            for pair in dict.fromkeys(found.pairs)
            if pair in self._written and (not found.is_number or pair in self._exponents)
        ]
        return self._written[there[0]] if len(there) == 1 else None


def _usual(ways: Counter[str]) -> str:
    return min(ways, key=lambda way: (-ways[way], way))


_TWO_NUMBERS = re.compile(r"(\d{1,2}) ?(?:ieme|eme|ere|re|er|nde|de|e| ) ?(\d{1,2})|(\d)(\d)", re.ASCII)


def _pair_of(place: str) -> _Pair | None:
    """The two numbers of a class that has two and nothing else."""
    match = _TWO_NUMBERS.fullmatch(name_key(place))
    return (int(match[1] or match[3]), int(match[2] or match[4])) if match else None


def _has_exponent(place: str) -> bool:
    """Whether a class reads as a number with an exponent, or is one that somebody may write so."""
    return re.search(r"\d ?[a-z]", name_key(place)) is not None


_SCIENTIFIC = re.compile(r"(\d{1,3})(?:[.,](\d{1,6}))?e(\+?)(\d{1,2})", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"(\d{2,15})(?:[.,]0+)?", re.ASCII)
_ISO = re.compile(r"\d{4}-(\d\d)-(\d\d)(?:[ T]00:00(?::00)?)?", re.ASCII)
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(?:\d\d|\d{4})", re.ASCII)
_DAY_AND_MONTH = re.compile(r"(\d{1,2}) ?([a-z]{3,9})(?: \d{2,4})?|([a-z]{3,9}) ?(\d{1,2})", re.ASCII)
_FRENCH = {
    "janv": 1, "janvier": 1, "fev": 2, "fevr": 2, "fevrier": 2, "mars": 3, "avr": 4, "avril": 4, "mai": 5,
    "juin": 6, "juil": 7, "juillet": 7, "aout": 8, "septembre": 9, "octobre": 10, "novembre": 11,
    "decembre": 12,
}  # fmt: skip
_ANY = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # the days of 2000 to 2099, as a spreadsheet counts them
_DAY_ZERO = date(1899, 12, 30)


@lru_cache(maxsize=4096)
def _meaning(place: str) -> _Meaning | None:
    """What class a cell may have been; None where it looks like a class as it is."""
    text = place.strip()
    if match := _SCIENTIFIC.fullmatch(text):
        whole, decimals, plus, exponent = match.groups()
        if not plus and decimals is None:
            return None  # "3E1" is the class itself
        shift = int(exponent) - len(decimals or "")
        number = int(whole + (decimals or ""))
        return _Meaning(_powers(number * 10**shift if shift >= 0 else number // 10**-shift))
    if match := _NUMBER.fullmatch(text):
        number = int(match[1])
        if pairs := _powers(number):
            return _Meaning(pairs, is_number=True)
        return _of_serial(number)
    if match := _ISO.fullmatch(text):
        return _Meaning(((int(match[2]), int(match[1])), (int(match[1]), int(match[2]))))
    if match := _SLASHES.fullmatch(text):
        return _Meaning(((int(match[1]), int(match[2])), (int(match[2]), int(match[1]))))
    return _named_month(name_key(text))


def _named_month(key: str) -> _Meaning | None:
    match = _DAY_AND_MONTH.fullmatch(key)
    if match is None:
        return None
    name, number = match[2] or match[3], int(match[1] or match[4])
    if match[1] and name in _FRENCH:
        return _Meaning(((number, _FRENCH[name]),))  # typed in French: the day stands first
    month = _FRENCH.get(name) or _ANY.get(name)
    return _Meaning(((number, month), (month, number))) if month else None


def _powers(number: int) -> tuple[_Pair, ...]:
    """The pairs m, e of which this is m times ten to the power of e."""
    pairs = []
    exponent = 1
    while number and number % 10 == 0:
        number //= 10
        if number < 100:
            pairs.append((number, exponent))
        exponent += 1
    return tuple(pairs)


def _of_serial(number: int) -> _Meaning | None:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    day = _DAY_ZERO + timedelta(number)
    return _Meaning(((day.day, day.month), (day.month, day.day)))
