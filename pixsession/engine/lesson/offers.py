"""The classes and half-groups of a folder, to be pointed at when the file of a lesson is written."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from pathlib import Path

from pixsession.domain.lesson.places import Line, PlaceOffer, places_of
from pixsession.engine.common.offered import contents_at
from pixsession.foundation.errors import PixSessionError
from pixsession.readers import ExportKind
from pixsession.watching.listing import list_files

_KINDS = frozenset({ExportKind.ROSTER, ExportKind.PROFILES, ExportKind.ASSESSMENT})
_MOST_FILES = 20  # the newest: somebody waits for the question


def places_in(folder: Path, fetch_since: datetime) -> tuple[PlaceOffer, ...]:
    """Those of the class lists and of the newest exports there; nothing of a folder that cannot be read.

    `fetch_since` as `read_bytes` has it.
    """
    try:
        paths = sorted(list_files(folder).ready, key=lambda path: path.stat().st_mtime)
    except (PixSessionError, OSError):
        return ()
    found = [one for path in paths[-_MOST_FILES:] if (one := contents_at(path, _KINDS, fetch_since))]
    lines = (chain[Line](one.expected, one.participations, one.assessments) for one in found)
    return places_of(chain.from_iterable(lines))
