"""The log, newest first: exports taken in, what changed, what was done, what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pixsession.foundation.i18n import N_, _
from pixsession.ui.common.digit_keys import keys_of, span_of
from pixsession.ui.common.line import Line, clickable
from pixsession.ui.common.page import Page
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.log.lines import KIND_KEYS, EventKind, events, kind_counted
from pixsession.ui.messages import StudentAsked

_TOOLTIPS = {
    EventKind.EXPORT: N_("Only the exports taken in"),
    EventKind.CHANGE: N_("Only what changed from export to export"),
    EventKind.ACTION: N_("Only what was done or observed"),
    EventKind.DECISION: N_("Only the decisions on who is who"),
}


class KindLine(Line):
    """The kinds of lines, each with its count and its key; the one that is filtered on stands out."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[EventKind, int] = {}
        self._chosen: EventKind | None = None

    def show(self, counts: dict[EventKind, int], chosen: EventKind | None) -> None:
        """Other counts, or another choice."""
        self._counts, self._chosen = counts, chosen
        self.rewrite()

    def content_for(self, width: int) -> Content:  # noqa: ARG002
        """The kinds of changes: of each its key, how many there are, its word."""
        pills = []
        for kind, key in KIND_KEYS.items():
            count, chosen = self._counts.get(kind, 0), self._chosen is kind
            style = "bold $foreground reverse" if chosen else "bold $foreground" if count else "$board-calm"
            action = f"screen.only('{kind}')"
            pills.append(
                clickable(key, action, "$accent")
                + clickable(" ", action)
                + clickable(kind_counted(kind, count), action, style)
            )
        return Content.assemble(" ", Content("  ").join(pills))


class ChangesScreen(Page):
    """One line for each thing that happened; enter opens its student."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "l", "app.close_page", N_("back"), id="changes.close", show=False, tooltip=N_("Back to the board")
        ),
        *(
            Binding(
                keys_of(key),
                f"only('{kind}')",
                N_("filter"),
                id=f"changes.only_{kind}",
                show=key == "1",
                key_display=span_of(KIND_KEYS.values()) if key == "1" else None,
                tooltip=_TOOLTIPS[kind],
            )
            for kind, key in KIND_KEYS.items()
        ),
        Binding(
            keys_of("0"),
            "only('')",
            N_("all"),
            id="changes.all",
            show=False,
            tooltip=N_("Everything that happened"),
        ),
    ]

    def __init__(self, places: frozenset[str], *, symbols: Symbols) -> None:
        super().__init__(_("Log"), symbols=symbols)
        self._places = places
        self._only: EventKind | None = None

    def body(self) -> Iterable[Widget]:
        """The kinds, and the list or the reason why it is empty."""
        yield KindLine()
        yield Static(_("Nothing here yet."), id="none", markup=False)
        yield PlainList()

    def on_screen_resume(self) -> None:
        """The list has the keys."""
        self.query_one(PlainList).focus()

    def show(self) -> None:
        if self.snapshot is None:
            return
        found = events(self.snapshot, self._places, self.moment, self.symbols)
        counts = {kind: sum(event.kind is kind for event in found) for kind in EventKind}
        self.query_one(KindLine).show(counts, self._only)
        lines = [(event.student_id, event.content) for event in found if self._only in {None, event.kind}]
        self.set_class(not lines, "-none")
        self.query_one(PlainList).replace(lines)

    def action_only(self, kind: str) -> None:
        """Only these lines; the same key again: all of them."""
        chosen = EventKind(kind) if kind else None
        self._only = None if chosen is self._only else chosen
        self.show()

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        """Open the student of this line, when it is still on the board."""
        if message.key:
            self.post_message(StudentAsked(int(message.key)))
