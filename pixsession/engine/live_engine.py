"""A folder followed until the end: each export is taken in, each change published."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

from pixsession.domain.board.snapshot import FileStatus, Snapshot
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.board.files import in_order_of_export
from pixsession.engine.share.opening import sync_of
from pixsession.engine.wanted import Wanted
from pixsession.foundation.clock import Clock
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.settings.config import BoardRequest
from pixsession.store.database import DatabaseError
from pixsession.store.open_boards import OpenBoard, Watched
from pixsession.watching.listing import Listing
from pixsession.watching.watchers import Watchers

__all__ = ["DatabaseError", "LiveEngine"]

_LOG_SECONDS = 0.7  # so often is the log of a session looked at
_PROGRESS_SECONDS = 1.0  # so often is the board shown while many files are read
_FIRST_SECONDS = 1.0  # the longest that a session waits at first for a file that is not quiet yet


class LiveEngine:
    """Path → Export → store → Snapshot → publish; made and followed in the pipeline's thread."""

    def __init__(self, request: BoardRequest, now: Clock, wanted: Wanted, *, rebuild: bool = False) -> None:
        """Open the store: `rebuild` makes the database anew from the exports kept."""
        self._wanted = wanted
        self._has_log = request.session is not None
        self._watcher = Watchers(request.folders, scan_seconds=request.scan_seconds, now=now)
        self._shown_at = time.monotonic()
        # Of a session nothing is shown before the files that are there are read: else, without its list,
        # everybody would be called.
        self._shows_progress = request.session is None
        self.shown_as_of: datetime | None = None  # by the newest Snapshot published
        session = request.session.path if request.session else None
        self._open = OpenBoard(request.dossier, Watched(str(session or request.folder), session is not None))
        self._share = sync_of(request, now)
        if self._share:
            self._share.start()  # so that the first board shows what colleagues did
        try:
            self.engine = BoardEngine(request, now, self._share, live=True, rebuild=rebuild)
        except BaseException:
            self._stop_sharing()
            raise

    def wake(self) -> None:
        """Look at once; from any thread."""
        self._watcher.wake()
        if self._share:
            self._share.ring()

    def follow(
        self,
        publish: Callable[[Snapshot], None],
        stopping: threading.Event,
        painted: Callable[[], object] = lambda: None,
    ) -> None:
        """Publish each change until told to stop, or to start anew, and close.

        `painted`: waits until what was published is likely to be on the screen. Raises FolderUnusable and
        DatabaseError.
        """
        ended = threading.Event()
        try:
            self._watcher.start()
            if self._has_log:
                threading.Thread(target=self._follow_log, args=(ended,), daemon=True).start()
            if self._share:
                self._share.tell(self._came)
            self._shown_at = time.monotonic()
            handed, latest, is_first = set[str](), self._shown_at + _FIRST_SECONDS, True
            while not stopping.is_set() and not self.engine.starts_anew:
                self._refuse_if_purged()
                listing = self._watcher.wait()
                self.engine.look(listing.present, listing.irregular, listing.missing_since)
                self._read(listing, publish, stopping)
                handed.update(path.name for path in listing.ready)
                self._shows_progress |= handed >= listing.present or time.monotonic() > latest
                if not self._shows_progress:
                    continue
                self._show(publish, stopping)
                # Python runs one thread at a time, and now it is the turn of the screen's.
                if is_first or self.engine.intake.store.waits_to_be_written:
                    painted()
                    self.engine.intake.write_down()
                    is_first = False
        finally:
            ended.set()
            self._stop_sharing()
            self._watcher.stop()
            self.engine.close()
            self._open.close()
            if self._share:
                self._share.forget_if_purged()

    def _refuse_if_purged(self) -> None:
        if self._share and self._share.view.purged:
            raise PixSessionError(
                _("This session was deleted from another post: nothing of it is kept here any more.")
            )

    def _stop_sharing(self) -> None:
        if self._share:
            self._share.stop()

    def _came(self) -> None:
        self.engine.follow_share()
        self._watcher.wake()

    def _follow_log(self, ended: threading.Event) -> None:
        """See what colleagues do sooner than the folder is looked at, which a network makes slow."""
        while not ended.wait(_LOG_SECONDS):
            if self.engine.follow_log():
                self._watcher.wake()

    def _read(self, listing: Listing, publish: Callable[[Snapshot], None], stopping: threading.Event) -> None:
        for _step in self.engine.catch_up():
            if not self._goes_on(publish, stopping):
                return
        for path in in_order_of_export(listing.ready):
            if not self._goes_on(publish, stopping):
                return
            if self.engine.take(path).status is FileStatus.REFUSED:
                self._watcher.retry(path)
            if self._share:
                self._share.ring()

    def _goes_on(self, publish: Callable[[Snapshot], None], stopping: threading.Event) -> bool:
        if self._shows_progress and time.monotonic() - self._shown_at > _PROGRESS_SECONDS:
            self._show(publish, stopping)
        return not (stopping.is_set() or self.engine.starts_anew)

    def _show(self, publish: Callable[[Snapshot], None], stopping: threading.Event) -> None:
        engine, at = self.engine, self._wanted.as_of
        if engine.is_damaged:
            raise DatabaseError
        if engine.starts_anew:
            return  # what would be shown holds students twice
        engine.choose_campaigns(self._wanted.campaigns)
        engine.show_all(self._wanted.shows_all)
        if (engine.has_news or at != self.shown_as_of) and not stopping.is_set():
            self.shown_as_of = at
            publish(engine.snapshot() if at is None else engine.snapshot_as_of(at))
        self._shown_at = time.monotonic()
