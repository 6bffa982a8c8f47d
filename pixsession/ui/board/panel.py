"""The student under the cursor, in a column beside the board."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from pixsession.domain.board.snapshot import BoardRow, Snapshot, Source
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.i18n import _
from pixsession.ui.board.mode import ModeOf
from pixsession.ui.common.paragraphs import Paragraphs
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.student.blocks import head_lines, missing_content
from pixsession.ui.student.campaigns import other_files_content
from pixsession.ui.student.level_list import Form, Levels
from pixsession.ui.student.submissions import ReadHistory, SentProfiles
from pixsession.ui.student.words import doubts_content, source_content

_LINES_FOR_AREAS, _LINES_FOR_A_LIST = 42, 33  # with fewer, the levels take one line an area
_CURSOR_PAUSE = 0.15  # seconds; no history is read for a student the cursor only passes by
_MOST_MISSING = 3
_GAP = Content("")


def _source_in(snapshot: Snapshot | None, row: BoardRow) -> Source | None:
    return snapshot.source_of(row) if snapshot else None


class StudentPanel(VerticalScroll, can_focus=False):
    """From what decides to where it comes from."""

    row: reactive[BoardRow | None] = reactive(None, repaint=False)
    moment: reactive[datetime | None] = reactive(None, repaint=False)
    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)  # of it, the session alone

    def __init__(self, read: ReadHistory, rule: Rule, mode_of: ModeOf, *, symbols: Symbols) -> None:
        """`read` gives the profiles sent."""
        super().__init__()
        self._rule = rule
        self._mode_of = mode_of
        self._symbols = symbols
        self._above, self._below = Paragraphs(), Paragraphs()
        self._levels: tuple[Levels | None, int, Content] = (None, 0, _GAP)  # written last, for which width
        self._submissions = SentProfiles(read, rule, symbols=symbols, wait_seconds=_CURSOR_PAUSE)

    def compose(self) -> ComposeResult:
        """What is known at once, what has to be read from the dossier, and the rest."""
        yield self._above
        yield self._submissions
        yield self._below

    def on_mount(self) -> None:
        """The first student may be there before the widgets are."""
        self.watch_row()

    def watch_row(self) -> None:
        """Another student, or the same one with new facts; beside an empty board, nothing."""
        self.visible = self.row is not None
        self._show()

    def watch_snapshot(self, before: Snapshot | None, snapshot: Snapshot | None) -> None:
        """A session went on, or a newer export says the same; all else comes with the student."""
        is_supervised = any(self._mode_of(one).is_supervised for one in (before, snapshot))
        row = self.row
        if is_supervised or (row and _source_in(before, row) != _source_in(snapshot, row)):
            self._show()

    def watch_moment(self) -> None:
        self.watch_snapshot(None, self.snapshot)

    def on_resize(self) -> None:
        """Another size, another form of the levels; on a narrow board this is not shown at all."""
        self._show()

    def _show(self) -> None:
        width = self.scrollable_content_region.width
        if self.row is None or self.moment is None or not self.is_mounted or not width:
            return
        self._above.say(list(self._facts(self.row, self.moment, width)))
        self._submissions.follow(self.row, self.moment)
        others = other_files_content(self.row, self.moment, self._symbols, full=False)
        source = source_content(_source_in(self.snapshot, self.row), self.moment).split("\n")
        self._below.say([others, _GAP, *source] if others else source)

    def _facts(self, row: BoardRow, now: datetime, width: int) -> list[Content]:
        symbols, rule = self._symbols, self._rule
        facts = head_lines(row, rule, now, width, symbols, named=True)
        if not self.screen.has_class("-short"):
            facts.append(_GAP)
        if told := self._mode_of(self.snapshot).student_content(row, now, symbols):
            facts += [told, _GAP]
        if row.verdict.reasons:
            facts.append(doubts_content(row, symbols).stylize("$state-to-check"))
        if row.profile is not None:
            facts += [
                self._levels_content(Levels(row.profile, rule, self._form(), symbols=symbols), width),
                _GAP,
            ]
        if missing := missing_content(row, rule, _MOST_MISSING, width, symbols):
            facts += [missing, _GAP]
        return [*facts, Content.styled(_("Profiles sent"), "bold $primary")]

    def _levels_content(self, levels: Levels, width: int) -> Content:
        """Most exports leave them as they are: written anew only for another profile."""
        if self._levels[:2] != (levels, width):
            self._levels = levels, width, levels.content(width)
        return self._levels[2]

    def _form(self) -> Form:
        lines = ((_LINES_FOR_AREAS, Form.AREAS), (_LINES_FOR_A_LIST, Form.LIST))
        return next((form for least, form in lines if self.size.height >= least), Form.COMPACT)
