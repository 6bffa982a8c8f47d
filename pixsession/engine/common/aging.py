"""What time alone changes: compared with what was shown last, at most once a minute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum

from pixsession.foundation.clock import Clock

_States = Mapping[int, Enum]


class Aging:
    """Compares states of students with those last shown; a difference is reported until it is shown."""

    def __init__(self, now: Clock, states: Callable[[], _States]) -> None:
        """`states`: those of this moment, by student id."""
        self._now = now
        self._states_now = states
        self._states: _States | None = None
        self._minute = datetime.min  # noqa: DTZ901 - Paris time has no zone here
        self._has_aged = False

    def shown(self, states: _States | None = None) -> None:
        """A snapshot was made, with these states of the present; None: it shows the past."""
        self._has_aged = False
        if states is not None:
            self._states, self._minute = states, self._now().replace(second=0)

    def has_aged(self) -> bool:
        """Whether a state of the present has changed since the last snapshot."""
        minute = self._now().replace(second=0)
        if self._states is not None and minute != self._minute:
            before, self._states, self._minute = self._states, self._states_now(), minute
            self._has_aged = self._has_aged or before != self._states
        return self._has_aged
