"""Where every export of a campaign has what it begins with: campaign, names, columns that schools name."""

from collections.abc import Callable
from typing import NamedTuple

from pixsession.readers.campaign.labels import Column

CAMPAIGN = (
    Column.ORGANISATION,
    Column.CAMPAIGN_ID,
    Column.CAMPAIGN_CODE,
    Column.CAMPAIGN_NAME,
    Column.PATH,
)
PLACES = (Column.GROUP, Column.DIVISION, Column.STUDENT_NUMBER)
_BEFORE_THE_NAMES = {Column.CAMPAIGN_NAME, Column.PATH}


class Pivot(NamedTuple):
    """Where the columns that a school or the creator of a campaign names end, and the results begin.

    `at` is the column that says whether anything was given (-1: none), `start` the first of its block,
    `results` what may stand after it, in Pix's order.
    """

    at: int
    start: int
    column: Column
    results: tuple[Column, ...]


class Head(NamedTuple):
    """The positions of all columns but the results.

    `free` are the columns between the first name and the results: any label may stand there, even one of
    Pix's own. `surplus_at` is where a row holds the cells whose labels Pix has dropped, being empty: right
    after the first name. None: the order is not Pix's.
    """

    at: dict[Column, int]
    free: range
    repeated: tuple[int, ...]
    surplus_at: int | None


def distinct_names(columns: list[Column | None]) -> list[Column | None]:
    """The columns where both names have one label (Italian, Spanish): the first of them is the last name."""
    if columns.count(Column.FIRST_NAME) < 2:
        return columns
    position = columns.index(Column.FIRST_NAME)
    # There, too, "Nom du Participant" may be the label that the creator of a campaign has typed.
    in_place = (
        position > 0
        and columns[position - 1] in _BEFORE_THE_NAMES
        and columns[position + 1] is Column.FIRST_NAME
    )
    if Column.LAST_NAME in columns and not in_place:
        return columns
    return [*columns[:position], Column.LAST_NAME, *columns[position + 1 :]]


def read_head(columns: list[Column | None], pivot: Pivot, is_result: Callable[[int], bool]) -> Head:
    """Map the columns before the results; `is_result` recognises results by their label, at any position.

    Between the first name and the results stand columns that a school or the creator of the campaign has
    named: any text may be there, even one of Pix's own labels.
    """
    first = columns.index(Column.FIRST_NAME) if Column.FIRST_NAME in columns else len(columns)
    free = range(first + 1, pivot.start)
    in_order = _in_order(columns, first, pivot)
    at, repeated = _outside(columns, free, pivot)
    at |= _places(columns, free)
    _locate_code(columns, at)
    _take_strays(columns, free, at, but=(pivot.column, *(CAMPAIGN if in_order else ())))
    if in_order and free and free[-1] not in at.values() and not is_result(free[-1]):
        # The label that the creator of the campaign typed heads the last of the free columns: those of the
        # organisation's own import format stand before class, group and student number.
        at[Column.EXTERNAL_ID] = free[-1]
    return Head(at, free, tuple(repeated), first + 1 if in_order else None)


def _in_order(columns: list[Column | None], first: int, pivot: Pivot) -> bool:
    """The order of Pix: the campaign, the names, the free columns, the results."""
    head = [column for column in columns[: first + 1] if column]
    tail = [column for column in columns[pivot.at + 1 :] if column in pivot.results]
    return (
        first < pivot.start
        and head == [column for column in (*CAMPAIGN, Column.LAST_NAME, Column.FIRST_NAME) if column in head]
        and head[:2] == [Column.ORGANISATION, Column.CAMPAIGN_ID]
        and tail == [column for column in pivot.results if column in tail]
    )


def _outside(columns: list[Column | None], free: range, pivot: Pivot) -> tuple[dict[Column, int], list[int]]:
    """The columns outside the free ones, the first of each name; and the positions of repeated names."""
    at = {pivot.column: pivot.at} if pivot.at >= 0 else {}
    repeated = []
    for position, column in enumerate(columns):
        if column is None or position in free or position == pivot.at:
            continue
        if column in at:
            repeated.append(position)
        elif column not in PLACES:
            at[column] = position
    return at, repeated


def _places(columns: list[Column | None], free: range) -> dict[Column, int]:
    """Class, group and student number: among the free columns, else wherever they are."""
    found = {}
    for column in PLACES:
        positions = [i for i, found_column in enumerate(columns) if found_column is column]
        inside = [i for i in positions if i in free]
        if positions:
            found[column] = (inside or positions)[0]
    return found


def _locate_code(columns: list[Column | None], at: dict[Column, int]) -> None:
    """The code of the campaign is between its number and its name, even under an unknown label."""
    number, name = at.get(Column.CAMPAIGN_ID), at.get(Column.CAMPAIGN_NAME)
    between = None if number is None or name != number + 2 else number + 1
    if Column.CAMPAIGN_CODE not in at and between is not None and columns[between] is None:
        at[Column.CAMPAIGN_CODE] = between


def _take_strays(
    columns: list[Column | None], free: range, at: dict[Column, int], but: tuple[Column, ...]
) -> None:
    """In a file whose columns were moved by hand, a column is taken among the free ones where it is alone."""
    for position in free:
        column = columns[position]
        if column is not None and column not in (*PLACES, *but):
            at.setdefault(column, position)
