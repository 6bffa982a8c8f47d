"""What a board measures its students against: one objective for all, or that of each one's year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.lesson.objectives import (
    OBJECTIVE_PRESETS,
    Objective,
    ObjectivePath,
    path_to,
    year_preset,
)


class Aim(NamedTuple):
    """`objective` None: that of the year of each student, by the name of the class."""

    objective: Objective | None
    only_short: bool = False  # only those are shown who are not known to have reached it

    def path(self, row: BoardRow) -> ObjectivePath | None:
        """The way of a student to the objective; None: the class tells no year."""
        objective = self.objective
        if objective is None:
            preset = year_preset(row.place or "")
            objective = OBJECTIVE_PRESETS[preset] if preset else None
        return path_to(objective, row.profile) if objective else None

    def is_short(self, row: BoardRow) -> bool:
        """Whether the student is not known to have reached it; False where there is nothing to reach."""
        path = self.path(row)
        return path is not None and path.reached is not True


class AimCounts(NamedTuple):
    """How many have reached an objective, of those of whom it is known, and of how many it is not."""

    reached: int
    known: int
    unknown: int


def aim_counts(rows: Iterable[BoardRow], aim: Aim) -> AimCounts:
    """Those whose class tells no year count nowhere."""
    found = [path.reached for row in rows if (path := aim.path(row)) is not None]
    unknown = sum(reached is None for reached in found)
    return AimCounts(sum(reached is True for reached in found), len(found) - unknown, unknown)
