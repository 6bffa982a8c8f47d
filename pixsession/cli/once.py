"""A board read once, without a screen: the Snapshot and the exit status."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pixsession.cli.printing import deliver, print_board
from pixsession.cli.start import (
    EVERYBODY_ELIGIBLE,
    NOTHING_CHECKED,
    SOMEBODY_NOT,
    Start,
    dossier_of,
    request_of,
)
from pixsession.cli.words import complain
from pixsession.domain.board.snapshot import FileStatus, Snapshot, narrowed
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.engine.read_once import check_folder
from pixsession.foundation.clock import paris_now
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.settings.config import BoardRequest, Settings


def read_once(folder: Path, settings: Settings, chosen: Mapping[str, Any]) -> Snapshot:
    """The board of a folder, of the classes chosen; a filter without match is reported on stderr."""
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
    request = request_of(folder, settings, chosen, dossier_of(folder))
    everybody = check_folder(request, paris_now)
    found = everybody.newest_export_at or any(row.participations for row in everybody.rows)
    if request.campaigns and everybody.campaigns and not found:
        there = ", ".join(shown(campaign.code or campaign.key) for campaign in everybody.campaigns)
        complain(
            _("no export of this campaign; the campaigns of the folder are: {there}.").format(there=there)
        )
    return everybody


def print_once(start: Start, settings: Settings, request: BoardRequest, chosen: Mapping[str, Any]) -> None:
    """The board of a folder, or of the session of the request, as text, as `check` prints it."""
    if request.session is None:
        print_board(read_once(request.folder, settings, chosen), settings, start.environ, paris_now())
        return
    from pixsession.cli.session_once import session_once  # noqa: PLC0415 - (c): as in `check`

    _snapshot, text = session_once(request, settings, chosen, "text", paris_now)
    deliver(text, None)


def status_of(snapshot: Snapshot) -> int:

    if not snapshot.rows:
        return NOTHING_CHECKED
    calm = all(row.eligibility is Eligibility.ELIGIBLE for row in snapshot.rows)
    return EVERYBODY_ELIGIBLE if calm else SOMEBODY_NOT
