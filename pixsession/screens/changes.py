"""The log of changes, newest first: who became eligible, who stopped being so, who came and went."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from pixsession.domain.changes import Change
from pixsession.domain.wording import change_time
from pixsession.i18n import N_, _
from pixsession.messages import StudentAsked
from pixsession.screens.page import Page
from pixsession.widgets.board_lines import change_content
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
        self.set_class(not changes, "-none")
        self.query_one(PlainList).replace(
            [
                (f"{change.student_id}", change_content(change, self.moment, self.signs, time_width=width))
                for change in sorted(changes, key=_when, reverse=True)
            ]
        )

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        """Open the student of this line, when it is still on the board."""
        self.post_message(StudentAsked(int(message.key)))


def _when(change: Change) -> tuple[datetime, str]:
    """By export, then by the time that the line shows: that of the send, when it was sent that day."""
    export = f"{change.at:%Y-%m-%dT%H:%M}"
    sent = change.sent_at or ""
    return change.at, sent if sent[:10] == export[:10] and len(sent) > 10 else export
