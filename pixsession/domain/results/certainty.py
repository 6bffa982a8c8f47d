"""How sure a difference between two years is: an interval of 95 %, as few students leave much to chance."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from pixsession.domain.results.figures import Group

FEWEST = 5  # scores: of fewer their spread is not known well enough
_Z = 1.959963984540054  # the 97.5 % quantile of the normal law


class Difference(NamedTuple):
    """What was found, and between which numbers the truth is, 19 times out of 20."""

    found: float
    low: float
    high: float

    @property
    def is_sure(self) -> bool:
        """Whether the interval leaves no doubt about more or less."""
        return self.low > 0 or self.high < 0


def share_difference(before: Group, after: Group) -> Difference | None:
    """Of the share obtained among tests judged, as fractions; None where a year has none.

    Newcombe's interval, of the two of Wilson: right also near 0 and 1, and for a handful.
    """
    if before.share is None or after.share is None:
        return None
    p1, low1, high1 = _wilson(before.share, before.ended)
    p2, low2, high2 = _wilson(after.share, after.ended)
    found = p2 - p1
    return Difference(
        found,
        found - sqrt((p2 - low2) ** 2 + (high1 - p1) ** 2),
        found + sqrt((high2 - p2) ** 2 + (p1 - low1) ** 2),
    )


def _wilson(share: float, n: int) -> tuple[float, float, float]:
    """The share of n, and Wilson's interval of it."""
    z2 = _Z**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return share, max(0.0, middle - half), min(1.0, middle + half)


def score_difference(before: Group, after: Group) -> Difference | None:
    """Of the mean score, in pix; None where a year has fewer than FEWEST scores. Welch's interval."""
    one, two = before.scores, after.scores
    if one is None or two is None or one.deviation is None or two.deviation is None:
        return None
    if min(one.n, two.n) < FEWEST:
        return None
    parts = one.deviation**2 / one.n, two.deviation**2 / two.n
    spread = sum(parts)
    found = two.mean - one.mean
    if not spread:
        return Difference(found, found, found)
    freedom = spread**2 / (parts[0] ** 2 / (one.n - 1) + parts[1] ** 2 / (two.n - 1))
    half = _student(freedom) * sqrt(spread)
    return Difference(found, found - half, found + half)


def _student(freedom: float) -> float:
    """The 97.5 % quantile of Student's t, by its series in 1/freedom: within 1 % from 3 degrees on."""
    z = _Z
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
