"""What the user wants to see: the filters after a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from pixsession.domain.lesson.lesson_state import LessonState
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.ui.board.filters import Filters
from pixsession.ui.certification.groups import DayGroup
from pixsession.ui.modes import mode_of
from pixsession.ui.shown import Shown

# A filter by state: those of profiles, of a lesson, of a session.
_STATES: Mapping[str, Callable[[str], StrEnum]] = {
    "state": Eligibility,
    "need": LessonState,
    "group": DayGroup,
}
_NOBODY: frozenset[int] = frozenset()


class Filtering:
    """Filters that narrow the board, and widen it again."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    @property
    def _filters(self) -> Filters:
        return self._shown.filters

    def by(self, what: str, value: str) -> None:
        """Narrow the board; the same again widens it, and "all" is a state, need or group as any."""
        filters = self._filters
        match what:
            case "missing":
                filters = filters._replace(state=None, missing=not filters.missing)
            case "room":  # the next one, after the last all of them
                filters = filters._replace(room=mode_of(self._shown.snapshot).next_room(filters.room))
            case _:
                filters = filters.toggled(_STATES[what](value) if value != "all" else None)
        self._shown.filters = filters._replace(worse=_NOBODY)

    def widen(self) -> None:
        self._shown.filters = self._filters.widened()._replace(worse=_NOBODY)

    def search(self, text: str) -> None:
        """Only those with this in their names; empty: everybody."""
        self._shown.filters = self._filters._replace(search=text, worse=_NOBODY)
