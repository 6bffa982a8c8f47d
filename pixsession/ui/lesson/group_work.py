"""What a group should work on: targeted sessions with who can help, and the competences to choose."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from pixsession.domain.board.snapshot import Snapshot, narrowed
from pixsession.domain.lesson.aim_words import objective_name
from pixsession.domain.lesson.choice import Choice, choice_of
from pixsession.domain.lesson.group import helper_level
from pixsession.domain.lesson.objectives import Objective
from pixsession.domain.lesson.targeted import TargetedPlan, targeted_sessions
from pixsession.foundation.i18n import N_, _
from pixsession.ui.board.filters import Filters
from pixsession.ui.common.page import Page
from pixsession.ui.common.scrolling import scroll_keys
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.lesson.group_lines import choice_lines, targeted_lines
from pixsession.ui.modes import mode_of

_MOST_SLOTS = 12  # as on the command line


class Work(StrEnum):
    """The two sides of the page."""

    TARGETED = "targeted"
    CHOICE = "choice"


class GroupWorkScreen(Page):
    """Of the classes or groups shown, whatever their state and the search."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("F", "sheet", N_("sheet"), id="group.sheet", tooltip=N_("Write the groups, to print")),
        Binding("o", "objective", N_("objective"), id="group.objective", tooltip=N_("The next objective")),
        Binding("R", "turn('targeted')", N_("groups"), id="group.targeted", tooltip=N_("The groups")),
        Binding(
            "K", "turn('choice')", N_("to choose"), id="group.choice", tooltip=N_("The competences to choose")
        ),
        Binding(
            "right,plus", "slots(1)", N_("more groups"), id="group.more", key_display="→",
            tooltip=N_("One group more"),
        ),
        Binding(
            "left,minus", "slots(-1)", N_("fewer"), id="group.less", key_display="←",
            tooltip=N_("One group less"),
        ),
        *scroll_keys("group", shown=False),
    ]  # fmt: skip

    filters: reactive[Filters] = reactive(Filters(), repaint=False)

    def __init__(self, side: Work, *, symbols: Symbols) -> None:
        super().__init__(_("Targeted sessions"), symbols=symbols)
        self._side = side
        self._slots = 2
        self._asked: int | None = None  # the place of the objective among those of the board

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(can_focus=False):
            yield Static(id="work", markup=False)

    def show(self) -> None:
        if self.snapshot is None:
            return
        width = max(20, self.size.width - 4)
        if self._side is Work.TARGETED:
            self.heading = _("Targeted sessions: {objective}").format(
                objective=objective_name(self._objective)
            )
            lines = targeted_lines(self._plan(self.snapshot), width, self.symbols)
        else:
            self.heading = _("Competences to choose: {objective}").format(
                objective=objective_name(self._objective)
            )
            lines = choice_lines(self._choice(self.snapshot), width, self.symbols)
        self.query_one("#work", Static).update(Content("\n").join(lines))

    def watch_filters(self) -> None:
        self._show_if_known()

    @property
    def _objective(self) -> Objective:
        """The one chosen here, else that of the column of the board, else the first of the board."""
        objectives = mode_of(self.snapshot).objectives
        aim = self.filters.aim.objective if self.filters.aim else None
        if self._asked is None:
            return aim or objectives[0]
        return objectives[self._asked % len(objectives)]

    def _plan(self, snapshot: Snapshot) -> TargetedPlan:
        rows, campaign = narrowed(snapshot, self.filters.places).rows, snapshot.lesson_campaign
        return targeted_sessions(rows, self._objective, self._slots, campaign, helper_level(snapshot))

    def _choice(self, snapshot: Snapshot) -> Choice:
        rows = narrowed(snapshot, self.filters.places).rows
        return choice_of(rows, snapshot.lesson_campaign, self._objective)

    def action_turn(self, side: str) -> None:
        """The other side; from its own side back to the board."""
        if self._side == side:
            self.dismiss()
            return
        self._side = Work(side)
        self._show_if_known()

    def action_objective(self) -> None:
        objectives = mode_of(self.snapshot).objectives
        now = objectives.index(self._objective) if self._objective in objectives else -1
        self._asked = now + 1
        self._show_if_known()

    def action_slots(self, more: int) -> None:
        self._slots = max(1, min(_MOST_SLOTS, self._slots + more))
        self._show_if_known()

    def action_scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_sheet(self) -> None:
        """The groups and the competences to choose, as a page beside the session file."""
        if self.snapshot is None:
            return
        from pixsession.reports.lesson.targeted import targeted_document  # noqa: PLC0415 - 150 ms of reports
        from pixsession.ui.controllers.hand_over import write_page  # noqa: PLC0415 - likewise

        snapshot = self.snapshot
        session = snapshot.lesson.session if snapshot.lesson else None
        code = session.lesson.code if session else None
        sheet = targeted_document(self._plan(snapshot), self.moment, code, self._choice(snapshot))
        folder = session.path.parent if session and session.path else Path(snapshot.folder)
        self.run_worker(write_page(folder, sheet, self.notify))
