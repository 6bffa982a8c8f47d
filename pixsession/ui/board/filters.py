"""What the user asked to see, and what is left of a Snapshot then: values alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from textual.content import Content

from pixsession.domain.board.snapshot import BoardRow, Campaign, Snapshot
from pixsession.domain.lesson.aims import Aim
from pixsession.domain.people.students import place_key
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.text import shown
from pixsession.ui.common.symbols import Symbols


class Filters(NamedTuple):
    """State, classes or groups, text to look for, and campaigns (keys or codes); empty means all."""

    state: StrEnum | None = None  # one of the mode's
    places: frozenset[str] = frozenset()
    search: str = ""
    campaigns: frozenset[str] = frozenset()
    room: str | None = None
    missing: bool = False  # only those nobody has seen yet
    aim: Aim | None = None  # the objective of a column; None: the board's own, where it has one
    worse: frozenset[int] = frozenset()  # shown all the same: whose state became worse under these filters

    def toggled(self, state: StrEnum | None) -> Filters:
        """Only this state; the same one again, or None: every state."""
        return self._replace(state=None if state is self.state else state, missing=False)

    def widened(self) -> Filters:
        """One step back: without the search, else the state, the objective, the room, the class."""
        if self.search:
            return self._replace(search="")
        if self.state is not None or self.missing:
            return self._replace(state=None, missing=False)
        if self.aim is not None and self.aim.only_short:
            return self._replace(aim=self.aim._replace(only_short=False))
        if self.room is not None:
            return self._replace(room=None)
        return self._replace(places=frozenset())

    def takes(self, campaign: Campaign) -> bool:
        """True when this campaign is among those asked for."""
        return not self.campaigns or campaign.key in self.campaigns or campaign.code in self.campaigns


@dataclass(frozen=True, slots=True)
class View:
    """What is left: `counts` are of those called, whatever the state and the search."""

    rows: tuple[BoardRow, ...]
    counts: Mapping[StrEnum, int]
    total: int  # students called: of the classes and the room asked for
    of_all: int  # students of the Snapshot
    missing: int  # expected, and not seen yet
    filter_words: tuple[str, ...]  # the state and the room that the rows are narrowed to
    worse: tuple[str, ...]  # who is shown in spite of them
    # The line of the counts, in a width.
    counts_content: Callable[[View, Filters, int, Symbols], Content] = field(compare=False)

    @property
    def hidden(self) -> int:
        """How many students the filters keep out of sight."""
        return self.of_all - len(self.rows)

    def counts_as(self, other: View) -> bool:
        """True when everything but the rows is the same."""
        return replace(self, rows=()) == replace(other, rows=())


def place_counts(snapshot: Snapshot) -> tuple[tuple[str, int, int], ...]:
    """Each class or group as Pix wrote it, with its students and how many of them are not eligible."""
    names: dict[str, str] = {}
    students: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for row in snapshot.rows:
        key = place_key(row.place or "")
        names.setdefault(key, row.place or "")
        students[key] += 1
        waiting[key] += row.eligibility is not Eligibility.ELIGIBLE
    return tuple((names[key], students[key], waiting[key]) for key in sorted(names) if key)


def campaign_words(campaign: Campaign) -> str:
    """The name of a campaign, fit to be painted; its code where it has no name."""
    return shown(campaign.name) or shown(campaign.code or "") or "—"
