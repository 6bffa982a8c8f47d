"""What is asked before a gesture of a session is written down; loaded at the first of them."""

from __future__ import annotations

from collections.abc import Callable

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind, DayView
from pixsession.domain.lesson.view import LessonView
from pixsession.ui.board.screen import BoardScreen
from pixsession.ui.certification.dialogs.checklist import ChecklistScreen
from pixsession.ui.certification.dialogs.incident import IncidentScreen, Reported
from pixsession.ui.certification.dialogs.pause import PauseScreen, PauseWish, pause_wishes
from pixsession.ui.certification.dialogs.redirect import RedirectScreen
from pixsession.ui.common.note import NoteScreen
from pixsession.ui.controllers.writing import Writing
from pixsession.ui.lesson.observation import ObservationScreen
from pixsession.ui.shown import Shell

Rows = tuple[BoardRow, ...]


class SessionDialogs:
    """One dialog a gesture; what it ends with is asked for."""

    def __init__(
        self,
        shell: Shell,
        board: BoardScreen,
        writing: Writing,
    ) -> None:
        self._shell, self._board, self._writing = shell, board, writing
        self._push, self._symbols = shell.push_screen, board.symbols

    def open(self, kind: ActionKind, rows: Rows) -> None:
        """Ask for the words that go with this; nothing where the board supervises nobody."""
        snapshot = self._shell.snapshot
        if snapshot is None or self._writing.is_refused():
            return
        if kind is ActionKind.OBSERVE and snapshot.lesson is not None:
            self._observe(rows, snapshot.lesson)
        elif snapshot.day is None:
            return
        elif kind is ActionKind.REDIRECT:
            self._redirect(rows, snapshot.day)
        elif kind is ActionKind.PAUSE:
            self._pause(rows, snapshot.day, self._shell.filters.room)
        elif kind is ActionKind.INCIDENT:
            self._incident(rows, snapshot.day)
        elif kind is ActionKind.NOTE:
            self._note(rows)
        elif kind is ActionKind.TICK:
            self._shell.push_bound(ChecklistScreen(symbols=self._symbols))

    async def hand_over(self, notify: Callable[..., None]) -> None:
        """Write the sheet of the session, and say where it is; `notify` as Textual's."""
        snapshot = self._shell.snapshot
        if snapshot is not None and snapshot.day is not None:
            from pixsession.ui.controllers.hand_over import hand_over  # noqa: PLC0415 - 150 ms, which the first dialog is spared

            await hand_over(snapshot, snapshot.day.session, self._shell.moment, notify)

    def _ask(self, request: ActionRequest, rows: Rows) -> None:
        """As a key asks: those for whom it makes no sense are left out, with the reason."""
        if allowed := self._board.gestures.allowed(request.kind, rows, code=request.code):
            self._act(request._replace(students=tuple(row.student_id for row in allowed)))
            self._board.marked = frozenset()  # the marks have served

    def _act(self, request: ActionRequest) -> None:
        self._writing.ask(lambda pipeline: pipeline.act(request))

    def _redirect(self, rows: Rows, day: DayView) -> None:
        def answered(redirect: bool | None) -> None:
            if redirect:
                self._ask(ActionRequest(ActionKind.REDIRECT), rows)

        self._push(RedirectScreen(rows, day.session.remediation, symbols=self._symbols), answered)

    def _incident(self, rows: Rows, day: DayView) -> None:
        def answered(reported: Reported | None) -> None:
            if reported is not None:
                self._ask(ActionRequest(ActionKind.INCIDENT, text=reported.text, code=reported.code), rows)

        days = [day.days.get(row.student_id) for row in rows]
        begun = any(so_far is not None and so_far.started_at is not None for so_far in days)
        self._push(IncidentScreen(rows, symbols=self._symbols, begun=begun), answered)

    def _note(self, rows: Rows) -> None:
        self._push(NoteScreen(rows, symbols=self._symbols), self._written(ActionKind.NOTE, rows))

    def _observe(self, rows: Rows, lesson: LessonView) -> None:
        observations = lesson.session.lesson.observations
        screen = ObservationScreen(rows, observations, symbols=self._symbols)
        self._push(screen, self._written(ActionKind.OBSERVE, rows))

    def _written(self, kind: ActionKind, rows: Rows) -> Callable[[str | None], None]:
        def answered(text: str | None) -> None:
            if text:
                self._ask(ActionRequest(kind, text=text), rows)

        return answered

    def _pause(self, rows: Rows, day: DayView, room: str | None) -> None:
        def answered(wish: PauseWish | None) -> None:
            if wish is None:
                return
            if wish.of_room:
                self._act(ActionRequest(wish.kind, room=wish.room, planned=wish.planned))
            else:
                self._ask(ActionRequest(wish.kind, planned=wish.planned), rows)

        self._push(PauseScreen(pause_wishes(rows, day, room), symbols=self._symbols), answered)
