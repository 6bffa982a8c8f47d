"""The orders a column can give to the board; what is unknown always stands last."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import DayState, DayView
from pixsession.domain.lesson.lesson import LessonState, LessonView, ProgressPoint
from pixsession.domain.people.students import name_key, place_key
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.ui.board.columns import Column
from pixsession.ui.certification.filters import day_of, state_of
from pixsession.ui.lesson.filters import lesson_of

# Keys of one column only meet their own kind; None: unknown.
_Key = Callable[[BoardRow], Any]
_RANKS = {state: rank for rank, state in enumerate(Eligibility)}
_DIGITS = re.compile(r"(\d+)")


def in_order(  # noqa: PLR0913 - what a board is made of
    rows: Sequence[BoardRow],
    column: Column | None,
    *,
    descending: bool,
    wanted: int,
    now: datetime,
    change_span: timedelta,
    day: DayView | None = None,
    lesson: LessonView | None = None,
) -> tuple[BoardRow, ...]:
    """`rows` (in the order of need) sorted by a column; equals stay in the order of need."""
    if column is None:
        return tuple(rows)
    keys = _keys(wanted, now, change_span)
    if day is not None:
        keys |= _keys_of_day(day)
    if lesson is not None:
        keys |= _keys_of_lesson(lesson)
    key = keys.get(column)
    if key is None:
        return tuple(rows)  # a column of a session, and none is supervised
    keyed = [(key(row), row) for row in rows]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=descending)
    return (*(row for _key, row in known), *(row for found, row in keyed if found is None))


def _keys(wanted: int, now: datetime, change_span: timedelta) -> dict[Column, _Key]:
    return {
        Column.STATE: lambda row: _RANKS[row.eligibility],
        Column.NAME: _name,
        Column.PLACE: lambda row: _natural(row.place or ""),
        Column.COMPETENCES: lambda row: row.verdict.eligible_competences,
        Column.PIX: lambda row: row.pix,
        Column.NEAREST: lambda row: _distance(row, wanted),
        Column.SENT: lambda row: row.sent_at or None,
        Column.DELTA: lambda row: _change(row, now, change_span),
    }


def _keys_of_day(day: DayView) -> dict[Column, _Key]:
    ranks = {state: rank for rank, state in enumerate(DayState)}
    return {
        Column.STATE: lambda row: ranks[state_of(row, day)],
        Column.ROOM: lambda row: _natural(day.rooms.get(row.student_id, "")),
        Column.PROGRESS: lambda row: _progress(row, day),
        Column.CLOCK: lambda row: _since(row, day),
    }


def _progress(row: BoardRow, day: DayView) -> float | None:
    from pixsession.ui.certification.cells import in_remediation  # noqa: PLC0415 - in a session only

    found = in_remediation(row, day.session.remediation)
    return None if found is None else 1.0 if found.shared else found.progress


def _keys_of_lesson(lesson: LessonView) -> dict[Column, _Key]:
    ranks = {state: rank for rank, state in enumerate(LessonState)}

    def last(row: BoardRow) -> ProgressPoint | None:
        points = lesson_of(row, lesson).points
        return points[-1] if points else None

    return {
        Column.STATE: lambda row: ranks[lesson_of(row, lesson).state],
        Column.BAR: lambda row: lesson_of(row, lesson).progress,
        Column.WON: lambda row: lesson_of(row, lesson).since_start,
        Column.IDLE: lambda row: lesson_of(row, lesson).idle_minutes,
        Column.SHARED: lambda row: getattr(last(row), "shared", None),
        Column.MASTERY: lambda row: getattr(last(row), "mastery", None),
        Column.STAGE: lambda row: getattr(last(row), "stage", None),
        Column.BADGES: lambda row: getattr(last(row), "badges", None),
    }


def _since(row: BoardRow, day: DayView) -> datetime | None:
    """When what goes on with the student began: who has waited longest comes first."""
    so_far = day_of(row, day)
    return so_far.started_at or so_far.authorised_at or so_far.redirected_at or so_far.presence_at


def _name(row: BoardRow) -> tuple[str, str] | None:
    key = (name_key(row.last_name), name_key(row.first_name))
    return key if any(key) else None


@lru_cache(maxsize=4096)
def _natural(place: str) -> tuple[tuple[int, str], ...] | None:
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


def _change(row: BoardRow, now: datetime, change_span: timedelta) -> tuple[int, int] | None:
    delta = row.delta
    if delta is None or now - delta.at >= change_span:
        return None
    return delta.competences, delta.pix
