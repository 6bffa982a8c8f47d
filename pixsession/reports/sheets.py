"""The sheet of the session that a board shows, whatever its kind."""

from __future__ import annotations

from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.reports.certification.sheet import certification_sheet
from pixsession.reports.document import Document
from pixsession.reports.lesson.facts import Sends
from pixsession.reports.lesson.sheet import lesson_sheet

NO_SENDS: Sends = {}


def session_sheet(snapshot: Snapshot, now: datetime, sends: Sends = NO_SENDS) -> Document:
    """The sheet of the lesson or of the day; `sends` is for a lesson. Raises NoSession."""
    if snapshot.lesson is not None:
        return lesson_sheet(snapshot, sends, now)
    return certification_sheet(snapshot, now)
