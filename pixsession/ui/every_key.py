"""Every key of every screen, as the settings may name it; loads all screens."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from textual.binding import Binding
from textual.dom import DOMNode

from pixsession.ui.app import PixSessionApp
from pixsession.ui.board.choices import ChoicesScreen, TickList
from pixsession.ui.board.grid.table import BoardGrid
from pixsession.ui.board.objectives import ObjectiveScreen
from pixsession.ui.board.search_line import NameInput, SearchLine
from pixsession.ui.certification.dialogs.by_hand import ExtraTimeScreen
from pixsession.ui.certification.dialogs.candidate import CandidateScreen
from pixsession.ui.certification.dialogs.checklist import ChecklistScreen, TickedList
from pixsession.ui.certification.dialogs.code import CodeScreen
from pixsession.ui.certification.dialogs.incident import IncidentScreen
from pixsession.ui.certification.dialogs.opening import OpeningScreen
from pixsession.ui.certification.dialogs.pause import PauseScreen
from pixsession.ui.certification.dialogs.projection import ProjectionScreen
from pixsession.ui.certification.dialogs.redirect import RedirectScreen
from pixsession.ui.certification.dialogs.stop import StopScreen
from pixsession.ui.common.choice_list import ChoiceList
from pixsession.ui.common.documents import DocumentPages
from pixsession.ui.common.note import NoteInput, NoteScreen
from pixsession.ui.common.notices import FailureScreen, TooSmallScreen
from pixsession.ui.common.page import Page
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.question import QuestionScreen
from pixsession.ui.files.deleted import DeletedFileScreen
from pixsession.ui.files.screen import FilesScreen
from pixsession.ui.heatmap.grid import HeatGrid
from pixsession.ui.heatmap.screen import HeatmapScreen
from pixsession.ui.help import HelpScreen
from pixsession.ui.leaving import LeavingScreen
from pixsession.ui.lesson.campaign import LessonCampaignScreen
from pixsession.ui.lesson.group_work import GroupWorkScreen
from pixsession.ui.lesson.mutual_help import MutualHelpScreen
from pixsession.ui.lesson.observation import ObservationScreen
from pixsession.ui.lesson.projection import LessonProjectionScreen
from pixsession.ui.lesson.term import TermScreen
from pixsession.ui.log.screen import ChangesScreen
from pixsession.ui.modes import LiveBoard
from pixsession.ui.people.screen import MatchesScreen
from pixsession.ui.results.choice import PageChoiceScreen
from pixsession.ui.results.screen import ResultsScreen
from pixsession.ui.share.screen import PostsScreen
from pixsession.ui.student.screen import StudentScreen

# In the order in which a reader meets them: the board with session and lesson, the app, the pages and what
# they share, the dialogs, what stands over everything.
_OWNERS: tuple[type[DOMNode], ...] = (
    LiveBoard, BoardGrid, NameInput, SearchLine, PixSessionApp,
    StudentScreen, FilesScreen, ChangesScreen, MatchesScreen, HeatGrid, HeatmapScreen, MutualHelpScreen,
    GroupWorkScreen, DocumentPages, ResultsScreen, PageChoiceScreen, TermScreen, PostsScreen, HelpScreen,
    ProjectionScreen, LessonProjectionScreen, Page, PlainList,
    OpeningScreen, CandidateScreen, ExtraTimeScreen, CodeScreen, StopScreen, QuestionScreen,
    TickedList, ChecklistScreen, RedirectScreen, PauseScreen, IncidentScreen, NoteInput, NoteScreen,
    ObservationScreen, LessonCampaignScreen, ChoiceList, TickList, ChoicesScreen, ObjectiveScreen,
    DeletedFileScreen, LeavingScreen, FailureScreen, TooSmallScreen,
)  # fmt: skip


def every_key() -> Iterator[Binding]:
    """Each binding that has an id, once; those of one subject ("board", "session"…) together."""
    declared = chain.from_iterable(vars(owner)["BINDINGS"] for owner in _OWNERS)
    found = {one.id: one for one in declared if isinstance(one, Binding) and one.id}
    subjects = dict.fromkeys(name.partition(".")[0] for name in found)
    for subject in subjects:
        yield from (one for name, one in found.items() if name.partition(".")[0] == subject)
