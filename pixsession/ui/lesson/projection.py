"""For the projector: how far the group is, the code of the path and the time; never a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.lesson.spread import Band, spread_of
from pixsession.domain.lesson.view import LessonState, LessonView
from pixsession.domain.lesson.window import planned_begin
from pixsession.domain.lesson.words import progress_bar
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.room_time import hour_words
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import Filters, campaign_words
from pixsession.ui.common.big_code import BigCode
from pixsession.ui.common.public_screen import PublicScreen
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.lesson.filters import students_there

_OTHER_LINES = 16  # without the code
_SHORT = 22  # lines of a terminal under which there is no room for a large clock
_LABEL = len("80-100 %  ")


class LessonProjectionScreen(PublicScreen):
    """The same key leaves it; toasts, which have names in them, wait until then."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "P,escape", "close", N_("back"), id="lesson_projection.close", tooltip=N_("Back to the board")
        ),
    ]

    filters: reactive[Filters] = reactive(Filters(), repaint=False)

    def __init__(self, lesson: LessonView, *, symbols: Symbols) -> None:
        super().__init__()
        self._lesson, self._symbols = lesson, symbols

    def compose(self) -> ComposeResult:
        """Title and time, the code, then the group."""
        with Horizontal(id="top"):
            yield Static(id="title", markup=False)
            yield BigCode("", symbols=self._symbols, lines=4, classes="clock")
        yield Static(_("Code of the path"), id="label", markup=False)
        yield BigCode("", symbols=self._symbols, classes="code")
        yield Static(id="group", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """The code takes what the lines of the group leave."""
        tight = event.size.height < _SHORT
        self.set_class(tight, "-tight")
        self.query_one(".clock", BigCode).limit(1 if tight else 4)
        self.query_one(".code", BigCode).limit(max(1 if tight else 4, event.size.height - _OTHER_LINES))
        self.paint()

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """The group has gone on."""
        self._lesson = (snapshot and snapshot.lesson) or self._lesson
        self.paint()

    def paint(self) -> None:
        if not self.is_mounted or self.snapshot is None:
            return
        lesson = self._lesson
        # Of several campaigns each student has a code of their own.
        code = (lesson.campaign.code if lesson.campaign and not lesson.parts else None) or ""
        self.query_one("#title", Static).update(self._title(lesson))
        self.query_one(".clock", BigCode).say(hour_words(self.moment))
        self.query_one(".code", BigCode).say(code)
        for part in ("#label", ".code"):
            self.query_one(part).display = bool(code)
        self.query_one("#group", Static).update(Content("\n").join(self._group(self.snapshot)))

    def _title(self, lesson: LessonView) -> Content:
        lines = [Content.styled(shown(lesson.session.title), "bold")]
        codes = {one.key: f"  {shown(one.code or '')}" if lesson.parts else "" for one in lesson.followed}
        lines += [Content(f"{campaign_words(one)}{codes[one.key]}") for one in lesson.followed]
        begin = planned_begin(lesson.session)
        if begin is not None and not self.has_class("-tight"):
            end = begin + timedelta(minutes=lesson.session.duration_minutes)
            lines.append(Content.styled(_("End at {time}").format(time=hour_words(end)), "$board-calm"))
        return Content("\n").join(lines)

    def _group(self, snapshot: Snapshot) -> Iterator[Content]:
        """How many have begun, a bar for each part of the way, and what is still to be done by all."""
        students = students_there(snapshot, self._lesson, self.filters.places)
        begun = sum(one.has_begun for one in students)
        words = ngettext("{n} of {all} started", "{n} of {all} started", begun)
        yield Content.styled(words.format(n=begun, all=len(students)), "bold")
        most = max((band.students for band in spread_of(students)), default=0)
        for band in spread_of(students):
            yield self._band(band, max(1, most))
        if any(one.state is LessonState.NOT_SHARED for one in students):
            yield Content.styled(_("Finished? Send your results."), "bold $state-not-sent")

    def _band(self, band: Band, most: int) -> Content:
        label = f"{band.low}-{band.high}" if band.low < band.high else f"{band.low}"
        room = max(10, self.size.width - 6 - _LABEL - 4)
        width = max(1 if band.students else 0, round(room * band.students / most))
        bar = progress_bar(1.0, width, self._symbols.ascii_only)
        colour = "$state-eligible" if band.low == band.high else "$primary"
        return Content.assemble(
            _("{n}%").format(n=label).rjust(_LABEL - 1), " ", (bar, colour), f" {band.students or ''}"
        )
