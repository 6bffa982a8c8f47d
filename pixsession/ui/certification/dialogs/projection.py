"""For the projector: a page for the exam, one with the code of the remediation; names only when asked for."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.day import DayView
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.room_time import hour_words
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import Filters
from pixsession.ui.certification.dialogs.public_words import PublicList, public_lists, questions_words
from pixsession.ui.certification.dialogs.redirect import steps
from pixsession.ui.certification.ends import ends_words
from pixsession.ui.certification.filters import rows_of_room
from pixsession.ui.common.big_code import BigCode
from pixsession.ui.common.line import cut
from pixsession.ui.common.public_screen import PublicScreen
from pixsession.ui.common.symbols import Symbols

_OTHER_LINES, _TIGHT_LINES = 19, 11  # without the code, with blank lines and a large clock, and without
_EXAM_LINES = 13  # of the first page without its clock, names and all
_SHORT = 22  # lines of a terminal under which there are none


class ProjectionScreen(PublicScreen):
    """The same key leaves it. While it stands no toast tells the room who became eligible.

    The first page is for who sits there: the clock, the access code of the session, the ends. The second one
    has the code of the remediation.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("P,escape", "close", N_("back"), id="projection.close", tooltip=N_("Back to the board")),
        Binding(
            "space,right,left",
            "turn",
            N_("other page"),
            id="projection.turn",
            tooltip=N_("The clock, or the code of the remediation"),
        ),
        Binding("n", "names", N_("names"), id="projection.names", tooltip=N_("Show or hide the names")),
    ]

    filters: reactive[Filters] = reactive(Filters(), repaint=False)

    def __init__(self, day: DayView, *, symbols: Symbols) -> None:
        super().__init__()
        self._day, self._symbols = day, symbols
        self._shows_code = self._shows_names = False

    def compose(self) -> ComposeResult:
        """Title and time; the ends, or the code and what to do with it; who has to do what."""
        with Horizontal(id="top"):
            yield Static(id="title", markup=False)
            yield BigCode("", symbols=self._symbols, lines=4, classes="clock")
        with Vertical(id="exam"):
            with Horizontal(id="beside"):
                yield BigCode("", symbols=self._symbols, classes="now")
                with Vertical(id="access"):
                    yield Static(_("Access code"), id="access-label", markup=False)
                    yield BigCode("", symbols=self._symbols, classes="access")
            yield Static(id="ends", markup=False)
        with Vertical(id="code"):
            yield Static(id="label", markup=False)
            yield BigCode("", symbols=self._symbols, classes="code")
            yield Static(id="steps", markup=False)
        yield Static(id="who", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """The code takes what the lines of text leave."""
        tight = event.size.height < _SHORT
        self.set_class(tight, "-tight")
        self.query_one(".clock", BigCode).limit(1 if tight else 4)
        for large in (".now", ".access"):
            self.query_one(large, BigCode).limit(max(4, event.size.height - _EXAM_LINES))
        room = event.size.height - (_TIGHT_LINES if tight else _OTHER_LINES)
        self.query_one(".code", BigCode).limit(max(4, room))
        self.paint()

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Somebody has something else to do."""
        self._day = (snapshot and snapshot.day) or self._day
        self.paint()

    def paint(self) -> None:
        if not self.is_mounted or self.snapshot is None:
            return
        day = self._day
        remediation = day.session.remediation
        self.query_one("#title", Static).update(self._title(day))
        for clock in (".clock", ".now"):
            self.query_one(clock, BigCode).say(hour_words(self.moment))
        self.query_one(".access", BigCode).say(day.session.access_code or "")
        self.query_one("#access").display = bool(day.session.access_code)
        self.query_one(".clock").display = self._shows_code
        self.query_one("#exam").display = not self._shows_code
        for part in ("#code", "#label", "#steps"):
            self.query_one(part).display = self._shows_code
        # Not the name of the campaign: it says of those who are sent there what nobody needs to read.
        self.query_one("#label", Static).update(Content.styled(_("Code of the campaign"), "bold"))
        code = self.query_one(".code", BigCode)
        code.say(remediation.code or "")
        code.display = bool(remediation.code)
        self.query_one("#steps", Static).update(steps((), remediation, self._symbols))
        rows = rows_of_room(self.snapshot.rows, day, self.filters.room)
        ends = ends_words(rows, day, self.moment) or _("Take your seat")
        lines = [Content.styled(ends.replace("·", self._symbols.point), "bold $accent")]
        if (length := questions_words(day.session)) and not self.has_class("-tight"):
            lines.append(Content.styled(length, "$board-calm"))
        self.query_one("#ends", Static).update(Content("\n").join(lines))
        lists = public_lists(rows, day, self.moment) if self._shows_names else ()
        self.query_one("#who", Static).update(self._who(lists))

    def _title(self, day: DayView) -> Content:
        room = self.filters.room or (day.session.rooms[0].name if len(day.session.rooms) == 1 else "")
        lines: list[Content | str] = [Content.styled(shown(day.session.title), "bold")]
        if room and not self.has_class("-tight"):
            lines.append(Content.styled(shown(room), "$board-calm"))
        paused = [name for name in day.paused if not room or name == room]
        if paused:
            lines.append(Content.styled(_("Pause: wait before you go on."), "bold $state-to-check"))
        return Content("\n").join(lines)

    def _who(self, lists: tuple[PublicList, ...]) -> Content:
        """A line each, its names as far as they go, and how many more there are."""
        width = max(20, self.size.width - 6)
        lines = []
        for one in lists:
            heading = Content.styled(f"{one.heading}{_(': ')}", "bold $accent")
            lines.append(self._names(heading, one.names, width))
        return Content("\n\n" if self.size.height >= 30 else "\n").join(lines)

    def _names(self, heading: Content, names: tuple[str, ...], width: int) -> Content:
        for kept in range(len(names), 0, -1):
            more = len(names) - kept
            tail = ngettext(", and {n} other", ", and {n} others", more).format(n=more) if more else ""
            line = heading + Content(", ".join(names[:kept]) + tail)
            if line.cell_length <= 2 * width - 4:  # two lines at most
                return line
        return cut(heading, width, self._symbols.cut)

    def action_turn(self) -> None:
        self._shows_code = not self._shows_code
        self.paint()

    def action_names(self) -> None:
        self._shows_names = not self._shows_names
        self.paint()
