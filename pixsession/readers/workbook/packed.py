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
from pixsession.readers.workbook.archives import Parts, is_shown, opened

MOST_FILES = 200  # a ZIP of more is no download of Pix
_TABLES = (".csv", ".txt", ".tsv")
_WORKBOOKS = (".xlsx", ".ods", ".xls")
_MOST_NAMED = 6


def check_beginning(stream: IO[bytes], columns: Columns | None = None) -> None:
    """Raises NotPix where no file of a ZIP, by its beginning, can be an export or a list."""
    with opened(stream) as parts:
        if not any(_may_be_known(parts, name, columns) for name in _candidates(parts)):
            raise not_pix()


def packed_files(content: bytes, columns: Columns | None = None) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file that may be of a known kind.

    Raises UnreadableExport for a ZIP that is damaged, locked or far too large.
    """
    with opened(io.BytesIO(content)) as parts:
        names = [name for name in _candidates(parts) if _may_be_known(parts, name, columns)]
        inflated = parts.inflated(names)
    for name in names:
        yield name.rpartition("/")[2], inflated[name]


def several_files(names: Sequence[str], kind: ExportKind | str) -> UnreadableExport:
    """The refusal of a ZIP of several files, which are not one together."""
    listed = ", ".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else "")
    words = _("several files in this ZIP ({names}): take them out of it, into the folder")
    return UnreadableExport(words.format(names=listed), kind=str(kind))


def _candidates(parts: Parts) -> list[str]:
    """Files by their ending, and those without one: Pix hands some out so."""
    shown = [name for name in parts.names if is_shown(name)]
    if len(shown) > MOST_FILES:
        return []
    return [name for name in shown if _has_ending_of_a_table(name.rpartition("/")[2].lower())]


def _has_ending_of_a_table(name: str) -> bool:
    return name.endswith((*_TABLES, *_WORKBOOKS)) or "." not in name[-6:]


def _may_be_known(parts: Parts, name: str, columns: Columns | None) -> bool:
    if name.lower().endswith(_WORKBOOKS):
        return True  # only the whole shows it
    head = parts.beginning(name, PEEK_BYTES)
    try:
        recognise(head, columns, whole=len(head) < PEEK_BYTES)
    except NotPix:
        return False
    except UnreadableExport:
        return True  # its reader will say why
    return True
