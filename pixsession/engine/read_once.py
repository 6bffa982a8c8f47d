"""A folder or a session read once, without following it: what the commands that print ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pixsession.domain.board.snapshot import SentProfile, Snapshot
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.board.files import in_order_of_export
from pixsession.engine.share.opening import pulled_once
from pixsession.foundation.clock import Clock
from pixsession.settings.config import BoardRequest
from pixsession.store.database import DatabaseError
from pixsession.store.dossier import Dossier
from pixsession.watching.listing import Listing, list_files

if TYPE_CHECKING:
    from pixsession.engine.share.sync import ShareSync


def check_folder(request: BoardRequest, now: Clock) -> Snapshot:
    """Read a folder once, in memory; raises FolderUnusable.

    Of the dossier only the journal is read: what people decided counts, and nothing is kept.
    """
    decided = request._replace(dossier=None, decisions_from=request.dossier or request.decisions_from)
    with _engine_on(decided, [list_files(request.folder)], now, live=False) as engine:
        engine.mark_newest()
        return engine.snapshot()


def check_files(paths: Sequence[Path], request: BoardRequest, now: Clock) -> Snapshot:
    """As `check_folder`, of these files and folders together."""
    listings = [list_files(path) if path.is_dir() else _only(path) for path in paths]
    with _engine_on(request._replace(dossier=None), listings, now, live=False) as engine:
        return engine.snapshot()


def _only(path: Path) -> Listing:
    return Listing((path,), frozenset({path.name}), frozenset(), None)


def session_snapshot(request: BoardRequest, now: Clock) -> Snapshot:
    """A session once, with all that was read and done so far; raises FolderUnusable.

    Nothing is made where nothing was kept.
    """
    with _session_engine(request, now) as engine:
        return engine.snapshot()


def session_with_submissions(
    request: BoardRequest, now: Clock
) -> tuple[Snapshot, Mapping[int, tuple[SentProfile, ...]]]:
    """As `session_snapshot`, and by student id every profile that was sent, newest first."""
    with _session_engine(request, now) as engine:
        snapshot = engine.snapshot()
        return snapshot, {row.student_id: engine.history(row.student_id) for row in snapshot.rows}


@contextmanager
def engine_on_copies(request: BoardRequest, now: Clock) -> Iterator[BoardEngine]:
    """An engine in memory that has read what the dossier keeps, then the folders; nothing is written.

    Raises FolderUnusable.
    """
    listings = [list_files(folder) for folder in request.folders]
    share = pulled_once(request, now)
    decided = request._replace(dossier=None, decisions_from=request.dossier or request.decisions_from)
    with _engine_on(decided, listings, now, live=True, copies=request.dossier, share=share) as engine:
        yield engine


@contextmanager
def _session_engine(request: BoardRequest, now: Clock) -> Iterator[BoardEngine]:
    listings = [list_files(folder) for folder in request.folders]
    share = pulled_once(request, now)
    if request.dossier is not None and not request.dossier.exists():
        request = request._replace(dossier=None)
    with _engine_on(request, listings, now, live=True, share=share) as engine:
        yield engine


@contextmanager
def _engine_on(
    request: BoardRequest,
    listings: Sequence[Listing],
    now: Clock,
    *,
    live: bool,
    copies: Path | None = None,
    share: ShareSync | None = None,
) -> Iterator[BoardEngine]:
    """An engine that has read everything there is, once more where that showed damage of the database.

    `copies`: a dossier that is only read.
    """
    engine = BoardEngine(request, now, share, live=live)
    try:
        for _step in engine.intake.catch_up(Dossier(copies)) if copies and copies.exists() else ():
            pass
        if not _reads_all(engine, listings):
            engine.close()
            engine = BoardEngine(request, now, share, live=live, rebuild=True)
            _reads_all(engine, listings)
        yield engine
    finally:
        engine.close()


def _reads_all(engine: BoardEngine, listings: Sequence[Listing]) -> bool:
    """Have everything read; whether the database held."""
    try:
        for _step in engine.catch_up():
            pass
        present = frozenset[str]().union(*(listing.present for listing in listings))
        irregular = frozenset[str]().union(*(listing.irregular for listing in listings))
        engine.look(present, irregular)
        for path in in_order_of_export([path for listing in listings for path in listing.ready]):
            engine.take(path)
        if not engine.intake.store.in_memory:
            engine.intake.write_down()
    except DatabaseError:
        return False
    return not engine.is_damaged
