"""How far the students of an evaluation came, export after export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pixsession.store.history import Ask

if TYPE_CHECKING:
    from pixsession.domain.lesson.view import ProgressPoint


def progress_of(ask: Ask, exports: Sequence[int]) -> dict[int, tuple[ProgressPoint, ...]]:
    """The points of each student, by id, in these exports of one evaluation: oldest first.

    Before the results are sent a line names no badge: `badges_max` is 0 then.
    """
    from pixsession.domain.lesson.view import ProgressPoint  # noqa: PLC0415 - (c): 2 ms, and most boards have no lesson

    points: dict[int, dict[datetime, ProgressPoint]] = defaultdict(dict)
    for student_id, at, *facts, started_at, badges in ask("progress", {"exports": exports}):
        # To be the last of a minute is cheaper to see here than to ask for: a window costs twice the rest.
        point = ProgressPoint(*(at, *facts, _obtained(badges), len(badges), started_at))
        points[student_id][at] = point
    return {student_id: tuple(mine.values()) for student_id, mine in points.items()}


def _obtained(badges: Sequence[str | None]) -> int | None:
    """How many badges are obtained; None where no cell says yes or no, as before the results are sent."""
    known = [badge for badge in badges if badge is not None]
    return sum(badge == "true" for badge in known) if known else None
