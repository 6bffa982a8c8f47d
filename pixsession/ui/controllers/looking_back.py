"""Back through the exports received: the whole board as it was after each of them, and live again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import _


class LookingBack:
    """Where in the past the board is; one key a step, and while it is there nothing is written down."""

    def __init__(self, go: Callable[[datetime | None], None], tell: Callable[[str], None]) -> None:
        """`go` asks for the board of a moment, None: as it is now; a Snapshot follows."""
        self._go = go
        self._tell = tell
        self._target: datetime | None = None  # where the last step leads; its Snapshot may be on the way

    def is_back(self, snapshot: Snapshot | None) -> bool:
        """The board shows the past, or is about to."""
        return self._target is not None or (snapshot is not None and snapshot.as_of is not None)

    def step(self, snapshot: Snapshot | None, steps: int) -> None:
        """One export earlier (-1) or later (1)."""
        if steps < 0:
            self._step_back(snapshot)
        else:
            self._step_on(snapshot)

    def go_live(self, snapshot: Snapshot | None) -> None:
        if self.is_back(snapshot):
            self._step_to(None)

    def stay_at(self, snapshot: Snapshot | None) -> None:
        """The step failed: the board still shows this."""
        self._target = snapshot.as_of if snapshot else None

    def _step_back(self, snapshot: Snapshot | None) -> None:
        times = snapshot.export_times if snapshot else ()
        earlier = [at for at in times[:-1] if self._target is None or at < self._target]
        if earlier:
            self._step_to(earlier[-1])
        else:
            self._tell(_("There is no earlier export."))

    def _step_on(self, snapshot: Snapshot | None) -> None:
        """One export later; the newest one is the live board."""
        times = snapshot.export_times if snapshot else ()
        if self._target is None:
            self._tell(_("This is the newest export: the board is live."))
            return
        later = [at for at in times[:-1] if at > self._target]
        self._step_to(later[0] if later else None)

    def _step_to(self, at: datetime | None) -> None:
        self._target = at
        self._go(at)
