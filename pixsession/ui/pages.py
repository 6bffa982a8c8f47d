"""The screens over the board, made ready; loaded with all of them when the first is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.binding import ActiveBinding
from textual.screen import Screen

from pixsession.domain.board.snapshot import BoardRow, SentProfile
from pixsession.domain.lesson.view import LessonView
from pixsession.settings.config import Settings
from pixsession.ui.certification.checklist import ChecklistScreen
from pixsession.ui.certification.projection import ProjectionScreen
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.files.screen import FilesScreen
from pixsession.ui.heatmap.screen import HeatmapScreen
from pixsession.ui.help import Facts, HelpScreen
from pixsession.ui.lesson.mutual_help import MutualHelpScreen
from pixsession.ui.log.screen import ChangesScreen
from pixsession.ui.modes import mode_of
from pixsession.ui.people.screen import MatchesScreen
from pixsession.ui.place import Place
from pixsession.ui.student.screen import StudentScreen


class Pages:
    """One method a screen."""

    def __init__(
        self,
        settings: Settings,
        place: Place,
        read_history: Callable[[int], tuple[SentProfile, ...]],
        symbols: Symbols,
    ) -> None:
        self._settings = settings
        self._place = place
        self._read_history = read_history
        self._symbols = symbols

    def files(self) -> FilesScreen:
        """What became of each file."""
        return FilesScreen(self._place.folder, symbols=self._symbols)

    def changes(self, places: frozenset[str]) -> ChangesScreen:
        """The log of changes of these classes and groups."""
        return ChangesScreen(places, symbols=self._symbols)

    def matches(self) -> MatchesScreen:
        """Who is who across files."""
        return MatchesScreen(symbols=self._symbols)

    def help(self, keys: Mapping[str, ActiveBinding], lesson: LessonView | None) -> HelpScreen:
        """These keys, the rule, the symbols."""
        settings = self._settings
        facts = Facts(settings.rule, settings.stale_minutes, self._place.kept_in, lesson)
        return HelpScreen(keys, facts, symbols=self._symbols)

    def student(self) -> StudentScreen:
        """One student in detail."""
        return StudentScreen(self._settings.rule, self._read_history, mode_of, symbols=self._symbols)

    def heatmap(self, selected: BoardRow | None) -> HeatmapScreen:
        """Students by competences, this one first seen."""
        start = selected.student_id if selected is not None else None
        return HeatmapScreen(self._settings.rule.min_level, start, symbols=self._symbols)

    def mutual_help(
        self, here: Screen[object], selected: BoardRow | None, student_id: int | None
    ) -> MutualHelpScreen:
        """Who could explain what is missing: to the student of the screen `here`, in its competence."""
        student = selected.student_id if selected is not None else None
        if isinstance(here, StudentScreen):
            student = student_id
        competence = here.competence if isinstance(here, HeatmapScreen) else None
        return MutualHelpScreen(student, competence, self._settings.rule, symbols=self._symbols)

    def checklist(self) -> ChecklistScreen:
        """The checklist of the day."""
        return ChecklistScreen(symbols=self._symbols)

    def projection(self) -> ProjectionScreen:
        """What everybody in the room may see."""
        return ProjectionScreen(symbols=self._symbols)
