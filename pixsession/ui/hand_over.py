"""The hand-over sheet of a session, written beside its file."""

from __future__ import annotations

from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.session import Session
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.reports.files import free_path, save
from pixsession.reports.sheets import session_sheet


def hand_over(snapshot: Snapshot, session: Session, now: datetime) -> str:
    """Write the sheet, and say where it is; raises PixSessionError where it cannot be written."""
    sheet = session_sheet(snapshot, now)
    path = free_path(session.path.parent if session.path else session.folders[0], sheet, "html")
    save(sheet, "html", path)
    words = _("{file} is written. To print it, open it in a browser.")
    return words.format(file=shown(str(path), 1000))
