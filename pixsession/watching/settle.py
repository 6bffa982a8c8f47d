"""Which files have been quiet long enough to be read: names and stamps in, ready names out, no own clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from math import inf

from pixsession.watching.names import Stamp, becomes, is_temporary

QUIET_SECONDS = 0.5
CLOSED_SECONDS = 0.1  # its writer closed it: only a late write could follow
# A file that has grown since it was read comes in pieces, each of which makes the board anew: the rest is
# waited for, longer each time.
GROWING_SECONDS = (1.0, 2.0, 4.0)
GROWS_FOR = 60.0
_TICK_SECONDS = 0.01  # times of change are told by ticks of the system, and may be so much too early
_LATE_SECONDS = 0.05  # what is believed of the time between a write and our look: clocks are also put forward
EMPTY_SECONDS = 5.0  # browsers make an empty file first and fill it later
# The longest that a writer, or a temporary file beside it, may hold a still file back: spreadsheets keep a
# file open for writing as long as they show it, and an abandoned download leaves its temporary file for ever.
HELD_SECONDS = 30.0
RETRY_SECONDS = 30.0  # the longest pause between two tries: 1, 2, 4, 8, 16, 30, 30 …


@dataclass(slots=True)
class _Followed:
    stamp: Stamp
    still_since: float
    quiet: float  # seconds without a change after which it may be read
    handed: Stamp | None = None  # the stamp it had when it was last handed out
    handed_at: float = -inf
    grows: bool = False  # since then, and soon after it
    pieces: int = 0  # handed out one after the other while it grew
    retry_at: float | None = None
    tries: int = 0


def _no_writer(_name: str) -> bool:
    return False


class Settler:
    """Follows a folder's stamps from scan to scan; hands each file out once per stamp, when it is quiet."""

    def __init__(self, quiet_seconds: float = QUIET_SECONDS) -> None:
        self._quiet_seconds = quiet_seconds
        self._closed_seconds = min(CLOSED_SECONDS, quiet_seconds)
        self._followed: dict[str, _Followed] = {}
        self._fresh = True
        self._looked_at = -inf
        self.due = inf  # on the clock of `update`: nothing becomes ready before, unless something changes

    def update(
        self,
        stamps: Mapping[str, Stamp],
        now: float,
        *,
        wall: float,
        closed: Collection[str] = (),
        renamed: Collection[str] = (),
        being_written: Callable[[str], bool] = _no_writer,
        is_our_clock: bool = False,
    ) -> tuple[str, ...]:
        """Names ready now, oldest file first.

        `stamps`: every entry that counts and every temporary one. `now`: a clock that never goes back, in
        seconds. `wall`: seconds since 1970; at the first scan it tells how long each file has been still
        already. `closed`: names closed since the scan before; `renamed`: names that replaced another of the
        same file, which was whole. `being_written` is asked last, and only about files that would be ready.
        `is_our_clock`: the times of change in the stamps are by the clock of `wall`.
        """
        self._follow(stamps, now, wall, is_our_clock=is_our_clock)
        self._looked_at = now
        self._hasten(closed, self._closed_seconds)
        self._hasten(renamed, 0.0)
        moving = {name: self._followed[name] for name in stamps if is_temporary(name)}
        self.due = inf
        ready = []
        for name, stamp in stamps.items():
            at = self._ready_at(name, self._followed[name], moving)
            if at <= now and self._held(name, now, being_written):
                at = now + self._quiet_seconds
            if at > now:
                self.due = min(self.due, at)
            else:
                ready.append((stamp.mtime_ns, name))
        for _, name in ready:
            record = self._followed[name]
            record.handed, record.handed_at, record.retry_at = record.stamp, now, None
            record.pieces = record.pieces + 1 if record.grows else 0
        return tuple(name for _, name in sorted(ready))

    def retry(self, name: str, now: float) -> None:
        """Hand this file out again after a pause that doubles with each try, sooner if it changes."""
        record = self._followed.get(name)
        if record is None:
            return
        pause = min(RETRY_SECONDS, 2.0**record.tries)
        record.tries = min(record.tries + 1, 10)
        record.retry_at = now + pause
        record.handed_at = -inf  # nothing was made of it that would be made anew
        self.due = min(self.due, record.retry_at)

    def _follow(self, stamps: Mapping[str, Stamp], now: float, wall: float, *, is_our_clock: bool) -> None:
        for name, stamp in stamps.items():
            record = self._followed.get(name)
            if record is None:
                age = max(0.0, wall - stamp.mtime_ns / 1e9) if self._fresh else 0.0
                record = self._followed[name] = _Followed(stamp, now - age, self._quiet_seconds)
            elif record.stamp != stamp:
                record.stamp, record.still_since = stamp, now
                if is_our_clock:  # still since its last write, a moment before it was noticed
                    changed = now - wall + stamp.ctime_ns / 1e9 + _TICK_SECONDS
                    record.still_since = min(now, max(changed, self._looked_at, now - _LATE_SECONDS))
                record.quiet, record.retry_at, record.tries = self._quiet_seconds, None, 0
                record.grows = _grows(record, now)
        # What was handed out is remembered when it goes: a share that stalls shows an empty folder, and then
        # the same files again.
        followed = self._followed.items()
        for name in [name for name, record in followed if name not in stamps and record.handed is None]:
            del self._followed[name]
        self._fresh = False

    def _hasten(self, names: Collection[str], seconds: float) -> None:
        for name in names:
            if (record := self._followed.get(name)) is not None:
                record.quiet = min(record.quiet, seconds)

    def _ready_at(self, name: str, record: _Followed, moving: Mapping[str, _Followed]) -> float:
        if is_temporary(name):
            return inf
        if record.handed == record.stamp:
            return inf if record.retry_at is None else record.retry_at
        if record.stamp.size == 0:
            # Firefox puts an empty file under the final name and downloads beside it under a name of its own.
            quiet, siblings = EMPTY_SECONDS, list(moving.values())
        else:
            quiet = record.quiet
            if record.grows and quiet:  # a rename says that it is whole now
                quiet = GROWING_SECONDS[min(record.pieces, len(GROWING_SECONDS) - 1)]
            siblings = [other for sibling, other in moving.items() if becomes(sibling, name)]
        return max([record.still_since + quiet, *(other.still_since + HELD_SECONDS for other in siblings)])

    def _held(self, name: str, now: float, being_written: Callable[[str], bool]) -> bool:
        return now - self._followed[name].still_since < HELD_SECONDS and being_written(name)


def _grows(record: _Followed, now: float) -> bool:
    """Whether it is the file that was handed out lately with more in it, not another in its place."""
    before, after = record.handed, record.stamp
    return (
        before is not None
        and before[:2] == after[:2]
        and 0 < before.size < after.size
        and now - record.handed_at < GROWS_FOR
    )
