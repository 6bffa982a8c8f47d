"""Many schools at once: how far apart they are, as none of them is named then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pixsession.domain.results.figures import Group

MOST_NAMED = 60  # schools on a page
_PLACES = (0.1, 0.25, 0.5, 0.75, 0.9)


class Spread(NamedTuple):
    """The lowest tenth, lower quarter, median, upper quarter and highest tenth of some schools.

    `shares`: obtained among the tests judged; `medians`: of the scores, in pix. Empty where none has any.
    """

    schools: int
    shares: tuple[float, ...]
    medians: tuple[float, ...]


def spread_of(schools: Sequence[Group]) -> Spread:
    """Of the figures as they are, not as each school may show them: no school is told apart by it."""
    shares = sorted(one.share for one in schools if one.share is not None)
    medians = sorted(one.scores.median for one in schools if one.scores)
    return Spread(len(schools), _quantiles(shares), _quantiles(medians))


def _quantiles(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(_quantile(values, place) for place in _PLACES) if values else ()


def _quantile(values: Sequence[float], place: float) -> float:
    """What lies so far up in sorted values, by linear interpolation."""
    whole, rest = divmod((len(values) - 1) * place, 1)
    low, high = values[int(whole)], values[min(int(whole) + 1, len(values) - 1)]
    return low + rest * (high - low)
