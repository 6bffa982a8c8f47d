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
from pixsession.domain.lesson.group import help_for, helper_level
from pixsession.domain.lesson.mastery import STRONG_FROM, missing_of
from pixsession.domain.pix.competences import BY_CODE, CODES, MAX_LEVEL
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.ui.board.filters import Filters
from pixsession.ui.common.page import Page
from pixsession.ui.common.scrolling import scroll_keys
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
        *scroll_keys("help_each"),
        Binding(
            "plus,equals_sign",
            "level(1)",
            N_("level higher"),
            id="help_each.higher",
            key_display="+",
            tooltip=N_("Only who has it at a higher level"),
        ),
        Binding(
            "minus",
            "level(-1)",
            N_("level lower"),
            id="help_each.lower",
            key_display="-",
            tooltip=N_("Also who has it at a lower level"),
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
        self._level: int | None = None  # asked for by a key; else that of the session

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

    def action_level(self, steps: int) -> None:
        """Ask for a level higher or lower of those who help."""
        self._level = max(1, min(MAX_LEVEL, self._helper_level + steps))
        self._show_if_known()

    @property
    def _helper_level(self) -> int:
        return self._level or helper_level(self.snapshot)

    def _is_delegate(self, row: BoardRow) -> bool:
        lesson = self.snapshot.lesson if self.snapshot else None
        student = lesson.students.get(row.student_id) if lesson else None
        return student is not None and student.is_delegate

    def _shown(self, row: BoardRow) -> str:
        star = "+" if self.symbols.ascii_only else "★"
        return f"{star} {row.shown_name}" if self._is_delegate(row) else row.shown_name

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
            "Who has it at level {n} or more (+ and − change it), or {percent}% of it in the path, by name; "
            "helpers of the class first. You choose whom to ask, nobody is ranked."
        )
        head = words.format(n=self._helper_level, percent=STRONG_FROM)
        lines = [Content.styled(head, "$board-calm"), Content("")]
        if not codes:
            lines.append(Content(_("Nothing is missing, by what was sent.")))
        for code in codes:
            own = student.student_id if student is not None else None
            others = [row for row in rows if row.student_id != own]
            found = help_for(others, code, self._campaign, self._helper_level)
            lines.append(Content.styled(_named(code), "bold"))
            if found.able:
                names = map(self._shown, sorted(found.able, key=lambda row: not self._is_delegate(row)))
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
