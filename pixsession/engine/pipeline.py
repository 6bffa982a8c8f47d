"""The thread behind the board: watch a folder, take each export in, publish a Snapshot at each change."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING

from pixsession.domain.board.snapshot import FileStatus, SentProfile, Snapshot
from pixsession.domain.board.wording import state_at_words
from pixsession.engine import Desk, in_order_of_export
from pixsession.foundation.clock import Clock
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.settings.config import BoardRequest
from pixsession.store import DatabaseError
from pixsession.watching.watcher import Listing, list_files
from pixsession.watching.watchers import Watchers

if TYPE_CHECKING:
    from pixsession.domain.certification.day import ActionKind

_LOG_SECONDS = 0.7  # so often is the log of a session looked at
_PROGRESS_SECONDS = 1.0  # so often is the board shown while many files are read


def check_folder(request: BoardRequest, now: Clock) -> Snapshot:
    """Read a folder once, in memory; raises FolderUnusable.

    Of the dossier only the journal is read: what people decided counts, and nothing is kept.
    """
    listing = list_files(request.folder)
    desk = Desk(
        request._replace(dossier=None, decisions_from=request.dossier or request.decisions_from),
        now,
        live=False,
    )
    try:
        desk.look(listing.present, listing.irregular)
        for path in in_order_of_export(listing.ready):
            desk.take(path)
        desk.mark_newest()
        return desk.snapshot()
    finally:
        desk.close()


def session_snapshot(request: BoardRequest, now: Clock) -> Snapshot:
    """A session once, with all that was read and done so far; raises FolderUnusable.

    Nothing is made where nothing was kept.
    """
    with _session_desk(request, now) as desk:
        return desk.snapshot()


def session_with_sends(
    request: BoardRequest, now: Clock
) -> tuple[Snapshot, Mapping[int, tuple[SentProfile, ...]]]:
    """As `session_snapshot`, and by student id every profile that was sent, newest first."""
    with _session_desk(request, now) as desk:
        snapshot = desk.snapshot()
        return snapshot, {row.student_id: desk.history(row.student_id) for row in snapshot.rows}


@contextmanager
def _session_desk(request: BoardRequest, now: Clock) -> Iterator[Desk]:
    """The desk of a session that has read everything there is."""
    listings = [list_files(folder) for folder in request.folders]
    if request.dossier is not None and not request.dossier.exists():
        request = request._replace(dossier=None)
    desk = Desk(request, now, live=True)
    try:
        for _step in desk.catch_up():
            pass
        present, irregular = (
            frozenset(name for listing in listings for name in names(listing))
            for names in (attrgetter("present"), attrgetter("irregular"))
        )
        desk.look(present, irregular)
        for path in in_order_of_export([path for listing in listings for path in listing.ready]):
            desk.take(path)
        yield desk
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
        self._stopping = threading.Event()
        self._wanted = request.campaigns
        self._shows_all = request.shows_all
        self._watcher: Watchers | None = None
        self._desk: Desk | None = None
        self._shown_at = 0.0
        self._looking_at: datetime | None = None
        self._shown_as_of: datetime | None = None

    def choose_campaigns(self, campaigns: frozenset[str]) -> None:
        """Narrow the board to these campaigns (codes or keys; none: all); a Snapshot follows."""
        self._wanted = campaigns
        self._wake()

    def look_back(self, at: datetime | None) -> None:
        """Show the board as it was after the export of this time; None: as it is now. A Snapshot follows.

        Any thread. Exports are still taken in meanwhile: each brings a Snapshot with its `export_times`.
        """
        self._looking_at = at
        self._wake()

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile the student sent, newest first; from any thread."""
        desk = self._desk
        return desk.history(student_id) if desk else ()

    def decide(self, key: str, other: str, same: bool) -> None:
        """Write down who is whom, of an open doubt; a Snapshot follows. Any thread; raises JournalError."""
        if self._desk is not None:
            self._desk.decide(key, other, same=same)
            self._wake()

    def undo_decision(self, key: str, other: str) -> None:
        """Take a decision back; as `decide`."""
        if self._desk is not None:
            self._desk.undo_decision(key, other)
            self._wake()

    def show_all(self, shows_all: bool) -> None:
        """Show the campaigns that are kept off the board too, or not; a Snapshot follows. Any thread."""
        self._shows_all = shows_all
        self._wake()

    def take_back_file(self, name: str, counts: bool) -> None:
        """Have a file count no more, or (`counts`) again; a Snapshot follows. As `decide`."""
        if self._desk is not None:
            self._desk.intake.take_back_file(name, counts=counts)
            self._wake()

    def undo_file(self) -> str:
        """Have the file taken back last count again; its name. A Snapshot follows. As `decide`."""
        name = self._desk.intake.taken_back.undo() if self._desk is not None else ""
        self._wake()
        return name

    def act(
        self,
        kind: ActionKind,
        students: Sequence[int],
        *,
        text: str = "",
        code: str = "",
        room: str | None = None,
        planned: bool = False,
    ) -> None:
        """Write down what a supervisor did; a Snapshot follows. Any thread; see `Supervision.act`."""
        if self._desk is not None:
            self._refuse_in_the_past()
            try:
                self._desk.supervision.act(kind, students, text=text, code=code, room=room, planned=planned)
            finally:
                self._wake()

    def undo_action(self) -> str:
        """Take back the newest action; what it was, in words. Any thread; see `Supervision.undo`."""
        self._refuse_in_the_past()
        words = self._desk.supervision.undo() if self._desk is not None else ""
        self._wake()
        return words

    def _refuse_in_the_past(self) -> None:
        """What is done is done now, to students as they are now: not on a board that shows something else."""
        if self._looking_at is not None:
            words = _("The board is the one {when}: come back to now first.")
            raise PixSessionError(words.format(when=state_at_words(self._looking_at, self._now())))

    def stop(self) -> None:
        """End soon; join() waits for it."""
        self._stopping.set()
        self._wake()

    def _wake(self) -> None:
        watcher = self._watcher
        if watcher is not None:
            watcher.wake()

    def run(self) -> None:
        """Work until stopped; every failure is told in words."""
        try:
            try:
                self._live()
            except DatabaseError:
                # Damage that showed on the way: all is there in the exports kept, and in the folder.
                self._live(rebuild=True)
        except PixSessionError as error:
            self._failed(error)
        except Exception as error:  # noqa: BLE001 - a thread that dies in silence leaves a board that looks live
            sentence = _("The board has stopped ({cause}). What was read is kept: start it again.")
            self._failed(PixSessionError(sentence.format(cause=type(error).__name__)))

    def _live(self, *, rebuild: bool = False) -> None:
        desk = Desk(self._request, self._now, live=True, rebuild=rebuild)
        try:
            watcher = Watchers(self._request.folders, scan_seconds=self._request.scan_seconds, now=self._now)
            try:
                watcher.start()
                self._desk, self._watcher = desk, watcher
                if self._request.session is not None:
                    threading.Thread(target=self._follow_log, args=(desk, watcher), daemon=True).start()
                self._follow(desk, watcher)
            finally:
                self._desk = None
                watcher.stop()
        finally:
            desk.close()

    def _follow(self, desk: Desk, watcher: Watchers) -> None:
        self._shown_at = time.monotonic()
        while not self._stopping.is_set():
            listing = watcher.wait()
            desk.look(listing.present, listing.irregular, listing.missing_since)
            self._read(desk, watcher, listing)
            self._show(desk)

    def _follow_log(self, desk: Desk, watcher: Watchers) -> None:
        """See what colleagues do sooner than the folder is looked at, which a network makes slow."""
        while self._desk is desk and not self._stopping.wait(_LOG_SECONDS):
            if desk.follow_log():
                watcher.wake()

    def _read(self, desk: Desk, watcher: Watchers, listing: Listing) -> None:
        for _step in desk.catch_up():
            if not self._goes_on(desk):
                return
        for path in in_order_of_export(listing.ready):
            if not self._goes_on(desk):
                return
            if desk.take(path).status is FileStatus.REFUSED:
                watcher.retry(path)

    def _goes_on(self, desk: Desk) -> bool:
        if time.monotonic() - self._shown_at > _PROGRESS_SECONDS:
            self._show(desk)
        return not self._stopping.is_set()

    def _show(self, desk: Desk) -> None:
        if desk.is_damaged:
            raise DatabaseError
        desk.choose_campaigns(self._wanted)
        desk.show_all(self._shows_all)
        at = self._looking_at
        if (desk.has_news or at != self._shown_as_of) and not self._stopping.is_set():
            self._shown_as_of = at
            self._publish(desk.snapshot() if at is None else desk.snapshot_as_of(at))
        self._shown_at = time.monotonic()
