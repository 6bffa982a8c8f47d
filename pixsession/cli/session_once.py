"""A session read once, without a screen: its Snapshot, and what is printed of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pixsession.cli.printing import plain_only
from pixsession.cli.sessions import supervised
from pixsession.cli.start import dossier_of, folder_of, request_of
from pixsession.domain.board.snapshot import Snapshot, narrowed
from pixsession.engine.read_once import session_snapshot
from pixsession.foundation.clock import Clock
from pixsession.reports.sheets import supervised_json, supervised_text
from pixsession.settings.config import BoardRequest, Settings


def session_at(
    file: Path, folder: str | None, settings: Settings, chosen: Mapping[str, Any], form: str, now: Clock
) -> tuple[Snapshot, str]:
    """The session of a file, with what was done so far, of the classes chosen; as text or JSON."""
    path = folder_of(folder)
    board = request_of(path, settings, chosen, dossier_of(path))
    return session_once(
        supervised(file, settings, board, named=folder is not None), settings, chosen, form, now
    )


def session_once(
    request: BoardRequest, settings: Settings, chosen: Mapping[str, Any], form: str, now: Clock
) -> tuple[Snapshot, str]:
    """Likewise, of the session of a request."""
    snapshot = narrowed(session_snapshot(request, now), frozenset(chosen["classes"]))
    if form == "json":
        return snapshot, supervised_json(snapshot, now())
    return snapshot, supervised_text(snapshot, now(), ascii_only=plain_only(settings))
