"""The recorder of a certification: what supervisors do goes to the log, and comes back as the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from pixsession.domain.board.changes import Change, ChangeKind
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.actions import ActionRequest, action_of, facts_of, last_effective_action
from pixsession.domain.certification.clock import first_start
from pixsession.domain.certification.day import Action, ActionKind, DayView, Who
from pixsession.domain.certification.refusals import refusal, room_refusal
from pixsession.domain.certification.session import Session
from pixsession.domain.certification.supervision import day_view
from pixsession.domain.certification.words import action_words
from pixsession.engine.certification.calls import typed_student
from pixsession.engine.common.aging import Aging
from pixsession.engine.common.entry_log import EntryLog
from pixsession.foundation.clock import Clock
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _


class Calling(NamedTuple):
    """Who is not called, and what to know of who is; see `DayView`."""

    others: tuple[BoardRow, ...] = ()
    everybody: bool = False
    warnings: tuple[str, ...] = ()
    off_list: frozenset[int] = frozenset()

    def of(self, view: DayView) -> DayView:
        """The day, completed with this."""
        return view._replace(calls_everybody=self.everybody, warnings=self.warnings, off_list=self.off_list)


_EVERYBODY = Calling(everybody=True)


class Supervision:
    """The day of one session. Acting is for any thread."""

    def __init__(self, session: Session, log: EntryLog, now: Clock) -> None:
        self.session = session
        self._log = log
        self._now = now
        self._rows: Mapping[int, BoardRow] = {}
        self._calling = _EVERYBODY
        self._became_eligible: dict[int, datetime] = {}
        self._aging = Aging(now, lambda: self._view().states)

    def see(
        self, rows: Sequence[BoardRow], changes: Iterable[Change], calling: Calling = _EVERYBODY
    ) -> DayView:
        """The day of these students, as it stands now, for the screen."""
        self._rows, self._calling = {row.student_id: row for row in rows}, calling
        self._became_eligible = _became_eligible(changes)
        view = self._view()
        self._aging.shown(view.states)
        return view

    def as_of(
        self, rows: Sequence[BoardRow], changes: Iterable[Change], at: datetime, calling: Calling = _EVERYBODY
    ) -> DayView:
        """The day of these students as it stood at a time, for the screen."""
        self._aging.shown()
        return calling.of(self._day_of(rows, self.actions(at), _became_eligible(changes), at))

    def actions(self, at: datetime | None = None) -> list[Action]:
        """Every action so far, or those done until then."""
        return [action for action in actions_in(self._log) if at is None or action.at <= at]

    def _view(self) -> DayView:
        rows, actions = tuple(self._rows.values()), actions_in(self._log)
        return self._calling.of(self._day_of(rows, actions, self._became_eligible, self._now()))

    def _day_of(
        self,
        rows: Sequence[BoardRow],
        actions: Iterable[Action],
        became_eligible: Mapping[int, datetime],
        now: datetime,
    ) -> DayView:
        only = self.session.rooms[0].name if len(self.session.rooms) == 1 else None
        rooms = {row.student_id: room for row in rows if (room := _room_of(row) or only) is not None}
        return day_view(self.session, actions, rows, rooms, became_eligible, now)

    def has_aged(self) -> bool:
        """Whether time alone has changed what somebody needs since the last snapshot."""
        return self._aging.has_aged()

    def act(self, request: ActionRequest) -> None:
        """Write an action down for those for whom it makes sense now.

        Raises PixSessionError with every refusal in words, and when it cannot be written; those who are
        refused are left out, the others are done.
        """
        action = request.at(self._now())
        view = self._view()
        if action.kind is ActionKind.CALL:
            self._call(request, action)
            return
        if not request.students:
            self._act_on_room(action, view)
            return
        rows = [self._rows[student] for student in request.students if student in self._rows]
        begun = first_start(view.days.values())
        allowed, refused = [], []
        for row in rows:
            why = refusal(
                action.kind,
                row,
                view.days[row.student_id],
                self.session,
                action.at,
                action.code,
                first_start=begun,
            )
            if why is None:
                allowed.append(who_of(row))
            else:
                refused.append(_("{name}: {cause}").format(name=row.shown_name, cause=why))
        if allowed:
            self._log.append(*facts_of(action._replace(who=tuple(allowed))))
        if refused or not rows:
            raise PixSessionError("\n".join(refused) or _("This student is not on the board any more."))

    def _call(self, request: ActionRequest, action: Action) -> None:
        """Add students of the exports, or one by name, to those who are called."""
        here = [row.shown_name for student in request.students if (row := self._rows.get(student))]
        others = [row for row in self._calling.others if row.student_id in request.students]
        who = tuple(map(who_of, others))
        if name := request.named.strip():
            typed = typed_student(1, name)
            who = (*who, Who((), typed.last_name, typed.first_name, typed.division))
        if who:
            self._log.append(*facts_of(action._replace(who=who)))
        if here:
            raise PixSessionError(_("Called already: {names}.").format(names=", ".join(here)))
        if not who:
            raise PixSessionError(_("This student is not on the board any more."))

    def _act_on_room(self, action: Action, view: DayView) -> None:
        paused = view.paused.get(action.room or self.session.rooms[0].name)
        if why := room_refusal(action.kind, paused, action.at):
            raise PixSessionError(why)
        self._log.append(*facts_of(action))

    def undo(self) -> str:
        """Take back the newest action of this program, else of all; tells what it was. Raises as `act`."""
        return undo_last(self._log, self._now())


def actions_in(log: EntryLog) -> list[Action]:
    """Every action of a log, in its order."""
    return [action for entry in log.entries if (action := action_of(entry)) is not None]


def undo_last(log: EntryLog, now: datetime) -> str:
    """Take back the newest action of this program, else of all; tells what it was. Raises PixSessionError."""
    last = last_effective_action(actions_in(log), log.origin)
    if last is None:
        raise PixSessionError(_("There is nothing to undo."))
    log.append(*facts_of(Action("", now, ActionKind.UNDO, undoes=last.entry_id)))
    return action_words(last)


def _became_eligible(changes: Iterable[Change]) -> dict[int, datetime]:
    became = (change for change in changes if change.kind is ChangeKind.BECAME_ELIGIBLE)
    return {change.student_id: change.at for change in became}


def _room_of(row: BoardRow) -> str | None:
    return row.expected.room if row.expected else None


def who_of(row: BoardRow) -> Who:
    """A student as an action names them."""
    return Who(row.keys, row.last_name, row.first_name, row.place)
