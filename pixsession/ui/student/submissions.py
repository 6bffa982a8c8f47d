"""Every profile a student sent, read from the dossier without holding up the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual import work
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from pixsession.domain.board.snapshot import BoardRow, SentProfile
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.ui.common.freshness import NOT_YET
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.student.objectives import chart_content
from pixsession.ui.student.words import sent_profiles_content

ReadHistory = Callable[[int], tuple[SentProfile, ...]]


class SentProfiles(Static):
    """The history of one student; `wait_seconds` lets a cursor in movement go by."""

    class Read(Message):
        """The history of this student has been read; None when it could not be."""

        def __init__(self, student_id: int, profiles: tuple[SentProfile, ...] | None) -> None:
            super().__init__()
            self.student_id = student_id
            self.profiles = profiles

    def __init__(self, read: ReadHistory, rule: Rule, *, symbols: Symbols, wait_seconds: float = 0.0) -> None:
        super().__init__("", markup=False)
        self._rule = rule
        self._read_history = read
        self._symbols = symbols
        self._wait_seconds = wait_seconds
        self._asked: tuple[int, str | None, int] | None = None
        self._told: tuple[int, str | None, int] | None = None  # the question answered last
        self._now = NOT_YET
        self._timer: Timer | None = None

    def follow(self, row: BoardRow | None, now: datetime) -> None:
        """Show the profiles of this student; read again only when there may be another one."""
        asked = (row.student_id, row.sent_at, row.submissions) if row else None
        self._now = now
        if asked == self._asked:
            return
        if asked is None or self._asked is None or asked[0] != self._asked[0]:
            self.update("")
        self._asked = asked
        if self._timer is not None:
            self._timer.stop()
        if asked is not None and self._wait_seconds:
            self._timer = self.set_timer(self._wait_seconds, self._ask)
        elif asked is not None:
            self._ask()

    @property
    def is_awaited(self) -> bool:
        """The profiles of the student are still to be read."""
        return self._asked is not None and self._asked != self._told

    def _ask(self) -> None:
        if self._asked is not None:
            self._read(self._asked[0])

    @work(thread=True, exclusive=True)
    def _read(self, student_id: int) -> None:
        try:
            profiles = self._read_history(student_id)
        except PixSessionError:
            self.post_message(self.Read(student_id, None))
        else:
            self.post_message(self.Read(student_id, profiles))

    def on_sent_profiles_read(self, message: Read) -> None:
        """Show them, unless the cursor has gone on."""
        message.stop()
        if self._asked is None or message.student_id != self._asked[0]:
            return
        self._told = self._asked
        if message.profiles is None:
            self.update(Content(_("The history cannot be read just now.")))
        elif message.profiles:
            submissions = sent_profiles_content(message.profiles, self._rule, self._now, self._symbols)
            self.update(chart_content(message.profiles, self._rule, self._symbols) + submissions)
        else:
            self.update(Content(_("No profile sent yet.")))
