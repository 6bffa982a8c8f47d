"""What the user wants to see: the filters after a key, and the dialogs that choose among many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.lesson.view import LessonState
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.ui.board.filters import Filters
from pixsession.ui.certification.filters import DayGroup
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.modes import mode_of

Push = Callable[[Screen[Any], Callable[[Any], None]], object]


class Filtering:
    """Filters that narrow the board, and widen it again. "all" is a state or group as any: everybody."""

    def __init__(
        self,
        show: Callable[[Filters], None],
        choose_campaigns: Callable[[frozenset[str]], None],
        push: Push,
        symbols: Symbols,
    ) -> None:
        """`show`: these filters from now on; `choose_campaigns`: another Snapshot follows."""
        self._show = show
        self._choose_campaigns = choose_campaigns
        self._push = push
        self._symbols = symbols

    def by_state(self, filters: Filters, state: str) -> None:
        """Only the students in this state; the same again: every state."""
        chosen = Eligibility(state) if state != "all" else None
        self._show(filters.toggled(chosen))

    def by_need(self, filters: Filters, state: str) -> None:
        """In a lesson, only the students in this state; the same again: everybody."""
        chosen = LessonState(state) if state != "all" else None
        self._show(filters.toggled(chosen))

    def by_group(self, filters: Filters, group: str) -> None:
        """In a session, only those who need this; the same again: everybody."""
        chosen = DayGroup(group) if group != "all" else None
        self._show(filters.toggled(chosen))

    def missing(self, filters: Filters) -> None:
        """In a session, only those nobody has seen yet; again: everybody."""
        self._show(filters._replace(state=None, missing=not filters.missing))

    def next_room(self, filters: Filters, snapshot: Snapshot | None) -> None:
        """In a session of several rooms: the next one, after the last all of them."""
        self._show(filters._replace(room=mode_of(snapshot).next_room(filters.room)))

    def ask_places(self, filters: Filters, snapshot: Snapshot | None) -> None:
        """Choose classes or groups."""
        from pixsession.ui.board.choices import place_choices  # noqa: PLC0415 - time to the painted board

        def chosen(places: frozenset[str] | None) -> None:
            if places is not None:
                self._show(filters._replace(places=places))

        self._push(place_choices(snapshot, filters, symbols=self._symbols), chosen)

    def ask_campaigns(self, filters: Filters, snapshot: Snapshot | None) -> None:
        """Choose the campaigns that count; in a lesson, the one to follow."""
        from pixsession.ui.board.choices import campaign_choices  # noqa: PLC0415 - time to the painted board
        from pixsession.ui.lesson.campaign import LessonCampaignScreen  # noqa: PLC0415 - likewise

        def chosen(campaigns: frozenset[str] | None) -> None:
            if campaigns is not None:
                self._show(filters._replace(campaigns=campaigns))
                self._choose_campaigns(campaigns)

        if snapshot is not None and snapshot.lesson is not None:
            screen = LessonCampaignScreen(snapshot.lesson, symbols=self._symbols)
            self._push(screen, lambda key: chosen(None if key is None else frozenset({key})))
        else:
            self._push(campaign_choices(snapshot, filters, symbols=self._symbols), chosen)
