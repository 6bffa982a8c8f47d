"""The thread behind the board: watch a folder, take each export in, publish a Snapshot at each change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from pixsession.desk import BoardRequest, Desk, in_order_of_export
from pixsession.domain.clock import Clock
from pixsession.domain.snapshot import FileStatus, SentProfile, Snapshot
from pixsession.errors import PixSessionError
from pixsession.i18n import _
from pixsession.watcher import Listing, Watcher, list_files

__all__ = ["BoardRequest", "Pipeline", "check_folder"]


def check_folder(request: BoardRequest, now: Clock) -> Snapshot:
    """Read a folder once, in memory; raises FolderUnusable."""
    listing = list_files(request.folder)
    desk = Desk(request, now, log_changes=False)
    try:
        for path in in_order_of_export(listing.ready):
            desk.take(path)
        desk.look(listing.present, listing.irregular)
        desk.compare_with_before()
        return desk.snapshot()
    finally:
        desk.close()


class Pipeline(threading.Thread):
    """Path → Export → store → Snapshot → publish, until stopped; a daemon thread."""

    def __init__(
        self,
        request: BoardRequest,
        *,
        publish: Callable[[Snapshot], None],
        failed: Callable[[PixSessionError], None],
        now: Clock,
    ) -> None:
        """`publish` and `failed` are called from this thread: post a message, touch no widget."""
        super().__init__(name="pixsession-pipeline", daemon=True)
        self._request = request
        self._publish = publish
        self._failed = failed
        self._now = now
        self._watcher = Watcher(request.folder, scan_seconds=request.scan_seconds, now=now)
        self._stopping = threading.Event()
        self._chosen: frozenset[str] | None = None
        self._desk: Desk | None = None

    def choose_campaigns(self, campaigns: frozenset[str]) -> None:
        """Narrow the board to these campaigns (codes or keys; none: all); a Snapshot follows."""
        self._chosen = campaigns
        self._watcher.wake()

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile the student sent, newest first; from any thread."""
        desk = self._desk
        return desk.history(student_id) if desk else ()

    def stop(self) -> None:
        """End soon; join() waits for it."""
        self._stopping.set()
        self._watcher.wake()

    def run(self) -> None:
        """Work until stopped; every failure is told in words."""
        try:
            desk = Desk(self._request, self._now, log_changes=True)
        except PixSessionError as error:
            self._failed(error)
            return
        try:
            self._watcher.start()
            self._desk = desk
            self._follow(desk)
        except PixSessionError as error:
            self._failed(error)
        except Exception as error:  # noqa: BLE001 - a thread that dies in silence leaves a board that looks live
            sentence = _("The board has stopped ({cause}). What was read is kept: start it again.")
            self._failed(PixSessionError(sentence.format(cause=type(error).__name__)))
        finally:
            self._desk = None
            self._watcher.stop()
            desk.close()

    def _follow(self, desk: Desk) -> None:
        desk.catch_up()
        desk.compare_with_before()
        seen: tuple[frozenset[str], frozenset[str], datetime | None] | None = None
        while not self._stopping.is_set():
            listing = self._watcher.wait()
            news = self._take(desk, listing)
            news = desk.catch_up() or news
            news = self._narrow(desk) or news
            state = (listing.present, listing.irregular, listing.missing_since)
            if news or state != seen:
                desk.look(listing.present, listing.irregular)
                self._publish(desk.snapshot(listing.missing_since))
                seen = state

    def _take(self, desk: Desk, listing: Listing) -> bool:
        for path in in_order_of_export(listing.ready):
            if self._stopping.is_set():
                return False
            if desk.take(path).status is FileStatus.REFUSED:
                self._watcher.retry(path)
        return bool(listing.ready)

    def _narrow(self, desk: Desk) -> bool:
        chosen, self._chosen = self._chosen, None
        if chosen is None or chosen == desk.campaigns:
            return False
        desk.campaigns = chosen
        return True
