"""The mode of a board of profiles: nobody is supervised, and the states are those of eligibility."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from pixsession.domain.board.snapshot import BoardRow, Snapshot, count_states
from pixsession.domain.board.wording import states_word
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS, Objective
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import _
from pixsession.ui.board.counts import eligibility_counts
from pixsession.ui.board.filters import Filters, View, campaign_words
from pixsession.ui.board.grid.columns import Column, Layout, Needs, layout_for
from pixsession.ui.board.grid.roles import Cell
from pixsession.ui.board.mode import (
    BoardReactives,
    Dialogs,
    Judged,
    LineFormat,
    LogLine,
    SortKey,
    WithoutCertification,
)
from pixsession.ui.common.symbols import Symbols

if TYPE_CHECKING:
    from pixsession.domain.certification.action_kinds import ActionKind


class ProfilesMode(WithoutCertification):
    """What `BoardMode` asks, answered where nobody is supervised."""

    is_supervised = False
    objectives: tuple[Objective, ...] = tuple(OBJECTIVE_PRESETS.values())
    shows_objectives = False
    tells_changes_of_its_students_only = False

    def counts(self, rows: Iterable[BoardRow]) -> Mapping[StrEnum, int]:
        return dict(count_states(rows).items())

    def called(self, rows: tuple[BoardRow, ...], filters: Filters) -> tuple[BoardRow, ...]:
        return rows

    def kept(self, rows: tuple[BoardRow, ...], filters: Filters) -> tuple[BoardRow, ...]:
        wanted = filters.state
        return rows if wanted is None else tuple(row for row in rows if row.eligibility is wanted)

    def counts_content(self, view: View, filters: Filters, width: int, symbols: Symbols) -> Content:
        return eligibility_counts(view, filters.state, width, symbols)

    def filter_words(self, filters: Filters) -> list[str]:
        return [states_word(filters.state)] if isinstance(filters.state, Eligibility) else []

    def next_room(self, room: str | None) -> str | None:
        return None

    def allows(self, action: str) -> bool:
        return action == "group_work"

    def idle_words(self, binding: Binding, key: str, *, demo: bool) -> str:
        where = _("to rehearse one: pixsession demo --session") if demo else _("pixsession init prepares one")
        return _("{key} ({word}) serves during a session only ({where}).").format(
            key=key, word=_(binding.description).lower(), where=where
        )

    def judged(self, kind: ActionKind, targets: Sequence[BoardRow], now: datetime, code: str) -> Judged:
        return Judged()

    def ask(self, kind: ActionKind, targets: tuple[BoardRow, ...], dialogs: Dialogs) -> None:
        return None

    def ask_campaigns(self, dialogs: Dialogs) -> None:
        dialogs.campaigns()

    def layout(self, width: int, needs: Needs, wanted: int) -> Layout:
        return layout_for(width, needs, wanted)

    def facts(self, row: BoardRow, now: datetime, *, ascii_only: bool) -> object:
        return None

    def cells(self, writer: LineFormat, row: BoardRow, verdict: Mapping[Column, Cell]) -> dict[Column, Cell]:
        return dict(verdict)

    def sort_keys(self) -> Mapping[Column, SortKey]:
        return {}

    def titles(self, snapshot: Snapshot | None, filters: Filters, symbols: Symbols) -> Sequence[str]:
        """The names of the campaigns asked for, each once."""
        campaigns = snapshot.campaigns if snapshot is not None else ()
        names = [campaign_words(campaign) for campaign in campaigns if filters.takes(campaign)]
        return (f" {symbols.point} ".join(dict.fromkeys(names)) or "pixsession",)

    def lines(self, board: BoardReactives, symbols: Symbols) -> Sequence[Widget]:
        return ()

    def nobody_words(self) -> str:
        return _("No student in the exports of this folder.")

    def campaign_to_open_words(self) -> str:
        return _("In Pix Orga, open the campaign that collects profiles.")

    def help_sections(self, symbols: Symbols) -> Iterable[tuple[str, Content]]:
        return ()

    def student_content(self, row: BoardRow, now: datetime, symbols: Symbols) -> Content:
        return Content("")

    def log_lines(
        self, snapshot: Snapshot, places: frozenset[str], now: datetime, symbols: Symbols, time_width: int
    ) -> Iterable[LogLine]:
        return ()


PROFILES = ProfilesMode()
