"""The log of changes, newest first: who became eligible, who stopped being so, who came and went."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pixsession.domain.changes import Change
from pixsession.domain.day import Action, DayView
from pixsession.domain.wording import change_time
from pixsession.i18n import N_, _
from pixsession.messages import StudentAsked
from pixsession.screens.page import Page
from pixsession.widgets.board_lines import change_content
from pixsession.widgets.day_log import action_content, call_back_words
from pixsession.widgets.filters import changes_for
from pixsession.widgets.plain_list import PlainList
from pixsession.widgets.signs import Signs


class ChangesScreen(Page):
    """One line a change; enter opens its student."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "l", "app.close_page", N_("back"), id="changes.close", show=False, tooltip=N_("Back to the board")
        ),
    ]

    def __init__(self, places: frozenset[str], *, signs: Signs) -> None:
        super().__init__(_("Log of changes"), signs=signs)
        self._places = places

    def body(self) -> Iterable[Widget]:
        """The list, or the reason why it is empty."""
        yield Static(_("No change yet: the log starts with the second export."), id="none", markup=False)
        yield PlainList()

    def on_screen_resume(self) -> None:
        """The list has the keys."""
        self.query_one(PlainList).focus()

    def show(self) -> None:
        """The newest first."""
        changes = changes_for(self.snapshot, self._places) if self.snapshot else ()
        width = max((len(change_time(change, self.moment)) for change in changes), default=0)
        day = self.snapshot.day if self.snapshot else None
        width = max(width, 5 if day is not None else 0)
        lines = [
            (_when(change), f"{change.student_id}", self._change(change, day, width)) for change in changes
        ]
        for action in day.actions if day is not None else ():
            words = action_content(action, self.moment, self.signs, time_width=width)
            lines.append(((action.at, ""), self._student_of(action), words))
        self.set_class(not lines, "-none")
        lines.sort(key=lambda line: line[0], reverse=True)
        self.query_one(PlainList).replace([(key, words) for _at, key, words in lines])

    def _change(self, change: Change, day: DayView | None, width: int) -> Content:
        content = change_content(change, self.moment, self.signs, time_width=width)
        if words := call_back_words(change, day):
            content += Content.styled(f" {self.signs.point} {words}", "$state-eligible")
        return content

    def _student_of(self, action: Action) -> str:
        """The line that a single student of an action has now; none for a room, or for several."""
        keys = set(action.who[0].keys) if len(action.who) == 1 else set()
        rows = self.snapshot.rows if self.snapshot else ()
        return next((f"{row.student_id}" for row in rows if keys & set(row.keys)), "")

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        """Open the student of this line, when it is still on the board."""
        if message.key:
            self.post_message(StudentAsked(int(message.key)))


def _when(change: Change) -> tuple[datetime, str]:
    """By export, then by the time that the line shows: that of the send, when it was sent that day."""
    export = f"{change.at:%Y-%m-%dT%H:%M}"
    sent = change.sent_at or ""
    return change.at, sent if sent[:10] == export[:10] and len(sent) > 10 else export
