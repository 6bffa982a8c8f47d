"""What a student is to reach: so many competences at a level, so many by area; the shortest way there."""

from __future__ import annotations

from typing import NamedTuple


class Objective(NamedTuple):
    """A goal with its name: so many of the 16 competences at a level or more, so many in each area."""

    name: str
    min_competences: int
    min_level: int
    min_per_area: int = 0


class Step(NamedTuple):
    """One competence on the way, with the pix that are short of the level."""

    competence: str  # "2.2"
    pix_missing: int
    for_area: str | None  # "4": the objective asks for one in this area


class Way(NamedTuple):
    """How far a profile is from an objective; `steps`, nearest first, is the shortest way there.

    `reached` is None where the profile is unknown or unreadable.
    """

    objective: Objective
    reached: bool | None
    competences: int | None  # how many count so far
    steps: tuple[Step, ...]
