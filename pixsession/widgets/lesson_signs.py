"""How the states of a lesson look: key, symbol, word, colour, and figures drawn with characters."""

from __future__ import annotations

from collections.abc import Sequence

from pixsession.domain.lesson import LessonState
from pixsession.i18n import N_, _

# The key of each filter; the order is that of need, and never changes with the counts.
LESSON_KEYS = {state: str(number) for number, state in enumerate(LessonState, start=1)}
LESSON_COLOURS = {
    LessonState.NOT_STARTED: "$state-not-eligible",
    LessonState.STUCK: "$state-not-eligible",
    LessonState.NOT_SHARED: "$state-not-sent",
    LessonState.BEHIND: "$state-to-check",
    LessonState.WORKING: "$foreground",
    LessonState.AHEAD: "$state-eligible",
    LessonState.FINISHED: "$board-calm",
}
_WORDS = {
    LessonState.NOT_STARTED: N_("not started"),
    LessonState.STUCK: N_("stuck"),
    LessonState.NOT_SHARED: N_("to send"),
    LessonState.BEHIND: N_("behind"),
    LessonState.WORKING: N_("working"),
    LessonState.AHEAD: N_("ahead"),
    LessonState.FINISHED: N_("done"),
}
_SYMBOLS = {
    LessonState.NOT_STARTED: ("○", "o"),
    LessonState.STUCK: ("✖", "x"),
    LessonState.NOT_SHARED: ("↑", "^"),
    LessonState.BEHIND: ("▽", "v"),
    LessonState.WORKING: ("►", ">"),
    LessonState.AHEAD: ("△", "+"),
    LessonState.FINISHED: ("✔", "="),
}
_BARS, _ASCII_BARS = "▁▂▃▄▅▆▇█", "_.:-=+*#"


def lesson_word(state: LessonState) -> str:
    """The state in as few letters as stay readable."""
    return _(_WORDS[state])


def lesson_symbol(state: LessonState, *, ascii_only: bool) -> str:
    """One character."""
    return _SYMBOLS[state][ascii_only]


def percent(fraction: float | None) -> str:
    """`62 %`, never 100 before the end, never 0 after a beginning; nothing where it is unknown."""
    if fraction is None:
        return ""
    whole = round(fraction * 100)
    if 0 < fraction < 1:
        whole = min(99, max(1, whole))
    return _("{n} %").format(n=whole)


def points_won(fraction: float | None) -> str:
    """A change in points of a hundred, `+12`; a dot for no change, nothing where it is unknown."""
    if fraction is None:
        return ""
    whole = round(fraction * 100)
    return f"{whole:+}".replace("-", "−") if whole else "·"


def drawn_bar(fraction: float | None, width: int, *, ascii_only: bool) -> str:
    """`fraction` of `width` cells filled; a beginning shows, and the last cell waits for the end."""
    full, empty = ("#", ".") if ascii_only else ("█", "░")
    if fraction is None:
        return " " * width
    cells = round(min(1.0, max(0.0, fraction)) * width)
    if 0 < fraction < 1:
        cells = min(width - 1, max(1, cells))
    return full * cells + empty * (width - cells)


def drawn_line(
    values: Sequence[float | None], width: int, *, ascii_only: bool, top: float | None = None
) -> str:
    """The last `width` values as one character each, from 0 to `top` (else their greatest); a blank: unknown."""
    signs = _ASCII_BARS if ascii_only else _BARS
    known = [value for value in values if value is not None]
    most = top if top is not None else max(known, default=0.0)
    if width <= 0:
        return ""
    steps = len(signs) - 1
    return "".join(
        " " if value is None else signs[round(min(1.0, max(0.0, value / most)) * steps) if most else 0]
        for value in values[-width:]
    )
