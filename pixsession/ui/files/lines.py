"""The lines of the list of files: those in need first, the ignored ones folded into one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from textual.content import Content

from pixsession.domain.board.snapshot import FileEntry
from pixsession.foundation.room_time import room_day
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.files.words import CREDENTIALS, FATES, fate_of, file_line, ignored_line, is_foreign

IGNORED = "/"  # the key of the line for all ignored files: no file has that name
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - Paris time without zone, as everywhere


class FileLines:
    """Written once for a width and a day: thousands of files do not change from one Snapshot to the next."""

    def __init__(self, symbols: Symbols) -> None:
        self._symbols = symbols
        self._written: dict[FileEntry, Content] = {}
        self._written_for: tuple[int, date] | None = None

    def of(
        self, files: Iterable[FileEntry], now: datetime, width: int, *, folded: bool
    ) -> list[tuple[str, Content]]:
        """Each line with the name of its file: refused, then read in part, then the newest export first."""
        entries = sorted(files, key=_need)
        ignored = [entry for entry in entries if is_foreign(entry)]
        written_for = (width, room_day(now))
        if written_for != self._written_for:
            self._written_for = written_for
            self._written.clear()
        lines = [self._line(one, now, width) for one in entries if not is_foreign(one)]
        if ignored:
            lines.append((IGNORED, ignored_line(len(ignored), width, self._symbols, folded=folded)))
        if not folded:
            lines += [self._line(entry, now, width) for entry in ignored]
        return lines

    def _line(self, entry: FileEntry, now: datetime, width: int) -> tuple[str, Content]:
        if entry not in self._written:
            self._written[entry] = file_line(entry, now, width, self._symbols)
        return entry.name, self._written[entry]


def _need(entry: FileEntry) -> tuple[int, bool, float, str]:
    age = -(entry.exported_at - _EPOCH).total_seconds() if entry.exported_at else 0.0
    # Passwords lie about until somebody deletes them.
    return FATES.index(fate_of(entry)), entry.kind != CREDENTIALS, age, entry.name
