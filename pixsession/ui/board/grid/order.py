"""The orders a column can give to the board; what is unknown always stands last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.lesson.aims import Aim
from pixsession.domain.people.students import name_key, place_key
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.ui.board.grid.columns import Column
from pixsession.ui.board.mode import BoardMode, SortKey
from pixsession.ui.board.profiles import PROFILES

_RANKS = {state: rank for rank, state in enumerate(Eligibility)}
_DIGITS = re.compile(r"(\d+)")


def in_order(  # noqa: PLR0913 - each is one of the facts that an order is made of
    rows: Sequence[BoardRow],
    column: Column | None,
    *,
    descending: bool,
    wanted: int,
    now: datetime,
    change_span: timedelta,
    mode: BoardMode = PROFILES,
    aim: Aim | None = None,
) -> tuple[BoardRow, ...]:
    """`rows` (in the order of need) sorted by a column; equals stay in the order of need."""
    if column is None:
        return tuple(rows)
    key = {**_keys(wanted, now, change_span, aim), **mode.sort_keys()}.get(column)
    if key is None:
        return tuple(rows)  # a column of another mode
    keyed = [(key(row), row) for row in rows]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=descending)
    return (*(row for _key, row in known), *(row for found, row in keyed if found is None))


def _keys(wanted: int, now: datetime, change_span: timedelta, aim: Aim | None) -> dict[Column, SortKey]:
    return {
        Column.STATE: lambda row: _RANKS[row.eligibility],
        Column.NAME: _name,
        Column.PLACE: lambda row: natural(row.place or ""),
        Column.COMPETENCES: lambda row: row.verdict.eligible_competences,
        Column.PIX: lambda row: row.pix,
        Column.NEAREST: lambda row: _distance(row, wanted),
        Column.SENT: lambda row: row.sent_at or None,
        Column.DELTA: lambda row: _change(row, now, change_span),
        Column.OBJECTIVE: lambda row: _to_go(row, aim),
    }


def _name(row: BoardRow) -> tuple[str, str] | None:
    key = (name_key(row.last_name), name_key(row.first_name))
    return key if any(key) else None


@lru_cache(maxsize=4096)
def natural(place: str) -> tuple[tuple[int, str], ...] | None:
    """3e2 before 3e10: figures compare as numbers."""
    parts = _DIGITS.split(place_key(place))
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts if part) or None


def _distance(row: BoardRow, wanted: int) -> tuple[int, int] | None:
    """Pix that are short of the rule by the shortest way; None for who has nothing to gain or is unknown."""
    count, nearest = row.verdict.eligible_competences, row.verdict.nearest
    if count is None or not nearest:
        return None
    steps = nearest[: max(1, wanted - count)]
    return sum(gap.pix_missing for gap in steps), len(steps)


def _to_go(row: BoardRow, aim: Aim | None) -> tuple[int, int] | None:
    """Competences, then pix, that are short of the objective; None: unknown."""
    path = aim.path(row) if aim else None
    if path is None or path.reached is None:
        return None
    return len(path.steps), sum(step.pix_missing for step in path.steps)


def _change(row: BoardRow, now: datetime, change_span: timedelta) -> tuple[int, int] | None:
    delta = row.delta
    if delta is None or now - delta.at >= change_span:
        return None
    return delta.competences, delta.pix
