"""Which of several downloads of one list or of one file of results counts: the newest."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pixsession.readers import Export, ExportKind
from pixsession.readers.file_names import copy_number

_ORDER = (ExportKind.ROSTER, ExportKind.CANDIDATES, ExportKind.SESSIONS, ExportKind.RESULTS)
_COPY_MARK = re.compile(r" ?\(\d{1,4}\)(?=\.\w+$|$)", re.ASCII)


def newest_downloads(exports: Iterable[Export]) -> list[Export]:
    """These without those that a newer download replaces: class lists first, then the newest."""
    newest: dict[tuple[ExportKind, str], Export] = {}
    for export in sorted(exports, key=_age_order):
        newest[export.contents.kind, _key(export)] = export
    found = sorted(newest.values(), key=_age_order, reverse=True)
    found.sort(key=lambda export: _ORDER.index(export.contents.kind))
    return found


def _key(export: Export) -> str:
    """What tells one list from another: its session, else its name without the mark of a second download."""
    if export.contents.kind is ExportKind.CANDIDATES and export.contents.sessions:
        number = export.contents.sessions[0].number
        if number:
            return number
    return _COPY_MARK.sub("", export.file.name)


def _age_order(export: Export) -> tuple[object, ...]:
    file = export.file
    return file.exported_at, file.modified_at, copy_number(file.name), file.name
