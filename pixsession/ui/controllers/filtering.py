"""What the user wants to see: the filters after a key, and the dialogs that choose among many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from textual.screen import Screen

from pixsession.domain.lesson.view import LessonState
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.ui.board.filters import Filters
from pixsession.ui.certification.filters import DayGroup
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.controllers.live_view import LiveView
from pixsession.ui.modes import mode_of
from pixsession.ui.shown import Shown

Push = Callable[[Screen[Any], Callable[[Any], None]], object]


# A filter by state: those of profiles, of a lesson, of a session.
_STATES: Mapping[str, Callable[[str], StrEnum]] = {
    "state": Eligibility,
    "need": LessonState,
    "group": DayGroup,
}


class Filtering:
    """Filters that narrow the board, and widen it again."""

    def __init__(self, shown: Shown, live: LiveView, push: Push, symbols: Symbols) -> None:
        self._shown = shown
        self._live = live
        self._push = push
        self._symbols = symbols

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
        self._shown.filters = filters

    def widen(self) -> None:
        """Take one filter away."""
        self._shown.filters = self._filters.widened()

    def search(self, text: str) -> None:
        """Only those with this in their names; empty: everybody."""
        self._shown.filters = self._filters._replace(search=text)

    def ask_places(self) -> None:
        """Choose classes or groups."""
        from pixsession.ui.board.choices import place_choices  # noqa: PLC0415 - time to the painted board: 8 ms

        def chosen(places: frozenset[str] | None) -> None:
            if places is not None:
                self._shown.filters = self._filters._replace(places=places)

        choices = place_choices(self._shown.snapshot, self._filters, symbols=self._symbols)
        self._push(choices, chosen)

    def ask_campaigns(self) -> None:
        """Choose the campaigns that count; in a lesson, the one to follow."""
        from pixsession.ui.board.choices import campaign_choices  # noqa: PLC0415 - time to the painted board: 8 ms
        from pixsession.ui.lesson.campaign import LessonCampaignScreen  # noqa: PLC0415 - likewise, 2 ms

        def chosen(campaigns: frozenset[str] | None) -> None:
            if campaigns is not None:
                self._shown.filters = self._filters._replace(campaigns=campaigns)
                self._live.choose_campaigns(campaigns)

        snapshot = self._shown.snapshot
        if snapshot is not None and snapshot.lesson is not None:
            screen = LessonCampaignScreen(snapshot.lesson, symbols=self._symbols)
            self._push(screen, lambda key: chosen(None if key is None else frozenset({key})))
        else:
            self._push(campaign_choices(snapshot, self._filters, symbols=self._symbols), chosen)
