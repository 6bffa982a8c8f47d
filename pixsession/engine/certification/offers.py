"""The lists of candidates in a folder, to be pointed at when a session file is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pixsession.domain.certification.slots import Offer, Slot
from pixsession.engine.common.offered import contents_at
from pixsession.foundation.errors import PixSessionError
from pixsession.readers import Contents, ExportKind
from pixsession.readers.files import name_as_text
from pixsession.watching.listing import list_files

_KINDS = frozenset({ExportKind.CANDIDATES, ExportKind.SESSIONS})


def offers_in(folder: Path, fetch_since: datetime) -> tuple[Offer, ...]:
    """Every session of every list of Pix Certif there; nothing of a folder that cannot be read.

    `fetch_since` as `read_bytes` has it. Exports are told by their header, and not read.
    """
    try:
        paths = list_files(folder).ready
    except PixSessionError:
        return ()
    return tuple(
        offer
        for path in paths
        if (found := contents_at(path, _KINDS, fetch_since))
        for offer in _offers(name_as_text(path), found)
    )


def _offers(name: str, contents: Contents) -> Iterator[Offer]:
    counts = Counter(student.session for student in contents.expected)
    for index, count in counts.items():
        yield Offer(Slot(name, contents.sessions[index] if index is not None else None), count)
