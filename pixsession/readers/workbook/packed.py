"""The files of a ZIP that may be exports or lists: looked at by their beginning, inflated within limits."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import IO

from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.readers.export import ExportKind
from pixsession.readers.kinds import Columns
from pixsession.readers.recognise import PEEK_BYTES, not_pix, recognise
from pixsession.readers.workbook.archives import WORKBOOKS, Parts, candidates, opened

_MOST_NAMED = 6


def check_beginning(stream: IO[bytes], columns: Columns | None = None) -> None:
    """Raises NotPix where no file of a ZIP, by its beginning, can be an export or a list."""
    with opened(stream) as parts:
        if not any(_may_be_known(parts, name, columns) for name in candidates(parts.names)):
            raise not_pix()


def packed_files(content: bytes, columns: Columns | None = None) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file that may be of a known kind.

    Raises UnreadableExport for a ZIP that is damaged, locked or far too large.
    """
    with opened(io.BytesIO(content)) as parts:
        names = [name for name in candidates(parts.names) if _may_be_known(parts, name, columns)]
        inflated = parts.inflated(names)
    for name in names:
        yield name.rpartition("/")[2], inflated[name]


def several_files(names: Sequence[str], kind: ExportKind | str) -> UnreadableExport:
    """The refusal of a ZIP of several files, which are not one together."""
    listed = ", ".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else "")
    words = _("several files in this ZIP ({names}): take them out of it, into the folder")
    return UnreadableExport(words.format(names=listed), kind=str(kind))


def _may_be_known(parts: Parts, name: str, columns: Columns | None) -> bool:
    if name.lower().endswith(WORKBOOKS):
        return True  # only the whole shows it
    head = parts.beginning(name, PEEK_BYTES)
    try:
        recognise(head, columns, whole=len(head) < PEEK_BYTES)
    except NotPix:
        return False
    except UnreadableExport:
        return True  # its reader will say why
    return True
