"""The hand-over sheet of a session, written beside its file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.patience import Patient
from pixsession.foundation.text import shown
from pixsession.reports.document import Document
from pixsession.reports.files import put_page
from pixsession.reports.lesson.facts import Submissions
from pixsession.reports.sheets import session_sheet, supervised
from pixsession.ui.student.submissions import ReadHistory

_TOAST_SECONDS = 10.0
_ANSWER_SECONDS = 5.0  # a drive that hangs keeps nobody from quitting for longer


async def hand_over(
    snapshot: Snapshot, now: datetime, notify: Callable[..., None], read_history: ReadHistory
) -> None:
    """Write the sheet, and say where it is or why it could not be written; `notify` as Textual's.

    `read_history`: every profile that a student sent, for what stood before a lesson.
    """
    submissions = await asyncio.to_thread(_submissions, snapshot, read_history) if snapshot.lesson else {}
    session, sheet = supervised(snapshot).session, session_sheet(snapshot, now, submissions)
    await write_page(session.path.parent if session.path else session.folders[0], sheet, notify)


def _submissions(snapshot: Snapshot, read: ReadHistory) -> Submissions:
    return {row.student_id: read(row.student_id) for row in snapshot.rows}


async def write_page(folder: Path, sheet: Document, notify: Callable[..., None]) -> None:
    """Write a document as a page into a folder, and say so; as `hand_over`."""
    writing = Patient[Path](_ANSWER_SECONDS)
    try:
        path = await asyncio.to_thread(writing.ask, lambda: put_page(folder, sheet))
    except TimeoutError:
        words = _(
            "{folder} does not answer: the sheet may not be written. Try again when the network is back."
        )
        words = words.format(folder=shown(str(folder), 1000))
        notify(words, severity="error", timeout=_TOAST_SECONDS, markup=False)
        return
    except PixSessionError as error:
        notify(error.message, severity="error", timeout=_TOAST_SECONDS, markup=False)
        return
    words = _("{file} is written. To print it, open it in a browser.")
    notify(words.format(file=shown(str(path), 1000)), timeout=_TOAST_SECONDS, markup=False)
