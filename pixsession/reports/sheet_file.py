"""The hand-over sheet as a file: whole or not at all, for its owner alone, never over another one unasked."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.session import Session
from pixsession.domain.people.students import name_key
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.reports.lesson_sheet import Sends
from pixsession.reports.lesson_sheet_csv import lesson_csv
from pixsession.reports.lesson_sheet_html import lesson_html
from pixsession.reports.lesson_sheet_text import lesson_text
from pixsession.reports.sheet import supervised
from pixsession.reports.sheet_csv import sheet_csv
from pixsession.reports.sheet_html import sheet_html
from pixsession.reports.sheet_text import sheet_text

_SUFFIXES = {"html": ".html", "csv": ".csv", "text": ".txt"}
FORMS = tuple(_SUFFIXES)
_OF_DAY: dict[str, Callable[[Snapshot, datetime], str]] = {
    "html": sheet_html,
    "csv": sheet_csv,
    "text": sheet_text,
}
_OF_LESSON: dict[str, Callable[[Snapshot, Sends, datetime], str]] = {
    "html": lesson_html,
    "csv": lesson_csv,
    "text": lesson_text,
}
NO_SENDS: Sends = {}
_OWNER_ONLY = 0o600
_LONGEST_TITLE = 60
_BINARY = getattr(os, "O_BINARY", 0)


class SheetNotWritten(PixSessionError):
    """The sheet could not be written; what was there is untouched."""


class SheetExists(SheetNotWritten):
    """A file of that name is there."""


def sheet_as(form: str, snapshot: Snapshot, now: datetime, sends: Sends = NO_SENDS) -> str:
    """The sheet of the day or of the lesson in one of FORMS; raises NoSession.

    `sends`: what each student has sent, for the sheet of a lesson.
    """
    if snapshot.lesson is not None:
        return _OF_LESSON[form](snapshot, sends, now)
    return _OF_DAY[form](snapshot, now)


def sheet_name(session: Session, form: str) -> str:
    """The name of the file, of title and date, in letters that every system takes."""
    plain = name_key(session.title).encode("ascii", "ignore").decode()
    title = "-".join(plain.split())[:_LONGEST_TITLE].strip("-")
    words = "-".join(part for part in ("session", session.date.isoformat(), title) if part)
    return words + _SUFFIXES[form]


def free_path(folder: Path, session: Session, form: str) -> Path:
    """Where a sheet can be written without asking: the name of `sheet_name`, numbered where it is taken."""
    path = folder / sheet_name(session, form)
    number, first = 2, path
    while os.path.lexists(path):
        path = first.with_stem(f"{first.stem}-{number}")
        number += 1
    return path


def hand_over(
    snapshot: Snapshot,
    form: str,
    target: Path,
    now: datetime,
    *,
    sends: Sends = NO_SENDS,
    force: bool = False,
) -> Path:
    """Write the sheet in one of FORMS to `target`, or into it where it is a folder; gives the file.

    Raises NoSession, SheetExists (unless `force`) and SheetNotWritten.
    """
    text = sheet_as(form, snapshot, now, sends)
    path = target.absolute()
    if path.is_dir():
        path /= sheet_name((snapshot.lesson or supervised(snapshot)).session, form)
    write_sheet(text, path, force=force)
    return path


def write_sheet(text: str, path: Path, *, force: bool = False) -> None:
    """Put the sheet at `path`, in UTF-8, readable by its owner alone.

    Raises SheetExists where something is there already, unless `force`, and SheetNotWritten for the rest.
    """
    part = path.with_name(f".pixsession-{secrets.token_hex(4)}.part")
    try:
        try:
            _fill(part, text.encode())
            _put(part, path, force=force)
        finally:
            part.unlink(missing_ok=True)
    except FileExistsError:
        words = _("{file} is there already, and was left as it is. To replace it: --force.")
        raise SheetExists(words.format(file=shown(str(path), 1000))) from None
    except OSError as error:
        words = _("{file} could not be written ({cause}).")
        raise SheetNotWritten(words.format(file=shown(str(path), 1000), cause=cause_words(error))) from None


def _fill(part: Path, content: bytes) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _put(part: Path, path: Path, *, force: bool) -> None:
    if force:
        part.replace(path)
        return
    try:
        path.hardlink_to(part)  # refuses a name that is taken, in one step; a rename would not
    except FileExistsError:
        raise
    except OSError:  # a stick or a share without links
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
        part.replace(path)
