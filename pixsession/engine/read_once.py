"""A folder or a session read once, without following it: what the commands that print ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from operator import attrgetter

from pixsession.domain.board.snapshot import SentProfile, Snapshot
from pixsession.engine.board.board_engine import Desk
from pixsession.engine.board.files import in_order_of_export
from pixsession.foundation.clock import Clock
from pixsession.settings.config import BoardRequest
from pixsession.watching.watcher import list_files


def check_folder(request: BoardRequest, now: Clock) -> Snapshot:
    """Read a folder once, in memory; raises FolderUnusable.

    Of the dossier only the journal is read: what people decided counts, and nothing is kept.
    """
    listing = list_files(request.folder)
    desk = Desk(request._replace(dossier=None, heeded=request.dossier or request.heeded), now, live=False)
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
