"""What a session calls out by itself: who can be called back, and whose authorisation to start ran out."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.foundation.i18n import _, ngettext
from pixsession.ui.board.mode import BoardMode
from pixsession.ui.modes import mode_of
from pixsession.ui.toasts import News

_MOST_TOASTS = 3


class CalledBack(NamedTuple):
    """The toasts, and the students they are about: their change needs no other toast."""

    news: tuple[News, ...]
    students: frozenset[int]


class CertificationToasts:
    """Remembers what was called out; the first Snapshot is compared with none."""

    def __init__(self) -> None:
        self._to_call_back: frozenset[int] | None = None
        self._before: BoardMode | None = None
        self._expired: frozenset[int] | None = None

    def forget(self) -> None:
        """The next Snapshot is another board."""
        self._to_call_back = self._expired = self._before = None

    def read(self, snapshot: Snapshot, now: datetime) -> CalledBack:
        """Who can be called back since the last Snapshot, and for whom something became worse."""
        mode = mode_of(snapshot)
        before, self._to_call_back = self._to_call_back, mode.to_call_back
        fresh = mode.to_call_back - before if before is not None else frozenset()
        rows = [row for row in snapshot.rows if row.student_id in fresh] if fresh else []
        left = mode.latest_start_words(now)
        was, self._before = self._before, mode
        worse = mode.worse_news(was, snapshot.rows, now) if was is not None else {}
        called = frozenset(row.student_id for row in rows)
        return CalledBack((*_to_call_back(rows, left), *_worse(tuple(worse.values()))), called | worse.keys())

    def tick(self, snapshot: Snapshot | None, now: datetime) -> tuple[News, ...]:
        """Whose authorisation ran out since the last look."""
        if snapshot is None:
            return ()
        expired = mode_of(snapshot).expired(snapshot.rows, now)
        before, self._expired = self._expired, expired
        fresh = expired - before if before is not None else frozenset()
        words = _("{who}: the authorisation to start ran out. If Pix refuses, authorise again (o).")
        names = [row.shown_name for row in snapshot.rows if row.student_id in fresh] if fresh else []
        return tuple(News(words.format(who=name), calls=True) for name in names[:_MOST_TOASTS])


def _worse(sentences: tuple[str, ...]) -> tuple[News, ...]:
    """One toast each, or how many there are."""
    if len(sentences) <= _MOST_TOASTS:
        return tuple(News(words, calls=True) for words in sentences)
    words = ngettext(
        "For {n} student something became worse: on top of the board, or in the log (l).",
        "For {n} students something became worse: on top of the board, or in the log (l).",
        len(sentences),
    )
    return (News(words.format(n=len(sentences)), calls=True),)


def _to_call_back(rows: list[BoardRow], left: str) -> tuple[News, ...]:
    tail = f" {left[:1].upper()}{left[1:]}." if left else ""
    if len(rows) > _MOST_TOASTS:
        words = ngettext(
            "{n} student is eligible now: to call back (4).",
            "{n} students are eligible now: to call back (4).",
            len(rows),
        )
        return (News(words.format(n=len(rows)) + tail, calls=True),)
    words = _("{who} is eligible now: to call back.")
    return tuple(News(words.format(who=row.shown_name) + tail, calls=True) for row in rows)
