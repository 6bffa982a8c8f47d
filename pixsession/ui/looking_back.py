"""Back through the exports received: the whole board as it was after each of them, and live again."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import N_, _
from pixsession.ui.common.past import past_words
from pixsession.ui.filtering import FilteringApp


class LookingBackApp(FilteringApp, inherit_bindings=False):
    """One key a step; while the board shows the past nothing is written down.

    Brackets need AltGr on a French keyboard; comma and semicolon are keys of their own there and on others.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left_square_bracket,comma",
            "step_back",
            N_("earlier"),
            id="app.step_back",
            show=False,
            tooltip=N_("The board as it was one export earlier"),
        ),
        Binding(
            "right_square_bracket,semicolon",
            "step_on",
            N_("later"),
            id="app.step_on",
            show=False,
            tooltip=N_("One export later; after the newest one, live again"),
        ),
        Binding(
            "end",
            "go_live",
            N_("live"),
            id="app.go_live",
            show=False,
            priority=True,
            tooltip=N_("From the past back to live"),
        ),
    ]
    _target: datetime | None = None  # where the last step leads; its Snapshot may still be on the way

    @abstractmethod
    def look_back(self, at: datetime | None) -> None:
        """Ask for the board as it was then; None: as it is. A Snapshot follows."""

    @property
    def is_back(self) -> bool:
        """The board shows the past, or is about to."""
        return self._target is not None or (self.snapshot is not None and self.snapshot.as_of is not None)

    def action_step_back(self) -> None:
        """One export earlier."""
        times = self.snapshot.export_times if self.snapshot else ()
        earlier = [at for at in times[:-1] if self._target is None or at < self._target]
        if earlier:
            self._go(earlier[-1])
        else:
            self.notify(_("There is no earlier export."), markup=False)

    def action_step_on(self) -> None:
        """One export later; the newest one is the live board."""
        times = self.snapshot.export_times if self.snapshot else ()
        if self._target is None:
            self.notify(_("This is the newest export: the board is live."), markup=False)
            return
        later = [at for at in times[:-1] if at > self._target]
        self._go(later[0] if later else None)

    def action_go_live(self) -> None:
        """Back to now."""
        if self.is_back:
            self._go(None)

    def _go(self, at: datetime | None) -> None:
        self._target = at
        self.look_back(at)

    def watch_snapshot(self, before: Snapshot | None, snapshot: Snapshot | None) -> None:
        """Other keys in the past than live; only once it is shown is it so."""
        if bool(before and before.as_of) is not bool(snapshot and snapshot.as_of):
            self.refresh_bindings()

    def may_go_live(self) -> bool:
        """The key of the way back does something, and the letters of a search are not meant."""
        return self.is_back and not isinstance(self.focused, Input)

    def refuses_writing(self) -> bool:
        """True, with a toast that says why, while the board shows the past."""
        if not self.is_back:
            return False
        self.notify(past_words(self.snapshot), severity="warning", markup=False)
        return True
