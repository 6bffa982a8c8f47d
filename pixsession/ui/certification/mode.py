"""The mode of a certification: what each student needs now, in which room, and by which clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from pixsession.domain.board.changes import Change
from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.alerts import calls_for_somebody, reported, worsened, worst_call
from pixsession.domain.certification.clock import is_too_late
from pixsession.domain.certification.day import ActionKind, DayState, DayView
from pixsession.domain.certification.incidents import incident_words
from pixsession.domain.certification.words import latest_start_words
from pixsession.domain.lesson.aims import Aim
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS, Objective
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import Filters, View
from pixsession.ui.board.grid.columns import Column, Layout, Needs
from pixsession.ui.board.grid.roles import Cell
from pixsession.ui.board.mode import (
    BoardMode,
    BoardReactives,
    Dialogs,
    Judged,
    LineFormat,
    LogLine,
    Projections,
    SortKey,
)
from pixsession.ui.certification.aside import aside_words
from pixsession.ui.certification.cells import DayCells, board_cells, day_cells
from pixsession.ui.certification.columns import day_layout_for, day_needs, short_call
from pixsession.ui.certification.counts import day_counts_content, filter_words
from pixsession.ui.certification.ends import running_divider
from pixsession.ui.certification.facts import day_content
from pixsession.ui.certification.filters import (
    NOWHERE,
    counts_of_day,
    is_missing,
    rows_of_day,
    rows_of_room,
    state_of,
)
from pixsession.ui.certification.judged import judged
from pixsession.ui.certification.lines import RoomLines, authorisation_expired, warnings
from pixsession.ui.certification.log import call_back_words, day_log_lines, newest_action
from pixsession.ui.certification.now import now_words
from pixsession.ui.certification.order import day_sort_keys
from pixsession.ui.certification.questions import question_before
from pixsession.ui.common.actions import action_content
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.common.table.divider import DividerWords

_TOLD_OTHERWISE = frozenset({DayState.TO_CALL_BACK, DayState.TO_REDIRECT})
# What they need, or have done, only another export shows.
_AWAIT_EXPORT = frozenset(
    {DayState.TO_REDIRECT, DayState.TO_CHECK, DayState.NOT_IN_EXPORT, DayState.NOT_SENT}
    | {DayState.IN_REMEDIATION, DayState.EXPECTED}
)


@dataclass(frozen=True, slots=True, eq=False)
class CertificationMode:
    """What `BoardMode` asks, answered from the view of one day."""

    is_supervised: ClassVar = True
    first_keys: ClassVar[tuple[str, ...]] = ()
    aim: ClassVar[Aim | None] = None
    objectives: ClassVar[tuple[Objective, ...]] = tuple(OBJECTIVE_PRESETS.values())
    shows_objectives: ClassVar = False
    tells_changes_of_its_students_only: ClassVar = True  # of the year only the called are there

    day: DayView

    @property
    def tests_running(self) -> int:
        days = self.day.days.values()
        return sum(bool(one.started_at and not one.finished_at and not one.stopped_at) for one in days)

    def counts(self, rows: Iterable[BoardRow]) -> Mapping[StrEnum, int]:
        return counts_of_day(rows, self.day)

    def called(self, rows: tuple[BoardRow, ...], filters: Filters) -> tuple[BoardRow, ...]:
        return rows_of_room(rows, self.day, filters.room)

    def kept(self, rows: tuple[BoardRow, ...], filters: Filters) -> tuple[BoardRow, ...]:
        return rows_of_day(rows, self.day, filters)

    def missing(self, rows: Iterable[BoardRow]) -> int:
        return sum(is_missing(row, self.day) for row in rows)

    def counts_content(self, view: View, filters: Filters, width: int, symbols: Symbols) -> Content:
        return day_counts_content(view, filters, width, symbols, self.day)

    def filter_words(self, filters: Filters) -> list[str]:
        return filter_words(filters)

    def worse_words(self, row: BoardRow) -> str:
        return _("{who}: {why}").format(
            who=row.shown_name, why=short_call(worst_call(row.student_id, self.day), self.day)
        )

    def became_worse(self, before: BoardMode, filters: Filters) -> frozenset[int]:
        if not isinstance(before, CertificationMode):
            return frozenset()
        found = {one.student_id for one in worsened(before.day, self.day)} | filters.worse
        return frozenset(student for student in found if calls_for_somebody(student, self.day))

    def worse_news(self, before: BoardMode, rows: Sequence[BoardRow], now: datetime) -> Mapping[int, str]:
        """Of those to call back and to redirect other toasts tell."""
        if not isinstance(before, CertificationMode):
            return {}
        told = {row.student_id: row for row in rows}
        why = {student: incident_words(one.code) for student, one in reported(before.day, self.day).items()}
        for student in (one.student_id for one in worsened(before.day, self.day)):
            if student in told and state_of(told[student], self.day) not in _TOLD_OTHERWISE:
                why[student] = now_words(told[student], self.day, now).alone[0]
        words = _("{who}: {why}")
        return {
            student: words.format(who=told[student].shown_name, why=why[student])
            for student in why
            if student in told
        }

    def awaits_export(self, now: datetime) -> bool:
        return not is_too_late(self.day.session, now) and bool(
            _AWAIT_EXPORT.intersection(self.day.states.values())
        )

    def next_room(self, room: str | None) -> str | None:
        names = [one.name for one in self.day.session.rooms]
        nowhere = len(names) > 1 and any(student not in self.day.rooms for student in self.day.states)
        cycle = [None, *names, *([NOWHERE] if nowhere else [])]
        at = cycle.index(room) if room in cycle else 0
        return cycle[(at + 1) % len(cycle)]

    def allows(self, action: str) -> bool:
        if action in {"filter_room", "choose_room"}:
            return len(self.day.session.rooms) > 1
        return action not in {"observe", "filter_need", "mutual_help", "group_work", "term", "delegate"}

    def idle_words(self, binding: Binding, key: str, *, demo: bool) -> str:
        words = _("{key} ({word}) does nothing here: the session has one room.")
        if binding.id not in {"session.room", "session.choose_room"}:
            words = _("{key} ({word}) serves in a lesson only, and this is a certification.")
        return words.format(key=key, word=_(binding.description).lower())

    def rings(self, otherwise: bool) -> bool:
        return self.day.session.bell

    def judged(self, kind: ActionKind, targets: Sequence[BoardRow], now: datetime, code: str) -> Judged:
        return judged(kind, targets, self.day, now, code)

    def question(self, kind: ActionKind, rows: Sequence[BoardRow], now: datetime) -> str:
        return question_before(kind, rows, self.day, now)

    def turned(self, kind: ActionKind, targets: Sequence[BoardRow]) -> ActionKind:
        return kind

    def ask(self, kind: ActionKind, targets: tuple[BoardRow, ...], dialogs: Dialogs) -> None:
        dialogs.of_certification(kind, targets, self.day)

    def ask_campaigns(self, dialogs: Dialogs) -> None:
        dialogs.campaigns()

    def project(self, show: Projections) -> None:
        show.of_day(self.day)

    @property
    def to_call_back(self) -> frozenset[int]:
        states = self.day.states.items()
        return frozenset(student for student, state in states if state is DayState.TO_CALL_BACK)

    def expired(self, rows: Iterable[BoardRow], now: datetime) -> frozenset[int]:
        return frozenset(row.student_id for row in rows if authorisation_expired(row, self.day, now))

    def latest_start_words(self, now: datetime) -> str:
        return latest_start_words(self.day.session, now)

    def needs(self, needs: Needs, rows: Sequence[BoardRow]) -> Needs:
        return day_needs(needs, self.day)

    def layout(self, width: int, needs: Needs, wanted: int) -> Layout:
        return day_layout_for(width, needs, wanted)

    def facts(self, row: BoardRow, now: datetime, *, ascii_only: bool) -> DayCells:
        return day_cells(row, self.day, now, ascii_only=ascii_only)

    def cells(self, writer: LineFormat, row: BoardRow, verdict: Mapping[Column, Cell]) -> dict[Column, Cell]:
        return board_cells(self.facts(row, writer.now, ascii_only=writer.ascii_only), writer, row, verdict)

    def divider(self, rows: Sequence[BoardRow], now: datetime) -> DividerWords | None:
        return running_divider(rows, self.day, now)

    def sort_keys(self) -> Mapping[Column, SortKey]:
        return day_sort_keys(self.day)

    def titles(self, snapshot: Snapshot | None, filters: Filters, symbols: Symbols) -> Sequence[str]:
        """That everybody is called, the room, if it is one, and the title, whose end may be cut."""
        session = self.day.session
        everybody = _("no list: everybody") if self.day.calls_everybody else ""
        room = filters.room or (session.rooms[0].name if len(session.rooms) == 1 else "")
        return (f" {symbols.point} ".join(filter(None, (everybody, shown(room), shown(session.title)))),)

    def lines(self, board: BoardReactives, symbols: Symbols) -> Sequence[Widget]:
        return (RoomLines(self.day, symbols=symbols).data_bind(board["snapshot"], board["filters"]),)

    def aside(self, row: BoardRow, now: datetime) -> str:
        return aside_words(row, self.day, now)

    def warnings(self, snapshot: Snapshot, now: datetime) -> list[str]:
        return warnings(snapshot, self.day, now)

    def nobody_words(self) -> str:
        return _("No student in the exports of this folder.")

    def campaign_to_open_words(self) -> str:
        return _("In Pix Orga, open the campaign that collects profiles.")

    def newest_action(self, changes: Sequence[Change], now: datetime, symbols: Symbols) -> Content | None:
        action = newest_action(self.day, changes)
        return action_content(action, now, symbols) if action is not None else None

    def change_words(self, change: Change, *, short: bool = False) -> str:
        return call_back_words(change, self.day, short=short)

    def help_sections(self, symbols: Symbols) -> Iterable[tuple[str, Content]]:
        return ()

    def student_content(self, row: BoardRow, now: datetime, symbols: Symbols) -> Content:
        return day_content(row, self.day, now, symbols)

    def log_lines(
        self, snapshot: Snapshot, places: frozenset[str], now: datetime, symbols: Symbols, time_width: int
    ) -> Iterator[LogLine]:
        """What was done, whatever the classes shown."""
        return day_log_lines(self.day, snapshot.rows, now, symbols, time_width)
