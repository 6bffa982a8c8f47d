"""A file of a folder, read only where it is of the kinds that somebody is offered a choice of."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from pathlib import Path

from pixsession.foundation.errors import PixSessionError
from pixsession.readers import Contents, ExportKind
from pixsession.readers.documents import contents_of, document_of
from pixsession.readers.files import read_bytes


def contents_at(path: Path, kinds: Container[ExportKind], fetch_since: datetime) -> Contents | None:
    """None for any other file, and for one that cannot be read; `fetch_since` as `read_bytes` has it."""
    try:
        content, file = read_bytes(path, fetch_since=fetch_since)
        document = document_of(content)
        return contents_of(document, content, file) if document.kind in kinds else None
    except (PixSessionError, OSError):
        return None  # what is wrong with it is said on the board
