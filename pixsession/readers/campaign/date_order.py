"""Whether the dates of a campaign export are day first or month first: decided once for the whole file.

Pix writes the day first. A spreadsheet of another country writes dates its own way when it saves a file, or
takes those that it can for its own and leaves the others as text: one of these tells of all.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime, timedelta
from typing import NamedTuple

from pixsession.foundation.i18n import _
from pixsession.readers.dates import Readings, has_halves, readings_of, turned

_DAY = len("2026-03-12")
_MIDNIGHT = "T00:00"
_LONGEST_DAY = 12  # a day up to this may be a month
_MOST_QUOTED = 40  # characters of a cell in a sentence
_SLACK = timedelta(days=1)  # days are counted in UTC before December 2024, clocks are wrong by a few hours


class DateOrder(NamedTuple):
    """How the dates of one file are read.

    `is_open`: nothing decides, all of them may stand in the other order. `is_mixed`: they contradict one
    another, each may stand in either. `only_days`: a spreadsheet has lost the times.
    """

    month_first: bool = False
    is_open: bool = False
    is_mixed: bool = False
    only_days: bool = False
    witness: str = ""  # the cell that decides for the month first
    utc: bool = False  # the label of the column says that its dates are in UTC

    @property
    def is_usual(self) -> bool:
        """Every date is what `read_moment` makes of it, and sure."""
        return not (self.month_first or self.is_open or self.is_mixed or self.only_days)

    def moment(self, cell: str) -> str | None:
        """The moment of a cell, ISO 8601 in Paris time; the likelier one where it is in doubt."""
        day_first, month_first, _is_open = readings_of(cell, utc=self.utc)
        if self.month_first:
            return self._cut(month_first or day_first)
        return self._cut(day_first or (month_first if self.is_open or self.is_mixed else None))

    def other(self, cell: str) -> str | None:
        """The other moment that the cell may mean; None where there is none, or no doubt."""
        if not (self.is_open or self.is_mixed):
            return None
        readings, first = readings_of(cell, utc=self.utc), self.moment(cell)
        if readings.is_open:
            found = {self._cut(moment) for moment in readings.either()} - {first}
        else:
            found = {turned(first)} - {first} if first and self.is_mixed else set()
        return next(iter(found), None)

    def _cut(self, moment: str | None) -> str | None:
        return moment[:_DAY] if moment is not None and self.only_days else moment


_DAY_FIRST = DateOrder()


def order_of(cells: Set[str], exported_at: datetime, *, untouched: bool, utc: bool = False) -> DateOrder:
    """How to read these cells, all those of a file that hold dates; `untouched`: by Pix's own hand.

    One cell that can only be month first, or only day first, decides for all. Where none does, nothing is
    given to Pix after the export was made: a date that would be later stands in the other order.
    """
    if untouched:
        return _DAY_FIRST
    found = {cell: readings for cell in cells if (readings := readings_of(cell, utc=utc)).either()}
    order = _decided(found, exported_at)
    moments = [moment for readings in found.values() for moment in readings.either()]
    only_days = any(map(_is_midnight, moments)) and all(
        len(moment) == _DAY or _is_midnight(moment) for moment in moments
    )
    return order._replace(only_days=only_days, utc=utc)


def _is_midnight(moment: str) -> bool:
    return moment.endswith(_MIDNIGHT)


def _decided(found: dict[str, Readings], exported_at: datetime) -> DateOrder:
    turnable = {cell: readings for cell, readings in found.items() if readings.is_open}
    day = sorted(cell for cell, readings in turnable.items() if readings.month_first is None)
    month = sorted(cell for cell, readings in turnable.items() if readings.day_first is None)
    limit = (exported_at + _SLACK).date().isoformat()
    if (day and month) or _are_turned(found, limit, read_as_text=bool(day or month)):
        return DateOrder(is_mixed=True)
    if not day and not month:
        late = [(cell, *_in_time(readings, limit)) for cell, readings in turnable.items()]
        day = sorted(cell for cell, first, other in late if first and not other)
        month = sorted(cell for cell, first, other in late if other and not first)
    if day and not month:
        return _DAY_FIRST
    if month and not day:
        return DateOrder(month_first=True, witness=month[0])
    if all(readings.day_first == readings.month_first for readings in turnable.values()):
        return _DAY_FIRST
    return DateOrder(is_open=True, month_first=any(map(has_halves, turnable)))


def _in_time(readings: Readings, limit: str) -> tuple[bool, bool]:
    """Whether each reading is before this day."""
    first, other = readings.day_first, readings.month_first
    return (first is not None and first[:_DAY] <= limit), (other is not None and other[:_DAY] <= limit)


def _are_turned(found: dict[str, Readings], limit: str, *, read_as_text: bool) -> bool:
    """Whether the dates that a spreadsheet has understood may have day and month exchanged.

    It takes 10/03 for 3 October in one country, and there leaves 26/11 as the text it was: so where texts
    stand beside dates that are understood, all of which could be exchanged, they are likely to be.
    """
    sure = [readings.day_first for readings in found.values() if not readings.is_open and readings.day_first]
    if any(int(moment[8:10]) > _LONGEST_DAY for moment in sure):
        return False
    others = [(moment, turned(moment)) for moment in sure]
    late = any(moment[:_DAY] > limit and other and other[:_DAY] <= limit for moment, other in others)
    return late or (read_as_text and any(other != moment for moment, other in others))


def order_notes(order: DateOrder, *, matters: bool) -> tuple[str, ...]:
    """The note on a file, if any: how its dates are read; `matters`: something rests on the doubt."""
    if order.is_mixed:
        return (_("day or month first? the dates of the file contradict one another"),)
    if order.is_open:
        return (_("day or month first? nothing in the file tells"),) if matters else ()
    if order.month_first:
        words = _("dates are read with the month first, as “{cell}” tells")
        return (words.format(cell=order.witness[:_MOST_QUOTED]),)
    return ()
