"""Which Snapshot the board shows: the newest one, unless the board is frozen or looks back."""

from __future__ import annotations

from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.clock import Clock
from pixsession.foundation.i18n import _
from pixsession.settings.config import Settings
from pixsession.ui.common.freshness import freshness_of
from pixsession.ui.common.line import written_once
from pixsession.ui.common.symbols import symbols_for
from pixsession.ui.controllers.looking_back import LookingBack
from pixsession.ui.controllers.opening import Opening
from pixsession.ui.controllers.toaster import Toaster
from pixsession.ui.controllers.writing import Writing
from pixsession.ui.modes import mode_of
from pixsession.ui.shown import Shell
from pixsession.ui.toasts import News


class LiveView:
    """Shows each Snapshot as it comes, and says what changed and how far the board can be trusted."""

    def __init__(
        self,
        shell: Shell,
        pipeline: Pipeline,
        settings: Settings,
        toaster: Toaster,
        writing: Writing,
        now: Clock,
    ) -> None:
        self._shell, self._pipeline, self._settings = shell, pipeline, settings
        self._toaster, self._writing = toaster, writing
        self.looking_back = LookingBack(self._look_back, toaster.say)
        # Nothing shows less than a second: told twice within one Snapshot, the time is only new once.
        self._now: Clock = lambda: now().replace(microsecond=0)
        self._latest: Snapshot | None = None
        self._opening = Opening(shell, settings.keys, symbols_for(settings.ascii_only))
        self.is_frozen = self._has_stopped = False
        self.tests_running = 0  # of the newest state known; none once the board has stopped

    @property
    def is_back(self) -> bool:
        """The board shows the past, or is about to."""
        return self.looking_back.is_back(self._shell.snapshot)

    def take(self, snapshot: Snapshot) -> None:
        """Show it, unless the board is frozen."""
        self._latest = snapshot
        if snapshot.as_of is None:
            self.tests_running = mode_of(snapshot).tests_running
        with written_once():
            if not self.is_frozen:
                self._show(snapshot)
            self.look()
        self._opening.check(snapshot, self.tests_running)

    def stop(self) -> None:
        """Nothing comes any more: the board never looks live after that."""
        self._has_stopped, self.tests_running = True, 0
        self.look()

    def look(self) -> None:
        """The time, and how far the board can be trusted."""
        shell = self._shell
        shell.moment = self._now()
        shell.freshness = freshness_of(
            self._latest,
            shell.moment,
            stale_minutes=self._settings.stale_minutes if self._is_awaited else None,
            shown=shell.snapshot,
            frozen=self.is_frozen,
            stopped=self._has_stopped,
            symbols=symbols_for(self._settings.ascii_only),
        )
        if not self.is_back:
            self._tell(self._toaster.tick(shell.snapshot, shell.moment))

    @property
    def _is_awaited(self) -> bool:
        return mode_of(self._shell.snapshot or self._latest).awaits_export(self._shell.moment)

    def freeze_or_go_on(self) -> None:
        """Hold the board still, or go on from the newest export."""
        if self.is_back:
            self._toaster.say(_("The board shows the past: it stands still. The End key goes back to live."))
            return
        self.is_frozen = not self.is_frozen and self._shell.snapshot is not None
        if not self.is_frozen and self._latest is not None:
            self._show(self._latest)
        self.look()

    def choose_campaigns(self, campaigns: frozenset[str]) -> None:
        """What follows is another board: shown at once, without a toast."""
        self.is_frozen = False
        self._toaster.forget()
        self._pipeline.choose_campaigns(campaigns)

    def show_all(self) -> None:
        """Campaigns that are kept off the board, or not; what follows is another board, without a toast."""
        if self._shell.snapshot is not None:
            self._toaster.forget()
            self._pipeline.show_all(not self._shell.snapshot.shows_all)

    def _look_back(self, at: datetime | None) -> None:
        """Another moment; what waits behind a freeze waits no more."""
        self.is_frozen = False
        self._writing.try_to(
            lambda pipeline: pipeline.look_back(at), lambda: self.looking_back.stay_at(self._shell.snapshot)
        )

    def _show(self, snapshot: Snapshot) -> None:
        shell, before = self._shell, self._shell.snapshot
        shell.moment = self._now()  # before the rows: they are shown as of now
        if snapshot.as_of is not None or (before is not None and before.as_of is not None):
            # The past is no news, and neither is what is met again on the way back from it.
            self._toaster.forget()
        places = shell.filters.places
        news = self._toaster.read(snapshot, places, shell.moment) if snapshot.as_of is None else ()
        if snapshot.as_of is None:
            is_another = before is not None and (before.as_of or before.shows_all is not snapshot.shows_all)
            was = snapshot if is_another else before  # of another board nothing is news
            worse = mode_of(snapshot).became_worse(mode_of(was), shell.filters)
            shell.filters = shell.filters._replace(worse=worse)
        shell.snapshot = snapshot
        if bool(before and before.as_of) is not bool(snapshot.as_of):
            shell.refresh_bindings()  # other keys in the past than live; only once it is shown is it so
        self._tell(news)

    def _tell(self, news: tuple[News, ...]) -> None:
        rings = mode_of(self._shell.snapshot).rings(self._settings.bell)
        self._toaster.tell(news, ring=self._shell.bell if rings else None)
