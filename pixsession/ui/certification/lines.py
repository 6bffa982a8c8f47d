"""The lines of a session under its counts: the totals of each room, and what the supervisor must know now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from textual.content import Content
from textual.reactive import reactive

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.board.wording import span_words
from pixsession.domain.certification.clock import authorised_until
from pixsession.domain.certification.day import DayState, DayView, RoomTotals
from pixsession.domain.certification.opening import off_list_words
from pixsession.domain.certification.words import day_symbol, export_staleness_words, first_export_words
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import hour_words
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import Filters
from pixsession.ui.certification.columns import short_count
from pixsession.ui.certification.filters import day_of, state_of
from pixsession.ui.certification.symbols import DAY_COLOURS
from pixsession.ui.common.line import Line, cut
from pixsession.ui.common.symbols import Symbols

_ROOM_LINES_FROM = 28  # lines of a terminal from which each room has a line of its own
_MOST_ROOMS = 6


class RoomLines(Line):
    """The totals of each room, where several are shown: a line each on a tall screen, else one for all."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    filters: reactive[Filters] = reactive(Filters(), repaint=False)

    def __init__(self, day: DayView, *, symbols: Symbols) -> None:
        super().__init__()
        self._day, self._symbols = day, symbols
        self.display = False

    def content_for(self, width: int) -> Content:
        """As many words as fit."""
        totals = self._totals
        if self.styles.height is not None and self.styles.height.value == len(totals):
            return Content("\n").join([self._room(room, width) for room in totals])
        rooms = Content("   ").join([self._room(room, width, words=False) for room in totals])
        return Content.assemble(cut(rooms, width, self._symbols.cut))

    @property
    def _totals(self) -> tuple[RoomTotals, ...]:
        totals = self._day.totals
        return totals if self.filters.room is None and len(totals) > 1 else ()

    def _room(self, room: RoomTotals, width: int, *, words: bool = True) -> Content:
        name = Content.styled(shown(room.room), "bold")
        parts: list[Content | str] = [" ", name, Content.styled(f" ({room.students})", "dim")]
        for state in DayState:
            if count := room.counts.get(state, 0):
                symbol = day_symbol(state, self._symbols.ascii_only)
                text = f"{symbol} {short_count(state, count, self._day)}" if words else f"{symbol}{count}"
                parts += ["  ", Content.styled(text, DAY_COLOURS[state])]
        if room.room in self._day.paused:
            parts += ["  ", Content.styled(_("paused"), "bold $state-to-check")]
        return cut(Content.assemble(*parts), width, self._symbols.cut)

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
        self._show()

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        self._day = (snapshot and snapshot.day) or self._day
        self._show()

    def watch_filters(self) -> None:
        self._show()


def warnings(snapshot: Snapshot, day: DayView, now: datetime) -> list[str]:
    """Who is on no list any more, rooms paused, authorisations that ran out, an export too old."""
    stale = export_staleness_words(
        snapshot.newest_export_at, tuple(day.states.values()), day.session, now + snapshot.clock_behind
    )
    stale = stale or first_export_words(day)
    return [
        *off_list_words(snapshot, day),
        *_pauses(day, now),
        *_expired(snapshot.rows, day, now),
        *filter(None, [stale]),
    ]


def _pauses(day: DayView, now: datetime) -> list[str]:
    """The rooms whose clocks stand; all of them in one sentence where they stand since one minute."""
    begins = {hour_words(pause.begin) for pause in day.paused.values()}
    if 1 < len(day.session.rooms) == len(day.paused) and len(begins) == 1:
        since = min(pause.begin for pause in day.paused.values())
        text = _("all the rooms paused since {time}, {span} (u: resume)")
        return [text.format(time=hour_words(since), span=span_words(now - since))]
    words = []
    for room, pause in day.paused.items():
        span = span_words(now - pause.begin)
        if len(day.session.rooms) > 1:
            text = _("{room} paused since {time}, {span} (u: resume)")
        else:
            text = _("room paused since {time}, {span} (u: resume)")
        words.append(text.format(room=shown(room), time=hour_words(pause.begin), span=span))
    return words


def _expired(rows: Iterable[BoardRow], day: DayView, now: datetime) -> list[str]:
    """Who was authorised to start, and has not started in time."""
    names = [row.shown_name for row in rows if authorisation_expired(row, day, now)]
    if not names:
        return []
    if len(names) == 1:
        return [_("the authorisation of {who} ran out: authorise again (o)").format(who=names[0])]
    words = ngettext(
        "{n} authorisation to start ran out: authorise again (o)",
        "{n} authorisations to start ran out: authorise again (o)",
        len(names),
    )
    return [words.format(n=len(names))]


_WAITING = frozenset({DayState.READY, DayState.TO_CALL_BACK, DayState.EXPECTED})


def authorisation_expired(row: BoardRow, day: DayView, now: datetime) -> bool:
    """Whether the student was authorised to start, and the authorisation ran out unused."""
    until = authorised_until(day_of(row, day), day.session)
    return until is not None and now > until and state_of(row, day) in _WAITING
