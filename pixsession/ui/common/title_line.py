"""The first line of every screen: what it shows, how old that is, and the time."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content
from textual.reactive import reactive

from pixsession.domain.board.snapshot import FileStatus, Snapshot
from pixsession.domain.certification.session import Session
from pixsession.domain.lesson.lesson import LessonView
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import hour_words
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import Filters, campaign_words
from pixsession.ui.common.freshness import Road, RoadState
from pixsession.ui.common.line import Line, cut, justified
from pixsession.ui.common.symbols import Signs

_READING = Road(RoadState.READING, "")
_LEAST_TITLE = 40  # cells of a title that are worth more than the clock


class TitleLine(Line):
    """A title on the left; the state of the road and a clock on the right."""

    ALLOW_SELECT = False

    road: reactive[Road] = reactive(_READING, repaint=False)
    moment: reactive[datetime | None] = reactive(None, repaint=False)
    heading: reactive[str] = reactive("", repaint=False)

    def __init__(self, *, signs: Signs) -> None:
        super().__init__()
        self._signs = signs

    def content_for(self, width: int) -> Content:
        """The clock gives way first, then the title; what is told after the title is never cut."""
        room = width - 2
        title, facts, road = self._title(), self._facts(width), self._road()
        clock = Content.styled(f"  {hour_words(self.moment)}" if self.moment else "", "dim")
        needed = min(title.cell_length, _LEAST_TITLE) + facts.cell_length + 2 + road.cell_length
        right = road + clock if needed + clock.cell_length <= room else road
        right = cut(right, room, self._signs.cut)
        left = cut(title, max(12, room - facts.cell_length - 2 - right.cell_length), self._signs.cut)
        return Content.assemble(" ", justified(left + facts, right, room, self._signs.cut), " ")

    def _title(self) -> Content:
        return Content.styled(self.heading, "bold")

    def _facts(self, _width: int) -> Content:
        return Content("")

    def _road(self) -> Content:
        words = Content(self.road.words)
        # The sign alone: a head in colour means that something is wrong.
        return words.stylize("$state-eligible", -1) if self.road.state is RoadState.LIVE else words

    def watch_road(self, before: Road, road: Road) -> None:
        """The whole head takes the colour of the road."""
        if before.state is not road.state:
            self.remove_class(f"-{before.state}")
            self.add_class(f"-{road.state}")
        self.rewrite()

    def watch_moment(self, before: datetime | None, moment: datetime | None) -> None:
        """The clock; it has no seconds."""
        if before is None or moment is None or before.replace(second=0) != moment.replace(second=0):
            self.rewrite()

    def watch_heading(self) -> None:
        """Another title."""
        self.rewrite()


class BoardTitle(TitleLine):
    """The title of the board: its campaigns, and the files that were read and refused."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    filters: reactive[Filters] = reactive(Filters(), repaint=False)

    def __init__(self, *, demo: bool, signs: Signs) -> None:
        super().__init__(signs=signs)
        self._demo = demo

    def watch_snapshot(self) -> None:
        """Other campaigns, other files."""
        self.rewrite()

    def watch_filters(self) -> None:
        """Other campaigns asked for."""
        self.rewrite()

    def _title(self) -> Content:
        return Content.styled(self._campaigns(), "bold")

    def _campaigns(self) -> str:
        if self.snapshot is not None and self.snapshot.day is not None:
            return self._session(self.snapshot.day.session)
        if self.snapshot is not None and self.snapshot.lesson is not None:
            return self._lesson(self.snapshot.lesson)
        names = [
            campaign_words(campaign)
            for campaign in (self.snapshot.campaigns if self.snapshot else ())
            if self.filters.takes(campaign)
        ]
        name = f" {self._signs.point} ".join(dict.fromkeys(names)) or "pixsession"
        return _("demonstration: {name}").format(name=name) if self._demo else name

    def _lesson(self, lesson: LessonView) -> str:
        """The title of the lesson, and the campaign shown; that there are others, where there are."""
        name = shown(lesson.session.title)
        if lesson.campaign is not None:
            name = f"{name} {self._signs.point} {campaign_words(lesson.campaign)}"
        if len(lesson.campaigns) > 1:
            count = len(lesson.campaigns)
            others = ngettext("{n} campaign", "{n} campaigns", count).format(n=count)
            name = f"{name} (C: {others})"
        return _("demonstration: {name}").format(name=name) if self._demo else name

    def _session(self, session: Session) -> str:
        """The title of the session, and the room shown where there are several, or the only one's name."""
        room = self.filters.day.room or (session.rooms[0].name if len(session.rooms) == 1 else "")
        name = f" {self._signs.point} ".join(filter(None, (shown(session.title), shown(room))))
        return _("demonstration: {name}").format(name=name) if self._demo else name

    def _facts(self, width: int) -> Content:
        snapshot = self.snapshot
        if snapshot is None or not snapshot.files:
            return Content("")
        read = snapshot.files_with(FileStatus.READ)
        refused = snapshot.files_with(FileStatus.REFUSED)
        words = (
            ngettext("{n} file read", "{n} files read", read)
            if width >= 100
            else ngettext("{n} file", "{n} files", read)
        )
        parts = []
        # A road in trouble needs the room of a narrow line for its own words.
        supervised = snapshot.day is not None or snapshot.lesson is not None
        if read and (width >= 100 or (self.road.is_live and not supervised)):
            parts.append(Content.styled(words.format(n=read), "dim"))
        if refused:
            text = ngettext("{n} refused", "{n} refused", refused).format(n=refused)
            # On a head in colour the text has one colour only.
            parts.append(Content.styled(text, "bold $state-to-check" if self.road.is_live else "bold"))
        return Content.assemble(f" {self._signs.point} ", Content(", ").join(parts)) if parts else Content("")
