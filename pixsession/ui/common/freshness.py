"""How far the board can be trusted right now: live, stale, frozen, or cut off from its folder."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from textual.widget import Widget

from pixsession.domain.board.clock_words import slow_words
from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.board.wording import at_words, export_words, from_words, full_moment_words, span_words
from pixsession.foundation.i18n import _, ngettext
from pixsession.ui.common.past import past_words
from pixsession.ui.common.symbols import UNICODE, Symbols

NOT_YET = datetime.min  # noqa: DTZ901 - before the first look at the clock


class FeedStatus(StrEnum):
    """The values are also the style classes of the head."""

    READING = "reading"
    EMPTY = "empty"
    LIVE = "live"
    STALE = "stale"
    CLOCK = "clock"  # live, though this computer's clock is wrong
    FROZEN = "frozen"
    PAST = "past"  # looking back
    GONE = "gone"
    STOPPED = "stopped"


class Freshness(NamedTuple):
    """How far the board can be trusted, in words."""

    state: FeedStatus
    words: str
    short: str = ""  # where the words have no room, if there are fewer

    @property
    def is_live(self) -> bool:
        """Nothing stands between what is shown and the folder."""
        return self.state in {FeedStatus.LIVE, FeedStatus.EMPTY, FeedStatus.READING}


def recolour(part: Widget, before: Freshness, freshness: Freshness) -> None:
    """Give a part of the head the colour of the status, as the others have."""
    if before.state is not freshness.state:
        part.remove_class(f"-{before.state}")
        part.add_class(f"-{freshness.state}")


def freshness_of(
    latest: Snapshot | None,
    now: datetime,
    *,
    stale_minutes: int | None,
    shown: Snapshot | None = None,
    frozen: bool = False,
    stopped: bool = False,
    symbols: Symbols = UNICODE,
) -> Freshness:
    """The worst thing first. `latest` is what is known of the folder, `shown` the board of a freeze.

    `stale_minutes` is None where nobody waits for an export.
    """
    board = shown or latest
    if board is not None and board.as_of is not None:
        words = past_words(board, now).replace("·", symbols.point)
        return Freshness(FeedStatus.PAST, f"{'<' if symbols.ascii_only else '◀'} {words}")
    newest = board.newest_export_at if board else None
    clock = latest.clock_behind if latest is not None else timedelta()
    now += clock
    view = full_moment_words(newest, now) if newest else "—"
    if stopped and latest is None:
        return Freshness(FeedStatus.STOPPED, f"{symbols.warning} {_('reading stopped')}")
    if stopped:
        words = _("reading stopped, last view kept ({export})").format(export=view)
        return Freshness(FeedStatus.STOPPED, f"{symbols.warning} {words}")
    if latest is None:
        return Freshness(FeedStatus.READING, _("reading the folder…"))
    if latest.folder_missing_since is not None:
        since = from_words(latest.folder_missing_since, now)
        words = _("folder not found since {since}, last view kept ({export})").format(
            since=since, export=view
        )
        return Freshness(FeedStatus.GONE, f"{symbols.warning} {words}")
    if frozen:
        waiting = changes_between(shown, latest)
        at = at_words(newest, now, in_full=True) if newest else "—"
        return Freshness(FeedStatus.FROZEN, f"{symbols.frozen} {_frozen(at, waiting)} ({symbols.space})")
    if newest is None:
        return Freshness(FeedStatus.EMPTY, _without_exports(len(latest.results), now))
    if stale_minutes is not None and now - newest >= timedelta(minutes=stale_minutes):
        since, span = from_words(newest, now), span_words(now - newest)
        words = _("out of date since {time}: no export for {span}").format(time=since, span=span)
        short = _("out of date since {time}").format(time=since)
        said = [f"{symbols.warning} {_with_clock(one, clock, symbols)}" for one in (words, short)]
        return Freshness(FeedStatus.STALE, said[0], said[1])
    words = export_words(newest, now, has_stamp=board is None or board.newest_has_stamp)
    return _live(words, clock, symbols)


def changes_between(shown: Snapshot | None, latest: Snapshot) -> int:
    """How many changes the newest board knows that the one shown does not."""
    return len(set(latest.changes) - set(shown.changes)) if shown else len(latest.changes)


def _without_exports(results: int, now: datetime) -> str:
    """A folder of results alone waits for no export."""
    if not results:
        return export_words(None, now)
    return ngettext("{n} file of results", "{n} files of results", results).format(n=results)


def _live(words: str, behind: timedelta, symbols: Symbols) -> Freshness:
    if behind:
        return Freshness(FeedStatus.CLOCK, f"{symbols.warning} {_with_clock(words, behind, symbols)}")
    return Freshness(FeedStatus.LIVE, f"{words} {symbols.live}")


def _with_clock(words: str, behind: timedelta, symbols: Symbols) -> str:
    """The clock first: nothing else on the board can be trusted to show that it is wrong."""
    return f"{slow_words(behind)} {symbols.point} {words}" if behind else words


def _frozen(when: str, waiting: int) -> str:
    words = ngettext("frozen {when}, {n} change waiting", "frozen {when}, {n} changes waiting", waiting)
    return words.format(when=when, n=waiting)
