"""Who is who: students of two lists who may be one, to confirm or to refuse; nothing is merged by a guess."""

from __future__ import annotations

from collections.abc import Callable

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from pixsession.domain.people.resolver import row_of
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.text import shown
from pixsession.ui.common.list_detail_page import ListDetailPage
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.messages import DecisionAsked, DecisionUndone, StudentAsked
from pixsession.ui.people.pairs import Pair, line_key, pairs_of
from pixsession.ui.people.words import counts_words, decided_words, pair_detail

_BINDINGS: list[BindingType] = [
    Binding(
        "m",
        "decide(True)",
        N_("same student"),
        id="matches.same",
        tooltip=N_("They are the same student"),
    ),
    Binding(
        "d",
        "decide(False)",
        N_("different"),
        id="matches.different",
        tooltip=N_("They are two different students"),
    ),
    Binding(
        "z",
        "undo",
        N_("undo"),
        id="matches.undo",
        tooltip=N_("Take back the decision under the cursor, else the last one"),
    ),
    # Before the list's own enter, so that its words are told.
    Binding(
        "enter",
        "open",
        N_("student"),
        id="matches.open",
        priority=True,
        tooltip=N_("The student of this line, where the board has exactly one of that name"),
    ),
    Binding(
        "r", "app.close_page", N_("back"), id="matches.close", show=False, tooltip=N_("Back to the board")
    ),
]


class MatchesScreen(ListDetailPage):
    """Doubts first, each candidate a line; then the decisions made. A line moves when it is written down."""

    BINDINGS = _BINDINGS

    def __init__(self, *, symbols: Symbols) -> None:
        super().__init__(_("Who is who"), symbols=symbols)
        self._pairs: dict[str, Pair] = {}
        self._awaited: str | None = None  # the line of a doubt that is open again with the next Snapshot

    def show(self) -> None:
        """The cursor stays on its pair; when that is settled, it goes to the next one."""
        snapshot = self.snapshot
        if snapshot is None:
            return
        written = pairs_of(snapshot, self.moment, self.text_width, self.symbols)
        self._pairs = {pair.line: pair for pair, _content in written}
        lines = [(pair.line, content) for pair, content in written]
        self.query_one("#counts", Static).update(counts_words(len(snapshot.doubts), len(snapshot.decisions)))
        self.query_one("#none", Static).update(_("No doubt: every student is recognised."))
        self.set_class(True, "-no-notices")
        self.set_class(not snapshot.doubts, "-none")
        self.set_class(not lines, "-nothing")
        at = self._place(self._pairs)
        self.plain_list.replace(lines, at=at)
        self.show_detail()
        self.refresh_bindings()

    def _place(self, now: dict[str, Pair]) -> str | None:
        """The line for the cursor: the one awaited, the one it is on, else the next that is still there."""
        if self._awaited in now:
            awaited, self._awaited = self._awaited, None
            return awaited
        key, before = self.plain_list.key, self.plain_list.keys
        if key is None:
            return next(iter(now), None)
        at = before.index(key)
        return next((line for line in (*before[at:], *reversed(before[:at])) if line in now), None)

    def show_detail(self) -> None:
        """The two of the line, side by side."""
        pair = self._pair
        content = Content("")
        if pair is not None:
            why = _("Why"), pair.reasons
            if pair.decided is not None:
                why = _("Decided"), (decided_words(pair.decided, self.moment),)
            content = pair_detail(pair.person, pair.other, why, self.text_width, self.symbols)
        self.query_one("#detail", Static).update(content)
        self.query_one("#details").scroll_home(animate=False)
        self.refresh_bindings()

    @property
    def _pair(self) -> Pair | None:
        return self._pairs.get(self.plain_list.key or "")

    # -- gestures ----------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """A key that would do nothing is not shown."""
        if not self.is_mounted or action not in {"decide", "undo", "open"}:
            return True
        if action == "undo":
            return bool(self.snapshot and self.snapshot.decisions)
        pair = self._pair
        return pair is not None and (action == "open" or pair.decided is None)

    def action_decide(self, same: bool) -> None:
        """Ask for it to be written down; the cursor goes to the next doubt meanwhile."""
        pair = self._pair
        if pair is None or pair.decided is not None:
            return
        self.post_message(DecisionAsked(pair.person.key, pair.other.key, same))
        # Who is the same is nobody else; who is different may still be the next candidate.
        self._go_on(pair, lambda other: not same or other.person.key != pair.person.key)

    def _go_on(self, pair: Pair, takes: Callable[[Pair], bool]) -> None:
        keys = self.plain_list.keys
        at = keys.index(pair.line)
        for key in (*keys[at + 1 :], *keys[:at]):
            other = self._pairs[key]
            if other.decided is None and takes(other):
                self.plain_list.go_to(key)
                return

    def action_undo(self) -> None:
        """The decision under the cursor, else the newest; its doubt has the cursor when it is open again."""
        decisions = self.snapshot.decisions if self.snapshot else ()
        pair = self._pair
        decided = pair.decided if pair and pair.decided else decisions[0] if decisions else None
        if decided is not None:
            self._awaited = line_key(decided.person, decided.other, decided=False)
            self.post_message(DecisionUndone(decided.person.key, decided.other.key))

    def action_open(self) -> None:
        """The student of this line: the candidate, else the one in doubt."""
        pair = self._pair
        rows = self.snapshot.rows if self.snapshot else ()
        if pair is None:
            return
        found = row_of(pair.other, rows) or row_of(pair.person, rows)
        if found is not None:
            self.post_message(StudentAsked(found.student_id))
            return
        name = f"{shown(pair.other.last_name)} {shown(pair.other.first_name)}"
        self.notify(_("The board has no single line for {name}.").format(name=name), markup=False)

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        """A click puts the cursor there, and no more."""
        message.stop()
