"""The lines under the table: what the filters hide, and the last change."""

from __future__ import annotations

from datetime import datetime
from itertools import takewhile

from textual.content import Content
from textual.reactive import reactive

from pixsession.domain.board.changes import LOUD, Change
from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.board.wording import change_sentence, change_time, hidden_words
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import room_day
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import Filters, View
from pixsession.ui.board.mode import ModeOf
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.line import Line, clickable, justified
from pixsession.ui.common.symbols import CHANGE_SIGNS, Symbols


class FilterLine(Line):
    """Which filters are on and how many students they hide; not there when nothing is hidden."""

    ALLOW_SELECT = False

    filters: reactive[Filters] = reactive(Filters(), repaint=False)
    view: reactive[View | None] = reactive(None, repaint=False)

    def __init__(self, *, symbols: Symbols) -> None:
        super().__init__()
        self._symbols = symbols
        self.display = False

    def content_for(self, width: int) -> Content:
        """Filters on the left, the way back on the right."""
        hidden = self.view.hidden if self.view else 0
        words = ngettext("{n} student hidden: {filters}", "{n} students hidden: {filters}", hidden)
        left = Content.styled(words.format(n=hidden, filters=self._filters()), "bold")
        if self.view and self.view.worse:
            back = _("back on the board: {who}").format(who=", ".join(self.view.worse))
            left = Content.assemble((back, "bold $state-to-check"), f" {self._symbols.point} ", left)
        way_back = Content.styled(_("esc: wider"), "$board-calm")
        return Content.assemble(" ", justified(left, way_back, width - 2, self._symbols.cut), " ")

    def _filters(self) -> str:
        filters = self.filters
        parts = [*self.view.filter_words] if self.view else []
        if filters.places:
            parts.append(", ".join(sorted(shown(place) for place in filters.places)))
        if filters.search:
            parts.append(_("“{text}”").format(text=shown(filters.search)))
        return f" {self._symbols.point} ".join(parts)

    def watch_view(self, view: View | None) -> None:
        """Not there when nothing is hidden."""
        self.display = bool(view and view.hidden and self._filters())
        self.rewrite()

    def watch_filters(self) -> None:
        self.watch_view(self.view)


class HiddenLine(Line):
    """Which campaigns of the folder are kept off the board, and the key that shows them."""

    ALLOW_SELECT = False

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)

    def __init__(self, *, symbols: Symbols) -> None:
        super().__init__()
        self._symbols = symbols
        self.display = False

    def content_for(self, width: int) -> Content:
        """Reason by reason, with the names of the other organisations."""
        snapshot = self.snapshot
        if snapshot is None:
            return Content("")
        words = hidden_words(snapshot.hidden) or _("campaigns of every year and organisation shown")
        left = Content(shown(words.replace("·", self._symbols.point), width))
        key = _("A: show them") if snapshot.hidden else _("A: hide them")
        right = clickable(key, "app.show_all", "$board-calm")
        return Content.assemble(" ", justified(left, right, width - 2, self._symbols.cut), " ")

    def watch_snapshot(self, before: Snapshot | None, snapshot: Snapshot | None) -> None:
        """Not there when nothing is kept off."""
        self.display = bool(snapshot and (snapshot.hidden or snapshot.shows_all))
        if before is None or snapshot is None or before.hidden != snapshot.hidden:
            self.rewrite()


class LastChange(Line):
    """The newest line of the log of changes; before there is one, what is worth knowing of the feed."""

    ALLOW_SELECT = False

    changes: reactive[tuple[Change, ...]] = reactive((), repaint=False)
    notices: reactive[tuple[str, ...]] = reactive((), repaint=False)
    moment: reactive[datetime | None] = reactive(None, repaint=False)
    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)

    def __init__(self, mode_of: ModeOf, *, symbols: Symbols) -> None:
        super().__init__()
        self._mode_of = mode_of
        self._symbols = symbols

    def content_for(self, width: int) -> Content:
        """Time, sign and sentence; on the right, the doubts, and what else came with the same export."""
        if (action := self._newest_action()) is not None:
            right = self._doubts(width - action.cell_length - 4)
            return Content.assemble(" ", justified(action, right, width - 2, self._symbols.cut), " ")
        if self.changes and self.moment:
            return self._newest(self.changes, self.moment, width)
        content = Content(shown(self.notices[-1])) if self.notices else Content("")
        right = self._doubts(width - content.cell_length - 4)
        return Content.assemble(" ", justified(content, right, width - 2, self._symbols.cut), " ")

    def _doubts(self, room: int) -> Content:
        """How many students may be one with another; in fewer words, or none, where there is no room."""
        count = len(self.snapshot.doubts) if self.snapshot else 0
        if not count:
            return Content("")
        for words in (
            ngettext("{n} match to check (r)", "{n} matches to check (r)", count),
            ngettext("{n} doubt (r)", "{n} doubts (r)", count),
        ):
            text = f"? {words.format(n=count)}"
            if len(text) <= room:
                return clickable(text, "app.page('matches')", "$state-to-check")
        return Content("")

    def _newest(self, changes: tuple[Change, ...], now: datetime, width: int) -> Content:
        latest = changes[-1].at
        together = list(takewhile(lambda change: change.at == latest, reversed(changes)))
        change = next((change for change in together if change.kind in LOUD), together[0])
        content = change_content(change, now, self._symbols)
        content += self._call_back(change, width - content.cell_length - 2)
        others = len(together) - 1
        words = ngettext("+ {n} other change (l)", "+ {n} other changes (l)", others).format(n=others)
        if content.cell_length + len(words) + 3 > width:
            words = f"+{others} (l)"
        more = clickable(words, "app.page('changes')", "$board-calm") if others else Content("")
        room = width - 4 - content.cell_length
        if doubts := self._doubts(room - more.cell_length - 3):
            more = doubts + ("   " if more else "") + more
        elif doubts := self._doubts(room):
            more = doubts  # a doubt waits for a gesture; the other changes are in the log
        return Content.assemble(" ", justified(content, more, width - 2, self._symbols.cut), " ")

    def _newest_action(self) -> Content | None:
        """The last thing done, unless an export has told something since."""
        if self.moment is None:
            return None
        return self._mode_of(self.snapshot).newest_action(self.changes, self.moment, self._symbols)

    def _call_back(self, change: Change, room: int) -> Content:
        """What the change calls for; in fewer words, or none, where there is no room."""
        mode = self._mode_of(self.snapshot)
        for short in (False, True):
            words = mode.change_words(change, short=short)
            text = f" {self._symbols.point} {words}"
            if words and len(text) <= room:
                return Content.styled(text, "bold $state-eligible")
        return Content("")

    def watch_changes(self) -> None:
        self.rewrite()

    def watch_notices(self) -> None:
        self.rewrite()

    def watch_snapshot(self, before: Snapshot | None, snapshot: Snapshot | None) -> None:
        """Other doubts, or the day went on; other changes have a watcher of their own."""
        if (
            before is None
            or snapshot is None
            or before.day is not snapshot.day
            or len(before.doubts) != len(snapshot.doubts)
        ):
            self.rewrite()

    def watch_moment(self, before: datetime | None, moment: datetime | None) -> None:
        """Midnight turns a time into a day."""
        if before is None or moment is None or room_day(before) != room_day(moment):
            self.rewrite()


class BoardKeys(KeyBar):
    """The line of keys, which begins with those of the mode."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)

    def __init__(
        self, mode_of: ModeOf, keys: tuple[str, ...], *, spare: tuple[str, ...], symbols: Symbols
    ) -> None:
        super().__init__(keys, spare=spare, symbols=symbols)
        self._mode_of = mode_of

    def watch_snapshot(self, before: Snapshot | None, snapshot: Snapshot | None) -> None:
        """The mode may be known now, or there may be a past to step back to."""
        self.put_first(self._mode_of(snapshot).first_keys)
        if _has_past(before) != _has_past(snapshot):
            self.screen.refresh_bindings()


def _has_past(snapshot: Snapshot | None) -> bool:
    return snapshot is not None and len(snapshot.export_times) > 1


def change_content(change: Change, now: datetime, symbols: Symbols, *, time_width: int = 0) -> Content:
    """One line of the log: time, sign, sentence; what calls for a gesture stands out."""
    sign, ascii_sign, colour = CHANGE_SIGNS[change.kind]
    sentence = change_sentence(change)
    return Content.assemble(
        (change_time(change, now, in_full=time_width > 0).rjust(time_width), "$board-calm"),
        "  ",
        (ascii_sign if symbols.ascii_only else sign, f"bold {colour}"),
        " ",
        (
            sentence.replace("→", ">") if symbols.ascii_only else sentence,
            "bold" if change.kind in LOUD else "",
        ),
    )
