"""What the keys of a session do: whom they are for, what is refused and why, and what is asked of the app."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.reactive import reactive
from textual.screen import Screen

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.foundation.i18n import _, ngettext
from pixsession.ui.board.filters import View
from pixsession.ui.board.mode import BoardMode, ModeOf
from pixsession.ui.board.table import BoardGrid
from pixsession.ui.common.freshness import NOT_YET
from pixsession.ui.messages import ActionAsked, ActionWished, ProjectionAsked, SheetAsked, UndoAsked

_ROLL_CALL = frozenset({ActionKind.PRESENT, ActionKind.ABSENT, ActionKind.LATE})
_NAMED_AT_MOST = 4
_TOAST_SECONDS = 12.0


class SessionGestures(Screen[None]):
    """The gestures of a session on a board; nothing is shown as done before the next Snapshot says so."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    moment: reactive[datetime] = reactive(NOT_YET, repaint=False)
    view: reactive[View | None] = reactive(None, repaint=False)
    marked: reactive[frozenset[int]] = reactive(frozenset[int](), repaint=False)

    def __init__(self, mode_of: ModeOf) -> None:
        super().__init__()
        self.mode_of = mode_of

    @property
    def mode(self) -> BoardMode:
        """What is supervised, if anything is."""
        return self.mode_of(self.snapshot)

    @property
    def seen_at(self) -> datetime:
        """The moment the board shows: in the past, what was news then is news."""
        return (self.snapshot.as_of if self.snapshot is not None else None) or self.moment

    def may_act(self, action: str) -> bool:
        """Whether a gesture makes sense on this board: each belongs to a certification, a lesson, or both."""
        if action == "unmark" and not self.marked:
            return False
        return self.mode.allows(action)

    @property
    def targets(self) -> tuple[BoardRow, ...]:
        """Whom the next gesture is for: those marked, in the order of need, else the one under the cursor."""
        if self.marked and self.snapshot is not None:
            return tuple(row for row in self.snapshot.rows if row.student_id in self.marked)
        selected = self.query_one(BoardGrid).selected
        return (selected,) if selected is not None else ()

    def action_act(self, kind: str) -> None:
        """What needs no other word."""
        action, marked = ActionKind(kind), bool(self.marked)
        if self.ask(action) and action in _ROLL_CALL and not marked:
            self.query_one(BoardGrid).action_move(1)  # a roll call goes on with the next one

    def ask(self, kind: ActionKind) -> bool:
        """Ask for it to be written down for whom it makes sense; say for whom it does not, and why."""
        allowed = self.allowed(kind, self.targets)
        if not allowed:
            return False
        students = tuple(row.student_id for row in allowed)
        self.post_message(ActionAsked(ActionRequest(kind, students)))
        self.marked = frozenset()
        return True

    def allowed(
        self, kind: ActionKind, targets: Sequence[BoardRow], *, code: str = ""
    ) -> tuple[BoardRow, ...]:
        """Those for whom this makes sense now; a toast has the others with the reason."""
        if self.snapshot is not None and self.snapshot.as_of is not None:
            # Nothing is judged in the past: the pipeline refuses, with the reason.
            self.post_message(ActionAsked(ActionRequest(kind, tuple(row.student_id for row in targets))))
            return ()
        judged = self.mode.judged(kind, targets, self.moment, code)
        self._say(judged.refused, refused=True)
        self._say(judged.warned, refused=False)
        return judged.kept

    def _say(self, sentences: Sequence[tuple[BoardRow, str]], *, refused: bool) -> None:
        """Who, and why; one toast for all."""
        if not sentences:
            return
        lines = [f"{row.shown_name}{_(': ')}{why}" for row, why in sentences[:_NAMED_AT_MOST]]
        if more := len(sentences) - _NAMED_AT_MOST:
            others = ngettext("and {n} other", "and {n} others", more)
            lines += [others.format(n=more)] if more > 0 else []
        title = _("Not done") if refused else _("To know")
        self.notify("\n".join(lines), title=title, severity="warning", timeout=_TOAST_SECONDS, markup=False)

    def action_redirect(self) -> None:
        """The code in large letters; enter there redirects."""
        if targets := self.allowed(ActionKind.REDIRECT, self.targets):
            self._wish(ActionKind.REDIRECT, targets)

    def action_pause(self) -> None:
        """Choose for whom, and of which kind."""
        self._wish(ActionKind.PAUSE, self.targets)

    def action_incident(self) -> None:
        """Choose its code."""
        if targets := self.targets:
            self._wish(ActionKind.INCIDENT, targets)

    def action_note(self) -> None:
        """Write it."""
        if targets := self.targets:
            self._wish(ActionKind.NOTE, targets)

    def action_observe(self) -> None:
        """Choose it from the list of the lesson."""
        if targets := self.allowed(ActionKind.OBSERVE, self.targets):
            self._wish(ActionKind.OBSERVE, targets)

    def _wish(self, kind: ActionKind, targets: tuple[BoardRow, ...]) -> None:
        self.post_message(ActionWished(kind, targets))

    def action_undo(self) -> None:
        """The last thing done in this session, by this program."""
        self.post_message(UndoAsked())

    def action_checklist(self) -> None:
        """The checklist of the day."""
        self._wish(ActionKind.TICK, ())

    def action_hand_over(self) -> None:
        """The sheet of the session."""
        self.post_message(SheetAsked())

    def action_projection(self) -> None:
        """For the projector."""
        self.post_message(ProjectionAsked())

    def action_sort_next(self) -> None:
        """By the next column; after the last one, in the order of need again."""
        self.query_one(BoardGrid).action_sort_next()

    def action_mark(self) -> None:
        """Mark the student under the cursor or take the mark away, and go on to the next."""
        grid = self.query_one(BoardGrid)
        if grid.selected is not None:
            self.marked = self.marked ^ {grid.selected.student_id}
            grid.action_move(1)

    def action_mark_all(self) -> None:
        """Everybody shown; where all of them are marked, nobody any more."""
        shown = frozenset(row.student_id for row in self.view.rows) if self.view else frozenset()
        self.marked = self.marked - shown if shown <= self.marked else self.marked | shown

    def action_unmark(self) -> None:
        """Nobody any more."""
        self.marked = frozenset()

    def forget_gone(self) -> None:
        """A mark does not outlive its line."""
        if self.marked and self.snapshot is not None:
            self.marked = self.marked & {row.student_id for row in self.snapshot.rows}
