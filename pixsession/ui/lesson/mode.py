"""The mode of a lesson: how far each student is in the campaign shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from pixsession.domain.board.snapshot import BoardRow, Snapshot, narrowed
from pixsession.domain.board.wording import day_words, weekday_words
from pixsession.domain.certification.action_kinds import PRESENCES
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.lesson.aims import Aim
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS, Objective
from pixsession.domain.lesson.view import LessonView
from pixsession.domain.lesson.words import hours_words, unknown_words
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import room_day
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import Filters, View, campaign_words
from pixsession.ui.board.grid.columns import Column, Layout, Needs
from pixsession.ui.board.grid.roles import Cell
from pixsession.ui.board.mode import (
    BoardReactives,
    Dialogs,
    Judged,
    LineFormat,
    LogLine,
    Projections,
    SortKey,
    WithoutCertification,
)
from pixsession.ui.common.actions import action_lines
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.lesson.cells import LessonCells, board_cells, lesson_cells
from pixsession.ui.lesson.columns import lesson_layout_for
from pixsession.ui.lesson.facts import lesson_content
from pixsession.ui.lesson.filters import counts_of_lesson, lesson_of, rows_of_lesson
from pixsession.ui.lesson.help import lesson_help
from pixsession.ui.lesson.keys import LESSON_KEYS_SHOWN, SHARED_ACTIONS
from pixsession.ui.lesson.lines import LessonTotals, lesson_counts_content
from pixsession.ui.lesson.log import lesson_changes
from pixsession.ui.lesson.order import lesson_sort_keys
from pixsession.ui.lesson.presence import judged_presence
from pixsession.ui.lesson.spread import LessonSpread
from pixsession.ui.lesson.warnings import lesson_warnings

_NOTING = frozenset({ActionKind.OBSERVE, ActionKind.NOTE})
_OF_A_LESSON = PRESENCES | {"note", "delegate", "filter_need", "mutual_help", "group_work", "term"}


@dataclass(frozen=True, slots=True, eq=False)
class LessonMode(WithoutCertification):
    """What `BoardMode` asks, answered from the view of one lesson."""

    is_supervised: ClassVar = True
    shows_objectives: ClassVar = True
    tells_changes_of_its_students_only: ClassVar = True  # the collection may be that of the whole year

    first_keys: ClassVar[tuple[str, ...]] = LESSON_KEYS_SHOWN

    lesson: LessonView

    @property
    def objectives(self) -> tuple[Objective, ...]:
        return self.lesson.session.lesson.objectives or tuple(OBJECTIVE_PRESETS.values())

    @property
    def aim(self) -> Aim | None:  # type: ignore[override]
        own = self.lesson.session.lesson.objectives
        return Aim(own[0]) if own else None

    def counts(self, rows: Iterable[BoardRow]) -> Mapping[StrEnum, int]:
        return counts_of_lesson(rows, self.lesson)

    def called(self, rows: tuple[BoardRow, ...], filters: Filters) -> tuple[BoardRow, ...]:
        return rows

    def kept(self, rows: tuple[BoardRow, ...], filters: Filters) -> tuple[BoardRow, ...]:
        return rows_of_lesson(rows, self.lesson, filters.state)

    def counts_content(self, view: View, filters: Filters, width: int, symbols: Symbols) -> Content:
        return lesson_counts_content(view, filters.state, width, symbols)

    def filter_words(self, filters: Filters) -> list[str]:  # the counts show the state
        return []

    def next_room(self, room: str | None) -> str | None:
        return room

    def allows(self, action: str) -> bool:
        if action == "observe":
            return bool(self.lesson.session.lesson.observations)
        return action in SHARED_ACTIONS or action in _OF_A_LESSON

    def idle_words(self, binding: Binding, key: str, *, demo: bool) -> str:
        words = _("{key} ({word}) serves in a certification only, and this is a lesson.")
        if binding.id == "lesson.observe":
            words = _("{key} ({word}) does nothing here: the session file names nothing to observe.")
        return words.format(key=key, word=_(binding.description).lower())

    def judged(self, kind: ActionKind, targets: Sequence[BoardRow], now: datetime, code: str) -> Judged:
        if kind in PRESENCES:
            return judged_presence(self.lesson, kind, targets, now)
        return Judged(tuple(targets)) if kind in _NOTING else Judged()

    def turned(self, kind: ActionKind, targets: Sequence[BoardRow]) -> ActionKind:
        if kind is ActionKind.DELEGATE and all(lesson_of(row, self.lesson).is_delegate for row in targets):
            return ActionKind.UNDELEGATE
        return kind

    def ask(self, kind: ActionKind, targets: tuple[BoardRow, ...], dialogs: Dialogs) -> None:
        if kind is ActionKind.OBSERVE:
            dialogs.observe(targets, self.lesson)
        elif kind is ActionKind.NOTE:
            dialogs.note(targets)

    def ask_campaigns(self, dialogs: Dialogs) -> None:
        dialogs.campaign_of_lesson(self.lesson)

    def project(self, show: Projections) -> None:
        show.of_lesson(self.lesson)

    def layout(self, width: int, needs: Needs, wanted: int) -> Layout:
        return lesson_layout_for(width, needs, wanted)

    def facts(self, row: BoardRow, now: datetime, *, ascii_only: bool) -> LessonCells:
        return lesson_cells(row, self.lesson, ascii_only=ascii_only)

    def cells(self, writer: LineFormat, row: BoardRow, verdict: Mapping[Column, Cell]) -> dict[Column, Cell]:
        found = self.facts(row, writer.now, ascii_only=writer.ascii_only)
        return {**verdict, **board_cells(found, writer, row)}

    def sort_keys(self) -> Mapping[Column, SortKey]:
        return lesson_sort_keys(self.lesson)

    def titles(self, snapshot: Snapshot | None, filters: Filters, symbols: Symbols) -> Sequence[str]:
        """Day, planned hour, title and the campaign shown; that there are others, where there are."""
        lesson = self.lesson
        session = lesson.session
        day = day_words(session.date, room_day(snapshot.built_at) if snapshot else session.date)
        # Several are named with their figures, on a line of their own.
        name = "" if lesson.parts or lesson.campaign is None else campaign_words(lesson.campaign)
        if (count := len(lesson.campaigns)) > 1:
            others = ngettext("{n} campaign", "{n} campaigns", count).format(n=count)
            name = f"{name} (C: {others})".strip()
        told = f"{weekday_words(session.date)} {day}", hours_words(session), shown(session.title), name
        short = told[0], *told[2:]
        return [f" {symbols.point} ".join(filter(None, parts)) for parts in (told, short)]

    def lines(self, board: BoardReactives, symbols: Symbols) -> Sequence[Widget]:
        bound = (board[name] for name in ("snapshot", "freshness", "filters"))
        spread = LessonSpread(self.lesson, symbols=symbols).data_bind(board["snapshot"], board["filters"])
        return LessonTotals(self.lesson, symbols=symbols).data_bind(*bound), spread

    def warnings(self, snapshot: Snapshot, now: datetime) -> list[str]:
        return lesson_warnings(self.lesson, now + snapshot.clock_behind)

    def nobody_words(self) -> str:
        if self.lesson.unknown is not None:
            return _("Class or group {words}").format(words=unknown_words(self.lesson.unknown))
        return _("The campaign of this lesson has not been exported yet.")

    def campaign_to_open_words(self) -> str:
        return _("In Pix Orga, open the campaign of the lesson.")

    def help_sections(self, symbols: Symbols) -> Iterable[tuple[str, Content]]:
        yield _("The lesson"), lesson_help(self.lesson, symbols)

    def student_content(self, row: BoardRow, now: datetime, symbols: Symbols) -> Content:
        return lesson_content(row, self.lesson, now, symbols)

    def log_lines(
        self, snapshot: Snapshot, places: frozenset[str], now: datetime, symbols: Symbols, time_width: int
    ) -> Iterator[LogLine]:
        rows = narrowed(snapshot, places).rows
        known = {f"{row.student_id}" for row in rows} | {""}
        found = action_lines(self.lesson.actions, self.lesson.undone, snapshot.rows, now, symbols, time_width)
        yield from (LogLine(*line) for line in found if line[1] in known)
        yield from lesson_changes(rows, self.lesson, now, symbols, time_width)
