"""What is said of a computer whose clock does not agree with the exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from pixsession.domain.board.wording import span_words
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def clock_notices(behind: timedelta, odd_files: Iterable[str]) -> Iterator[str]:
    """A sentence for a clock that is slow, and one for each file whose time is still to come."""
    for name in odd_files:
        words = _("{file} bears a date in the future: it counts from when it was saved. Is its name right?")
        yield words.format(file=shown(name))
    if behind:
        words = _(
            "this computer's clock is {span} slow: set its time and its time zone. "
            "The age of the data is counted by the exports."
        )
        yield words.format(span=lag_words(behind))


def slow_words(behind: timedelta) -> str:
    """The same for the head of the board, short."""
    return _("clock {span} slow").format(span=lag_words(behind))


def lag_words(behind: timedelta) -> str:
    """How slow a clock is. Stamps tell the minute only: an hour and more is told to five minutes."""
    if behind < _HOUR:
        return span_words(max(_MINUTE, _rounded(behind, _MINUTE)))
    rounded = _rounded(behind, 5 * _MINUTE)
    if rounded < _DAY and not rounded % _HOUR:
        return _("{n} h").format(n=rounded // _HOUR)
    return span_words(rounded)


def _rounded(span: timedelta, unit: timedelta) -> timedelta:
    return round(span / unit) * unit
