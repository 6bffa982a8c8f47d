"""Dates that a file leaves open, day or month first, and whether a verdict rests on one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pixsession.domain.board.reasons import Reason, ReasonCode

_DATES = 2  # the values of the doubt before those of the rivals
_DAY = slice(8, 10)
_MONTH = slice(5, 7)


def shown_day(moment: str) -> str:
    """The day of a moment as French writes it; a question mark for none."""
    return f"{moment[_DAY]}/{moment[_MONTH]}/{moment[:4]}" if moment else "?"


def open_date(moment: str | None, doubts: Sequence[Reason]) -> Reason | None:
    """The doubt that leaves this moment itself open, None where it is sure."""
    shown = shown_day(moment or "")
    return next(
        (
            doubt
            for doubt in doubts
            if doubt.code is ReasonCode.SEND_DATE_AMBIGUOUS and doubt.values[0] == shown != doubt.values[1]
        ),
        None,
    )


def both_dates(moment: str | None, doubts: Sequence[Reason]) -> tuple[str, ...]:
    """The moment as it was read, and the other that it may be where it is open."""
    if moment is None or open_date(moment, doubts) is None:
        return (moment or "",)
    return moment, f"{moment[:4]}-{moment[_DAY]}-{moment[_MONTH]}{moment[10:]}"


def may_be_later(others: Sequence[str], than: Sequence[str]) -> bool:
    """Whether one of these moments is not before one of those; on one day where one has no time."""
    last, first = max(others), min(than)
    shortest = min(len(last), len(first))
    return last[:shortest] >= first[:shortest]


def weighs(doubt: Reason, differs: Callable[[str], bool]) -> bool:
    """Whether a doubt could change a verdict: one about a date, only by a rival of another one.

    `differs` tells of packed levels whether they lead to another verdict.
    """
    if doubt.code is not ReasonCode.SEND_DATE_AMBIGUOUS:
        return True
    return any(not levels or differs(levels) for levels in doubt.values[_DATES:])
