"""A board read once, without a screen: the snapshot, its text and the exit status."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pixsession.cli.start import (
    EVERYBODY_ELIGIBLE,
    NOTHING_CHECKED,
    SOMEBODY_NOT,
    dossier_of,
    request_of,
)
from pixsession.cli.words import complain, write
from pixsession.foundation.clock import paris_now
from pixsession.foundation.i18n import _
from pixsession.foundation.room_time import use_room_zone
from pixsession.foundation.text import shown
from pixsession.settings.config import BoardRequest, Settings

if TYPE_CHECKING:
    from pixsession.domain.board.snapshot import Snapshot


def read_once(folder: Path, settings: Settings, chosen: Mapping[str, Any]) -> Snapshot:
    """The board of a folder, of the classes chosen; a filter without match is reported on stderr."""
    from pixsession.domain.board.snapshot import FileStatus, narrowed

    everybody = whole_board(folder, settings, chosen)
    snapshot = narrowed(everybody, frozenset(chosen["classes"]))
    if everybody.rows and not snapshot.rows:
        places = sorted({row.shown_place for row in everybody.rows if row.place})
        complain(_("nobody in this class; the classes are: {there}.").format(there=", ".join(places)))
    refused = snapshot.files_with(FileStatus.REFUSED)
    if refused and status_of(snapshot) == EVERYBODY_ELIGIBLE:
        complain(_("everybody read is eligible, but a file could not be read: see the list of files."))
    return snapshot


def whole_board(folder: Path, settings: Settings, chosen: Mapping[str, Any]) -> Snapshot:
    """The board of a folder without keeping anything; what people decided about the folder counts."""
    from pixsession.engine.pipeline import check_folder

    request = request_of(folder, settings, chosen, dossier_of(folder))
    everybody = check_folder(request, paris_now)
    found = everybody.newest_export_at or any(row.participations for row in everybody.rows)
    if request.campaigns and everybody.campaigns and not found:
        there = ", ".join(shown(campaign.code or campaign.key) for campaign in everybody.campaigns)
        complain(
            _("no export of this campaign; the campaigns of the folder are: {there}.").format(there=there)
        )
    return everybody


def supervised(file: Path, settings: Settings, request: BoardRequest, *, named: bool) -> BoardRequest:
    """The board of a session: its folders (one that was `named` wins), its rule, a dossier of its own."""
    from pixsession.settings.session_file import load_session

    path = file.expanduser().absolute()
    session = load_session(path, settings)
    use_room_zone(session.timezone)
    if named:
        session = session._replace(folders=(request.folder,))
    return request._replace(
        folder=session.folders[0],
        rule=session.rule,
        dossier=dossier_of(path) if request.dossier else None,
        session=session,
    )


def session_once(request: BoardRequest) -> Snapshot:
    from pixsession.engine.pipeline import session_snapshot

    return session_snapshot(request, paris_now)


def status_of(snapshot: Snapshot) -> int:
    from pixsession.domain.pix.eligibility import Eligibility

    if not snapshot.rows:
        return NOTHING_CHECKED
    calm = all(row.eligibility is Eligibility.ELIGIBLE for row in snapshot.rows)
    return EVERYBODY_ELIGIBLE if calm else SOMEBODY_NOT


def print_board(snapshot: Snapshot, settings: Settings, environ: Mapping[str, str], now: datetime) -> None:
    from pixsession.reports.text import board_text

    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    colour = is_terminal and "NO_COLOR" not in environ and environ.get("TERM") != "dumb"
    text = board_text(
        snapshot,
        now,
        width=shutil.get_terminal_size().columns,
        ascii_only=plain_only(settings),
        colour=colour,
    )
    write(text, colour=colour)


def plain_only(settings: Settings) -> bool:
    """Whether symbols are left out: asked for, or unknown to the output (Windows code pages)."""
    try:
        "✖✔●○▲▼−∅→".encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return settings.ascii_only


def has_terminal(environ: Mapping[str, str]) -> bool:
    """Whether a board can be drawn: Textual reads stdin, writes on stderr, and checks neither."""
    streams = (sys.stdin, sys.stdout, sys.__stderr__)
    return environ.get("TERM") != "dumb" and all(stream is not None and stream.isatty() for stream in streams)
