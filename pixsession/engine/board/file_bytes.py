"""The bytes of a file of the folder, from a drive that may hang in the middle of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pixsession.foundation.errors import FileHeld
from pixsession.foundation.i18n import _
from pixsession.foundation.patience import Patient
from pixsession.foundation.system_errors import cause_words
from pixsession.readers import FileDescription
from pixsession.readers.files import read_bytes
from pixsession.readers.kinds import Columns
from pixsession.watching.filesystems import on_network

_ANSWER_SECONDS = 10.0  # how long a drive is waited for before its file counts as held


class FileBytes:
    """Reads the bytes of one file after the other; those of `waited_for` from drives that may hang.

    `waited_for`: the folders of a board that must go on. On a disk of this computer no thread is spent.
    """

    def __init__(self, columns: Columns, waited_for: Iterable[Path]) -> None:
        self._columns = columns
        self._far = frozenset(filter(on_network, waited_for))
        self._patient = Patient[tuple[bytes, FileDescription]](_ANSWER_SECONDS, forgets=True)

    def of(self, path: Path, fetch_since: datetime) -> tuple[bytes, FileDescription]:
        """As `read_bytes`; FileHeld too where the drive hangs: a live board goes on, and asks again."""

        def read() -> tuple[bytes, FileDescription]:
            return read_bytes(path, self._columns, fetch_since)

        try:
            return self._patient.ask(read) if path.parent in self._far else read()
        except TimeoutError as error:
            raise FileHeld(_("the file cannot be read ({cause})").format(cause=cause_words(error))) from None
