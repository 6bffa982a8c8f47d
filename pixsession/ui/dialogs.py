"""What is asked before a gesture of a session is written down; loaded at the first of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind, DayView
from pixsession.domain.lesson.view import LessonView
from pixsession.ui.certification.incident import IncidentScreen, Reported
from pixsession.ui.certification.pause import PauseScreen, PauseWish, pause_wishes
from pixsession.ui.certification.redirect import RedirectScreen
from pixsession.ui.common.note import NoteScreen
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.filtering import Push
from pixsession.ui.lesson.observation import ObservationScreen

Rows = tuple[BoardRow, ...]


class SessionDialogs:
    """One dialog a gesture; what it ends with is asked for."""

    def __init__(
        self,
        push: Push,
        ask: Callable[[ActionRequest, Sequence[BoardRow]], None],
        ask_of_room: Callable[[ActionRequest], None],
        symbols: Symbols,
    ) -> None:
        self._push = push
        self._ask = ask
        self._ask_of_room = ask_of_room
        self._symbols = symbols

    def open(self, kind: ActionKind, rows: Rows, snapshot: Snapshot | None, room: str | None) -> None:
        """Ask for the words that go with this; nothing where the board supervises nobody."""
        if snapshot is None:
            return
        if kind is ActionKind.OBSERVE and snapshot.lesson is not None:
            self._observe(rows, snapshot.lesson)
        elif snapshot.day is None:
            return
        elif kind is ActionKind.REDIRECT:
            self._redirect(rows, snapshot.day)
        elif kind is ActionKind.PAUSE:
            self._pause(rows, snapshot.day, room)
        elif kind is ActionKind.INCIDENT:
            self._incident(rows, snapshot.day)
        elif kind is ActionKind.NOTE:
            self._note(rows)

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
                self._ask_of_room(ActionRequest(wish.kind, room=wish.room, planned=wish.planned))
            else:
                self._ask(ActionRequest(wish.kind, planned=wish.planned), rows)

        self._push(PauseScreen(pause_wishes(rows, day, room), symbols=self._symbols), answered)
