"""Which entries of a shared session its program can have written: the others are shown, and not obeyed.

Whoever may write into the folder may write a line. What is judged here is what the set of all entries tells,
so that every post comes to the same answer, in whatever order they arrive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple

from pixsession.domain.board.entries import Entry
from pixsession.domain.share.before import Before
from pixsession.foundation.i18n import N_

# Clocks of a school are up to so far apart before they are compared.
_CLOCKS_DIFFER = timedelta(minutes=15)
_FIRST_YEAR = 2000  # an entry whose time is none has an earlier one
_TOKEN = re.compile(r"-([0-9a-f]{8})[0-9a-f]{8}(?:\.jsonl)?$")


class Impossible(Enum):
    """Why the program cannot have written an entry, in words."""

    EARLY = N_("{file}, entry {n}: dated before the session was begun, not counted")
    POST = N_("{file}, entry {n}: names another post than its file, not counted")
    ORDER = N_("{file}, entry {n}: takes a place before its own time, not counted")
    STATE = N_("{file}, entry {n}: what the program would have refused, not counted")


class Judged(NamedTuple):
    """The entries that count, in their order, and the others with the reason."""

    possible: tuple[Entry, ...]
    impossible: tuple[tuple[Entry, Impossible], ...]


def judged(entries: Sequence[Entry], begun: datetime | None, *, is_lesson: bool = False) -> Judged:
    """Judge entries that stand in their order; `begun`: when the session was, None: not known."""
    possible, impossible = list[Entry](), list[tuple[Entry, Impossible]]()
    before = Before(is_lesson=is_lesson)
    for entry in entries:
        why = _by_itself(entry, begun) or (None if before.allows(entry) else Impossible.STATE)
        if why is not None:
            impossible.append((entry, why))
            continue
        possible.append(entry)
        before.note(entry)
    return Judged(tuple(possible), tuple(impossible))


def _by_itself(entry: Entry, begun: datetime | None) -> Impossible | None:
    if entry.post is None:
        return None  # written before the session was shared, and brought by who began to share it
    token = _TOKEN.search(entry.origin)
    if token is None or token[1] != entry.post.id:
        return Impossible.POST
    written = datetime.fromisoformat(entry.at)
    if written.year < _FIRST_YEAR:
        return Impossible.EARLY
    at = written + timedelta(seconds=entry.offset or 0.0)
    if begun is not None and at < begun - _CLOCKS_DIFFER:
        return Impossible.EARLY
    return Impossible.ORDER if datetime.fromisoformat(entry.order) < at - _CLOCKS_DIFFER else None
