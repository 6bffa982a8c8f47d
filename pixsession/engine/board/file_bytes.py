"""The bytes of a file of the folder, from a drive that may hang in the middle of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pixsession.foundation.errors import FileHeld
from pixsession.foundation.i18n import _
from pixsession.foundation.patience import Patient
from pixsession.foundation.system_errors import cause_words
from pixsession.readers import FileDescription
from pixsession.readers.files import read_bytes
from pixsession.readers.kinds import Columns

_ANSWER_SECONDS = 10.0  # how long a drive is waited for before its file counts as held


class FileBytes:
    """Reads the bytes of one file after the other; `live`: while a board must go on."""

    def __init__(self, columns: Columns, *, live: bool) -> None:
        self._columns = columns
        self._patient = (
            Patient[tuple[bytes, FileDescription]](_ANSWER_SECONDS, forgets=True) if live else None
        )

    def of(self, path: Path, fetch_since: datetime) -> tuple[bytes, FileDescription]:
        """As `read_bytes`; FileHeld too where the drive hangs: a live board goes on, and asks again."""

        def read() -> tuple[bytes, FileDescription]:
            return read_bytes(path, self._columns, fetch_since)

        try:
            return self._patient.ask(read) if self._patient else read()
        except TimeoutError as error:
            raise FileHeld(_("the file cannot be read ({cause})").format(cause=cause_words(error))) from None
