"""How often a fault was tried, what went wrong, and the one line that says so."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_MOST_TOLD = 5


@dataclass
class Tally:
    """Of one kind of fault; `failures` are told with what it takes to see them again."""

    name: str
    tried: int = 0
    failures: list[str] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)

    def check(self, holds: object, told: str) -> None:
        """One thing that was tried, and must hold."""
        self.tried += 1
        if not holds:
            self.failures.append(told)

    def line(self) -> str:
        """The closing line, and the first failures under it."""
        facts = "".join(f", {name} {value}" for name, value in self.facts.items())
        said = f"{self.name}: {self.tried} tried, {len(self.failures)} failed{facts}"
        return "\n".join([said, *(f"  {one}" for one in self.failures[:_MOST_TOLD])])


@dataclass
class Trial:
    """What a kind of fault is given: a folder of its own, chance with a seed, and until when."""

    folder: Path
    dice: random.Random
    until: float  # by `time.monotonic`
    least: int = 1  # rounds that are made however late it is

    def rounds(self) -> Callable[[], bool]:
        """Whether there is time for another round, asked before each."""
        made = 0

        def goes_on() -> bool:
            nonlocal made
            made += 1
            return made <= self.least or time.monotonic() < self.until

        return goes_on
