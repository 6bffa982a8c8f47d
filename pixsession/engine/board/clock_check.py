"""Whether this computer's clock can be right: Pix stamps its exports, and none comes from the future."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from pixsession.foundation.clock import Clock, in_paris, with_offset
from pixsession.readers.file_names import export_time
from pixsession.store.rows import StoredExport

# Stamps are minutes, and two right clocks differ a little: less than this says nothing.
_TOLERATED = timedelta(minutes=2)
# A download is written so soon after its stamp; where it was, the clock was right.
_SOON = timedelta(minutes=3)
# Clocks are set wrong by years where a battery is empty, but no further: such a stamp is a slip of a hand.
_MOST = timedelta(days=30 * 366)
# The clock is read to the second: what is told does not waver with it.
_UNSTEADY = timedelta(seconds=20)
_RECENTLY = timedelta(hours=12)


class _Ahead(NamedTuple):
    """An export that is ahead of the clock."""

    name: str
    made: datetime  # with its zone
    true_at: float  # by `monotonic`: what it would read now, were it the time of day


class ClockCheck:
    """Follows every export taken in. A clock that is fast cannot be told from exports that are old."""

    def __init__(self, now: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._clock = now
        self._monotonic = monotonic
        self._known: set[int] = set()
        self._ahead: dict[int, _Ahead] = {}  # by id of the export
        self._odd: dict[int, _Ahead] = {}  # those whose stamp is not believed
        self._is_right = False  # an export shows that the clock was right a while ago
        self._least = float("-inf")  # as `true_at`, by all exports that are not ahead
        self._offset = self._measured()
        self._told = timedelta()

    def _now(self) -> datetime:
        return _instant(self._clock())

    def _measured(self) -> float:
        return self._now().timestamp() - self._monotonic()

    def look(self, exports: Iterable[StoredExport]) -> None:
        """Take in which exports there are."""
        before, self._offset = self._offset, self._measured()
        if self._offset < before - _TOLERATED.total_seconds():
            self._is_right = False  # the clock was put back meanwhile
        for export in exports:
            if export.export_id not in self._known:
                self._known.add(export.export_id)
                with suppress(OverflowError, OSError, ValueError):  # a time that no calendar has elsewhere
                    self._weigh(export)

    def _weigh(self, export: StoredExport) -> None:
        """Compare one export with the clock; only Pix's stamp is evidence."""
        if export_time(export.source.file, export.modified_at) != export.source.exported_at:
            return
        now, made, landed = self._now(), _instant(export.source.exported_at), _instant(export.modified_at)
        is_recent = now - _RECENTLY <= landed <= now
        if made - now <= _TOLERATED:
            self._least = max(self._least, made.timestamp() - self._monotonic())
            if is_recent and timedelta() <= landed - made <= _SOON:
                self._trust(now)
            return
        # By this clock the file has been in the folder for a while.
        behind = made - landed if is_recent else made - now
        ahead = _Ahead(export.source.file, made, self._measured() + behind.total_seconds())
        is_odd = self._is_right or made - now > _MOST
        (self._odd if is_odd else self._ahead)[export.export_id] = ahead

    def _trust(self, now: datetime) -> None:
        """Note that the clock is right: exports ahead of it now are odd, earlier ones no longer."""
        self._is_right = True
        self._odd |= {key: ahead for key, ahead in self._ahead.items() if ahead.made - now > _TOLERATED}
        self._ahead.clear()

    @property
    def behind(self) -> timedelta:
        """How far at least the clock is behind, as clocks of Paris show it; nothing where it may be right."""
        least = max([self._least, *(ahead.true_at for ahead in self._ahead.values())])
        if least == float("-inf"):
            return timedelta()
        now = self._now()
        behind = timedelta(seconds=least - self._measured())
        if behind > _TOLERATED:  # summer and winter may lie between
            behind = in_paris(now + behind) - in_paris(now)
        if abs(behind - self._told) > _UNSTEADY:
            self._told = behind
        return self._told if self._told > _TOLERATED else timedelta()

    @property
    def odd_files(self) -> tuple[str, ...]:
        """The files dated in the future although other exports show that the clock is right."""
        now = self._now()
        return tuple(sorted({odd.name for odd in self._odd.values() if odd.made - now > _TOLERATED}))

    def time_of(self, export: StoredExport) -> datetime:
        """The time of an export, Paris; of an odd one, when it landed."""
        return export.modified_at if export.export_id in self._odd else export.source.exported_at


def _instant(moment: datetime) -> datetime:
    """A Paris time with its zone, so that differences are right across a change to or from summer time."""
    return with_offset(moment).astimezone(UTC)
