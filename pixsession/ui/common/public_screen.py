"""What a whole room may read: painted anew with each minute, and never under the names of a toast."""

from __future__ import annotations

from datetime import datetime

from textual.reactive import reactive
from textual.screen import Screen

from pixsession.domain.board.snapshot import Snapshot
from pixsession.ui.common.freshness import NOT_YET


class PublicScreen(Screen[None]):
    """For the projector; toasts wait until it is closed.

    `paint` writes what is on it, of the Snapshot and the moment.
    """

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    moment: reactive[datetime] = reactive(NOT_YET, repaint=False)

    def paint(self) -> None:
        """Write everything anew; before it is mounted, and without a Snapshot, nothing."""

    def on_mount(self) -> None:
        """The toasts of the board stand over every screen, and name students."""
        self.app.clear_notifications()
        self.paint()

    def watch_moment(self, before: datetime, moment: datetime) -> None:
        """The clock of the room, to the minute."""
        if before.replace(second=0, microsecond=0) != moment.replace(second=0, microsecond=0):
            self.paint()

    def action_close(self) -> None:
        self.dismiss()
