"""The lines of a session under its counts: the totals of each room, and what the supervisor must know now."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content
from textual.reactive import reactive

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.board.wording import span_words
from pixsession.domain.certification.day import DayState, RoomTotals
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import hour_words
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import Filters
from pixsession.ui.certification.filters import state_of
from pixsession.ui.common.freshness import NOT_YET
from pixsession.ui.common.line import Line, cut
from pixsession.ui.common.symbols import DAY_COLOURS, Signs

_ROOM_LINES_FROM = 28  # lines of a terminal from which each room has a line of its own
_MOST_ROOMS = 6


class RoomLines(Line):
    """The totals of each room, where several are shown: a line each on a tall screen, else one for all."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    filters: reactive[Filters] = reactive(Filters(), repaint=False)

    def __init__(self, *, signs: Signs) -> None:
        super().__init__()
        self._signs = signs
        self.display = False

    def content_for(self, width: int) -> Content:
        """As many words as fit."""
        totals = self._totals
        if self.styles.height is not None and self.styles.height.value == len(totals):
            return Content("\n").join([self._room(room, width) for room in totals])
        rooms = Content("   ").join([self._room(room, width, words=False) for room in totals])
        return Content.assemble(cut(rooms, width, self._signs.cut))

    @property
    def _totals(self) -> tuple[RoomTotals, ...]:
        day = self.snapshot.day if self.snapshot else None
        if day is None or self.filters.day.room is not None or len(day.totals) < 2:
            return ()
        return day.totals

    def _room(self, room: RoomTotals, width: int, *, words: bool = True) -> Content:
        from pixsession.domain.certification.words import day_symbol  # noqa: PLC0415 - in a session only
        from pixsession.ui.certification.columns import short_day_state  # noqa: PLC0415 - likewise

        name = Content.styled(shown(room.room), "bold")
        parts: list[Content | str] = [" ", name, Content.styled(f" ({room.students})", "dim")]
        for state in DayState:
            if count := room.counts.get(state, 0):
                word = f" {short_day_state(state)}" if words else ""
                symbol = day_symbol(state, self._signs.ascii_only)
                text = f"{symbol} {count}{word}" if words else f"{symbol}{count}"
                parts += ["  ", Content.styled(text, DAY_COLOURS[state])]
        if self.snapshot and self.snapshot.day and room.room in self.snapshot.day.paused:
            parts += ["  ", Content.styled(_("paused"), "bold $state-to-check")]
        return cut(Content.assemble(*parts), width, self._signs.cut)

    def _show(self) -> None:
        rooms = len(self._totals)
        self.display = bool(rooms)
        tall = self.is_mounted and self.app.size.height >= _ROOM_LINES_FROM and rooms <= _MOST_ROOMS
        self.styles.height = rooms if rooms and tall else 1
        self.rewrite()

    def on_mount(self) -> None:
        """The height of the terminal is known."""
        self._show()

    def on_resize(self) -> None:
        """More or less room."""
        self._show()

    def watch_snapshot(self) -> None:
        """Other totals."""
        self._show()

    def watch_filters(self) -> None:
        """One room, or all."""
        self._show()


class DayNotice(Line):
    """What calls for a gesture and stands on no student's line; not there when nothing does."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    moment: reactive[datetime] = reactive(NOT_YET, repaint=False)
    marked: reactive[frozenset[int]] = reactive(frozenset[int](), repaint=False)

    def __init__(self, *, signs: Signs) -> None:
        super().__init__()
        self._signs = signs
        self.display = False

    def content_for(self, width: int) -> Content:
        """The most pressing thing, in words."""
        return Content.assemble(" ", cut(self._words(), width - 2, self._signs.cut), " ")

    def _words(self) -> Content:
        snapshot = self.snapshot
        if snapshot is None or snapshot.as_of is not None:
            return Content("")
        if self.marked:
            count = len(self.marked)
            words = ngettext(
                "{n} student marked: the next key is for them · esc unmarks",
                "{n} students marked: the next key is for all of them · esc unmarks",
                count,
            )
            return Content.styled(self._plain(words.format(n=count)), "bold $accent")
        warnings = [*_pauses(snapshot, self.moment), *_expired(snapshot, self.moment)]
        if stale := _stale(snapshot, self.moment):
            warnings.append(stale)
        if not warnings:
            return Content("")
        text = f" {self._signs.point} ".join(warnings)
        return Content.styled(f"{self._signs.warning} {self._plain(text)}", "bold $state-to-check")

    def _plain(self, text: str) -> str:
        return text.replace("·", self._signs.point)

    def _show(self) -> None:
        self.display = bool(self._words())
        self.rewrite()

    def watch_snapshot(self) -> None:
        """Another day."""
        self._show()

    def watch_moment(self) -> None:
        """Time runs out."""
        self._show()

    def watch_marked(self) -> None:
        """Marked, or not any more."""
        self._show()


def _pauses(snapshot: Snapshot, now: datetime) -> list[str]:
    """The rooms whose clocks stand."""
    day = snapshot.day
    if day is None:
        return []
    words = []
    for room, pause in day.paused.items():
        span = span_words(now - pause.begin)
        if len(day.session.rooms) > 1:
            text = _("{room} paused since {time}, {span} (u: resume)")
        else:
            text = _("room paused since {time}, {span} (u: resume)")
        words.append(text.format(room=shown(room), time=hour_words(pause.begin), span=span))
    return words


def _expired(snapshot: Snapshot, now: datetime) -> list[str]:
    """Who was authorised to start, and has not started in time."""
    if snapshot.day is None:
        return []
    found = expired_authorisations(snapshot, now)
    if not found:
        return []
    names = {row.student_id: row.shown_name for row in snapshot.rows}
    if len(found) == 1:
        words = _("the authorisation of {who} ran out: authorise again (o)")
        return [words.format(who=names[next(iter(found))])]
    words = ngettext(
        "{n} authorisation to start ran out: authorise again (o)",
        "{n} authorisations to start ran out: authorise again (o)",
        len(found),
    )
    return [words.format(n=len(found))]


def expired_authorisations(snapshot: Snapshot, now: datetime) -> frozenset[int]:
    """The students on the board who were authorised to start, and whose authorisation ran out unused."""
    day = snapshot.day
    if day is None:
        return frozenset()
    from pixsession.domain.certification.clock import authorised_until  # noqa: PLC0415 - in a session only

    waiting = {DayState.READY, DayState.TO_CALL_BACK, DayState.EXPECTED}
    expired = set()
    for row in snapshot.rows:
        so_far = day.days.get(row.student_id)
        until = authorised_until(so_far, day.session) if so_far else None
        if until is not None and now > until and state_of(row, day) in waiting:
            expired.add(row.student_id)
    return frozenset(expired)


def _stale(snapshot: Snapshot, now: datetime) -> str:
    """What to click when the export is too old to show what those in remediation did."""
    day = snapshot.day
    if day is None:
        return ""
    from pixsession.domain.certification.words import export_staleness_words  # noqa: PLC0415 - in a session only

    true_now = now + snapshot.clock_behind
    return export_staleness_words(
        snapshot.newest_export_at, tuple(day.states.values()), day.session, true_now
    )
