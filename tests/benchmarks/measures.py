"""One promise, what was measured of it, and whether it is kept."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure and the most it may be; `unit` is "×" for a ratio."""

    mark: str
    what: str
    figure: float
    most: float
    unit: str
    detail: str = ""

    @property
    def is_kept(self) -> bool:
        """The promise holds."""
        return self.figure <= self.most

    def line(self) -> str:
        """A row of the table."""
        verdict = "ok" if self.is_kept else "**MISS**"
        return (
            f"| ({self.mark}) | {self.what} | {_figure(self.figure, self.unit)} |"
            f" {_figure(self.most, self.unit)} | {verdict} | {self.detail} |"
        )


def _figure(value: float, unit: str) -> str:
    return f"{value:.2f}{unit}" if unit == "×" else f"{value:,.1f} {unit}".replace(",", " ")


def timed(work: Callable[[], object]) -> float:
    """Seconds that it took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(
    ours: Callable[[], float], theirs: Callable[[], float], rounds: int
) -> tuple[float, float, float]:
    """Median ratio of the pairs, and both medians in seconds, of rounds A B B A …, one of each to warm up.

    Each side gives its own time, so that what it prepares does not count.
    """
    ours(), theirs()
    pairs = []
    for number in range(rounds):
        if number % 2:
            b, a = theirs(), ours()
        else:
            a, b = ours(), theirs()
        pairs.append((a, b))
    ratio = statistics.median(a / b for a, b in pairs)
    return ratio, statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
