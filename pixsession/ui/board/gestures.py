"""What the keys of a session do: whom they are for, what is refused and why, and what is asked of the app."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from math import inf
from time import monotonic
from typing import Protocol

from textual.message import Message
from textual.notifications import SeverityLevel

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.action_kinds import PRESENCES, ActionKind
from pixsession.foundation.i18n import _, ngettext
from pixsession.ui.board.filters import View
from pixsession.ui.board.grid.table import BoardGrid
from pixsession.ui.board.mode import BoardMode, Judged
from pixsession.ui.messages import (
    ActionAsked,
    ActionWished,
    ProjectionAsked,
    QuestionAsked,
    SheetAsked,
    UndoAsked,
)

_NAMED_AT_MOST = 4
_TOAST_SECONDS = 12.0
SLIP_SECONDS = 0.5
TWICE_SECONDS = 0.15  # nobody calls two names so soon after one another: a key that bounces, or is held down


class SupervisedBoard(Protocol):
    """What a gesture asks of the board that it is done on."""

    @property
    def snapshot(self) -> Snapshot | None:
        """What is shown; None: nothing is known yet."""

    @property
    def moment(self) -> datetime:
        """The time in the room (Paris, without zone)."""

    @property
    def view(self) -> View | None:
        """What the filters leave of the Snapshot; None: nothing is known yet."""

    @property
    def marked(self) -> frozenset[int]:
        """The students that the next gesture is for."""

    @property
    def mode(self) -> BoardMode:
        """What is supervised, if anything is."""

    def mark(self, students: frozenset[int]) -> None:
        """Mark these and nobody else."""

    def post_message(self, message: Message) -> bool:
        """Ask the app for something."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a toast, for so many seconds."""


_OF_STUDENTS = frozenset(
    {"act", "redirect", "stop", "observe", "incident", "note", "delegate", "extra_time", "choose_room"}
    | {"mark", "mark_all"}
)


class SessionGestures:
    """The gestures of a session on a board; nothing is shown as done before the next Snapshot says so."""

    def __init__(self, board: SupervisedBoard, grid: BoardGrid) -> None:
        self._board = board
        self._grid = grid
        self._slipped_at = -inf  # when a Snapshot put another student under the cursor
        self._went_on_at = -inf  # when a gesture went on with the next student
        self._by_name: Mapping[str, Callable[..., object]] = {
            "act": self._act,
            "redirect": partial(self._wish_where_allowed, ActionKind.REDIRECT),
            "stop": partial(self._wish_where_allowed, ActionKind.STOP),
            "observe": partial(self._wish_where_allowed, ActionKind.OBSERVE),
            "incident": partial(self._wish_for_somebody, ActionKind.INCIDENT),
            "note": partial(self._wish_for_somebody, ActionKind.NOTE),
            "pause": lambda: self._wish(ActionKind.PAUSE, self._targets),
            "delegate": self._delegate,
            "checklist": lambda: self._wish(ActionKind.TICK, ()),
            "extra_time": partial(self._wish_for_somebody, ActionKind.EXTRA_TIME),
            "choose_room": partial(self._wish_for_somebody, ActionKind.ROOM),
            "call": lambda: self._wish(ActionKind.CALL, ()),
            "undo": lambda: board.post_message(UndoAsked()),
            "hand_over": lambda: board.post_message(SheetAsked()),
            "projection": lambda: board.post_message(ProjectionAsked()),
            "mark": self._mark,
            "mark_all": self._mark_all,
            "unmark": lambda: board.mark(frozenset()),
        }

    def do(self, name: str, *arguments: str) -> None:
        """What the key of this gesture does."""
        self._by_name[name](*arguments)

    def makes_sense(self, name: str, *arguments: str) -> bool:
        """Whether a gesture does something here: each is one of a certification, of a lesson, or of both."""
        if name == "unmark" and not self._board.marked:
            return False
        if name in _OF_STUDENTS and not (self._board.snapshot and self._board.snapshot.rows):
            return False
        return self._board.mode.allows(arguments[0] if name == "act" and arguments else name)

    def allowed(
        self, kind: ActionKind, targets: Sequence[BoardRow], *, code: str = ""
    ) -> tuple[BoardRow, ...]:
        """Those for whom this makes sense now; a toast has the others with the reason."""
        return self._judged(kind, targets, code).kept

    def _judged(self, kind: ActionKind, targets: Sequence[BoardRow], code: str = "") -> Judged:
        board = self._board
        if board.snapshot is not None and board.snapshot.as_of is not None:
            # Nothing is judged in the past: the pipeline refuses, with the reason.
            self._write_down(kind, targets)
            return Judged()
        judged = board.mode.judged(kind, targets, board.moment, code)
        self._say(judged.refused, _("Not done"))
        return judged

    def note_slip(self, before: BoardRow | None) -> None:
        """A Snapshot was shown, and this student was under the cursor before it."""
        after = self._grid.selected
        if before is None or after is None or before.student_id == after.student_id:
            return
        if not set(before.keys) & set(after.keys):  # of one student who has another number now, they meet
            self._slipped_at = monotonic()

    def forget_slip(self) -> None:
        """Who looked for a student since knows who is under the cursor."""
        self._slipped_at = -inf

    @property
    def _has_slipped(self) -> bool:
        """Whether another student has come under the cursor so lately that the key was for the one before."""
        return monotonic() - self._slipped_at < SLIP_SECONDS

    def forget_gone(self) -> None:
        """A mark does not outlive its line."""
        if self._board.marked and self._board.snapshot is not None:
            self._board.mark(self._board.marked & {row.student_id for row in self._board.snapshot.rows})

    @property
    def _targets(self) -> tuple[BoardRow, ...]:
        """Whom the next gesture is for: those marked, in the order of need, else the one under the cursor."""
        marked, snapshot = self._board.marked, self._board.snapshot
        if marked and snapshot is not None:
            return tuple(row for row in snapshot.rows if row.student_id in marked)
        selected = self._grid.selected
        return (selected,) if selected is not None else ()

    def _act(self, kind: str) -> None:
        """What needs no other word, for whom it makes sense."""
        action, marked = ActionKind(kind), bool(self._board.marked)
        goes_on = action in PRESENCES and not marked
        if goes_on and self._is_pressed_twice():
            return
        judged = self._judged(action, self._targets)
        if not judged.kept:
            if goes_on and judged.refused:
                self._grid.action_move(1)  # who is marked already holds up no roll call
            return
        done = partial(self._do, action, judged.kept, goes_on=goes_on)
        self._ask_first(self._question(action, judged.kept, marked=marked), judged, done)

    def _is_pressed_twice(self) -> bool:
        """Whether the key of a roll call comes again before anybody could have looked at the next student."""
        before, self._went_on_at = self._went_on_at, monotonic()
        return self._went_on_at - before < TWICE_SECONDS

    def _ask_first(self, question: str, judged: Judged, done: Callable[[], None]) -> None:
        """Do it once it is agreed to, where there is something to ask, and say what is to be known of it."""

        def agreed() -> None:
            self._say(judged.warned, _("To know"))
            done()

        if question:
            self._board.post_message(QuestionAsked(question, agreed))
        else:
            agreed()

    def _do(self, action: ActionKind, rows: tuple[BoardRow, ...], *, goes_on: bool) -> None:
        self._write_down(action, rows)
        self._board.mark(frozenset())
        if goes_on:
            self._grid.action_move(1)  # a roll call goes on with the next one

    def _write_down(self, kind: ActionKind, rows: Sequence[BoardRow]) -> None:
        from pixsession.domain.certification.actions import ActionRequest  # noqa: PLC0415 - (d): 4 ms, of a day

        self._board.post_message(ActionAsked(ActionRequest(kind, tuple(row.student_id for row in rows))))

    def _question(self, action: ActionKind, rows: tuple[BoardRow, ...], *, marked: bool) -> str:
        """What this gesture has to be asked about: its students, or a line that has just changed."""
        asked = self._board.mode.question(action, rows, self._board.moment)
        if marked or not self._has_slipped:
            return asked
        slip = _("The cursor has just come to {who}: is it for this student?").format(who=rows[0].shown_name)
        return "\n".join(filter(None, (slip, asked)))

    def _say(self, sentences: Sequence[tuple[BoardRow, str]], title: str) -> None:
        """Who, and why; one toast for all."""
        if not sentences:
            return
        lines = [f"{row.shown_name}{_(': ')}{why}" for row, why in sentences[:_NAMED_AT_MOST]]
        if (more := len(sentences) - _NAMED_AT_MOST) > 0:
            lines.append(ngettext("and {n} other", "and {n} others", more).format(n=more))
        self._board.notify(
            "\n".join(lines), title=title, severity="warning", timeout=_TOAST_SECONDS, markup=False
        )

    def _wish_where_allowed(self, kind: ActionKind) -> None:
        judged = self._judged(kind, self._targets)
        if judged.kept:
            question = self._board.mode.question(kind, judged.kept, self._board.moment)
            self._ask_first(question, judged, partial(self._wish, kind, judged.kept))

    def _wish_for_somebody(self, kind: ActionKind) -> None:
        if targets := self._targets:
            self._wish(kind, targets)

    def _wish(self, kind: ActionKind, targets: tuple[BoardRow, ...]) -> None:
        self._board.post_message(ActionWished(kind, targets))

    def _delegate(self) -> None:
        """Name those helpers of their class who are not yet; where all of them are, none any more."""
        if targets := self._targets:
            kind = self._board.mode.turned(ActionKind.DELEGATE, targets)
            self._write_down(kind, targets)
            self._board.mark(frozenset())

    def _mark(self) -> None:
        """Mark the student under the cursor or take the mark away, and go on to the next."""
        if (selected := self._grid.selected) is not None:
            self._board.mark(self._board.marked ^ {selected.student_id})
            self._grid.action_move(1)

    def _mark_all(self) -> None:
        """Everybody shown; where all of them are marked, nobody any more."""
        view, marked = self._board.view, self._board.marked
        shown = frozenset(row.student_id for row in view.rows) if view else frozenset()
        self._board.mark(marked - shown if shown <= marked else marked | shown)
