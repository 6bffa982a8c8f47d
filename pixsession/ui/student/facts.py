"""Everything known of one student, over the whole screen."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.i18n import _
from pixsession.ui.board.mode import ModeOf
from pixsession.ui.common.freshness import NOT_YET
from pixsession.ui.common.line import Line
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.student.blocks import head_lines, missing_content
from pixsession.ui.student.campaigns import other_files_content
from pixsession.ui.student.level_list import Form, LevelList
from pixsession.ui.student.objectives import objectives_content
from pixsession.ui.student.submissions import ReadHistory, SentProfiles
from pixsession.ui.student.words import doubts_content, missing_heading, source_content

_LINES_FOR_AIR = 32  # of the student's screen
_LEAST_MISSING = 3


class StudentHead(Line):
    """In which state, and the rule applied; the name is in the title of the screen."""

    def __init__(self, rule: Rule, *, symbols: Symbols) -> None:
        super().__init__(classes="head")
        self._rule = rule
        self._symbols = symbols
        self._row: BoardRow | None = None
        self._now = NOT_YET

    def show(self, row: BoardRow, now: datetime) -> None:
        """Another student, or another state."""
        self._row, self._now = row, now
        self.rewrite()

    def content_for(self, width: int) -> Content:
        """As few lines as the width allows."""
        if self._row is None:
            return Content("")
        lines = head_lines(self._row, self._rule, self._now, width, self._symbols, named=False)
        self.styles.height = len(lines)
        return Content("\n").join(lines)


class MissingList(Line):
    """What is missing, nearest first, or what to do."""

    def __init__(self, rule: Rule, *, symbols: Symbols) -> None:
        super().__init__(classes="missing")
        self._rule = rule
        self._symbols = symbols
        self._row: BoardRow | None = None

    def show(self, row: BoardRow) -> None:
        self._row = row
        self.display = bool(missing_heading(row, self._rule))
        self.rewrite()

    def content_for(self, width: int) -> Content:
        """All that the rule asks for, and a few more where it asks for nothing."""
        if self._row is None:
            return Content("")
        short = self._rule.min_competences - (self._row.verdict.eligible_competences or 0)
        content = missing_content(self._row, self._rule, max(_LEAST_MISSING, short), width, self._symbols)
        self.styles.height = content.plain.count("\n") + 1
        return content


class Paragraph(Static):
    """Some lines of text, laid out again only when they may need other room."""

    def __init__(self, *, classes: str) -> None:
        super().__init__(classes=classes, markup=False)
        self.written = Content("")

    def say(self, content: Content) -> None:
        """Show this; nothing is sent when it is what stands there."""
        if not content.is_same(self.written):
            same_room = content.cell_length == self.written.cell_length
            self.written = content
            self.update(content, layout=not same_room)


class StudentFacts(VerticalScroll, can_focus=False):
    """From what decides to where it comes from; the style sheet says how it is laid out."""

    row: reactive[BoardRow | None] = reactive(None, repaint=False)
    moment: reactive[datetime | None] = reactive(None, repaint=False)
    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)  # of it, the session's day alone

    def __init__(
        self,
        read: ReadHistory,
        rule: Rule,
        mode_of: ModeOf,
        *,
        symbols: Symbols,
    ) -> None:
        """`read` gives the profiles sent."""
        super().__init__()
        self._read = read
        self._rule = rule
        self._mode_of = mode_of
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        """Nothing here is wider than its column: the style sheet may put the columns side by side."""
        yield StudentHead(self._rule, symbols=self._symbols)
        yield Paragraph(classes="day")
        yield Paragraph(classes="doubts")
        with Container(classes="columns"):
            with Container(classes="levels"):
                yield LevelList("12", symbols=self._symbols)
                yield LevelList("345", symbols=self._symbols)
            with Container(classes="more"):
                # Before the profiles sent, which may be many.
                yield Paragraph(classes="objectives")
                yield MissingList(self._rule, symbols=self._symbols)
                with Container(classes="submissions"):
                    yield Static(_("Profiles sent"), classes="title", markup=False)
                    yield SentProfiles(self._read, self._rule, symbols=self._symbols)
                yield Paragraph(classes="others")
                yield Paragraph(classes="source")

    def on_mount(self) -> None:
        """The first student may be there before the widgets are."""
        self.watch_row()

    def watch_row(self) -> None:
        """Another student, or the same one with new facts."""
        self._show()

    def watch_snapshot(self) -> None:
        self._show_day()
        self._show_source()

    def watch_moment(self) -> None:
        self._show_day()

    def on_resize(self) -> None:
        """Another height, another form of the levels."""
        self._show()

    def _show(self) -> None:
        row, now = self.row, self.moment
        if not self.is_mounted or row is None or now is None:
            return
        self.query_one(StudentHead).show(row, now)
        self._show_day()
        doubts = self.query_one(".doubts", Paragraph)
        doubts.say(doubts_content(row, self._symbols))
        doubts.display = bool(row.verdict.reasons)
        form = Form.AIRY if self.size.height >= _LINES_FOR_AIR else Form.AREAS
        for levels in self.query(LevelList):
            levels.display = row.profile is not None
            levels.show(row.profile, self._rule, form)
        self.query_one(MissingList).show(row)
        self._show_ways(row)
        others = self.query_one(".others", Paragraph)
        others.say(other_files_content(row, now, self._symbols, full=True))
        others.display = bool(others.written)
        self._show_source()
        self.query_one(SentProfiles).follow(row, now)

    def _show_day(self) -> None:
        row, now = self.row, self.moment
        if self.is_mounted and row is not None and now is not None:
            told = self.query_one(".day", Paragraph)
            content = self._mode_of(self.snapshot).student_content(row, now, self._symbols)
            told.display = bool(content)
            told.say(content)

    def _show_source(self) -> None:
        row, now = self.row, self.moment
        if self.is_mounted and row is not None and now is not None:
            source = self.snapshot.source_of(row) if self.snapshot else None
            self.query_one(".source", Paragraph).say(source_content(source, now))

    def _show_ways(self, row: BoardRow) -> None:
        mode = self._mode_of(self.snapshot)
        self.set_class(mode.shows_objectives, "-lesson")
        self.query_one(".objectives", Paragraph).say(objectives_content(row, mode.objectives, self._symbols))
