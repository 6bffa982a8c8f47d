"""What differs between a board of profiles, a certification and a lesson: one object answers for each.

The board asks its mode and never what is supervised; `pixsession.ui.modes` alone chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

from textual.binding import Binding
from textual.content import Content
from textual.reactive import Reactive
from textual.widget import Widget

from pixsession.domain.board.changes import Change
from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.ui.board.filters import Filters, View
from pixsession.ui.board.grid.columns import Column, Layout, Needs
from pixsession.ui.board.grid.roles import Cell
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.common.table.divider import DividerWords

if TYPE_CHECKING:
    from pixsession.domain.certification.action_kinds import ActionKind
    from pixsession.domain.certification.day import DayView
    from pixsession.domain.lesson.aims import Aim
    from pixsession.domain.lesson.objectives import Objective
    from pixsession.domain.lesson.view import LessonView

# The value that a column sorts by, comparable with others of the same column; None: unknown, stands last.
SortKey = Callable[[BoardRow], Any]
# What the lines that a mode adds to the board may be bound to: its `snapshot`, `filters` and `freshness`.
BoardReactives = Mapping[str, Reactive[Any]]


class LogLine(NamedTuple):
    """What the log tells of a supervision; `student_id` is empty where it is about nobody or several."""

    at: datetime
    student_id: str
    content: Content
    is_change: bool = False  # exports told it; nobody did it on the board


class Judged(NamedTuple):
    """Whom a gesture is for, and the students with why not, or with what to know, in a sentence."""

    kept: tuple[BoardRow, ...] = ()
    refused: tuple[tuple[BoardRow, str], ...] = ()
    warned: tuple[tuple[BoardRow, str], ...] = ()


class Dialogs(Protocol):
    """The dialogs over a board; a mode opens those that make sense on its own."""

    def campaigns(self) -> None:
        """Choose the campaigns that count."""

    def campaign_of_lesson(self, lesson: LessonView) -> None:
        """Choose the campaign that the lesson follows."""

    def of_certification(self, kind: ActionKind, rows: tuple[BoardRow, ...], day: DayView) -> None:
        """What an action on these students needs to be told first."""

    def observe(self, rows: tuple[BoardRow, ...], lesson: LessonView) -> None:
        """Choose what was seen of these students."""

    def note(self, rows: tuple[BoardRow, ...]) -> None:
        """Write something down about these students."""


class Projections(Protocol):
    """What everybody in the room may see; a mode opens its own."""

    def of_day(self, day: DayView) -> None:
        """The code and the clock of a certification."""

    def of_lesson(self, lesson: LessonView) -> None:
        """How far the group of a lesson is, without names."""


class LineFormat(Protocol):
    """How the line of a student is written: in which columns, at which moment, with which symbols."""

    @property
    def layout(self) -> Layout:
        """The columns shown, each with its width."""

    @property
    def now(self) -> datetime:
        """The moment that the words are as of, in Paris and without zone."""

    @property
    def ascii_only(self) -> bool:
        """Whether signs of ours are written in ASCII."""

    @property
    def keys(self) -> Mapping[str, str]:
        """By id of a binding, the keys that the settings ask for."""

    def marks(self, row: BoardRow) -> bool:
        """Whether the next gesture is for this student among others."""

    def name(self, row: BoardRow, tail: str = "") -> str:
        """The name as its column has room for it, cut before `tail`."""

    def plain(self, text: str) -> str:
        """`text` without the signs of ours that ASCII lacks; names keep their letters."""

    def progress(self, count: int | None) -> str:
        """So many competences of those that the rule wants; None: unknown."""


class BoardMode(Protocol):
    """One kind of board, with what is supervised on it as of one Snapshot."""

    @property
    def is_supervised(self) -> bool:
        """Somebody runs a certification or a lesson from this board."""

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """What the students work towards."""

    @property
    def aim(self) -> Aim | None:
        """The objective that has a column where there is room, without being asked for."""

    @property
    def shows_objectives(self) -> bool:
        """Whether the way to each objective stands on the page of a student."""

    @property
    def tells_changes_of_its_students_only(self) -> bool:
        """Whether the exports may be those of many more students than the board is about."""

    @property
    def tests_running(self) -> int:
        """How many tests have begun, and have neither ended nor been stopped."""

    # -- states, counts and filters

    def counts(self, rows: Iterable[BoardRow]) -> Mapping[StrEnum, int]:
        """How many of these are in each state of this mode; every state is there, even at zero."""

    def called(self, rows: tuple[BoardRow, ...], filters: Filters) -> tuple[BoardRow, ...]:
        """Those that the counts are about, whatever their state."""

    def kept(self, rows: tuple[BoardRow, ...], filters: Filters) -> tuple[BoardRow, ...]:
        """Those in the state (and the room) asked for, in their order."""

    def missing(self, rows: Iterable[BoardRow]) -> int:
        """How many of these are expected and nobody has seen."""

    def counts_content(self, view: View, filters: Filters, width: int, symbols: Symbols) -> Content:
        """The line of counts: each state with its key, in as many words as fit."""

    def filter_words(self, filters: Filters) -> list[str]:
        """The state and the room that the board is narrowed to."""

    def worse_words(self, row: BoardRow) -> str:
        """Who it is and what became worse, for a line that is shown in spite of the filters."""

    def became_worse(self, before: BoardMode, filters: Filters) -> frozenset[int]:
        """Whom the filters must not hide, as something became worse since `before`."""

    def awaits_export(self, now: datetime) -> bool:
        """Whether there is somebody of whom only another export tells more, while that still counts."""

    def next_room(self, room: str | None) -> str | None:
        """From all rooms (None) to the first, then to the next, after the last to all again."""

    # -- keys

    def allows(self, action: str) -> bool:
        """Whether a gesture of supervision, or a filter that only some modes have, makes sense here."""

    def idle_words(self, binding: Binding, key: str, *, demo: bool) -> str:
        """Why this key of another kind of board does nothing here, and where it does something; one line."""

    def rings(self, otherwise: bool) -> bool:
        """Whether the bell rings with a toast; `otherwise` is what the settings say."""

    def judged(self, kind: ActionKind, targets: Sequence[BoardRow], now: datetime, code: str) -> Judged:
        """For whom of `targets` this makes sense now; `code` is that of an incident."""

    def question(self, kind: ActionKind, rows: Sequence[BoardRow], now: datetime) -> str:
        """What to ask before this is done for these students; empty where it is done at once."""

    def turned(self, kind: ActionKind, targets: Sequence[BoardRow]) -> ActionKind:
        """This action, or the one that takes it away where it holds for all of `targets` already."""

    def ask(self, kind: ActionKind, targets: tuple[BoardRow, ...], dialogs: Dialogs) -> None:
        """Open the dialog that this action begins with; nothing where it begins with none here."""

    def ask_campaigns(self, dialogs: Dialogs) -> None:
        """Open the choice of campaigns."""

    def project(self, show: Projections) -> None:
        """Have what everybody in the room may see shown, where there is any."""

    @property
    def first_keys(self) -> tuple[str, ...]:
        """The bindings, by id, that stand first on the line of keys; none: as on every board."""

    # -- toasts

    @property
    def to_call_back(self) -> frozenset[int]:
        """The students who are eligible since they were redirected, and wait to be called back."""

    def worse_news(self, before: BoardMode, rows: Sequence[BoardRow], now: datetime) -> Mapping[int, str]:
        """Of these students, what became worse since `before`, a sentence each; the most pressing first."""

    def expired(self, rows: Iterable[BoardRow], now: datetime) -> frozenset[int]:
        """Those of these students whose authorisation to start ran out unused."""

    def latest_start_words(self, now: datetime) -> str:
        """Until when a test can still begin; empty where nobody begins one, or no hour says so."""

    # -- table

    def needs(self, needs: Needs, rows: Sequence[BoardRow]) -> Needs:
        """These needs with what the supervision adds to them."""

    def layout(self, width: int, needs: Needs, wanted: int) -> Layout:
        """The richest layout that fits; `wanted` is the number of competences of the rule."""

    def facts(self, row: BoardRow, now: datetime, *, ascii_only: bool) -> object:
        """What the line says beside the row itself: the line is written again when it differs."""

    def cells(self, writer: LineFormat, row: BoardRow, verdict: Mapping[Column, Cell]) -> dict[Column, Cell]:
        """The line of a student, made from `verdict`: what every board says."""

    def divider(self, rows: Sequence[BoardRow], now: datetime) -> DividerWords | None:
        """What stands between those who need somebody and the others; `rows` are in the order of need."""

    def sort_keys(self) -> Mapping[Column, SortKey]:
        """The columns that sort otherwise than on every board."""

    # -- title and the lines around the table

    def titles(self, snapshot: Snapshot | None, filters: Filters, symbols: Symbols) -> Sequence[str]:
        """What the board is about, in full first; the first that fits is shown, the last one cut."""

    def lines(self, board: BoardReactives, symbols: Symbols) -> Sequence[Widget]:
        """The lines under the counts, bound to `board`."""

    def aside(self, row: BoardRow, now: datetime) -> str | None:
        """What the line of a student is too short for; None where this mode never says more."""

    def warnings(self, snapshot: Snapshot, now: datetime) -> list[str]:
        """What calls for a gesture and stands on no student's line, the most pressing first."""

    def nobody_words(self) -> str:
        """Why a board with exports is empty."""

    def campaign_to_open_words(self) -> str:
        """Which campaign to open in Pix Orga."""

    def newest_action(self, changes: Sequence[Change], now: datetime, symbols: Symbols) -> Content | None:
        """The last thing done, unless an export has told something since."""

    def change_words(self, change: Change, *, short: bool = False) -> str:
        """What a change calls for; empty for nothing."""

    # -- pages

    def help_sections(self, symbols: Symbols) -> Iterable[tuple[str, Content]]:
        """What the help says of this kind of board alone: titles and texts."""

    def student_content(self, row: BoardRow, now: datetime, symbols: Symbols) -> Content:
        """What the supervision knows of a student; empty for nothing."""

    def log_lines(
        self, snapshot: Snapshot, places: frozenset[str], now: datetime, symbols: Symbols, time_width: int
    ) -> Iterable[LogLine]:
        """What was done or seen, of the students of these classes or groups; each with its time."""


class WithoutCertification:
    """What a mode answers where nobody is called, late, or in a room."""

    __slots__ = ()

    tests_running: ClassVar = 0
    first_keys: ClassVar[tuple[str, ...]] = ()
    aim: ClassVar[Aim | None] = None
    to_call_back: ClassVar[frozenset[int]] = frozenset()

    def awaits_export(self, now: datetime) -> bool:
        return True

    def missing(self, rows: Iterable[BoardRow]) -> int:
        return 0

    def question(self, kind: ActionKind, rows: Sequence[BoardRow], now: datetime) -> str:
        return ""

    def turned(self, kind: ActionKind, targets: Sequence[BoardRow]) -> ActionKind:
        return kind

    def worse_words(self, row: BoardRow) -> str:
        return row.shown_name

    def became_worse(self, before: BoardMode, filters: Filters) -> frozenset[int]:
        return frozenset()

    def worse_news(self, before: BoardMode, rows: Sequence[BoardRow], now: datetime) -> Mapping[int, str]:
        return {}

    def rings(self, otherwise: bool) -> bool:
        return otherwise

    def needs(self, needs: Needs, rows: Sequence[BoardRow]) -> Needs:
        return needs._replace(room=0)

    def divider(self, rows: Sequence[BoardRow], now: datetime) -> DividerWords | None:
        return None

    def aside(self, row: BoardRow, now: datetime) -> str | None:
        return None

    def warnings(self, snapshot: Snapshot, now: datetime) -> list[str]:
        return []

    def newest_action(self, changes: Sequence[Change], now: datetime, symbols: Symbols) -> Content | None:
        return None

    def change_words(self, change: Change, *, short: bool = False) -> str:
        return ""

    def project(self, show: Projections) -> None:
        return None

    def expired(self, rows: Iterable[BoardRow], now: datetime) -> frozenset[int]:
        return frozenset()

    def latest_start_words(self, now: datetime) -> str:
        return ""


# Chooses the mode of a Snapshot; None: nothing is known yet.
ModeOf = Callable[[Snapshot | None], BoardMode]
