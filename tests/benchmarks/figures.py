"""Figures and their targets: measured in turns, told as medians in one table."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; without a target it is only told."""

    what: str
    measured: float
    unit: str = "×"
    target: float | None = None
    detail: str = ""

    @property
    def is_missed(self) -> bool:
        """More than the target allows."""
        return self.target is not None and self.measured > self.target

    def line(self) -> str:
        """A line of a Markdown table."""
        target = "" if self.target is None else f"≤ {_number(self.target)} {self.unit}"
        fate = "" if self.target is None else ("**MISS**" if self.is_missed else "ok")
        return f"| {self.what} | {_number(self.measured)} {self.unit} | {target} | {fate} | {self.detail} |"


HEAD = "| What | Measured | Target | | Medians |\n|---|--:|--:|---|---|"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if value < 100 else f"{value:.0f}"


def many(students: int) -> str:
    """A number of students in words."""
    return f"{students:,} students".replace(",", "\N{NARROW NO-BREAK SPACE}")


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def in_turns(rounds: int, works: Mapping[str, Callable[[int], float]]) -> dict[str, float]:
    """The median of each, every round measuring one after the other: noise of the machine falls on all.

    Each work is given the number of its round and returns its figure; the round before the first warms up.
    """
    found: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            figure = work(number)
            if number:
                found[name].append(figure)
    return {name: median(figures) for name, figures in found.items()}


def told(medians: Mapping[str, float], unit: str = "ms") -> str:
    """Medians in words."""
    return ", ".join(f"{name} {_number(value)} {unit}" for name, value in medians.items())
