"""Everything known of one student, in a column beside the board or over the whole screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from pixsession.domain.eligibility import Rule
from pixsession.domain.snapshot import BoardRow, Snapshot
from pixsession.i18n import _
from pixsession.widgets.level_list import Form, LevelList
from pixsession.widgets.line import Line, justified
from pixsession.widgets.road import NOT_YET
from pixsession.widgets.sent_profiles import ReadHistory, SentProfiles
from pixsession.widgets.signs import Signs
from pixsession.widgets.student_campaigns import other_files_content
from pixsession.widgets.student_words import (
    doubts_content,
    gap_content,
    missing_heading,
    name_content,
    profile_words,
    rule_words,
    source_content,
    state_content,
)

_LINES_FOR_AREAS, _LINES_FOR_A_LIST = 42, 33  # of a panel; with fewer, the levels take one line an area
_LINES_FOR_AIR = 32  # of the student's screen
_CURSOR_PAUSE = 0.15  # seconds; no history is read for a student the cursor only passes by


class StudentHead(Line):
    """Who, in which state, and the rule applied; the state is never cut."""

    def __init__(self, rule: Rule, *, signs: Signs, named: bool) -> None:
        """`named`: the name is here, and not in the title of the screen."""
        super().__init__(classes="head")
        self._rule = rule
        self._signs = signs
        self._named = named
        self._row: BoardRow | None = None
        self._now = NOT_YET

    def show(self, row: BoardRow, now: datetime) -> None:
        """Another student, or another state."""
        self._row, self._now = row, now
        self.rewrite()

    def content_for(self, width: int) -> Content:
        """As few lines as the width allows."""
        row = self._row
        if row is None:
            return Content("")
        state = state_content(row, self._signs)
        rule = Content.styled(rule_words(row, self._rule), "$board-calm")
        profile = Content.styled(profile_words(row, self._now, self._signs), "$board-calm")
        if not self._named:
            return self._stacked([state, rule, profile], width)
        name = name_content(row, self._signs)
        fits = name.cell_length + state.cell_length + 2 <= width
        first = [justified(name, state, width)] if fits else [name, state]
        return self._stacked([rule, profile], width, first)

    def _stacked(self, facts: list[Content], width: int, lines: Sequence[Content] = ()) -> Content:
        stack = list(lines)
        line = Content("")
        for fact in filter(None, facts):
            longer = Content.assemble(line, f" {self._signs.point} ", fact) if line else fact
            if line and longer.cell_length > width:
                stack += line.wrap(width)
                longer = fact
            line = longer
        stack += line.wrap(width)
        self.styles.height = len(stack)
        return Content("\n").join(stack)


class MissingList(Line):
    """What is missing, nearest first, or what to do."""

    def __init__(self, rule: Rule, *, signs: Signs) -> None:
        super().__init__(classes="missing")
        self._rule = rule
        self._signs = signs
        self._row: BoardRow | None = None

    def show(self, row: BoardRow, most: int) -> None:
        """Another student; `most` competences at most."""
        gaps = row.verdict.nearest[:most]
        self._row = row._replace(verdict=row.verdict._replace(nearest=gaps))
        self.display = bool(missing_heading(row, self._rule))
        self.rewrite()

    def content_for(self, width: int) -> Content:
        """A heading, then a line each."""
        if self._row is None:
            return Content("")
        heading = Content.styled(missing_heading(self._row, self._rule), "bold").wrap(width)
        lines = [*heading, *(gap_content(gap, width, self._signs) for gap in self._row.verdict.nearest)]
        self.styles.height = len(lines)
        return Content("\n").join(lines)


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
        *,
        signs: Signs,
        panel: bool = False,
    ) -> None:
        """`read` gives the profiles sent; in a `panel` the name stands here, and a cursor may pass by."""
        super().__init__()
        self._read = read
        self._rule = rule
        self._signs = signs
        self._panel = panel

    def compose(self) -> ComposeResult:
        """Nothing here is wider than its column: the style sheet may put the columns side by side."""
        yield StudentHead(self._rule, signs=self._signs, named=self._panel)
        yield Paragraph(classes="day")
        yield Paragraph(classes="doubts")
        with Container(classes="columns"):
            with Container(classes="levels"):
                yield LevelList("12", signs=self._signs)
                yield LevelList("345", signs=self._signs)
            with Container(classes="more"):
                yield MissingList(self._rule, signs=self._signs)
                with Container(classes="sends"):
                    yield Static(_("Profiles sent"), classes="title", markup=False)
                    pause = _CURSOR_PAUSE if self._panel else 0.0
                    yield SentProfiles(self._read, self._rule, signs=self._signs, wait_seconds=pause)
                yield Paragraph(classes="ways")
                yield Paragraph(classes="others")
                yield Paragraph(classes="source")

    def on_mount(self) -> None:
        """The first student may be there before the widgets are."""
        self.watch_row()

    def watch_row(self) -> None:
        """Another student, or the same one with new facts; beside an empty board, nothing."""
        self.visible = self.row is not None
        self._show()

    def watch_snapshot(self) -> None:
        """The day went on."""
        self._show_day()

    def watch_moment(self) -> None:
        """So did the clock."""
        self._show_day()

    def on_resize(self) -> None:
        """Another height, another form of the levels; on a narrow board this is not shown at all."""
        self._show()

    def _show(self) -> None:
        row, now = self.row, self.moment
        if not self.display or not self.is_mounted or row is None or now is None:
            return
        self.query_one(StudentHead).show(row, now)
        self._show_day()
        doubts = self.query_one(".doubts", Paragraph)
        doubts.say(doubts_content(row, self._signs))
        doubts.display = bool(row.verdict.reasons)
        form = self._form()
        for levels in self.query(LevelList):
            levels.form = form
            levels.display = row.profile is not None
            levels.show(row.profile, self._rule)
        short = self._rule.min_competences - (row.verdict.eligible_competences or 0)
        self.query_one(MissingList).show(row, 3 if self._panel else max(3, short))
        if not self._panel:
            lesson = self.snapshot.lesson if self.snapshot else None
            self.set_class(lesson is not None, "-lesson")
            from pixsession.widgets.lesson_facts import ways_content  # noqa: PLC0415 - in a lesson only

            self.query_one(".ways", Paragraph).say(ways_content(row, lesson, self._signs))
        others = self.query_one(".others", Paragraph)
        others.say(other_files_content(row, now, self._signs, full=not self._panel))
        others.display = bool(others.written)
        self.query_one(".source", Paragraph).say(source_content(row.source, now))
        self.query_one(SentProfiles).follow(row, now)

    def _show_day(self) -> None:
        row, now = self.row, self.moment
        if self.display and self.is_mounted and row is not None and now is not None:
            told = self.query_one(".day", Paragraph)
            content = self._told_of_session(row, now)
            told.display = bool(content)
            told.say(content)

    def _told_of_session(self, row: BoardRow, now: datetime) -> Content:
        """What the session says of the student; empty without one."""
        if self.snapshot is not None and self.snapshot.lesson is not None:
            from pixsession.widgets.lesson_facts import lesson_content  # noqa: PLC0415 - in a lesson only

            return lesson_content(row, self.snapshot.lesson, now, self._signs)
        if self.snapshot is not None and self.snapshot.day is not None:
            from pixsession.widgets.day_facts import day_content  # noqa: PLC0415 - in a session only

            return day_content(row, self.snapshot.day, now, self._signs)
        return Content("")

    def _form(self) -> Form:
        height = self.size.height
        if self._panel:
            lines = ((_LINES_FOR_AREAS, Form.AREAS), (_LINES_FOR_A_LIST, Form.LIST))
            return next((form for least, form in lines if height >= least), Form.COMPACT)
        return Form.AIRY if height >= _LINES_FOR_AIR else Form.AREAS
