"""One student: the sixteen competences, the rule applied, what is missing, and every profile sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.i18n import N_, _
from pixsession.ui.board.mode import ModeOf
from pixsession.ui.common.page import Page
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.messages import CopyAsked, NeighbourAsked
from pixsession.ui.student.facts import StudentFacts
from pixsession.ui.student.submissions import ReadHistory


class StudentScreen(Page):
    """Follows its student from export to export; up and down go along the board."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "down,n,j",
            "step(1)",
            N_("next"),
            id="student.next",
            key_display="↓",
            tooltip=N_("The next student of the board"),
        ),
        Binding(
            "up,p,k",
            "step(-1)",
            N_("previous"),
            id="student.previous",
            key_display="↑",
            tooltip=N_("The student above on the board"),
        ),
        Binding(
            "pagedown",
            "scroll(1)",
            N_("further"),
            id="student.page_down",
            show=False,
            tooltip=N_("Further down"),
        ),
        Binding(
            "pageup", "scroll(-1)", N_("back up"), id="student.page_up", show=False, tooltip=N_("Back up")
        ),
        Binding(
            "y", "copy", N_("copy"), id="student.copy", tooltip=N_("Copy the student's line as plain words")
        ),
    ]

    student_id: reactive[int | None] = reactive(None, repaint=False)
    row: reactive[BoardRow | None] = reactive(None, repaint=False)

    def __init__(self, rule: Rule, read: ReadHistory, mode_of: ModeOf, *, symbols: Symbols) -> None:
        super().__init__(_("Student"), symbols=symbols)
        self._rule = rule
        self._read = read
        self._mode_of = mode_of

    def body(self) -> Iterable[Widget]:
        """A line for who has left the board, then the facts."""
        yield Static(_("This student is not in the newest export any more."), id="left", markup=False)
        yield StudentFacts(self._read, self._rule, self._mode_of, symbols=self.symbols).data_bind(
            row=StudentScreen.row, moment=Page.moment, snapshot=Page.snapshot
        )

    def show(self) -> None:
        """The facts may have changed; those of a student who left stay as they were."""
        rows = self.snapshot.rows if self.snapshot else ()
        found = next((row for row in rows if row.student_id == self.student_id), None)
        self.set_class(found is None, "-left")
        self.row = found or self.row
        if self.row is not None:
            place = f" {self.symbols.point} {self.row.shown_place}" if self.row.shown_place else ""
            self.heading = f"{self.row.shown_name}{place}"

    def watch_student_id(self) -> None:
        self._show_if_known()

    def action_step(self, steps: int) -> None:
        if self.student_id is not None:
            self.post_message(NeighbourAsked(self.student_id, steps))

    def action_scroll(self, pages: int) -> None:
        """Where the screen is too short for everything."""
        facts = self.query_one(StudentFacts)
        facts.scroll_relative(y=pages * max(1, facts.size.height - 2), animate=False)

    def action_copy(self) -> None:
        """The line of this student."""
        if self.row is not None:
            self.post_message(CopyAsked(self.row))
