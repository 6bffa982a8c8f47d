"""What is asked in a dialog over the board; loaded with the first of them."""

from __future__ import annotations

from collections.abc import Callable

from pixsession.domain.board.snapshot import BoardRow, narrowed
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.alerts import open_incidents
from pixsession.domain.certification.day import ActionKind, DayView
from pixsession.domain.lesson.view import LessonView
from pixsession.foundation.text import shown
from pixsession.ui.board.choices import campaign_choices, place_choices
from pixsession.ui.board.objectives import AimChosen, ObjectiveScreen
from pixsession.ui.board.screen import BoardScreen
from pixsession.ui.certification.codes import code_to_show
from pixsession.ui.certification.dialogs.by_hand import ExtraTimeScreen, RoomScreen
from pixsession.ui.certification.dialogs.candidate import Candidate, CandidateScreen
from pixsession.ui.certification.dialogs.checklist import ChecklistScreen
from pixsession.ui.certification.dialogs.code import CodeScreen
from pixsession.ui.certification.dialogs.incident import IncidentScreen, Reported
from pixsession.ui.certification.dialogs.pause import PauseScreen, PauseWish, pause_wishes
from pixsession.ui.certification.dialogs.redirect import RedirectScreen
from pixsession.ui.certification.dialogs.stop import StopScreen
from pixsession.ui.common.note import NoteScreen, who_words
from pixsession.ui.controllers.live_view import LiveView
from pixsession.ui.controllers.writing import Writing
from pixsession.ui.lesson.campaign import LessonCampaignScreen
from pixsession.ui.lesson.observation import ObservationScreen
from pixsession.ui.modes import mode_of
from pixsession.ui.shown import Shell
from pixsession.ui.student.submissions import ReadHistory


class BoardDialogs:
    """One dialog a gesture, which the mode chooses (see `Dialogs`); what it ends with is asked for."""

    def __init__(
        self,
        shell: Shell,
        board: BoardScreen,
        writing: Writing,
        live: LiveView,
        read_history: ReadHistory,
    ) -> None:
        self._shell, self._board, self._writing, self._live = shell, board, writing, live
        self._read_history = read_history
        self._push, self._symbols = shell.push_screen, board.symbols

    def open(self, kind: ActionKind, rows: tuple[BoardRow, ...]) -> None:
        """Ask for the words that go with this; nothing where nothing can be written down."""
        if self._shell.snapshot is not None and not self._writing.is_refused():
            mode_of(self._shell.snapshot).ask(kind, rows, self)

    def of_certification(self, kind: ActionKind, rows: tuple[BoardRow, ...], day: DayView) -> None:
        match kind:
            case ActionKind.REDIRECT:
                self._redirect(rows, day)
            case ActionKind.PAUSE:
                self._pause(rows, day, self._shell.filters.room)
            case ActionKind.INCIDENT:
                self._incident(rows, day)
            case ActionKind.NOTE:
                self.note(rows)
            case ActionKind.STOP:
                self._stop(rows)
            case ActionKind.CALL:
                self._call(day)
            case ActionKind.EXTRA_TIME:
                self._extra_time(rows)
            case ActionKind.ROOM:
                self._room(rows, day)
            case ActionKind.TICK:
                self._shell.push_bound(ChecklistScreen(day, symbols=self._symbols))

    def observe(self, rows: tuple[BoardRow, ...], lesson: LessonView) -> None:
        observations = lesson.session.lesson.observations
        screen = ObservationScreen(rows, observations, symbols=self._symbols)
        self._push(screen, self._written(ActionKind.OBSERVE, rows))

    def note(self, rows: tuple[BoardRow, ...]) -> None:
        self._push(NoteScreen(rows, symbols=self._symbols), self._written(ActionKind.NOTE, rows))

    def choose(self, what: str) -> None:
        """Ask what the board shows: classes, campaigns (in a lesson the one to follow), an objective."""
        if what == "places":
            self._ask_places()
        elif what == "objective":
            self._ask_objective()
        else:
            mode_of(self._shell.snapshot).ask_campaigns(self)

    def _ask_places(self) -> None:

        def chosen(places: frozenset[str] | None) -> None:
            if places is not None:
                self._shell.filters = self._shell.filters._replace(places=places, worse=frozenset())

        self._push(place_choices(self._shell.snapshot, self._shell.filters, symbols=self._symbols), chosen)

    def _ask_objective(self) -> None:
        """Which objective stands in a column, of those of this board."""
        snapshot, filters = self._shell.snapshot, self._shell.filters
        rows = narrowed(snapshot, filters.places).rows if snapshot else ()

        def chosen(choice: AimChosen | None) -> None:
            if choice is not None:
                self._shell.filters = filters._replace(aim=choice.aim, worse=frozenset())

        objectives = mode_of(snapshot).objectives
        self._push(ObjectiveScreen(rows, objectives, filters.aim, symbols=self._symbols), chosen)

    def campaigns(self) -> None:
        snapshot, filters = self._shell.snapshot, self._shell.filters
        self._push(campaign_choices(snapshot, filters, symbols=self._symbols), self._chosen)

    def campaign_of_lesson(self, lesson: LessonView) -> None:
        self._push(LessonCampaignScreen(lesson, symbols=self._symbols), self._chosen)

    def _chosen(self, campaigns: frozenset[str] | None) -> None:
        if campaigns is not None:
            self._shell.filters = self._shell.filters._replace(campaigns=campaigns, worse=frozenset())
            self._live.choose_campaigns(campaigns)

    async def hand_over(self, notify: Callable[..., None]) -> None:
        """Write the sheet of the session, and say where it is; `notify` as Textual's."""
        if self._shell.snapshot is not None:
            from pixsession.ui.controllers.hand_over import hand_over  # noqa: PLC0415 - 150 ms, which the first dialog is spared

            await hand_over(self._shell.snapshot, self._shell.moment, notify, self._read_history)

    def _ask(self, request: ActionRequest, rows: tuple[BoardRow, ...]) -> None:
        """As a key asks: those for whom it makes no sense are left out, with the reason."""
        if allowed := self._board.gestures.allowed(request.kind, rows, code=request.code):
            self._act(request._replace(students=tuple(row.student_id for row in allowed)))
            self._board.marked = frozenset()  # the marks have served

    def _act(self, request: ActionRequest) -> None:
        self._writing.ask(lambda pipeline: pipeline.act(request))

    def _redirect(self, rows: tuple[BoardRow, ...], day: DayView) -> None:
        """To the remediation; whose profile only has to be sent is shown the code of the collection."""
        if (code := code_to_show(rows, day, self._shell.moment)) is not None:
            self._push(CodeScreen(rows, code, symbols=self._symbols))
            return

        def answered(redirect: bool | None) -> None:
            if redirect:
                self._ask(ActionRequest(ActionKind.REDIRECT), rows)

        self._push(RedirectScreen(rows, day.session.remediation, symbols=self._symbols), answered)

    def _incident(self, rows: tuple[BoardRow, ...], day: DayView) -> None:
        def answered(reported: Reported | None) -> None:
            if reported is not None:
                kind = ActionKind.HANDLED if reported.is_handled else ActionKind.INCIDENT
                self._ask(ActionRequest(kind, text=reported.text, code=reported.code), rows)

        days = [day.days.get(row.student_id) for row in rows]
        begun = any(so_far is not None and so_far.started_at is not None for so_far in days)
        incidents = [one for so_far in days if so_far is not None for one in open_incidents(so_far)]
        codes = tuple(dict.fromkeys(one.code for one in incidents))
        screen = IncidentScreen(rows, symbols=self._symbols, begun=begun, open_codes=codes)
        self._push(screen, answered)

    def _call(self, day: DayView) -> None:
        """Somebody of the exports, or a name; in several rooms, to which one."""

        def answered(chosen: Candidate | None) -> None:
            if chosen is None:
                return
            students = () if chosen.student is None else (chosen.student,)
            request = ActionRequest(ActionKind.CALL, students, named=chosen.named)
            rooms = [room.name for room in day.session.rooms]
            if len(rooms) == 1:
                self._act(request)
                return
            names = {row.student_id: row.shown_name for row in others}
            who = names[chosen.student] if chosen.student is not None else shown(chosen.named)
            screen = RoomScreen(who, rooms, symbols=self._symbols)
            self._push(screen, lambda room: self._act(request._replace(room=room)) if room else None)

        others = self._shell.snapshot.others if self._shell.snapshot is not None else ()
        self._push(CandidateScreen(others, symbols=self._symbols), answered)

    def _extra_time(self, rows: tuple[BoardRow, ...]) -> None:
        def answered(extra_time: float | None) -> None:
            if extra_time is not None:
                self._ask(ActionRequest(ActionKind.EXTRA_TIME, extra_time=extra_time), rows)

        self._push(ExtraTimeScreen(rows, symbols=self._symbols), answered)

    def _room(self, rows: tuple[BoardRow, ...], day: DayView) -> None:
        def answered(room: str | None) -> None:
            if room is not None:
                self._ask(ActionRequest(ActionKind.ROOM, room=room), rows)

        rooms = [room.name for room in day.session.rooms]
        self._push(RoomScreen(who_words(rows), rooms, symbols=self._symbols), answered)

    def _stop(self, rows: tuple[BoardRow, ...]) -> None:
        def answered(reason: str | None) -> None:
            if reason is not None:
                self._ask(ActionRequest(ActionKind.STOP, code=reason), rows)

        self._push(StopScreen(rows, symbols=self._symbols), answered)

    def _written(self, kind: ActionKind, rows: tuple[BoardRow, ...]) -> Callable[[str | None], None]:
        def answered(text: str | None) -> None:
            if text:
                self._ask(ActionRequest(kind, text=text), rows)

        return answered

    def _pause(self, rows: tuple[BoardRow, ...], day: DayView, room: str | None) -> None:
        def answered(wish: PauseWish | None) -> None:
            if wish is None:
                return
            if wish.of_room:
                self._act(ActionRequest(wish.kind, text=wish.cause, room=wish.room, planned=wish.planned))
            else:
                self._ask(ActionRequest(wish.kind, text=wish.cause, planned=wish.planned), rows)

        self._push(PauseScreen(pause_wishes(rows, day, room), symbols=self._symbols), answered)
