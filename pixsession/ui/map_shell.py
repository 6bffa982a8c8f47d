"""The views that a lesson adds to the board: the map of competences, and who can help whom."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import reactive

from pixsession.domain.board.snapshot import BoardRow
from pixsession.foundation.i18n import N_, _
from pixsession.ui.common.page import Page
from pixsession.ui.filtering import FilteringApp
from pixsession.ui.session_shell import SessionShell

_STEPS = frozenset({"step_back", "step_on"})


class MapShell(SessionShell):
    """Two pages over the board, and when the keys of a lesson do something."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "M",
            "heatmap",
            N_("map"),
            id="app.heatmap",
            tooltip=N_("Map of competences: students by the 16 competences, the weakest marked"),
        ),
        Binding(
            "E",
            "mutual_help",
            N_("help each other"),
            id="app.mutual_help",
            show=False,
            tooltip=N_("In a lesson: who in the room has the competence that is missing"),
        ),
    ]

    student_id: reactive[int | None] = reactive(None, repaint=False)  # whose screen is open

    @abstractmethod
    def open_page(self, page: Page) -> None:
        """Over the board."""

    @abstractmethod
    def under_cursor(self) -> BoardRow | None:
        """The student under the cursor of the board."""

    def key_of_lesson(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether this key does something now; None where it is none of these."""
        snapshot = self.snapshot
        if action == "go_live":
            return self.may_go_live()
        if action in _STEPS:
            return snapshot is not None and len(snapshot.export_times) > 1
        if action == "show_need":
            return snapshot is not None and snapshot.lesson is not None
        if action == "show_state" and snapshot is not None and snapshot.lesson is not None:
            return parameters == ("all",)  # a lesson has its own states
        return None

    def action_heatmap(self) -> None:
        """Students by competences."""
        from pixsession.ui.heatmap.screen import HeatmapScreen  # noqa: PLC0415 - not before the first paint

        selected = self.under_cursor()
        start = selected.student_id if selected is not None else None
        page = HeatmapScreen(self.settings.rule.min_level, start, signs=self.signs)
        self.open_page(page.data_bind(FilteringApp.filters))

    def action_mutual_help(self) -> None:
        """Who could explain what is missing; in a lesson only."""
        from pixsession.ui.heatmap.screen import HeatmapScreen  # noqa: PLC0415 - not before the first paint
        from pixsession.ui.lesson.mutual_help import MutualHelpScreen  # noqa: PLC0415 - as above
        from pixsession.ui.student.screen import StudentScreen  # noqa: PLC0415 - as above

        if self.snapshot is None or self.snapshot.lesson is None:
            self.notify(_("In a lesson only: in a certification everybody works alone."), markup=False)
            return
        here, selected = self.screen, self.under_cursor()
        student = selected.student_id if selected is not None else None
        if isinstance(here, StudentScreen):
            student = self.student_id
        competence = here.competence if isinstance(here, HeatmapScreen) else None
        page = MutualHelpScreen(student, competence, self.settings.rule, signs=self.signs)
        self.open_page(page.data_bind(FilteringApp.filters))
