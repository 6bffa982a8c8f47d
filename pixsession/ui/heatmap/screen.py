"""The map of competences: who has which level, and what the group should work on next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.lesson.mastery import Evidence
from pixsession.domain.pix.competences import BY_CODE
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.ui.board.filters import Filters
from pixsession.ui.board.view import view_of
from pixsession.ui.common.line import Line, cut
from pixsession.ui.common.page import Page
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.heatmap.columns import HeatSource
from pixsession.ui.heatmap.grid import HeatGrid
from pixsession.ui.messages import StudentAsked
from pixsession.ui.modes import mode_of


class HeatLegend(Line):
    """What the shades mean, and the weakest competence by its name."""

    def __init__(self, *, symbols: Symbols) -> None:
        super().__init__()
        self._symbols = symbols
        self._weakest: tuple[str, ...] = ()
        self._evidence = Evidence.PROFILE

    def show(self, evidence: Evidence, weakest: tuple[str, ...]) -> None:
        self._evidence, self._weakest = evidence, weakest
        self.rewrite()

    def content_for(self, width: int) -> Content:
        """The weakest first: it is what one comes for."""
        shades = ".1 :2 =3 #4" if self._symbols.ascii_only else "░1 ▒2 ▓3 █4"
        never, short = ("x", "-3") if self._symbols.ascii_only else ("✖", "−3")
        levels = _("{shades} levels  {never} never opened  {short} pix missing")
        words = _("% mastered")
        if self._evidence is Evidence.PROFILE:
            words = levels.format(shades=shades, never=never, short=short)
        legend = Content.styled(words, "$board-calm")
        if not self._weakest:
            return Content.assemble(" ", cut(legend, width - 2, self._symbols.cut))
        names = ", ".join(f"{code} {BY_CODE[code].short_name}" for code in self._weakest)
        words = ngettext("weakest competence: {names}", "weakest competences: {names}", len(self._weakest))
        mark = "!" if self._symbols.ascii_only else "▼"
        weak = Content.styled(f"{mark} {words.format(names=names)}", "bold $state-to-check")
        room = width - 2
        if weak.cell_length + legend.cell_length + 3 <= room:
            weak = Content.assemble(weak, "   ", legend)
        return Content.assemble(" ", cut(weak, room, self._symbols.cut))


class HeatmapScreen(Page):
    """The students that the filters of the board leave, the weakest column marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "M", "app.close_page", N_("back"), id="heat.close", show=False, tooltip=N_("Back to the board")
        ),
        Binding(
            "p",
            "evidence",
            N_("path or profile"),
            id="heat.evidence",
            tooltip=N_("What the map is made of: the mastery of the path, or the levels of the profiles"),
        ),
    ]

    filters: reactive[Filters] = reactive(Filters(), repaint=False)

    def __init__(self, level: int, start: int | None, *, symbols: Symbols) -> None:
        """`level` is that of the rule; the cursor begins on the student `start`."""
        super().__init__(_("Map of competences"), symbols=symbols)
        self._level = level
        self._start = start
        self._evidence: Evidence | None = None  # None: not chosen, what tells of more students is shown

    def body(self) -> Iterable[Widget]:
        """The map and what its signs mean."""
        source = HeatSource(Evidence.PROFILE, self._level)
        yield HeatGrid(source=source, ascii_only=self.symbols.ascii_only)
        yield HeatLegend(symbols=self.symbols)

    def on_screen_resume(self) -> None:
        """The map has the keys."""
        self.query_one(HeatGrid).focus()

    def show(self) -> None:
        if self.snapshot is None:
            return
        rows = view_of(self.snapshot, self.filters, mode_of(self.snapshot)).rows
        grid = self.query_one(HeatGrid)
        source = self._source(self.snapshot, rows)
        if source != grid.lines.source:
            grid.tell(source)
        grid.show(rows)
        if self._start is not None and rows:
            grid.select(self._start)
            self._start = None
        self.query_one(HeatLegend).show(source.evidence, grid.lines.weakest)
        words = ngettext("Map of competences: {n} student", "Map of competences: {n} students", len(rows))
        told_by = _("path") if source.evidence is Evidence.PATH else _("profile")
        self.heading = f"{words.format(n=len(rows))} {self.symbols.point} {told_by}"

    def _source(self, snapshot: Snapshot, rows: Sequence[BoardRow]) -> HeatSource:
        """What was chosen, else what tells of more students; profiles where they tell of as many."""
        sources = [HeatSource(evidence, self._level, snapshot.lesson_campaign) for evidence in Evidence]
        if self._evidence is not None:
            return next(one for one in sources if one.evidence is self._evidence)
        by_profile, by_path = sources[::-1]
        known = {one: sum(one.values(row) is not None for row in rows) for one in sources}
        return by_path if known[by_path] > known[by_profile] else by_profile

    def action_evidence(self) -> None:
        """Make the map of what it was not made of so far: path or profiles."""
        shown = self.query_one(HeatGrid).lines.source.evidence
        self._evidence = Evidence.PATH if shown is Evidence.PROFILE else Evidence.PROFILE
        self._show_if_known()

    @property
    def competence(self) -> str | None:
        """The competence that the map is sorted by."""
        return self.query_one(HeatGrid).lines.competence

    def watch_filters(self) -> None:
        self._show_if_known()

    def on_student_table_opened(self, message: HeatGrid.Opened) -> None:
        """Enter, or a second click."""
        self.post_message(StudentAsked(message.row.student_id))
