"""How the progress of a group is spread: how many stand in each fifth of the way, and who is through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pixsession.domain.lesson.view import StudentLesson

_STEPS = 5


class Band(NamedTuple):
    """Students from `low` per cent up to `high`, which is the next band's; `low` 100: through."""

    low: int
    high: int
    students: int


def spread_of(students: Iterable[StudentLesson]) -> tuple[Band, ...]:
    """Of those who have begun and of whom an export tells how far they are; a band each, the lowest first."""
    known = [one.progress for one in students if one.progress is not None and one.has_begun]
    through = sum(progress >= 1 for progress in known)
    counts = [0] * _STEPS
    for progress in known:
        if progress < 1:
            counts[min(_STEPS - 1, int(progress * _STEPS + 1e-9))] += 1
    width = 100 // _STEPS
    bands = [Band(place * width, (place + 1) * width, count) for place, count in enumerate(counts)]
    return (*bands, Band(100, 100, through))
