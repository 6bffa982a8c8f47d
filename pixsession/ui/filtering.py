"""What the user wants to see: the gestures that narrow the board, and widen it again."""

from __future__ import annotations

from abc import abstractmethod

from textual.reactive import reactive

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.lesson.lesson import LessonState
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.settings.config import Settings
from pixsession.ui.board.filters import Filters
from pixsession.ui.certification.filters import DayGroup
from pixsession.ui.common.symbols import signs_for
from pixsession.ui.messages import SearchChanged
from pixsession.ui.modes import mode_of
from pixsession.ui.terminal_input import GuardedApp


class FilteringApp(GuardedApp, inherit_bindings=False):
    """An app with a Snapshot and filters on it; the campaigns are the business of the subclass."""

    # The one shown: a freeze holds it back.
    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    filters: reactive[Filters] = reactive(Filters(), repaint=False)

    def __init__(self, settings: Settings, filters: Filters) -> None:
        super().__init__()
        self.settings = settings
        self.signs = signs_for(settings.ascii_only)
        self.set_reactive(FilteringApp.filters, filters)

    @abstractmethod
    def narrow_campaigns(self, campaigns: frozenset[str]) -> None:
        """Another choice of campaigns: another Snapshot follows."""

    def action_show_state(self, state: str) -> None:
        """Only the students in this state; the same key again, or "all": every state."""
        chosen = Eligibility(state) if state != "all" else None
        self.filters = self.filters.toggled(chosen)

    def action_show_need(self, state: str) -> None:
        """In a lesson, only the students in this state; the same key again, or "all": everybody."""
        chosen = LessonState(state) if state != "all" else None
        self.filters = self.filters.toggled(chosen)

    def action_show_group(self, group: str) -> None:
        """In a session, only those who need this; the same key again, or "all": everybody."""
        chosen = DayGroup(group) if group != "all" else None
        self.filters = self.filters.toggled(chosen)

    def action_show_missing(self) -> None:
        """In a session, only those nobody has seen yet; the same key again: everybody."""
        self.filters = self.filters._replace(state=None, missing=not self.filters.missing)

    def action_next_room(self) -> None:
        """In a session of several rooms: the next one, after the last all of them."""
        room = mode_of(self.snapshot).next_room(self.filters.room)
        self.filters = self.filters._replace(room=room)

    def action_widen(self) -> None:
        """One filter less."""
        self.filters = self.filters.widened()

    def on_search_changed(self, message: SearchChanged) -> None:
        """Another text to look for."""
        self.filters = self.filters._replace(search=message.text)

    def action_places(self) -> None:
        """Choose classes or groups."""
        from pixsession.ui.board.choices import place_choices  # noqa: PLC0415 - not before the first paint

        screen = place_choices(self.snapshot, self.filters, signs=self.signs)
        self.push_screen(screen, self._places_chosen)

    def _places_chosen(self, chosen: frozenset[str] | None) -> None:
        if chosen is not None:
            self.filters = self.filters._replace(places=chosen)

    def action_campaigns(self) -> None:
        """Choose the campaigns that count; in a lesson, the one to follow."""
        if self.snapshot is not None and self.snapshot.lesson is not None:
            from pixsession.ui.lesson.campaign import LessonCampaignScreen  # noqa: PLC0415 - as below

            screen = LessonCampaignScreen(self.snapshot.lesson, signs=self.signs)
            self.push_screen(screen, self._campaign_chosen)
            return
        from pixsession.ui.board.choices import campaign_choices  # noqa: PLC0415 - not before the first paint

        choices = campaign_choices(self.snapshot, self.filters, signs=self.signs)
        self.push_screen(choices, self._campaigns_chosen)

    def _campaign_chosen(self, key: str | None) -> None:
        self._campaigns_chosen(None if key is None else frozenset({key}))

    def _campaigns_chosen(self, chosen: frozenset[str] | None) -> None:
        if chosen is not None:
            self.filters = self.filters._replace(campaigns=chosen)
            self.narrow_campaigns(chosen)
