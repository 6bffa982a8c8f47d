"""The hand-over sheet of a session, written beside its file."""

from __future__ import annotations

from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.session import Session
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.reports.sheet_file import free_path, sheet_as, write_sheet


def hand_over(snapshot: Snapshot, session: Session, now: datetime) -> str:
    """Write the sheet, and say where it is; raises PixSessionError where it cannot be written."""
    path = free_path(session.path.parent if session.path else session.folders[0], session, "html")
    write_sheet(sheet_as("html", snapshot, now), path)
    words = _("{file} is written. To print it, open it in a browser.")
    return words.format(file=shown(str(path), 1000))
