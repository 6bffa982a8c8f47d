"""Who in the room has what a student misses: the teacher proposes, nobody is ranked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from pixsession.domain.board.snapshot import BoardRow, Campaign, Snapshot, narrowed
from pixsession.domain.lesson.group import HELPS_FROM, help_for
from pixsession.domain.lesson.mastery import STRONG_FROM, missing_of
from pixsession.domain.pix.competences import BY_CODE, CODES
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.ui.board.filters import Filters
from pixsession.ui.common.page import Page
from pixsession.ui.common.symbols import Symbols


class MutualHelpScreen(Page):
    """One competence, or those that one student misses, each with the names of who could explain it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "E",
            "app.close_page",
            N_("back"),
            id="help_each.close",
            show=False,
            tooltip=N_("Back to the board"),
        ),
        Binding(
            "down,j", "scroll(1)", N_("down"), id="help_each.down", show=False, tooltip=N_("Further down")
        ),
        Binding("up,k", "scroll(-1)", N_("up"), id="help_each.up", show=False, tooltip=N_("Back up")),
        Binding(
            "pagedown,space",
            "scroll(15)",
            N_("page down"),
            id="help_each.page_down",
            tooltip=N_("A page down"),
        ),
        Binding(
            "pageup",
            "scroll(-15)",
            N_("page up"),
            id="help_each.page_up",
            show=False,
            tooltip=N_("A page up"),
        ),
    ]

    filters: reactive[Filters] = reactive(Filters(), repaint=False)

    def __init__(
        self, student_id: int | None, competence: str | None, rule: Rule, *, symbols: Symbols
    ) -> None:
        """For one `competence`, else for those that the student misses, else for all of them."""
        super().__init__(_("Helping each other"), symbols=symbols)
        self._student_id = student_id
        self._competence = competence
        self._rule = rule

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(can_focus=False):
            yield Static(id="helpers", markup=False)

    def show(self) -> None:
        if self.snapshot is None:
            return
        rows = self._room(self.snapshot)
        student = next((row for row in rows if row.student_id == self._student_id), None)
        if self._competence is not None:
            codes: tuple[str, ...] = (self._competence,)
            self.heading = _("Helping each other: {competence}").format(competence=_named(self._competence))
        elif student is not None and (missing := self._missing(student)) is not None:
            codes = missing
            self.heading = _("Helping each other: what {who} misses").format(who=student.shown_name)
        else:
            codes = CODES
            self.heading = _("Helping each other: every competence")
        self.query_one("#helpers", Static).update(self._text(codes, rows, student))

    def watch_filters(self) -> None:
        self._show_if_known()

    def action_scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def _missing(self, student: BoardRow) -> tuple[str, ...] | None:
        """What the student is short of by the path or the profile; None: nothing is known."""
        found = missing_of(student, self._campaign, self._rule.min_level)
        return None if found is None else tuple(one.competence for one in found)

    @property
    def _campaign(self) -> Campaign | None:
        return self.snapshot.lesson.campaign if self.snapshot and self.snapshot.lesson else None

    def _room(self, snapshot: Snapshot) -> tuple[BoardRow, ...]:
        """The classes or groups shown, whatever their state and the search."""
        return narrowed(snapshot, self.filters.places).rows

    def _text(self, codes: tuple[str, ...], rows: tuple[BoardRow, ...], student: BoardRow | None) -> Content:
        words = _(
            "Who has it at level {n} or more, or {percent}% of it in the path, by name; "
            "you choose whom to ask, nobody is ranked."
        )
        head = words.format(n=HELPS_FROM, percent=STRONG_FROM)
        lines = [Content.styled(head, "$board-calm"), Content("")]
        if not codes:
            lines.append(Content(_("Nothing is missing, by what was sent.")))
        for code in codes:
            own = student.student_id if student is not None else None
            found = help_for([row for row in rows if row.student_id != own], code, self._campaign)
            names = [row.shown_name for row in found.able]
            lines.append(Content.styled(_named(code), "bold"))
            if names:
                lines.append(Content(f"   {f' {self.symbols.point} '.join(names)}"))
            else:
                nobody = _("nobody in the room") if not found.unknown else _("nobody known of")
                lines.append(Content.styled(f"   {nobody}", "$board-calm"))
            if found.unknown:
                words = ngettext(
                    "not known of {n} student, who sent nothing",
                    "not known of {n} students, who sent nothing",
                    found.unknown,
                )
                lines.append(Content.styled(f"   {words.format(n=found.unknown)}", "$board-calm"))
        return Content("\n").join(lines)


def _named(code: str) -> str:
    return f"{code} {BY_CODE[code].name}"
