"""Where the cursor and the scroll go when the lines move: they follow the students, not the lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow


class Place(NamedTuple):
    """What is looked at: `cursor` and `scroll` are line numbers, from 0; cursor −1 on an empty board."""

    cursor: int = -1
    scroll: int = 0
    chosen: bool = False  # until someone chose a student, the board stays on who needs attention first


# Where cursor and scroll go when the lines change, of: who stood on which line, the place they were at, the
# new line of each student, and how many lines fit.
Follow = Callable[[Sequence[int], Place, Mapping[int, int], int], Place]


def lines_after(
    before: Sequence[BoardRow], after: Sequence[BoardRow], lines: Mapping[int, int]
) -> Mapping[int, int]:
    """The new line of every student, by their old number too.

    Whom only a list knew has another number once an export shows them; their keys stay, or their name.
    """
    gone = [row for row in before if row.student_id not in lines]
    if not gone or not after:
        return lines
    old = {row.student_id for row in before}
    new = [row for row in after if row.student_id not in old]
    by_key = {key: row.student_id for row in new for key in (*row.keys, row.shown_name)}
    names = Counter(row.shown_name for row in (*new, *gone))
    found = dict(lines)
    for row in gone:
        named = (row.shown_name,) if names[row.shown_name] == 2 else ()  # one gone, one new
        if (student := next(filter(None, map(by_key.get, (*row.keys, *named))), None)) is not None:
            found[row.student_id] = lines[student]
    return found


def survivor(old_ids: Sequence[int], index: int, lines: Mapping[int, int]) -> int | None:
    """The new line of the student at `index`, else of the nearest neighbour left (below, then above)."""
    for distance in range(max(index + 1, len(old_ids) - index)):
        for candidate in (index + distance, index - distance):
            if 0 <= candidate < len(old_ids) and (line := lines.get(old_ids[candidate])) is not None:
                return line
    return None


def followed(old_ids: Sequence[int], place: Place, lines: Mapping[int, int], visible: int) -> Place:
    """`place` after a change of lines; `lines` gives each student's new line, `visible` how many fit."""
    if not lines:
        return Place(chosen=place.chosen)
    cursor = survivor(old_ids, place.cursor, lines) if place.cursor >= 0 else 0
    if cursor is None:  # nobody of the old board is left
        return Place(0, 0)
    on_screen = place.scroll <= place.cursor < place.scroll + visible
    anchor = place.cursor if on_screen else min(place.scroll, len(old_ids) - 1)
    anchored = survivor(old_ids, anchor, lines) if anchor >= 0 else 0
    scroll = (anchored or 0) - (anchor - place.scroll)
    if place.scroll == 0 and (not place.chosen or (anchored or 0) < visible):
        # At the top it stays at the top: who comes in there needs attention most.
        scroll = 0
    scroll = max(0, min(scroll, max(lines.values()) + 1 - visible))
    if not place.chosen and scroll == 0 and cursor >= visible:
        cursor = 0
    return Place(cursor, scroll, place.chosen)


def brought_in(place: Place, visible: int, count: int) -> Place:
    """The same cursor, the least scroll that shows it."""
    scroll = max(min(place.scroll, place.cursor), place.cursor - visible + 1, 0)
    return Place(place.cursor, min(scroll, max(0, count - visible)), place.chosen)
