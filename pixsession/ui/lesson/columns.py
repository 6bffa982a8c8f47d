"""Where the columns of the board stand during a lesson: what is needed, who, and how far."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from pixsession.domain.lesson.view import LessonState
from pixsession.ui.board.grid.columns import SYMBOL_WIDTH, Column, Layout, Needs, Slot, first_that_fits, title
from pixsession.ui.lesson.symbols import lesson_word

PERCENT_WIDTH = 5  # "100 %"
_WON_WIDTH = 8  # "+12/+100"
_WIDEST_NAME = 32
_MOST_WIDER = 12  # cells that a bar may take beyond its least
# What may be left out, with the most cells its values take.
_OPTIONAL = {
    Column.TO_GROUP: 4,
    Column.SHARED: 6,
    Column.MASTERY: PERCENT_WIDTH,
    Column.STAGE: 3,
    Column.BADGES: 3,
}


class _Plan(NamedTuple):
    """One way to spend a width: least cells of name and bar (without figures), most of the class.

    `missing`: how many competences that are missing are named. `to_group`: how far it is from the median.
    """

    name: int
    bar: int
    place: int
    missing: int = 0
    optional: tuple[Column, ...] = ()
    words: bool = True
    to_group: bool = False


# The first that fits is taken; what is left goes to the name, then to the bar.
# A class always has a place: without it an observation may go to a namesake.
_RESULTS = (Column.SHARED, Column.MASTERY)
_ALL = (*_RESULTS, Column.STAGE, Column.BADGES, Column.COMPETENCES)
_PLANS = (
    _Plan(22, 14, 12, 4, _ALL, to_group=True),
    _Plan(18, 10, 8, 3, _ALL, to_group=True),
    _Plan(18, 8, 8, 3, (*_RESULTS, Column.COMPETENCES), to_group=True),
    _Plan(18, 6, 8, 2, (Column.MASTERY, Column.COMPETENCES), to_group=True),
    _Plan(18, 6, 8, 2, (Column.MASTERY, Column.COMPETENCES)),
    _Plan(15, 5, 7, 2, (Column.MASTERY, Column.COMPETENCES)),
    _Plan(18, 5, 8, 2, (Column.COMPETENCES,)),
    _Plan(15, 5, 7, 2),
    _Plan(12, 5, 6, 1),
    _Plan(14, 5, 6, 2, words=False),
    _Plan(12, 5, 4, words=False),
    _Plan(12, 5, 0, words=False),
)


def lesson_layout_for(width: int, needs: Needs, wanted: int) -> Layout:
    """The richest layout of a lesson that fits; below all plans, the symbol and the name."""
    return first_that_fits((_arranged(plan, width, needs, wanted) for plan in _PLANS), width)


def _arranged(plan: _Plan, width: int, needs: Needs, wanted: int) -> Layout | None:
    """The layout of a plan, or None when it needs more than `width`."""
    word = max(cell_len(lesson_word(state)) for state in LessonState) if plan.words else -1
    parts = _fixed_parts(plan, needs, wanted)
    taken = sum(gutter + cells for _column, gutter, cells in parts)
    spare = width - SYMBOL_WIDTH - (word + 1) - taken - plan.name
    if spare < 0:
        return None
    name = min(_WIDEST_NAME, plan.name + (spare + 1) // 2)
    wider = min(_MOST_WIDER, spare - (name - plan.name))
    slots = [Slot(Column.STATE, 1, 2 + word)]
    slots.append(Slot(Column.NAME, slots[0].end + 1, name))
    for column, gutter, cells in parts:
        more = wider if column is Column.BAR else 0
        slots.append(Slot(column, slots[-1].end + gutter, cells + more))
    return Layout(width, tuple(slots), plan.words, False, 0, 0, 0)


def _fixed_parts(plan: _Plan, needs: Needs, wanted: int) -> list[tuple[Column, int, int]]:
    """(column, blank cells before it, cells) of everything after the name."""
    parts = []
    if needs.place and plan.place:
        parts.append((Column.PLACE, 1, min(plan.place, max(needs.place, cell_len(title(Column.PLACE))))))
    parts.append((Column.BAR, 1, plan.bar + 1 + PERCENT_WIDTH))
    parts.append((Column.WON, 1, max(_WON_WIDTH, cell_len(title(Column.WON)))))
    if plan.to_group:
        parts.append((Column.TO_GROUP, 1, max(4, cell_len(title(Column.TO_GROUP)))))
    parts.append((Column.IDLE, 1, max(6, cell_len(title(Column.IDLE)))))
    most = {**_OPTIONAL, Column.COMPETENCES: max(3 + len(str(wanted)), 5)}
    has_aim = needs.aim and (needs.aim_is_asked or Column.COMPETENCES in plan.optional)
    for column in plan.optional:
        if column is Column.COMPETENCES and has_aim:
            continue  # the objective tells more
        heading = 0 if column is Column.COMPETENCES else cell_len(title(column))
        parts.append((column, 2 if column is Column.SHARED else 1, max(most[column], heading)))
    if has_aim:
        parts.append((Column.OBJECTIVE, 1, needs.aim))
    if plan.missing:
        parts.append((Column.MISSING, 2, max(4 * plan.missing - 1, cell_len(title(Column.MISSING)))))
    parts.append((Column.NOTED, 1, cell_len(title(Column.NOTED))))
    return parts
