"""A session on the desk: what its supervisors do goes to the log, what they did comes back as the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pixsession.desk.entry_log import EntryLog
from pixsession.domain.actions import action_of, facts_of, last_standing
from pixsession.domain.changes import Change, ChangeKind
from pixsession.domain.clock import Clock
from pixsession.domain.day import Action, ActionKind, DayView, Who
from pixsession.domain.day_clock import first_start
from pixsession.domain.day_words import action_words
from pixsession.domain.refusals import refusal, room_refusal
from pixsession.domain.session import Session
from pixsession.domain.snapshot import BoardRow
from pixsession.domain.supervision import day_view
from pixsession.errors import PixSessionError
from pixsession.i18n import _

_NEVER = datetime.min  # noqa: DTZ901 - Paris time has no zone here


class Supervision:
    """The day of one session; `view` is the last one made. Acting is for any thread."""

    def __init__(self, session: Session, log: EntryLog, now: Clock) -> None:
        self.session = session
        self._log = log
        self._now = now
        self._rows: Mapping[int, BoardRow] = {}
        self._became_eligible: dict[int, datetime] = {}
        self._made_at = _NEVER
        self.view: DayView | None = None

    def see(self, rows: Sequence[BoardRow], changes: Iterable[Change]) -> DayView:
        """The day of these students, as it stands now."""
        self._rows = {row.student_id: row for row in rows}
        became = (change for change in changes if change.kind is ChangeKind.BECAME_ELIGIBLE)
        self._became_eligible = {change.student_id: change.at for change in became}
        self.view = self._view()
        return self.view

    def _view(self) -> DayView:
        rows = tuple(self._rows.values())
        only = self.session.rooms[0].name if len(self.session.rooms) == 1 else None
        rooms = {row.student_id: room for row in rows if (room := _room_of(row) or only) is not None}
        actions = [action for entry in self._log.entries if (action := action_of(entry)) is not None]
        self._made_at = self._now()
        return day_view(self.session, actions, rows, rooms, self._became_eligible, self._made_at)

    def has_aged(self) -> bool:
        """Whether time alone has changed what somebody needs since the last view; looked at each minute."""
        now = self._now()
        if self.view is None or now.replace(second=0) <= self._made_at.replace(second=0):
            return False
        before = self.view
        self.view = self._view()
        return before.states != self.view.states

    def act(
        self,
        kind: ActionKind,
        students: Sequence[int],
        *,
        text: str = "",
        code: str = "",
        room: str | None = None,
        planned: bool = False,
    ) -> None:
        """Write an action down for those for whom it makes sense now.

        Raises PixSessionError with every refusal in words, and when it cannot be written; those who are
        refused are left out, the others are done.
        """
        action = Action("", self._now(), kind, (), room, text, code, planned)
        view = self._view()
        if not students:
            self._act_on_room(action, view)
            return
        rows = [self._rows[student] for student in students if student in self._rows]
        begun = first_start(view.days.values())
        allowed, refused = [], []
        for row in rows:
            why = refusal(
                kind, row, view.days[row.student_id], self.session, action.at, code, first_start=begun
            )
            if why is None:
                allowed.append(_who(row))
            else:
                refused.append(_("{name}: {cause}").format(name=row.shown_name, cause=why))
        if allowed:
            self._log.append(*facts_of(action._replace(who=tuple(allowed))))
        if refused or not rows:
            raise PixSessionError("\n".join(refused) or _("This student is not on the board any more."))

    def _act_on_room(self, action: Action, view: DayView) -> None:
        paused = view.paused.get(action.room or self.session.rooms[0].name)
        if action.kind in {ActionKind.PAUSE, ActionKind.UNPAUSE} and (
            why := room_refusal(action.kind, paused, action.at)
        ):
            raise PixSessionError(why)
        self._log.append(*facts_of(action))

    def undo(self) -> str:
        """Take back the newest action of this program, else of all; tells what it was. Raises as `act`."""
        last = last_standing(self._view().actions, self._log.origin)
        if last is None:
            raise PixSessionError(_("There is nothing to undo."))
        undoing = Action("", self._now(), ActionKind.UNDO, undoes=last.entry_id)
        self._log.append(*facts_of(undoing))
        return action_words(last)


def _room_of(row: BoardRow) -> str | None:
    return row.expected.room if row.expected else None


def _who(row: BoardRow) -> Who:
    return Who(row.keys, row.last_name, row.first_name, row.place)
