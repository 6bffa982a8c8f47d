"""What is asked before a gesture of a session is written down, and what the room may see meanwhile."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.reactive import reactive

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.day import ActionKind, DayView
from pixsession.domain.certification.session import Session
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.ui.common.freshness import NOT_YET
from pixsession.ui.filtering import FilteringApp
from pixsession.ui.looking_back import LookingBackApp
from pixsession.ui.messages import ActionAsked, ActionWished
from pixsession.ui.toasts import News

if TYPE_CHECKING:
    from pixsession.ui.certification.incident import Reported
    from pixsession.ui.certification.pause import PauseWish

_TOAST_SECONDS = 10.0


class SessionShell(LookingBackApp):
    """The dialogs of a session, and the toasts: while the board is projected they wait."""

    moment: reactive[datetime] = reactive(NOT_YET, repaint=False)
    # Of the newest state known, also while an older one is shown; none once the board has stopped.
    tests_running = 0
    _untold: tuple[News, ...] = ()

    @abstractmethod
    def gesture_done(self) -> None:
        """A dialog has asked for something: the marks of the board have served."""

    @property
    def day(self) -> DayView | None:
        """The session on the board."""
        return self.snapshot.day if self.snapshot is not None else None

    def on_action_wished(self, message: ActionWished) -> None:
        """Ask for the words that go with it."""
        if self.refuses_writing():
            return
        if message.kind is ActionKind.OBSERVE:
            self._observe(message.targets)
            return
        dialogs = {
            ActionKind.REDIRECT: self._redirect,
            ActionKind.PAUSE: self._pause,
            ActionKind.INCIDENT: self._incident,
            ActionKind.NOTE: self._note,
            ActionKind.TICK: self._checklist,
        }
        if self.day is not None:
            dialogs[message.kind](message.targets, self.day)

    def _redirect(self, rows: tuple[BoardRow, ...], day: DayView) -> None:
        from pixsession.ui.certification.redirect import RedirectScreen  # noqa: PLC0415 - not before the first paint

        def answered(redirect: bool | None) -> None:
            if redirect:
                self._ask(ActionKind.REDIRECT, rows)

        self.push_screen(RedirectScreen(rows, day.session.remediation, signs=self.signs), answered)

    def _incident(self, rows: tuple[BoardRow, ...], day: DayView) -> None:
        from pixsession.ui.certification.incident import IncidentScreen  # noqa: PLC0415 - not before the first paint

        def answered(reported: Reported | None) -> None:
            if reported is not None:
                self._ask(ActionKind.INCIDENT, rows, text=reported.text, code=reported.code)

        days = [day.days.get(row.student_id) for row in rows]
        begun = any(so_far is not None and so_far.started_at is not None for so_far in days)
        self.push_screen(IncidentScreen(rows, signs=self.signs, begun=begun), answered)

    def _note(self, rows: tuple[BoardRow, ...], _day: DayView) -> None:
        from pixsession.ui.common.note import NoteScreen  # noqa: PLC0415 - not before the first paint

        def answered(text: str | None) -> None:
            if text:
                self._ask(ActionKind.NOTE, rows, text=text)

        self.push_screen(NoteScreen(rows, signs=self.signs), answered)

    def _observe(self, rows: tuple[BoardRow, ...]) -> None:
        from pixsession.ui.lesson.observation import ObservationScreen  # noqa: PLC0415 - as above

        def answered(text: str | None) -> None:
            if text:
                self._ask(ActionKind.OBSERVE, rows, text=text)

        lesson = self.snapshot.lesson if self.snapshot else None
        if lesson is not None:
            observations = lesson.session.lesson.observations
            self.push_screen(ObservationScreen(rows, observations, signs=self.signs), answered)

    def _pause(self, rows: tuple[BoardRow, ...], day: DayView) -> None:
        from pixsession.ui.certification.pause import PauseScreen, pause_wishes  # noqa: PLC0415 - as above

        def answered(wish: PauseWish | None) -> None:
            if wish is None:
                return
            if wish.of_room:
                self.post_message(ActionAsked(wish.kind, room=wish.room, planned=wish.planned))
            else:
                self._ask(wish.kind, rows, planned=wish.planned)

        wishes = pause_wishes(rows, day, self.filters.day.room)
        self.push_screen(PauseScreen(wishes, signs=self.signs), answered)

    def _checklist(self, _rows: tuple[BoardRow, ...], _day: DayView) -> None:
        from pixsession.ui.certification.checklist import ChecklistScreen  # noqa: PLC0415 - as above

        screen = ChecklistScreen(signs=self.signs)
        # Bound from the app's own task, whoever asked: a click runs in the task of its widget.
        self.call_later(lambda: self.push_screen(screen.data_bind(FilteringApp.snapshot)))

    def _ask(
        self,
        kind: ActionKind,
        rows: Sequence[BoardRow],
        *,
        text: str = "",
        code: str = "",
        planned: bool = False,
    ) -> None:
        """The same question as a key asks: those for whom it makes no sense are left out, with the reason."""
        allowed = self.allowed(kind, rows, code)
        if allowed:
            students = tuple(row.student_id for row in allowed)
            self.post_message(ActionAsked(kind, students, text=text, code=code, planned=planned))
            self.gesture_done()

    @abstractmethod
    def allowed(self, kind: ActionKind, rows: Sequence[BoardRow], code: str) -> tuple[BoardRow, ...]:
        """Those for whom this makes sense now; a toast has the others with the reason."""

    def on_sheet_asked(self) -> None:
        """Beside the session file; a toast says where."""
        if self.snapshot is not None and self.snapshot.day is not None:
            self.run_worker(self._hand_over(self.snapshot, self.snapshot.day.session))

    async def _hand_over(self, snapshot: Snapshot, session: Session) -> None:
        from pixsession.reports.files import free_path, save  # noqa: PLC0415 - as above
        from pixsession.reports.sheets import session_sheet  # noqa: PLC0415 - as above

        sheet = session_sheet(snapshot, self.moment)
        path = free_path(session.path.parent if session.path else session.folders[0], sheet, "html")
        try:
            await asyncio.to_thread(save, sheet, "html", path)
        except PixSessionError as error:
            self.notify(error.message, severity="error", timeout=_TOAST_SECONDS, markup=False)
            return
        words = _("{file} is written. To print it, open it in a browser.")
        self.notify(words.format(file=shown(str(path), 1000)), timeout=_TOAST_SECONDS, markup=False)

    def on_projection_asked(self) -> None:
        """What everybody may see; the toasts that waited come when it is over."""
        from pixsession.ui.certification.projection import ProjectionScreen  # noqa: PLC0415 - as above

        screen, shell = ProjectionScreen(signs=self.signs), SessionShell
        self.call_later(
            lambda: self.push_screen(
                screen.data_bind(FilteringApp.snapshot, FilteringApp.filters, shell.moment), self._projected
            )
        )

    def _projected(self, _result: None) -> None:
        untold, self._untold = self._untold, ()
        self.tell(untold)

    def tell(self, news: Sequence[News]) -> None:
        """Toasts; on a screen that everybody sees, they wait."""
        if any(getattr(screen, "is_public", False) for screen in self.screen_stack):
            self._untold = (*self._untold, *news)
            return
        for item in news:
            self.notify(item.words, severity=item.severity, timeout=_TOAST_SECONDS, markup=False)
