"""Looks at one file without touching anything: no dossier, no database, and nothing of passwords."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pixsession.foundation.errors import FileHeld, NotPix, PixSessionError, UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.readers import Contents, ExportKind
from pixsession.readers.export import ColumnUse, Origin, Reject
from pixsession.readers.files import name_as_text, read_bytes, reading_of


class Inspection(NamedTuple):
    """One file looked at: what it is, what was read of it, or why nothing was.

    `exported_at` is None where the name of the file does not tell. `contents` is None, and `cause` says why,
    where the file was refused or is not known; `line` is where, 1 for the whole of it.
    """

    file: str
    kind: ExportKind
    exported_at: datetime | None = None
    origin: Origin | None = None
    header: tuple[str, ...] = ()
    contents: Contents | None = None
    cause: str = ""
    line: int = 1

    @property
    def columns(self) -> tuple[ColumnUse, ...]:
        """What each column was read as; nothing of a file that was not read."""
        if self.contents is not None:
            return self.contents.columns
        return tuple(ColumnUse(label, None) for label in self.header)

    @property
    def rejects(self) -> tuple[Reject, ...]:
        """The lines left out; of a refused file the one it was refused for."""
        if self.contents is not None:
            return self.contents.rejects
        return () if self.kind is ExportKind.UNKNOWN else (Reject(self.line, self.cause),)


def inspected(path: Path, columns: Mapping[str, str] | None = None) -> Inspection:
    """What is understood of this file; raises PixSessionError where it is not there or may not be read."""
    found = Inspection(name_as_text(path), ExportKind.UNKNOWN)
    if not path.exists():
        words = _("{file} does not exist. Check its name, or the folder it is in.")
        raise PixSessionError(words.format(file=shown(str(path), 1000)))
    try:
        content, file = read_bytes(path, columns)
        found = found._replace(exported_at=file.exported_at if file.time_from_name else None)
        reading = reading_of(content, file, columns)
        found = found._replace(kind=reading.kind, origin=reading.origin, header=reading.header)
        if reading.contents is None:
            raise reading.refused or UnreadableExport("")
    except NotPix as error:
        return found._replace(kind=ExportKind.UNKNOWN, exported_at=None, cause=error.message)
    except UnreadableExport as error:
        kind = ExportKind(error.kind) if error.kind else ExportKind.UNKNOWN
        return found._replace(kind=kind, cause=error.message, line=error.line or 1)
    except FileHeld as error:
        words = _("{file}: {cause}").format(file=shown(found.file), cause=error.message)
        raise PixSessionError(words) from None
    return found._replace(origin=reading.contents.origin, contents=reading.contents)
