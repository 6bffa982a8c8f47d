"""The screens over the board, made ready and opened; loaded with all of them when the first is opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.screen import Screen

from pixsession.domain.board.snapshot import BoardRow, SentProfile
from pixsession.domain.certification.day import DayView
from pixsession.domain.lesson.view import LessonView
from pixsession.foundation.i18n import _
from pixsession.settings.config import Settings
from pixsession.ui.asked_for import ShownFolder
from pixsession.ui.board.screen import BoardScreen
from pixsession.ui.certification.dialogs.projection import ProjectionScreen
from pixsession.ui.common.page import Page
from pixsession.ui.common.question import QuestionScreen
from pixsession.ui.controllers.toaster import Toaster
from pixsession.ui.files.screen import FilesScreen
from pixsession.ui.heatmap.screen import HeatmapScreen
from pixsession.ui.help import Facts, HelpScreen
from pixsession.ui.lesson.group_work import GroupWorkScreen, Work
from pixsession.ui.lesson.mutual_help import MutualHelpScreen
from pixsession.ui.lesson.projection import LessonProjectionScreen
from pixsession.ui.lesson.term import TermScreen
from pixsession.ui.log.screen import ChangesScreen
from pixsession.ui.modes import mode_of
from pixsession.ui.people.screen import MatchesScreen
from pixsession.ui.results.screen import ResultsScreen
from pixsession.ui.share.screen import PostsScreen
from pixsession.ui.shown import Shell
from pixsession.ui.student.screen import StudentScreen
from pixsession.ui.student.words import plain_line

# Pages by what a mode must allow for them.
_OF_LESSONS = {"mutual_help": "mutual_help", **dict.fromkeys(map(str, Work), "group_work")}


class Pages:
    """Opens a page; one of its kind that is open already is closed first."""

    def __init__(
        self,
        shell: Shell,
        board: BoardScreen,
        settings: Settings,
        folder: ShownFolder,
        toaster: Toaster,
        read_history: Callable[[int], tuple[SentProfile, ...]],
    ) -> None:
        self._shell, self._board = shell, board
        self._settings, self._folder, self._toaster = settings, folder, toaster
        self._read_history = read_history
        self._symbols = board.symbols
        self._pages: dict[str, Callable[[], Page]] = {
            "files": lambda: FilesScreen(folder.path, symbols=self._symbols),
            "changes": lambda: ChangesScreen(shell.filters.places, symbols=self._symbols),
            "matches": lambda: MatchesScreen(symbols=self._symbols),
            "results": lambda: ResultsScreen(symbols=self._symbols),
            "heatmap": self._heatmap,
            "posts": lambda: PostsScreen(symbols=self._symbols),
            "help": self._help,
            "mutual_help": self._mutual_help,
            **{side: partial(GroupWorkScreen, side, symbols=self._symbols) for side in Work},
            "term": lambda: TermScreen(settings.rule, folder.state, symbols=self._symbols),
        }

    def open(self, name: str) -> None:
        """The page of this name."""
        if name in _OF_LESSONS and not mode_of(self._shell.snapshot).allows(_OF_LESSONS[name]):
            self._toaster.say(_("In a lesson only: in a certification everybody works alone."))
            return
        self._open(self._pages[name]())

    def student(self, student_id: int) -> None:
        self._shell.student_id = student_id
        self._open(StudentScreen(self._settings.rule, self._read_history, mode_of, symbols=self._symbols))

    def neighbour(self, student_id: int, steps: int) -> None:
        """From this student to another, along the board; the table's cursor goes along."""
        row = self._board.neighbour(student_id, steps)
        self._shell.student_id = row.student_id if row else self._shell.student_id

    def projection(self) -> None:
        """What everybody may see; the toasts that waited come when it is over."""
        mode_of(self._shell.snapshot).project(self)

    def of_day(self, day: DayView) -> None:
        self._project(ProjectionScreen(day, symbols=self._symbols))

    def of_lesson(self, lesson: LessonView) -> None:
        self._project(LessonProjectionScreen(lesson, symbols=self._symbols))

    def _project(self, screen: Screen[None]) -> None:
        self._shell.push_bound(screen, lambda _result: self._toaster.tell_waiting())

    def question(self, words: str, then: Callable[[], object]) -> None:
        def answered(meant: bool | None) -> None:
            if meant:
                then()

        self._shell.push_screen(QuestionScreen(words, symbols=self._symbols), answered)

    def copy(self, row: BoardRow) -> None:
        """A student's line on the clipboard, to paste in a message."""
        line = plain_line(row, self._settings.rule, self._shell.moment)
        self._shell.copy_to_clipboard(line)
        words = _("Copied: {line}\nIf pasting gives nothing, this terminal does not let programs copy.")
        self._toaster.say(words.format(line=line))

    def _open(self, page: Page) -> None:
        while any(type(screen) is type(page) for screen in self._shell.screen_stack[1:]):
            self._shell.pop_screen()
        self._shell.push_bound(page)

    def _heatmap(self) -> HeatmapScreen:
        """Students by competences, the selected one first seen."""
        selected = self._board.selected
        start = selected.student_id if selected is not None else None
        return HeatmapScreen(self._settings.rule.min_level, start, symbols=self._symbols)

    def _help(self) -> HelpScreen:
        """The keys of the screen on top, the rule, the symbols."""
        settings, mode = self._settings, mode_of(self._shell.snapshot)
        of_its_mode = tuple(mode.help_sections(self._symbols))
        is_shared = bool(self._shell.snapshot and self._shell.snapshot.share)
        facts = Facts(settings.rule, settings.stale_minutes, self._folder.kept_in, is_shared, of_its_mode)
        return HelpScreen(self._shell.screen_stack[-1].active_bindings, facts, symbols=self._symbols)

    def _mutual_help(self) -> MutualHelpScreen:
        """Who could explain what is missing: to the student of the screen on top, in its competence."""
        here, selected = self._shell.screen_stack[-1], self._board.selected
        student = selected.student_id if selected is not None else None
        if isinstance(here, StudentScreen):
            student = self._shell.student_id
        competence = here.competence if isinstance(here, HeatmapScreen) else None
        return MutualHelpScreen(student, competence, self._settings.rule, symbols=self._symbols)
