"""What the user asked to see, and what is left of a Snapshot then; nothing here touches a screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from pixsession.domain.board.changes import Change
from pixsession.domain.board.snapshot import BoardRow, Campaign, Snapshot, narrowed
from pixsession.domain.certification.day import DayState
from pixsession.domain.lesson.lesson import LessonState
from pixsession.domain.people.students import name_key, place_key
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.text import shown
from pixsession.ui.certification.filters import DayFilter, counts_of_day, rows_of_day
from pixsession.ui.lesson.filters import counts_of_lesson, rows_of_lesson


class Filters(NamedTuple):
    """State, classes or groups, text to look for, and campaigns (keys or codes); empty means all."""

    state: Eligibility | None = None
    places: frozenset[str] = frozenset()
    search: str = ""
    campaigns: frozenset[str] = frozenset()
    day: DayFilter = DayFilter()  # narrows the board of a session only
    lesson: LessonState | None = None  # narrows the board of a lesson only

    def widened(self) -> Filters:
        """One step back: without the search, else without the state, else with every room and class."""
        if self.search:
            return self._replace(search="")
        if self.state is not None:
            return self._replace(state=None)
        if self.lesson is not None:
            return self._replace(lesson=None)
        if self.day != DayFilter():
            return self._replace(day=self.day.widened())
        return self._replace(places=frozenset())

    def takes(self, campaign: Campaign) -> bool:
        """True when this campaign is among those asked for."""
        return not self.campaigns or campaign.key in self.campaigns or campaign.code in self.campaigns


class View(NamedTuple):
    """What is left: `counts` are of the classes asked for, whatever the state and the search."""

    rows: tuple[BoardRow, ...]
    counts: Mapping[Eligibility, int]
    total: int  # students of those classes
    of_all: int  # students of the Snapshot
    day_counts: dict[DayState, int] | None = None  # in a session: of the room asked for
    missing: int = 0  # in a session: expected in that room, and not seen yet
    lesson_counts: dict[LessonState, int] | None = None  # in a lesson

    @property
    def hidden(self) -> int:
        """How many students the filters keep out of sight."""
        return self.of_all - len(self.rows)


def view_of(snapshot: Snapshot, filters: Filters) -> View:
    """The rows to show, still in the order of need."""
    narrow = narrowed(snapshot, filters.places)
    rows = narrow.rows
    if filters.state is not None:
        rows = tuple(row for row in rows if row.eligibility is filters.state)
    if wanted := name_key(filters.search).split():
        rows = tuple(row for row in rows if _matches(row, wanted))
    if snapshot.lesson is not None:
        return View(
            rows_of_lesson(rows, snapshot.lesson, filters.lesson),
            narrow.counts,
            len(narrow.rows),
            len(snapshot.rows),
            lesson_counts=counts_of_lesson(narrow.rows, snapshot.lesson),
        )
    if snapshot.day is None:
        return View(rows, narrow.counts, len(narrow.rows), len(snapshot.rows))
    called = rows_of_day(narrow.rows, snapshot.day, DayFilter(room=filters.day.room))
    missing = rows_of_day(called, snapshot.day, DayFilter(missing=True))
    counts = counts_of_day(called, snapshot.day)
    return View(
        rows_of_day(rows, snapshot.day, filters.day),
        narrow.counts,
        len(called),
        len(snapshot.rows),
        counts,
        len(missing),
    )


def _matches(row: BoardRow, wanted: list[str]) -> bool:
    name = f"{name_key(row.last_name)} {name_key(row.first_name)}"
    return all(word in name for word in wanted)


def changes_for(snapshot: Snapshot, places: frozenset[str]) -> tuple[Change, ...]:
    """The changes of the students of these classes or groups, newest last.

    In a lesson those of its students only: the collection in its folder may be that of the whole year.
    """
    if snapshot.lesson is not None:
        here = {row.student_id for row in narrowed(snapshot, places).rows}
        return tuple(change for change in snapshot.changes if change.student_id in here)
    if not places:
        return snapshot.changes
    wanted = {place_key(place) for place in places}
    ids = {row.student_id for row in narrowed(snapshot, places).rows}
    return tuple(
        change
        for change in snapshot.changes
        if change.student_id in ids or place_key(change.place or "") in wanted
    )


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
