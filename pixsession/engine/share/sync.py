"""The thread that exchanges with the share, so that the board never waits for a disk that is far away."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pixsession import __version__
from pixsession.domain.board.entries import Entry
from pixsession.domain.share.clock import PostClock
from pixsession.domain.share.place import SharePlace
from pixsession.domain.share.posts import ShareView
from pixsession.domain.share.words import share_notices
from pixsession.engine.share.view import contradiction_notices, with_gestures
from pixsession.foundation.clock import Clock, in_paris, paris_now
from pixsession.store.share.exchange import Exchange

# With heartbeats, under sixty requests a minute on an idle share; sooner while something happens.
IDLE_SECONDS, BUSY_SECONDS = 1.6, 0.6
_BUSY_FOR_SECONDS = 60.0
STUCK_SECONDS = 6.0  # a share that does not answer for so long is away


def precise_now() -> datetime:
    """Now, in Paris, without zone, with its fractions of a second."""
    return in_paris(datetime.now(UTC))


def reading_clock(place: SharePlace) -> PostClock:
    """The clock of a post that only reads."""
    return PostClock(place.post, precise_now, place.offset, place.begun)


def _fine(now: Clock) -> Clock:
    """The same clock with its fractions of a second, where it is that of this computer."""
    return precise_now if now is paris_now else now


class ShareSync:
    """The share of a board; `view` is for any thread."""

    def __init__(self, place: SharePlace, dossier: Path, now: Clock) -> None:
        self.clock = PostClock(place.post, _fine(now), place.offset, place.begun)
        self._exchange = Exchange(place, dossier, self.clock, __version__)
        self._now = now
        self._ring = threading.Event()
        self._stopping = threading.Event()
        self._has_looked = threading.Event()
        self._came: Callable[[], object] = lambda: None
        self._thread: threading.Thread | None = None
        self._view = ShareView()
        # While the share is asked, since when: by `time.monotonic`, and by the clock.
        self._asked: tuple[float, datetime] | None = None
        self._busy_at = -_BUSY_FOR_SECONDS

    @property
    def view(self) -> ShareView:
        """What is known of the share; away too while it has not answered for some seconds."""
        asked, view = self._asked, self._view
        if asked is None or view.away_since is not None or time.monotonic() - asked[0] < STUCK_SECONDS:
            return view
        return view._replace(away_since=asked[1], waiting=self._exchange.waiting)

    def shown(self, entries: Sequence[Entry]) -> ShareView:
        """The view, each post with the time of its last entry."""
        return with_gestures(self.view, entries)

    def notices(self, entries: Sequence[Entry], now: datetime) -> tuple[str, ...]:
        """All that this post should know of the session that it shares, a sentence each."""
        return (*contradiction_notices(entries, self.clock.post.id, now), *share_notices(self.view, now))

    def look(self, *, pulls_only: bool = False) -> bool:
        """Exchange once; true where something came. A share that is away is noted, and a fault of ours."""
        return self._exchanged(lambda: self._exchange.look(pulls_only=pulls_only))

    def _exchanged(self, exchange: Callable[[], bool]) -> bool:
        came, away_since, fault = False, None, ""
        self._asked = asked = time.monotonic(), self._now()
        try:
            came = exchange()
        except OSError:
            away_since = self._view.away_since or asked[1]
        except Exception as error:  # noqa: BLE001 - a fault of ours is told as one, and the board goes on
            fault = _told(error)
        finally:
            self._asked = None
        try:
            self._view = self._seen(away_since, fault)
        except Exception as error:  # noqa: BLE001 - likewise
            self._view = self._view._replace(away_since=away_since, fault=fault or _told(error))
        return came

    def _seen(self, away_since: datetime | None, fault: str) -> ShareView:
        exchange = self._exchange
        posts = exchange.posts.seen(self._now(), exchange.waiting)
        others = {one.post.id: one.offset for one in posts if one.offset is not None and not one.is_own}
        self.clock.hear(others)
        told = exchange.troubles, exchange.is_purged
        return ShareView(posts, away_since, exchange.waiting, *told, fault)

    def ring(self) -> None:
        """Exchange at once: something was done here. Any thread."""
        self._ring.set()

    def start(self) -> None:
        """Exchange until `stop`, and wait for the first time, as long as a share is not taken for away."""
        self._thread = threading.Thread(target=self._run, name="pixsession-share", daemon=True)
        self._thread.start()
        self._has_looked.wait(STUCK_SECONDS)

    def tell(self, came: Callable[[], object]) -> None:
        """Call this now, and when something came, from the thread of the exchange."""
        self._came = came
        came()

    def _run(self) -> None:
        while not self._stopping.is_set():
            before = self._view
            is_news = self.look()
            self._has_looked.set()
            if is_news or _differs(before, self._view):
                self._tell()
            is_busy = time.monotonic() - self._busy_at < _BUSY_FOR_SECONDS
            if self._ring.wait(BUSY_SECONDS if is_busy else IDLE_SECONDS) or is_news:
                self._busy_at = time.monotonic()
            self._ring.clear()
        self._exchanged(self._exchange.leave)

    def _tell(self) -> None:
        try:
            self._came()
        except Exception as error:  # noqa: BLE001 - as in `_exchanged`
            self._view = self._view._replace(fault=_told(error))

    def forget_if_purged(self) -> None:
        """Delete this computer's copy of a session that was deleted from another post, its board closed."""
        if self._view.purged:
            self._exchange.forget()

    def stop(self, seconds: float = 2.0) -> None:
        """Bring what there is once more, for so long at most."""
        self._stopping.set()
        self._ring.set()
        if self._thread is not None:
            self._thread.join(seconds)


def _told(error: Exception) -> str:
    """A fault of ours and its place in the code, for who repairs it; its own words may hold names."""
    *_above, place = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}"


def _differs(before: ShareView, after: ShareView) -> bool:
    """Whether a board would show the share otherwise; that somebody was heard again is no news."""
    at = datetime.min  # noqa: DTZ901 - Paris time has no zone here
    one, other = (
        view._replace(posts=tuple(post._replace(seen_at=at) for post in view.posts))
        for view in (before, after)
    )
    return one != other
